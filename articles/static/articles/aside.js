// What stands apart from the text: <aside data-kind="pullquote"> and <aside data-kind="callout">.

import { Node } from "django-prose-editor/editor";

const KINDS = ["pullquote", "callout"];

export const Aside = Node.create({
  name: "aside",
  group: "block",
  content: "(paragraph | list)+",
  defining: true,

  addAttributes() {
    return {
      kind: {
        default: KINDS[0],
        parseHTML: (element) => element.dataset.kind,
        renderHTML: ({ kind }) => ({ "data-kind": kind }),
      },
    };
  },

  parseHTML() {
    return KINDS.map((kind) => ({ tag: `aside[data-kind="${kind}"]` }));
  },

  renderHTML({ HTMLAttributes }) {
    return ["aside", HTMLAttributes, 0];
  },

  // In the admin, where it stands in no article, <aside> would be a landmark.
  addNodeView() {
    return ({ node }) => {
      const dom = document.createElement("div");
      dom.dataset.kind = node.attrs.kind;
      dom.setAttribute("role", "note");
      return { dom, contentDOM: dom };
    };
  },

  addCommands() {
    return {
      // A heading or a quotation becomes plain paragraphs on its way in.
      toggleAside:
        (kind) =>
        ({ editor, chain }) => {
          if (editor.isActive(this.name, { kind })) return chain().lift(this.name).run();
          if (editor.isActive(this.name)) return chain().updateAttributes(this.name, { kind }).run();
          const plain = editor.isActive("heading") ? chain().setParagraph() : chain();
          return plain.wrapIn(this.name, { kind }).run();
        },
    };
  },
});
