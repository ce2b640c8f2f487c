// Gives links another address, in the text and in its notes: what the checklist offers for a page
// that has moved.

export function bindNewAddress(root, editor) {
  root.addEventListener("newaddress", ({ detail }) => {
    const { tr, schema } = editor.state;
    editor.state.doc.descendants((node, at) => {
      const mark = node.marks.find(({ type, attrs }) => type.name === "link" && attrs.href === detail.before);
      if (mark) {
        const renewed = schema.marks.link.create({ ...mark.attrs, href: detail.after });
        tr.addMark(at, at + node.nodeSize, renewed);
      }
      if (node.type.name === "note") {
        const words = withNewAddress(node.attrs.words, detail);
        if (words !== node.attrs.words) tr.setNodeAttribute(at, "words", words);
      }
    });
    editor.view.dispatch(tr);
    editor.commands.focus();
  });
}

function withNewAddress(words, { before, after }) {
  const { body } = new DOMParser().parseFromString(words, "text/html");
  for (const link of body.querySelectorAll("a")) {
    if (link.getAttribute("href") === before) link.setAttribute("href", after);
  }
  return body.innerHTML;
}
