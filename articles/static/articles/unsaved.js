// Asks before the page is left with words that were not saved.

const form = document.querySelector("[data-warn-unsaved]").closest("form");
// A page that came back with errors holds words that only it has.
let isUnsaved = form.querySelector(".errornote") !== null;

form.addEventListener("input", () => (isUnsaved = true));
form.addEventListener("submit", (event) => (isUnsaved &&= event.defaultPrevented));
form.addEventListener("autosaved", () => (isUnsaved = false));
addEventListener("beforeunload", (event) => {
  if (isUnsaved) event.preventDefault();
});
