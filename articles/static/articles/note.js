// A numbered note, kept where it is referred to: <sup data-note="">its words</sup>. The page and
// the editor number them by their order; the same words twice are one note.

import { Node } from "django-prose-editor/editor";

const KEPT = new Set(["A", "EM", "STRONG", "SUB"]);
const AS = { I: "EM", B: "STRONG" };
const ADDRESS = /^(https?:\/\/|mailto:|\/(?!\/))\S+$/i;

export const Note = Node.create({
  name: "note",
  group: "inline",
  inline: true,
  atom: true,

  addOptions() {
    // `edit` promises the words of a note, "" to take it out, null to leave it as it is.
    return { template: null, edit: async () => null };
  },

  addAttributes() {
    return { words: { default: "", rendered: false } };
  },

  parseHTML() {
    return [
      {
        tag: "sup[data-note]",
        // Before the raised figures of <sup>.
        priority: 60,
        getAttrs: (element) => ({ words: onlyNoteWords(element) }),
      },
    ];
  },

  renderHTML({ node }) {
    const element = document.createElement("sup");
    element.dataset.note = "";
    element.innerHTML = node.attrs.words;
    return element;
  },

  renderText: () => "",

  addCommands() {
    return {
      setNote:
        (words) =>
        ({ commands }) =>
          commands.insertContent({ type: this.name, attrs: { words } }),
    };
  },

  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => {
        const { node } = editor.state.selection;
        if (node?.type.name !== this.name) return false;
        editor.view.nodeDOM(editor.state.selection.from).querySelector("button").click();
        return true;
      },
    };
  },

  addNodeView() {
    return (context) => new NoteView(context, this.options);
  },

  onCreate() {
    number(this.editor.view.dom);
  },

  onUpdate() {
    number(this.editor.view.dom);
  },
});

// The words of a note without anything that a note cannot hold.
export function onlyNoteWords(element) {
  const inert = document.implementation.createHTMLDocument("");
  const copy = (from, to) => {
    for (const child of from.childNodes) {
      if (child.nodeType === 3) to.append(child.data.replace(/\s+/g, " "));
      if (child.nodeType !== 1) continue;
      const name = AS[child.tagName] ?? child.tagName;
      const isAddress = name !== "A" || ADDRESS.test(child.getAttribute("href") ?? "");
      const kept = KEPT.has(name) && isAddress ? inert.createElement(name) : null;
      if (kept && name === "A") kept.setAttribute("href", child.getAttribute("href"));
      if (kept) to.append(kept);
      copy(child, kept ?? to);
    }
  };
  copy(element, inert.body);
  return inert.body.innerHTML.trim();
}

function number(surface) {
  const numbers = new Map();
  for (const mark of surface.querySelectorAll("[data-note-mark]")) {
    const { words } = mark.dataset;
    if (!numbers.has(words)) numbers.set(words, numbers.size + 1);
    const button = mark.querySelector("button");
    const label = `${mark.dataset.name} ${numbers.get(words)}: ${mark.title}`;
    if (button.textContent !== String(numbers.get(words))) button.textContent = numbers.get(words);
    if (button.ariaLabel !== label) button.ariaLabel = label;
  }
}

class NoteView {
  constructor({ node, editor, getPos }, options) {
    this.dom = options.template.content.firstElementChild.cloneNode(true);
    this.dom.querySelector("button").addEventListener("click", async () => {
      const words = await options.edit(this.node.attrs.words);
      const from = getPos();
      if (words) editor.view.dispatch(editor.state.tr.setNodeAttribute(from, "words", words));
      if (words === "") editor.commands.deleteRange({ from, to: from + this.node.nodeSize });
      editor.commands.focus();
    });
    this.update(node);
  }

  update(node) {
    if (this.node && node.type !== this.node.type) return false;
    this.node = node;
    const inert = document.implementation.createHTMLDocument("");
    inert.body.innerHTML = node.attrs.words;
    this.dom.dataset.words = node.attrs.words;
    this.dom.title = inert.body.textContent;
    return true;
  }

  // The button is its own master, and what it shows is drawn here.
  stopEvent(event) {
    return event.target instanceof Element && event.target.closest("button") !== null;
  }

  ignoreMutation() {
    return true;
  }
}
