// Knappen "Kopiera" kopierar meningen i samma ruta och svarar bredvid knappen.
//   <details class="cite"> … <blockquote>…</blockquote><button data-copy hidden>Kopiera</button></details>
// Knappen är dold tills skriptet vet att webbläsaren kan kopiera.
import { word } from "./words.js";

const SHOWN_MS = 4000;

export function enhanceCopy(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("button[data-copy]")) {
    const sentence = button.closest(".cite")?.querySelector("blockquote");
    if (!sentence) continue;
    button.hidden = false;
    const answer = document.createElement("span");
    answer.className = "copied";
    answer.setAttribute("role", "status");
    button.after(answer);
    button.addEventListener("click", () => copy(sentence.textContent.trim(), answer));
  }
}

async function copy(text, answer) {
  let said = word("copied");
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    said = word("notCopied");
  }
  answer.textContent = said;
  setTimeout(() => {
    answer.textContent = "";
  }, SHOWN_MS);
}
