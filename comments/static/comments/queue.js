// The queue by keyboard: a key presses what carries it in data-key. Without this, all is a click.

const form = document.querySelector("[data-queue]");
const help = document.querySelector("[data-keys-help]");
const hint = document.querySelector("[data-keys-hint]");
const keysSwitch = hint.querySelector("[data-keys-switch]");
const FIELDS = "input:not([type=checkbox]), select, textarea, dialog";
// One press is one decision, however slow the answer.
let isLeaving = false;
let isUnsaved = "unsaved" in form.dataset;

function areKeysOn() {
  return localStorage.getItem("queue-keys") !== "off";
}

function press(key) {
  const target = form.querySelector(`[data-key~="${CSS.escape(key)}"]`);
  const field = target?.hash && document.querySelector(target.hash);
  if (field) field.focus();
  else target?.click();
  return target;
}

addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey) return;
  if (event.key === "?" && help.open) {
    event.preventDefault();
    return void help.close();
  }
  const field = event.target.closest(FIELDS);
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    field?.closest("[data-part]")?.querySelector("[data-finish]").click();
    return;
  }
  if (event.key === "Escape" && field && !help.open) field.blur();
  if (event.ctrlKey || event.metaKey || event.repeat || field || isLeaving || !areKeysOn()) return;
  if (event.key === "?") help.showModal();
  else if (!press(event.key)) return;
  event.preventDefault();
});

form.addEventListener("click", (event) => {
  const link = event.target.closest(".queue-bar a[href^='#']");
  if (!link) return;
  event.preventDefault();
  document.querySelector(link.hash).focus();
});
form.addEventListener("input", (event) => (isUnsaved ||= event.target.matches("textarea")));
form.addEventListener("submit", (event) => {
  if (isLeaving) event.preventDefault();
  isLeaving = true;
});
addEventListener("beforeunload", (event) => {
  if (isUnsaved && !isLeaving) event.preventDefault();
});
// The page of a way back is as it was left.
addEventListener("pageshow", () => (isLeaving = false));

hint.hidden = false;
keysSwitch.checked = areKeysOn();
keysSwitch.addEventListener("change", () =>
  localStorage.setItem("queue-keys", keysSwitch.checked ? "on" : "off"),
);

const all = form.querySelector("[data-tick-all]");
if (all) {
  all.hidden = false;
  all.firstElementChild.addEventListener("change", (event) => {
    for (const box of form.querySelectorAll("[name=ticked]")) box.checked = event.target.checked;
  });
}

// What was done is read out first; the keys work from there.
(document.querySelector("[data-queue-result]") ?? document.getElementById("queue-comment"))?.focus({
  preventScroll: true,
});
