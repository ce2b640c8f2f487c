// The dialog in which a link gets its address, or a page of the site.

const ALLOWED = /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)\S+$/i;
const PAUSE_MS = 200;

// "www.example.org" and "example.org/page" are meant as addresses of the web.
export function completeAddress(typed) {
  const address = typed.trim();
  if (/^[\w-]+(\.[\w-]+)+([/?#:]\S*)?$/.test(address)) return `https://${address}`;
  return address;
}

// A function that opens the dialog of `template`; `url` answers which pages of the site there are.
export function createLinkDialog(template, editor, url) {
  const dialog = new LinkDialog(template, editor, url);
  return () => dialog.open();
}

class LinkDialog {
  constructor(template, editor, url) {
    this.editor = editor;
    this.url = url;
    this.dialog = template.content.querySelector("dialog").cloneNode(true);
    this.entry = template.content.querySelector("template").content.firstElementChild;
    this.box = this.dialog.querySelector("input");
    this.complaint = this.dialog.querySelector("[role=alert]");
    this.status = this.dialog.querySelector("[role=status]");
    this.list = this.dialog.querySelector("[data-results]");
    document.body.append(this.dialog);
    this.dialog.querySelector("form").addEventListener("submit", (event) => this.submit(event));
    this.dialog.addEventListener("close", () => editor.commands.focus());
    this.box.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(), PAUSE_MS);
    });
  }

  open() {
    const { href, page } = this.editor.getAttributes("link");
    this.box.value = page ? "" : (href ?? "");
    this.complaint.hidden = true;
    this.show({ pages: [], summary: "" });
    this.dialog.querySelector("[value=remove]").hidden = !this.editor.isActive("link");
    this.dialog.showModal();
    this.box.select();
    if (page) this.ask({ page });
  }

  search() {
    const words = this.box.value.trim();
    if (!words || ALLOWED.test(completeAddress(words))) {
      this.asked = null;
      this.show({ pages: [], summary: "" });
    } else {
      this.ask({ q: words });
    }
  }

  async ask(question) {
    const asked = (this.asked = Symbol("the newest question"));
    let found;
    try {
      const answer = await fetch(`${this.url}?${new URLSearchParams(question)}`);
      if (!answer.ok) throw new Error(String(answer.status));
      found = await answer.json();
    } catch {
      found = { pages: [], summary: this.status.dataset.failed };
    }
    if (asked === this.asked) this.show(found);
  }

  show({ pages, summary }) {
    this.status.textContent = summary;
    this.list.replaceChildren(...pages.map((page) => this.entryOf(page)));
  }

  entryOf(page) {
    const entry = this.entry.cloneNode(true);
    entry.querySelector("[data-title]").textContent = page.title;
    entry.querySelector("[data-kind]").textContent = page.kind;
    entry.querySelector("button").addEventListener("click", () => {
      this.set({ page: page.key, href: null }, page.title);
      this.dialog.close();
    });
    return entry;
  }

  submit(event) {
    const action = event.submitter?.value;
    if (action === "remove") {
      this.editor.chain().extendMarkRange("link").unsetLink().run();
    } else if (action === "save") {
      const href = completeAddress(this.box.value);
      this.complaint.hidden = ALLOWED.test(href);
      if (!this.complaint.hidden) {
        event.preventDefault();
        this.box.focus();
        return;
      }
      this.set({ href, page: null }, href);
    }
  }

  // Where nothing is selected the title of the page, or the address, becomes the text.
  set(attrs, text) {
    const { editor } = this;
    const mark = { type: "link", attrs };
    if (editor.state.selection.empty && !editor.isActive("link")) {
      editor.chain().insertContent({ type: "text", text, marks: [mark] }).run();
    } else {
      editor.chain().extendMarkRange("link").setMark("link", attrs).run();
    }
  }
}
