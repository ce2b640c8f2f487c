// Many files at once: chosen or dragged here, then sent one by one, each with its own answer.
// Without this script the form sends all of them together.

class LoggedOutError extends Error {}
class OfflineError extends Error {}

class Entry {
  constructor(file, row, words) {
    this.file = file;
    this.row = row;
    this.words = words;
    this.state = "waiting";
    this.progress = row.querySelector("progress");
    row.querySelector("[data-name]").textContent = file.name;
    this.progress.setAttribute("aria-label", file.name);
    this.say("waiting");
  }

  say(name) {
    this.tell(this.words.querySelector(`[data-${name}]`).textContent);
  }

  tell(text) {
    this.row.querySelector("[data-state]").textContent = text;
  }

  isToBeSent() {
    return this.state === "waiting" || this.state === "failed";
  }

  async send(form, token) {
    this.state = "sending";
    this.row.classList.remove("is-failed");
    this.row.querySelector("[data-remove]").hidden = true;
    this.progress.hidden = false;
    this.say("sending");
    try {
      this.show(await post(form, this.file, token, (percent) => this.advance(percent)));
    } catch (error) {
      this.state = "failed";
      this.row.classList.add("is-failed");
      if (error instanceof LoggedOutError) this.say("out");
      else if (error instanceof OfflineError) this.say("offline");
      else this.say("broken");
    }
    this.progress.hidden = true;
  }

  advance(percent) {
    this.progress.value = percent;
    if (percent >= 100) this.say("checking");
  }

  show(answer) {
    this.state = answer.state;
    this.id = answer.id;
    this.row.classList.add(`is-${answer.state}`);
    this.tell(answer.title && answer.state === "known" ? `${answer.words}: ${answer.title}` : answer.words);
    if (!answer.url) return;
    const link = this.row.querySelector("[data-link]");
    link.href = answer.url;
    link.hidden = false;
    const picture = this.row.querySelector("img");
    picture.src = answer.thumbnail;
    picture.hidden = false;
  }
}

// The server's answer about one file. fetch cannot tell how much of a file has gone.
function post(form, file, token, onProgress) {
  const data = new FormData(form);
  data.set("files", file, file.name);
  data.set("csrfmiddlewaretoken", token);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress((event.loaded / event.total) * 100);
    });
    request.addEventListener("error", () => reject(new OfflineError()));
    request.addEventListener("load", () => {
      const isJson = request.getResponseHeader("Content-Type")?.startsWith("application/json");
      if (request.status === 403 || (request.status === 200 && !isJson)) reject(new LoggedOutError());
      else if (!isJson) reject(new Error(String(request.status)));
      else resolve(readAnswer(JSON.parse(request.responseText)));
    });
    request.send(data);
  });
}

// A log-in in another tab has made the token of this page invalid.
async function freshToken(form) {
  const own = form.elements.csrfmiddlewaretoken.value;
  try {
    const page = new DOMParser().parseFromString(await (await fetch(form.action)).text(), "text/html");
    return page.querySelector("[data-upload] [name=csrfmiddlewaretoken]")?.value ?? own;
  } catch {
    return own;
  }
}

function readAnswer({ files, errors }) {
  return files ? files[0] : { state: "failed", words: errors.join(" ") };
}

class Uploader {
  constructor(form) {
    this.form = form;
    this.entries = [];
    this.field = form.querySelector("input[type=file]");
    this.list = form.querySelector("[data-files]");
    this.summary = form.querySelector("[data-summary]");
    this.next = form.querySelector("[data-next]");
    this.row = form.querySelector("template[data-row]").content.firstElementChild;
    this.words = form.querySelector("template[data-words]").content;
    this.zone = form.querySelector("[data-zone]");
    form.querySelector("[data-invitation]").hidden = false;
    this.field.addEventListener("change", () => {
      this.add(this.field.files);
      // So that the same file can be chosen again after it was left out.
      this.field.value = "";
    });
    this.bindDropping();
    form.addEventListener("submit", (event) => {
      // Without any file the server says what is missing.
      if (!this.entries.length) return;
      event.preventDefault();
      this.send();
    });
    addEventListener("beforeunload", (event) => {
      if (this.entries.some((entry) => entry.isToBeSent() || entry.state === "sending")) {
        event.preventDefault();
      }
    });
  }

  bindDropping() {
    // A file that is dropped beside the zone would replace the page.
    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("drop", (event) => event.preventDefault());
    this.zone.addEventListener("dragenter", () => this.zone.classList.add("is-over"));
    this.zone.addEventListener("dragleave", (event) => {
      if (!this.zone.contains(event.relatedTarget)) this.zone.classList.remove("is-over");
    });
    this.zone.addEventListener("drop", (event) => {
      this.zone.classList.remove("is-over");
      this.add(event.dataTransfer.files);
    });
  }

  add(files) {
    for (const file of files) {
      const row = this.row.cloneNode(true);
      const entry = new Entry(file, row, this.words);
      row.querySelector("[data-remove]").addEventListener("click", () => this.leaveOut(entry));
      this.entries.push(entry);
      this.list.append(row);
    }
    this.list.hidden = !this.entries.length;
    this.showCount();
  }

  leaveOut(entry) {
    const place = this.entries.indexOf(entry);
    this.entries.splice(place, 1);
    entry.row.remove();
    this.list.hidden = !this.entries.length;
    this.showCount();
    const other = this.entries[Math.min(place, this.entries.length - 1)];
    (other?.row.querySelector("[data-remove]:not([hidden])") ?? this.field).focus();
  }

  showCount() {
    this.summary.textContent = this.summary.dataset.chosen.replace("%(count)s", this.entries.length);
  }

  async send() {
    if (this.isSending) return;
    this.isSending = true;
    const waiting = this.entries.filter((entry) => entry.isToBeSent());
    const token = await freshToken(this.form);
    let done = 0;
    for (const entry of waiting) {
      this.summary.textContent = this.summary.dataset.sending
        .replace("%(done)s", done)
        .replace("%(count)s", waiting.length);
      await entry.send(this.form, token);
      done += 1;
    }
    this.isSending = false;
    this.conclude();
  }

  conclude() {
    let text = this.summary.dataset.done;
    for (const state of ["added", "known", "refused", "failed"]) {
      const count = this.entries.filter((entry) => entry.state === state).length;
      text = text.replace(`%(${state})s`, count);
    }
    this.summary.textContent = text;
    const added = this.entries.filter((entry) => entry.state === "added");
    if (!added.length) return;
    this.next.href = `${this.form.dataset.describe}?ids=${added.map(({ id }) => id).join(",")}`;
    this.next.hidden = false;
    this.next.focus();
  }
}

for (const form of document.querySelectorAll("[data-upload]")) new Uploader(form);
