// En ruta som går att dra i sidled ska gå att nå med tangentbordet, men bara när den verkligen är bredare än skärmen.
export function enhanceScroll(root) {
  const watch = new ResizeObserver((entries) => entries.forEach((entry) => update(entry.target)));
  for (const box of root.querySelectorAll(".scroll")) {
    update(box);
    watch.observe(box);
  }
}

function update(box) {
  const wider = box.scrollWidth > box.clientWidth + 1;
  if (wider) box.setAttribute("tabindex", "0");
  else box.removeAttribute("tabindex");
  const hint = box.previousElementSibling;
  if (hint?.classList.contains("scroll-hint")) hint.hidden = !wider;
}
