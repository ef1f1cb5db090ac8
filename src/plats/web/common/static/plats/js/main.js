// Kommer till sidan med <script type="module" src="…/plats/js/main.js">. Allt fungerar utan: det här är bekvämlighet.
import { enhanceCopy } from "./copy.js";
import { enhanceMaps } from "./map.js";
import { enhanceRoving } from "./roving.js";
import { enhanceScroll } from "./scroll.js";

function enhance(root) {
  enhanceRoving(root);
  enhanceMaps(root);
  enhanceCopy(root);
  enhanceScroll(root);
}

enhance(document);
// htmx byter en del av sidan utan att ladda om den; det nya ska kunna lika mycket som det gamla.
document.addEventListener("htmx:afterSwap", (event) => enhance(event.detail.target));
document.addEventListener("htmx:historyRestore", () => enhance(document));
