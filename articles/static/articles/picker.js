// The dialog in which a picture is chosen from the image library.

import { search } from "./library.js";

const PAUSE_MS = 200;

// A function that opens the dialog of `template` and promises the chosen image, or null.
export function createPicker(template, url) {
  let picker = null;
  return () => {
    picker ??= new Picker(template, url);
    return picker.open();
  };
}

class Picker {
  constructor(template, url) {
    this.url = url;
    this.dialog = template.content.querySelector("dialog").cloneNode(true);
    this.entry = template.content.querySelector("template").content.firstElementChild;
    this.box = this.dialog.querySelector("input[type=search]");
    this.list = this.dialog.querySelector("[data-results]");
    this.status = this.dialog.querySelector("[role=status]");
    this.more = this.dialog.querySelector("[data-more]");
    document.body.append(this.dialog);
    this.box.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.show(1), PAUSE_MS);
    });
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
    this.more.addEventListener("click", () => this.show(this.next));
    this.dialog.addEventListener("close", () => this.resolve(this.chosen));
  }

  open() {
    this.chosen = null;
    this.box.value = "";
    this.dialog.showModal();
    this.show(1);
    return new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  async show(page) {
    const asked = (this.asked = Symbol("the newest question"));
    let found;
    try {
      found = await search(this.url, { query: this.box.value, page });
    } catch {
      this.status.textContent = this.status.dataset.failed;
      return;
    }
    if (asked !== this.asked) return;
    const entries = found.images.map((image) => this.entryOf(image));
    if (page === 1) this.list.replaceChildren();
    this.list.append(...entries);
    this.next = found.next;
    this.more.hidden = !found.next;
    this.status.textContent = found.summary;
    if (page > 1) entries[0]?.querySelector("button").focus();
  }

  entryOf(image) {
    const entry = this.entry.cloneNode(true);
    const picture = entry.querySelector("img");
    picture.src = image.thumbnail;
    picture.width = image.thumbnail_width;
    picture.height = image.thumbnail_height;
    entry.querySelector("[data-title]").textContent = image.title;
    entry.querySelector("[data-credit]").textContent = image.credit;
    entry.querySelector("button").addEventListener("click", () => {
      this.chosen = image;
      this.dialog.close();
    });
    return entry;
  }
}
