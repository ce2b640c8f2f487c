// A figure from the image library: <figure data-image="7"><figcaption>...</figcaption></figure>.
// What the reader sees of it is made on the server from the library's own file, text and credit.

import { Node } from "django-prose-editor/editor";

import { describe } from "./library.js";

export const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "inline*",
  defining: true,
  isolating: true,

  addOptions() {
    return { library: "", template: null, pick: async () => null };
  },

  addAttributes() {
    return {
      image: {
        default: null,
        parseHTML: (element) => element.dataset.image,
        renderHTML: ({ image }) => ({ "data-image": image }),
      },
    };
  },

  parseHTML() {
    return [
      {
        tag: "figure[data-image]",
        contentElement: (element) => element.querySelector("figcaption") ?? element,
      },
    ];
  },

  renderHTML({ HTMLAttributes }) {
    return ["figure", HTMLAttributes, ["figcaption", 0]];
  },

  addCommands() {
    return {
      insertFigure:
        (image) =>
        ({ chain }) =>
          chain().insertContent({ type: this.name, attrs: { image: String(image.id) } }).run(),
    };
  },

  addKeyboardShortcuts() {
    return { Enter: ({ editor }) => leaveCaption(editor, this.name) };
  },

  addNodeView() {
    return (context) => new FigureView(context, this.options);
  },
});

// Enter in a caption begins the next paragraph: a figure has one caption.
function leaveCaption(editor, name) {
  const { $from } = editor.state.selection;
  if ($from.parent.type.name !== name) return false;
  const after = $from.after();
  return editor
    .chain()
    .insertContentAt(after, { type: "paragraph" })
    .setTextSelection(after + 1)
    .run();
}

class FigureView {
  constructor({ node, editor, getPos }, options) {
    this.node = node;
    this.options = options;
    this.dom = options.template.content.firstElementChild.cloneNode(true);
    this.contentDOM = this.dom.querySelector("figcaption");
    this.dom.querySelector("[data-replace]").addEventListener("click", async () => {
      const image = await options.pick();
      if (image) {
        editor.view.dispatch(
          editor.state.tr.setNodeAttribute(getPos(), "image", String(image.id)),
        );
      }
      editor.commands.focus();
    });
    this.dom.querySelector("[data-remove]").addEventListener("click", () => {
      const from = getPos();
      editor.chain().deleteRange({ from, to: from + this.node.nodeSize }).focus().run();
    });
    this.show();
  }

  async show() {
    const id = this.node.attrs.image;
    this.dom.classList.toggle("is-uncaptioned", this.node.content.size === 0);
    if (this.shown === id) return;
    this.shown = id;
    const image = await describe(this.options.library, id);
    if (this.shown !== id) return;
    this.dom.classList.toggle("is-missing", image === null);
    if (image === null) return;
    const picture = this.dom.querySelector("img");
    picture.src = image.thumbnail;
    picture.alt = image.alt;
    this.dom.querySelector("[data-credit]").textContent = image.credit;
    this.contentDOM.dataset.placeholder = image.caption;
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.show();
    return true;
  }

  // The buttons are their own masters: the editor neither selects nor drags at a click on them.
  stopEvent(event) {
    return event.target instanceof Element && event.target.closest("button") !== null;
  }

  // Only what happens within the caption is the editor's; the rest is drawn here.
  ignoreMutation(mutation) {
    if (mutation.type === "selection") return false;
    return mutation.type === "attributes" || !this.contentDOM.contains(mutation.target);
  }
}
