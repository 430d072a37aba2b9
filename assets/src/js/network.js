// The drawing of a network: larger, smaller, all of it; by buttons, by + - 0, by the wheel with Ctrl,
// dragged with the mouse. It begins at its middle. Without this it is scrolled, from its corner on.
const STEP = 1.25;
const LEAST = 0.2;
const MOST = 2.5;
const MOVED = 4; // pixels from which on a press is a drag and no click

const drawingOf = (box) => box.querySelector("svg");
const sizeOf = (drawing) => drawing.viewBox.baseVal;
const scaleOf = (drawing) => Number(drawing.getAttribute("width")) / sizeOf(drawing).width;

function draw(box, scale) {
  const drawing = drawingOf(box);
  const { width, height } = sizeOf(drawing);
  const kept = Math.min(MOST, Math.max(LEAST, scale));
  drawing.setAttribute("width", Math.round(width * kept));
  drawing.setAttribute("height", Math.round(height * kept));
  return kept;
}

// What is in the middle of the box stays there.
function zoom(box, by) {
  const before = scaleOf(drawingOf(box));
  const across = (box.scrollLeft + box.clientWidth / 2) / before;
  const down = (box.scrollTop + box.clientHeight / 2) / before;
  const now = draw(box, before * by);
  box.scrollTo(across * now - box.clientWidth / 2, down * now - box.clientHeight / 2);
}

function whole(box) {
  const { width, height } = sizeOf(drawingOf(box));
  const highest = parseFloat(getComputedStyle(box).maxHeight) || box.clientHeight;
  draw(box, Math.min(1, box.clientWidth / width, (highest - 4) / height));
}

function toTheMiddle(box) {
  const middle = box.querySelector(".node-middle");
  if (!middle) return;
  const { x, y, width, height } = middle.getBBox();
  const scale = scaleOf(drawingOf(box));
  box.scrollTo(
    (x + width / 2) * scale - box.clientWidth / 2,
    (y + height / 2) * scale - box.clientHeight / 2,
  );
}

const DOES = {
  in: (box) => zoom(box, STEP),
  out: (box) => zoom(box, 1 / STEP),
  whole,
};
const KEYS = { "+": "in", "=": "in", "-": "out", 0: "whole" };

function drag(box) {
  let from = null;
  let dragged = false;
  box.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return; // a finger scrolls by itself
    from = { x: event.clientX + box.scrollLeft, y: event.clientY + box.scrollTop };
    from.left = event.clientX;
    from.top = event.clientY;
    dragged = false;
  });
  window.addEventListener("pointermove", (event) => {
    if (!from) return;
    const moved = Math.hypot(event.clientX - from.left, event.clientY - from.top);
    dragged ||= moved > MOVED;
    if (!dragged) return;
    box.classList.add("is-dragged");
    box.scrollTo(from.x - event.clientX, from.y - event.clientY);
  });
  window.addEventListener("pointerup", () => {
    from = null;
    box.classList.remove("is-dragged");
  });
  box.addEventListener("dragstart", (event) => event.preventDefault());
  box.addEventListener(
    "click",
    (event) => {
      if (dragged) event.preventDefault();
      dragged = false;
    },
    true,
  );
}

function prepare(box) {
  if ("ready" in box.dataset) return;
  box.dataset.ready = "";
  const acts = box.parentElement.querySelector("[data-network-acts]");
  acts.hidden = false;
  acts.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) DOES[button.dataset.zoom](box);
  });
  box.addEventListener("keydown", (event) => {
    const does = KEYS[event.key];
    if (!does || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    DOES[does](box);
  });
  box.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom(box, event.deltaY < 0 ? STEP : 1 / STEP);
    },
    { passive: false },
  );
  drag(box);
  toTheMiddle(box);
}

export function zoomNetworks() {
  const found = (root) => root.querySelectorAll("[data-network]").forEach(prepare);
  document.addEventListener("htmx:load", (event) => found(event.target));
  found(document);
}
