// A field that holds one image of the library: shows it, and opens the library to choose another.

import { describe } from "./library.js";
import { createPicker } from "./picker.js";

function bind(root) {
  const field = root.querySelector("input");
  const [choose, clear] = root.querySelectorAll("button");
  const picture = root.querySelector("img");
  const words = root.querySelector("[data-words]");
  const pick = createPicker(root.querySelector("template"), root.dataset.library);

  const show = (image) => {
    picture.hidden = clear.hidden = !image;
    words.textContent = image ? [image.title, image.alt, image.credit].filter(Boolean).join(" · ") : "";
    if (image) picture.src = image.thumbnail;
    else picture.removeAttribute("src");
  };
  const set = (image) => {
    field.value = image ? image.id : "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    show(image);
  };

  choose.addEventListener("click", async () => {
    const image = await pick();
    if (image) set(image);
    choose.focus();
  });
  clear.addEventListener("click", () => {
    set(null);
    choose.focus();
  });
  field.hidden = true;
  choose.hidden = false;
  if (field.value) describe(root.dataset.library, field.value).then(show);
}

for (const root of document.querySelectorAll("[data-image-choice]")) bind(root);
