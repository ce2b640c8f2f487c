// Word keeps a list as paragraphs that say in their style which level of which list they are, and
// carry the bullet or the number as text.

const LEVEL = /mso-list:\s*l\d+\s+level(\d+)/i;
const NUMBERED = /^\s*\(?(\d+|[a-z]{1,4})[.)]/i;

export function listsFromWord(body) {
  let open = [];
  let last = null;
  for (const paragraph of body.querySelectorAll("p")) {
    const [, level] = LEVEL.exec(paragraph.dataset.style ?? "") ?? [];
    if (!level) continue;
    // Once a paragraph has gone into its list, the next one follows the list.
    if (last?.nextElementSibling !== paragraph) open = [];
    const depth = Math.min(Number(level), open.length + 1);
    const name = markerOf(paragraph);
    open = open.slice(0, depth);
    if (open[depth - 1]?.localName !== name) {
      open = open.slice(0, depth - 1);
      const list = body.ownerDocument.createElement(name);
      if (depth > 1) open[depth - 2].lastElementChild.append(list);
      else paragraph.before(list);
      open.push(list);
    }
    const item = body.ownerDocument.createElement("li");
    item.append(...paragraph.childNodes);
    open[depth - 1].append(item);
    last = open[0];
    paragraph.remove();
  }
}

// Takes the marker out of the paragraph; the kind of list that it stood for.
function markerOf(paragraph) {
  const markers = paragraph.querySelectorAll("span[data-style*='mso-list']");
  const text = [...markers].map((marker) => marker.textContent).join("");
  for (const marker of markers) marker.remove();
  return NUMBERED.test(text) ? "ol" : "ul";
}
