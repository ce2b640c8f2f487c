// The dialog in which a link gets its address.

const ALLOWED = /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)\S+$/i;

// "www.example.org" and "example.org/page" are meant as addresses of the web.
export function completeAddress(typed) {
  const address = typed.trim();
  if (/^[\w-]+(\.[\w-]+)+([/?#:]\S*)?$/.test(address)) return `https://${address}`;
  return address;
}

export function createLinkDialog(template, editor) {
  const dialog = template.content.firstElementChild.cloneNode(true);
  const box = dialog.querySelector("input");
  const complaint = dialog.querySelector("[role=alert]");
  document.body.append(dialog);

  dialog.querySelector("form").addEventListener("submit", (event) => {
    const action = event.submitter?.value;
    if (action === "remove") {
      editor.chain().extendMarkRange("link").unsetLink().run();
    } else if (action === "save") {
      const href = completeAddress(box.value);
      complaint.hidden = ALLOWED.test(href);
      if (!complaint.hidden) {
        event.preventDefault();
        box.focus();
        return;
      }
      setLink(editor, href);
    }
  });
  dialog.addEventListener("close", () => editor.commands.focus());

  return () => {
    box.value = editor.getAttributes("link").href ?? "";
    complaint.hidden = true;
    dialog.querySelector("[value=remove]").hidden = !editor.isActive("link");
    dialog.showModal();
    box.select();
  };
}

// Where nothing is selected the address itself becomes the text.
function setLink(editor, href) {
  const link = { type: "link", attrs: { href } };
  if (editor.state.selection.empty && !editor.isActive("link")) {
    editor.chain().insertContent({ type: "text", text: href, marks: [link] }).run();
  } else {
    editor.chain().extendMarkRange("link").setLink({ href }).run();
  }
}
