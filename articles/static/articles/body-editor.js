// The rich-text editor of an article's body. The textarea stays what is sent.

import {
  Blockquote,
  BulletList,
  Document,
  Dropcursor,
  Editor,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  HorizontalRule,
  ListItem,
  OrderedList,
  Paragraph,
  Subscript,
  Superscript,
  Text,
  TrailingNode,
} from "django-prose-editor/editor";

import { Aside } from "./aside.js";
import { Figure } from "./figure.js";
import { createLinkDialog } from "./link-dialog.js";
import { bindNewAddress } from "./new-address.js";
import { createNoteDialog } from "./note-dialog.js";
import { Note } from "./note.js";
import { PastedBold, PastedItalic, tidyPasted } from "./pasted.js";
import { createPicker } from "./picker.js";
import { SiteLink } from "./site-link.js";
import { Table, TableCell, TableHeader, TableRow } from "./table.js";
import { bindToolbar } from "./toolbar.js";

const TRAILING_PARAGRAPHS = /(<p><\/p>)+$/;

function createEditor(root) {
  const textarea = root.querySelector("textarea");
  const template = (name) => root.querySelector(`template[data-${name}]`);
  const pick = createPicker(template("picker"), root.dataset.library);
  const editNote = createNoteDialog(template("note-dialog"));
  let openLinkDialog = () => {};

  const editor = new Editor({
    element: root.querySelector("[data-surface]"),
    content: textarea.value,
    editable: !textarea.disabled,
    // It would be refused by the Content-Security-Policy; admin.css says the same.
    injectCSS: false,
    editorProps: { attributes: describedAs(textarea), transformPastedHTML: tidyPasted },
    extensions: [
      Document,
      Paragraph,
      Text,
      HardBreak,
      Heading.configure({ levels: [2, 3, 4] }),
      PastedBold,
      PastedItalic,
      BulletList,
      OrderedList,
      ListItem,
      Blockquote,
      HorizontalRule,
      History,
      Dropcursor,
      Gapcursor,
      TrailingNode,
      Superscript,
      Subscript,
      Aside,
      Table,
      TableRow,
      TableHeader,
      TableCell,
      Note.configure({ template: template("note"), edit: editNote }),
      SiteLink.extend({ addKeyboardShortcuts: () => ({ "Mod-k": () => openLinkDialog() ?? true }) }),
      Figure.configure({ library: root.dataset.library, template: template("figure"), pick }),
    ],
    onUpdate() {
      textarea.value = editor.getHTML().replace(TRAILING_PARAGRAPHS, "");
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });

  openLinkDialog = createLinkDialog(template("link"), editor, root.dataset.pages);
  bindToolbar(root.querySelector("[role=toolbar]"), editor, {
    link: openLinkDialog,
    note: async () => {
      const words = await editNote();
      if (words) editor.chain().focus().setNote(words).run();
      else editor.commands.focus();
    },
    figure: async () => {
      const image = await pick();
      if (image) editor.chain().focus().insertFigure(image).run();
      else editor.commands.focus();
    },
  });
  bindNewAddress(root, editor);
  textarea.hidden = true;
  textarea.labels[0]?.addEventListener("click", () => editor.commands.focus());
}

// The surface takes over the name and the descriptions that the page gave to the textarea.
function describedAs(textarea) {
  const attributes = { "aria-multiline": "true" };
  if (textarea.labels.length) attributes["aria-label"] = textarea.labels[0].textContent.trim();
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name);
  }
  return attributes;
}

for (const root of document.querySelectorAll("[data-body-editor]")) createEditor(root);
