// Ett diagram med många punkter är ett enda stopp för tabbtangenten; pilarna går mellan punkterna.
// Kartans pilar går åt det håll de pekar, punktdiagrammets går längs axeln.

const KEYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

export function enhanceRoving(root) {
  for (const drawing of root.querySelectorAll("svg.map, svg.strip, svg.tiles, svg.series")) {
    const links = [...drawing.querySelectorAll("a[href]")];
    if (links.length < 2) continue;
    links.forEach((link, index) => link.setAttribute("tabindex", index === 0 ? "0" : "-1"));
    drawing.addEventListener("keydown", (event) => move(event, links, drawing));
    drawing.addEventListener("focusin", (event) => stopAt(event.target.closest("a"), links));
  }
}

function stopAt(link, links) {
  if (!link) return;
  for (const other of links) other.setAttribute("tabindex", other === link ? "0" : "-1");
}

function move(event, links, drawing) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const from = links.indexOf(document.activeElement);
  if (from < 0) return;
  let next;
  if (event.key === "Home") next = links[0];
  else if (event.key === "End") next = links.at(-1);
  else if (!(event.key in KEYS)) return;
  else if (drawing.matches(".strip, .series")) next = along(event.key, links, from);
  else next = nearest(links[from], links, KEYS[event.key]);
  event.preventDefault();
  next?.focus();
}

function along(key, links, from) {
  if (key === "ArrowRight" || key === "ArrowDown") return links[from + 1];
  return links[from - 1];
}

// Det närmaste området åt pilens håll; det som ligger snett räknas som längre bort.
export function nearest(link, links, [dx, dy]) {
  const here = middle(link);
  let best = null;
  for (const other of links) {
    if (other === link) continue;
    const there = middle(other);
    const ahead = (there.x - here.x) * dx + (there.y - here.y) * dy;
    const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
    if (ahead <= 1 || aside > ahead * 2) continue;
    const distance = ahead + aside * 1.5;
    if (!best || distance < best.distance) best = { distance, other };
  }
  return best?.other;
}

function middle(link) {
  const box = link.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
