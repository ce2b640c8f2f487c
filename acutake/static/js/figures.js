// Opens a figure large over the page, in the browser's own dialog. It is one step of the history,
// so that a phone's way back closes it. Without this script the link leads to the figure's page.

const script = document.querySelector("script[data-figures]");

function withoutIds(element) {
  for (const part of [element, ...element.querySelectorAll("[id]")]) part.removeAttribute("id");
  element.querySelector("img")?.removeAttribute("aria-details");
  return element;
}

function largePicture(link) {
  const picture = withoutIds(link.querySelector("picture").cloneNode(true));
  const img = picture.querySelector("img");
  // As wide as the file: the browser takes the largest one that it is offered.
  for (const part of picture.children) part.setAttribute("sizes", `${img.getAttribute("width")}px`);
  img.removeAttribute("loading");
  const frame = document.createElement("div");
  frame.className = "large__picture";
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", script.dataset.hint);
  frame.append(picture);
  return frame;
}

function largeFigure(link) {
  const figure = document.createElement("figure");
  const caption = link.closest("figure").querySelector("figcaption");
  const hint = document.createElement("p");
  figure.className = "large";
  hint.className = "large__hint";
  hint.textContent = script.dataset.hint;
  figure.append(largePicture(link), hint, withoutIds(caption.cloneNode(true)));
  return figure;
}

function closeButton(dialog) {
  const button = document.createElement("button");
  button.className = "button button--quiet figure-dialog__close";
  button.type = "button";
  button.textContent = script.dataset.close;
  button.addEventListener("click", () => dialog.close());
  return button;
}

// A note of the caption is on the page below: the step that opened the figure becomes one to it.
function leave(dialog, hash) {
  dialog.close("left");
  location.replace(hash);
}

function open(link) {
  const dialog = document.createElement("dialog");
  const goBack = () => dialog.close();
  dialog.className = "figure-dialog";
  dialog.setAttribute("aria-label", script.dataset.label);
  dialog.append(closeButton(dialog), largeFigure(link));
  dialog.addEventListener("click", (event) => {
    const way = event.target.closest('a[href^="#"]');
    if (!way) return;
    event.preventDefault();
    leave(dialog, way.hash);
  });
  dialog.addEventListener("close", () => {
    removeEventListener("popstate", goBack);
    if (history.state?.isFigureOpen) history.back();
    dialog.remove();
    if (dialog.returnValue !== "left") link.focus({ preventScroll: true });
  });
  document.body.append(dialog);
  dialog.showModal();
  history.pushState({ isFigureOpen: true }, "");
  addEventListener("popstate", goBack);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-enlarge]");
  const isAnotherWay = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || isAnotherWay || event.defaultPrevented) return;
  event.preventDefault();
  open(link);
});
