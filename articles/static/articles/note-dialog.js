// The dialog in which a note gets its words: a line with links and emphasis.

import { Document, Editor, History, Link, Paragraph, Subscript, Text } from "django-prose-editor/editor";

import { onlyNoteWords } from "./note.js";
import { PastedBold, PastedItalic, tidyPasted } from "./pasted.js";

// A function that opens the dialog of `template` with words, and promises the new ones: "" where
// the note is to go, null where nothing is to change.
export function createNoteDialog(template) {
  let dialog = null;
  return (words = "") => {
    dialog ??= new NoteDialog(template);
    return dialog.open(words);
  };
}

class NoteDialog {
  constructor(template) {
    this.dialog = template.content.firstElementChild.cloneNode(true);
    this.remove = this.dialog.querySelector("[value=remove]");
    document.body.append(this.dialog);
    const surface = this.dialog.querySelector("[data-note-surface]");
    this.editor = new Editor({
      element: surface,
      injectCSS: false,
      editorProps: {
        attributes: { "aria-labelledby": surface.dataset.labelledby, "aria-multiline": "false" },
        transformPastedHTML: tidyPasted,
        handleKeyDown: (_view, event) => this.handleKey(event),
      },
      extensions: [
        Document.extend({ content: "paragraph" }),
        Paragraph,
        Text,
        PastedBold,
        PastedItalic,
        Subscript,
        History,
        Link.configure({ openOnClick: false }),
      ],
    });
    this.dialog.addEventListener("close", () => this.finish());
  }

  open(words) {
    this.dialog.returnValue = "";
    this.remove.hidden = !words;
    this.editor.commands.setContent(`<p>${words}</p>`);
    this.dialog.showModal();
    this.editor.commands.focus("end");
    return new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  handleKey(event) {
    if (event.key !== "Enter") return false;
    this.dialog.close("save");
    return true;
  }

  finish() {
    const action = this.dialog.returnValue;
    if (action === "save") this.resolve(onlyNoteWords(this.editor.view.dom));
    else this.resolve(action === "remove" ? "" : null);
  }
}
