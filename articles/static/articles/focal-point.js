// The point of a picture that must stay when it is cut: set by a click, or by the arrow keys.
// Without this script the two number fields below the picture do the same.

const STEP = 1;
const LARGE_STEP = 10;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const within = (value) => Math.min(100, Math.max(0, Math.round(value)));

class FocalPoint {
  constructor(root) {
    this.across = document.getElementById(root.dataset.across);
    this.down = document.getElementById(root.dataset.down);
    this.target = root.querySelector("[data-target]");
    this.point = root.querySelector("[data-point]");
    this.state = root.querySelector("[data-state]");
    this.cuts = root.querySelector("[data-cuts]");
    this.target.hidden = root.querySelector("[data-help]").hidden = false;
    this.target.addEventListener("click", (event) => this.onClick(event));
    this.target.addEventListener("keydown", (event) => this.onKey(event));
    for (const field of [this.across, this.down]) field.addEventListener("input", () => this.show());
    this.show();
  }

  // In percent, or null while a field is empty.
  read() {
    if (this.across.value === "" || this.down.value === "") return null;
    return [within(Number(this.across.value)), within(Number(this.down.value))];
  }

  write(position) {
    [this.across.value, this.down.value] = position ?? ["", ""];
    this.across.dispatchEvent(new Event("input", { bubbles: true }));
  }

  onClick(event) {
    // A button that is pressed by its key has no place that was clicked.
    if (event.detail === 0) return;
    const { left, top, width, height } = this.target.getBoundingClientRect();
    this.write([
      within(((event.clientX - left) / width) * 100),
      within(((event.clientY - top) / height) * 100),
    ]);
  }

  onKey(event) {
    if (event.key === "Delete" || event.key === "Backspace") {
      this.write(null);
    } else if (event.key in MOVES) {
      const step = event.shiftKey ? LARGE_STEP : STEP;
      const [x, y] = this.read() ?? [50, 50];
      const [right, below] = MOVES[event.key];
      this.write([within(x + right * step), within(y + below * step)]);
    } else {
      return;
    }
    event.preventDefault();
  }

  show() {
    const position = this.read();
    this.point.hidden = this.cuts.hidden = position === null;
    if (position === null) {
      this.state.textContent = this.state.dataset.none;
      return;
    }
    const [x, y] = position;
    this.point.style.left = `${x}%`;
    this.point.style.top = `${y}%`;
    this.state.textContent = this.state.dataset.some
      .replace("%(across)s", x)
      .replace("%(down)s", y);
    for (const image of this.cuts.querySelectorAll("img")) showCut(image, x / 100, y / 100);
  }
}

// As articles/crops.py cuts: the largest part of these proportions, the point as near its middle
// as can be.
function showCut(image, x, y) {
  const [width, height] = [Number(image.getAttribute("width")), Number(image.getAttribute("height"))];
  const ratio = Number(image.dataset.ratio);
  const cutWidth = Math.min(width, height * ratio);
  const cutHeight = cutWidth / ratio;
  image.style.objectPosition = `${share(x, width, cutWidth)}% ${share(y, height, cutHeight)}%`;
}

// Which share of what is cut off lies before the part that stays.
function share(point, whole, part) {
  const off = whole - part;
  if (off <= 0) return 50;
  return (Math.min(Math.max(point * whole - part / 2, 0), off) / off) * 100;
}

for (const root of document.querySelectorAll("[data-focal]")) new FocalPoint(root);
