/* Select2 does not tell screen readers what its box is for: the label beside it does. */

function name(select) {
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  const box = select.parentElement.querySelector('[role="combobox"]');
  if (label && box) {
    box.setAttribute("aria-label", label.textContent.replace(":", "").trim());
    /* What is chosen is no text box within the box. */
    for (const attribute of ["aria-readonly", "role"]) {
      box.querySelector(".select2-selection__rendered")?.removeAttribute(attribute);
    }
  }
}

function nameAll(root) {
  root.querySelectorAll("select.admin-autocomplete").forEach(name);
}

/* jQuery calls in order: Select2 was there first. */
window.django?.jQuery(() => nameAll(document));
document.addEventListener("formset:added", (event) => nameAll(event.target));
