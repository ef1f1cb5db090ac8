// Kommer till sidan med <script type="module" src="…/plats/js/main.js">. Allt fungerar utan: det här är bekvämlighet.
import { enhanceCopy } from "./copy.js";
import { enhanceMaps } from "./map.js";
import { enhanceRoving } from "./roving.js";
import { enhanceScroll } from "./scroll.js";

enhanceRoving(document);
enhanceMaps(document);
enhanceCopy(document);
enhanceScroll(document);
