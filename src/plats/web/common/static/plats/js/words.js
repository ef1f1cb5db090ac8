// Orden som skripten säger, på sidans språk.
const WORDS = {
  sv: {
    copied: "Kopierad",
    notCopied: "Det gick inte att kopiera. Markera meningen och kopiera den själv.",
    zoomIn: "Förstora kartan",
    zoomOut: "Förminska kartan",
    whole: "Visa hela kartan",
    tools: "Kartans storlek",
  },
  en: {
    copied: "Copied",
    notCopied: "Could not copy. Select the sentence and copy it yourself.",
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    whole: "Show the whole map",
    tools: "Map size",
  },
};

export function word(name) {
  const language = document.documentElement.lang.startsWith("en") ? "en" : "sv";
  return WORDS[language][name];
}
