/* Moves an office's pin: by click, by dragging, by arrow keys. The fields hold what is saved. */

const STEP = 10;
const SMALL_STEP = 1;
const DIGITS = 5;
const MOVES = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

class PinMap {
  constructor(root) {
    this.root = root;
    this.frame = root.querySelector("[data-pin-frame]");
    this.status = root.querySelector("[data-pin-status]");
    this.fields = ["latitude", "longitude"].map((name) => document.getElementById(`id_${name}`));
    this.before = this.fields.map((field) => field.value);
    this.frame.tabIndex = 0;
    this.frame.setAttribute("role", "application");
    for (const part of root.querySelectorAll("[data-pin-tools], [data-pin-help]")) {
      part.hidden = false;
    }
    this.listen();
    this.read();
  }

  listen() {
    this.frame.addEventListener("pointerdown", (event) => this.grip(event));
    this.frame.addEventListener("touchstart", (event) => this.hold(event), { passive: false });
    this.frame.addEventListener("pointermove", (event) => this.drag(event));
    this.frame.addEventListener("pointercancel", () => (this.isDragged = false));
    this.frame.addEventListener("pointerup", (event) => this.drop(event));
    this.frame.addEventListener("keydown", (event) => this.press(event));
    for (const button of this.root.querySelectorAll("[data-pin-zoom]")) {
      button.addEventListener("click", () => this.zoomBy(Number(button.dataset.pinZoom)));
    }
    this.root.querySelector("[data-pin-back]").addEventListener("click", () => this.putBack());
    for (const field of this.fields) {
      field.addEventListener("change", () => this.readFields());
    }
  }

  /* Takes over the sheet that the server drew: its pin is in the middle. */
  read() {
    this.sheet = this.frame.querySelector("[data-pin-sheet]");
    this.pin = this.sheet.querySelector("[data-pin]");
    const data = this.sheet.dataset;
    this.size = Number(data.size);
    this.zoom = Number(data.zoom);
    this.middle = [Number(data.latitude), Number(data.longitude)];
    this.degrees = [Number(data.degreesNorth), Number(data.degreesEast)];
    this.at = [this.size / 2, this.size / 2];
    const [closer, wider] = this.root.querySelectorAll("[data-pin-zoom]");
    closer.disabled = this.zoom === 0;
    wider.disabled = this.zoom === Number(data.widest);
  }

  place(event) {
    const box = this.sheet.getBoundingClientRect();
    const scale = this.size / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  }

  grip(event) {
    if (event.target.closest("[data-pin]")) {
      this.isDragged = true;
      this.frame.setPointerCapture(event.pointerId);
      event.preventDefault();
      this.frame.focus();
    }
  }

  /* A finger on the pin drags it, elsewhere it scrolls the page. */
  hold(event) {
    if (event.target.closest("[data-pin]")) {
      event.preventDefault();
    }
  }

  drag(event) {
    if (this.isDragged) {
      this.moveTo(this.place(event));
    }
  }

  drop(event) {
    if (event.button === 0) {
      this.moveTo(this.place(event));
    }
    this.isDragged = false;
  }

  press(event) {
    const move = MOVES[event.key];
    if (event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    if (move) {
      event.preventDefault();
      const step = event.shiftKey ? SMALL_STEP : STEP;
      this.moveTo(this.at.map((value, axis) => value + move[axis] * step));
    } else if (event.key === "+" || event.key === "-") {
      event.preventDefault();
      this.zoomBy(event.key === "+" ? -1 : 1);
    }
  }

  moveTo(at) {
    this.at = at.map((value) => Math.min(Math.max(value, 0), this.size));
    this.pin.setAttribute("transform", `translate(${this.at.join(" ")})`);
    this.pin.setAttribute("visibility", "visible");
    const [x, y] = this.at.map((value) => value - this.size / 2);
    const latitude = Math.min(Math.max(this.middle[0] - y * this.degrees[0], -90), 90);
    const longitude = ((this.middle[1] + x * this.degrees[1] + 540) % 360) - 180;
    this.write([latitude, longitude].map((value) => value.toFixed(DIGITS)));
  }

  write(values) {
    values.forEach((value, index) => (this.fields[index].value = value));
    const words = this.status.dataset.set.replace("%s", values.join(", "));
    this.status.textContent = values[0] ? words : "";
  }

  /* What was pasted whole into one field is taken apart by the server. */
  async readFields() {
    await this.redraw();
    if (this.pin.getAttribute("visibility") !== "hidden") {
      this.write(this.middle.map(String));
    }
  }

  putBack() {
    this.write(this.before);
    this.redraw();
  }

  zoomBy(step) {
    const zoom = this.zoom + step;
    if (zoom >= 0 && zoom <= Number(this.sheet.dataset.widest)) {
      this.redraw(zoom);
    }
  }

  /* The map around the pin, from the server. A later request wins over an earlier one. */
  async redraw(zoom = this.zoom) {
    const [latitude, longitude] = this.fields.map((field) => field.value);
    const query = new URLSearchParams({ latitude, longitude, zoom });
    this.asked = query.toString();
    try {
      const response = await fetch(`${this.root.dataset.url}?${query}`);
      if (this.asked !== query.toString()) {
        return;
      }
      const text = await response.text();
      if (!response.ok) {
        this.status.textContent = response.status === 400 ? text : this.status.dataset.failed;
        return;
      }
      const answer = new DOMParser().parseFromString(text, "text/html");
      this.frame.replaceChildren(...answer.body.children);
      this.read();
    } catch {
      this.status.textContent = this.status.dataset.failed;
    }
  }
}

const root = document.querySelector("[data-pin-map]");
/* Who may only look has no fields. */
if (root && document.getElementById("id_latitude")) {
  new PinMap(root);
}
