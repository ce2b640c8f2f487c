// Other people's words, and other windows', shown to the editor who has to know or to choose.

// `template` holds the dialog, `difference` is the server's HTML; `choices` maps the name of each
// button to what it does. Closing the dialog decides nothing.
export function showConflict(template, title, difference, choices) {
  const dialog = template.content.firstElementChild.cloneNode(true);
  dialog.querySelector("h2").textContent = title;
  dialog.querySelector("[data-difference]").innerHTML = difference;
  for (const [name, act] of Object.entries(choices)) {
    dialog.querySelector(`[data-${name}]`).addEventListener("click", () => {
      dialog.close();
      act();
    });
  }
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

// Links to the unsaved words of each of `others`; `words` hold "{name}".
export function showOthers(place, others, words) {
  place.hidden = !others.length;
  place.replaceChildren(
    ...others.map(({ name, url }) => {
      const link = document.createElement("a");
      link.href = url;
      link.target = "_blank";
      link.textContent = words.replace("{name}", name);
      return link;
    }),
  );
}
