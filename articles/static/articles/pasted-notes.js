// Footnotes and endnotes of Word become notes: their words stand at the end of what is pasted, and
// a link in the text refers to each.

import { onlyNoteWords } from "./note.js";

const ELEMENTS = "[data-style*='mso-element:footnote'], [data-style*='mso-element:endnote']";

export function notesFromWord(body) {
  const words = new Map();
  for (const element of body.querySelectorAll(ELEMENTS)) {
    if (element.id) words.set(`#_${element.id}`, element);
  }
  for (const mark of body.querySelectorAll("a[href^='#_ftn'], a[href^='#_edn']")) {
    const element = words.get(mark.getAttribute("href"));
    if (!element || element.contains(mark)) continue;
    const note = body.ownerDocument.createElement("sup");
    note.dataset.note = "";
    for (const back of element.querySelectorAll("a[href^='#']")) back.remove();
    note.innerHTML = onlyNoteWords(element);
    mark.replaceWith(note);
  }
  for (const element of words.values()) {
    const list = element.parentElement;
    element.remove();
    if (list !== body && !list.textContent.trim()) list.remove();
  }
}
