// Kartan ritas av servern. Skriptet lägger till knappar för storlek, dragning, ctrl + hjul, Escape
// och en rad under kartan som säger namn och värde för området under pekaren eller i fokus.
import { word } from "./words.js";

const MOST = 8;
const STEP = 1.6;
const DRAG_PX = 4;

export function enhanceMaps(root) {
  for (const svg of root.querySelectorAll("svg.map:not(.pmap)")) new MapView(svg);
}

class MapView {
  constructor(svg) {
    this.svg = svg;
    const { x, y, width, height } = svg.viewBox.baseVal;
    this.whole = { x, y, width, height };
    this.view = { ...this.whole };
    this.box = document.createElement("div");
    this.box.className = "map-box";
    svg.replaceWith(this.box);
    this.box.append(this.tools(), svg);
    this.said = document.createElement("p");
    this.said.className = "map-said";
    this.said.setAttribute("aria-hidden", "true");
    this.box.after(this.said);
    this.listen();
    this.show();
  }

  tools() {
    const group = document.createElement("div");
    group.className = "map-tools";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", word("tools"));
    this.plus = button("+", word("zoomIn"), () => this.zoom(STEP));
    this.minus = button("\u2212", word("zoomOut"), () => this.zoom(1 / STEP));
    this.reset = button("\u25a1", word("whole"), () => this.restore());
    group.append(this.plus, this.minus, this.reset);
    return group;
  }

  listen() {
    const { svg } = this;
    svg.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    svg.addEventListener("pointerdown", (event) => this.press(event));
    svg.addEventListener("pointermove", (event) => this.drag(event));
    svg.addEventListener("pointerup", () => this.release());
    svg.addEventListener("pointercancel", () => this.release());
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("click", (event) => this.click(event), { capture: true });
    svg.addEventListener("pointerover", (event) => this.say(event.target.closest("a")));
    svg.addEventListener("focusin", (event) => this.focused(event.target.closest("a")));
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.restore();
    });
  }

  get factor() {
    return this.whole.width / this.view.width;
  }

  // Förstora kring en punkt i kartans mått; utan punkt kring mitten.
  zoom(times, at = null) {
    const factor = Math.min(MOST, Math.max(1, this.factor * times));
    const { x, y, width, height } = this.view;
    const point = at ?? { x: x + width / 2, y: y + height / 2 };
    const scale = this.whole.width / factor / width;
    this.view = {
      x: point.x - (point.x - x) * scale,
      y: point.y - (point.y - y) * scale,
      width: width * scale,
      height: height * scale,
    };
    this.show();
  }

  restore() {
    this.view = { ...this.whole };
    this.show();
  }

  show() {
    const { view, whole } = this;
    view.x = clamp(view.x, whole.x, whole.x + whole.width - view.width);
    view.y = clamp(view.y, whole.y, whole.y + whole.height - view.height);
    this.svg.setAttribute("viewBox", [view.x, view.y, view.width, view.height].map((n) => n.toFixed(1)).join(" "));
    const zoomed = this.factor > 1.01;
    this.box.classList.toggle("zoomed", zoomed);
    this.svg.style.setProperty("--zoom", this.factor.toFixed(3));
    this.svg.style.touchAction = zoomed ? "none" : "";
    this.plus.disabled = this.factor >= MOST - 0.01;
    this.minus.disabled = !zoomed;
    this.reset.disabled = !zoomed;
  }

  point(event) {
    const place = new DOMPoint(event.clientX, event.clientY);
    return place.matrixTransform(this.svg.getScreenCTM().inverse());
  }

  wheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, this.point(event));
  }

  press(event) {
    if (this.factor <= 1.01 || event.button !== 0) return;
    this.held = { id: event.pointerId, x: event.clientX, y: event.clientY, view: { ...this.view } };
    this.moved = false;
  }

  drag(event) {
    const { held } = this;
    if (!held || held.id !== event.pointerId) return;
    const dx = event.clientX - held.x;
    const dy = event.clientY - held.y;
    if (!this.moved && Math.hypot(dx, dy) < DRAG_PX) return;
    if (!this.moved) this.svg.setPointerCapture(event.pointerId);
    this.moved = true;
    this.box.classList.add("dragging");
    const perPx = held.view.width / this.svg.clientWidth;
    this.view = { ...held.view, x: held.view.x - dx * perPx, y: held.view.y - dy * perPx };
    this.show();
  }

  release() {
    this.held = null;
    this.box.classList.remove("dragging");
  }

  // En dragning är inte ett klick på området där den slutade.
  click(event) {
    if (this.moved) event.preventDefault();
    this.moved = false;
  }

  focused(link) {
    this.say(link);
    if (!link || this.factor <= 1.01) return;
    const area = link.getBBox();
    this.view.x = area.x + area.width / 2 - this.view.width / 2;
    this.view.y = area.y + area.height / 2 - this.view.height / 2;
    this.show();
  }

  // Skärmläsaren läser länkens namn; raden är för den som ser och pekar.
  say(link) {
    if (!link) return;
    const [name, ...rest] = link.getAttribute("aria-label").split(": ");
    const strong = document.createElement("b");
    strong.textContent = name;
    this.said.replaceChildren(strong, ` ${rest.join(": ")}`);
  }
}

function button(sign, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = sign;
  made.setAttribute("aria-label", label);
  made.title = label;
  made.addEventListener("click", act);
  return made;
}

function clamp(value, low, high) {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
