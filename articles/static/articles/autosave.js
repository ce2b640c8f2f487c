// Keeps what is typed, within a second of the last key: on the server as the editor's draft, which
// touches nothing that is published, and in this browser until the server has it.

import { showConflict, showOthers } from "./conflict.js";
import { forgetLocally, keepLocally, offerLocalCopies } from "./local-copy.js";

const PAUSE_MS = 600;
const LONGEST_WAIT_MS = 5000;
const LOOK_MS = 2000;
const RETRY_MS = [2000, 4000, 8000, 15000, 30000];

class Autosave {
  constructor(section) {
    this.section = section;
    this.form = section.closest("form");
    this.part = (name) => section.querySelector(`[data-${name}]`);
    this.words = {};
    for (const word of this.part("words").content.querySelectorAll("[data-word]")) {
      this.words[word.dataset.word] = word.textContent;
    }
    // A page that came back with errors holds words that only it has.
    this.kept = this.form.querySelector(".errornote") ? null : undefined;
    this.failures = 0;
    this.isMerge = false;
    this.listen();
    section.hidden = false;
    if (this.kept === null) this.plan();
    offerLocalCopies(section, this.form, this.fields());
  }

  get isDirty() {
    return this.kept !== undefined && this.kept !== JSON.stringify(this.fields());
  }

  field(name) {
    return this.form.elements.namedItem(name);
  }

  fields() {
    const fields = {};
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") {
        (fields[name] ??= []).push(value);
      }
    }
    for (const name of ["base_number", "draft_version", "draft"]) delete fields[name];
    return fields;
  }

  listen() {
    const begin = () => {
      if (this.kept === undefined) this.kept = JSON.stringify(this.fields());
    };
    this.form.addEventListener("keydown", begin, { capture: true });
    this.form.addEventListener("pointerdown", begin, { capture: true });
    this.form.addEventListener("input", () => {
      this.kept ??= null;
      this.plan();
    });
    this.form.addEventListener("submit", (event) => this.beforeSubmit(event));
    // Some of the admin's own scripts change fields without an event.
    setInterval(() => {
      if (!this.timer && !this.isStopped && this.isDirty) this.plan();
      this.tick();
    }, LOOK_MS / 2);
    for (const event of ["online", "focus", "pageshow"]) {
      addEventListener(event, () => this.isFailing && this.send());
    }
  }

  plan() {
    if (this.isStopped) return;
    clearTimeout(this.timer);
    this.dirtySince ??= Date.now();
    const pause = Date.now() - this.dirtySince > LONGEST_WAIT_MS ? 0 : PAUSE_MS;
    this.timer = setTimeout(() => this.send(), this.isFailing ? this.delay() : pause);
    if (!this.isFailing) this.showAgo(this.words.typing);
  }

  delay() {
    return RETRY_MS[Math.min(this.failures, RETRY_MS.length) - 1] ?? PAUSE_MS;
  }

  // One request at a time; whatever was typed during it goes with the next one.
  send() {
    clearTimeout(this.timer);
    this.timer = null;
    this.sending = (this.sending ?? Promise.resolve()).then(() => this.sendNow());
    return this.sending;
  }

  async sendNow() {
    if (this.isStopped || !this.isDirty) return;
    const fields = this.fields();
    const text = JSON.stringify(fields);
    keepLocally(this.section.dataset.url, fields);
    let answer;
    try {
      answer = await this.post({ fields, is_merge: this.isMerge });
      // A log-in in another window changes the token; without one there is none to be had.
      if (answer.status === 403) {
        const isLoggedIn = await this.renewToken();
        answer = isLoggedIn ? await this.post({ fields, is_merge: this.isMerge }) : { status: 401 };
      }
    } catch {
      this.fail("offline");
      return;
    }
    await this.read(answer, text);
  }

  post(sent) {
    return fetch(this.section.dataset.url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": this.field("csrfmiddlewaretoken").value,
      },
      body: JSON.stringify({
        ...sent,
        base_number: this.field("base_number").value,
        version: this.field("draft_version").value,
        draft: this.field("draft").value,
      }),
    });
  }

  async read(answer, text) {
    if (answer.ok) {
      const said = await answer.json();
      this.succeed(said, text);
      showOthers(this.part("others"), said.others, this.words.others);
    } else if (answer.status === 409) {
      const said = await answer.json();
      // What another editor's save overtook is kept all the same.
      if (said.version) this.succeed(said, text);
      this.meet(said);
    } else if (answer.status === 401) {
      this.fail("logged-out");
      this.part("log-in").hidden = false;
    } else {
      this.fail({ 403: "refused", 413: "large" }[answer.status] ?? "failed");
    }
  }

  succeed(said, text) {
    this.kept = text;
    this.isMerge = false;
    this.isInsisting = false;
    this.failures = 0;
    this.isFailing = false;
    this.dirtySince = null;
    this.savedAt = Date.now();
    this.field("draft_version").value = said.version;
    if (!this.form.elements.whole_article) this.field("draft").value = said.draft;
    const address = new URL(location);
    address.searchParams.set("draft", said.draft);
    history.replaceState(null, "", address);
    for (const link of this.form.querySelectorAll("[data-preview]")) {
      link.search = new URLSearchParams({ draft: said.draft });
    }
    forgetLocally(this.section.dataset.url);
    this.part("log-in").hidden = true;
    this.part("see").hidden = true;
    this.section.dataset.state = "saved";
    this.say(this.words.saved);
    this.tick();
    this.form.dispatchEvent(new CustomEvent("autosaved"));
    if (this.isDirty) this.plan();
  }

  fail(word) {
    this.isFailing = true;
    this.failures += 1;
    this.section.dataset.state = "failed";
    this.say(this.words[word]);
    this.showAgo("");
    this.timer = setTimeout(() => this.send(), this.delay());
  }

  // Logging in again changes the token that forms carry; false while there is nobody logged in.
  async renewToken() {
    const answer = await fetch(this.section.dataset.token);
    if (!answer.ok) return false;
    const { token } = await answer.json();
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
    return true;
  }

  // Nothing is sent to a server that would ask for a log-in first, or before both versions were seen.
  async beforeSubmit(event) {
    if (this.isReady || this.isStopped) return;
    event.preventDefault();
    const { submitter } = event;
    await this.send();
    try {
      if (!(await this.renewToken())) {
        this.fail("logged-out");
        this.part("log-in").hidden = false;
        return;
      }
    } catch {
      this.fail("offline");
      return;
    }
    if (this.met) {
      this.showConflict(this.met);
      return;
    }
    // The server answers but keeps no draft: whoever presses again may send it all the same.
    if (this.isFailing && !this.isInsisting) {
      this.isInsisting = true;
      this.say(this.words.insist);
      return;
    }
    this.isReady = true;
    clearTimeout(this.timer);
    this.form.requestSubmit(submitter);
    // Where the browser stays on the page, for want of a field say, it goes on as before.
    setTimeout(() => (this.isReady = false), 0);
  }

  meet(said) {
    if (said.kind === "gone") {
      this.isStopped = true;
      this.section.dataset.state = "failed";
      this.say(this.words.gone);
      this.showAgo("");
      return;
    }
    this.met = said;
    this.section.dataset.state = "failed";
    this.say(this.title(said));
    const see = this.part("see");
    see.hidden = false;
    see.onclick = () => this.showConflict(said);
  }

  title(said) {
    return this.words[`title-${said.kind}`].replace("{name}", said.name ?? "");
  }

  showConflict(said) {
    showConflict(this.part("conflict"), this.title(said), said.difference, {
      merge: () => {
        this.met = null;
        if (said.kind === "saved") this.field("base_number").value = said.number;
        this.isMerge = said.kind === "window";
        this.kept = null;
        this.send();
      },
      aside: () => this.leave(this.section.dataset.aside),
      take: () => {
        forgetLocally(this.section.dataset.url);
        if (said.take_url) this.go(said.take_url);
        else this.leave(said.discard_url);
      },
    });
  }

  // Off this page with the form as it is, to an address that keeps it aside or throws it away.
  leave(address) {
    this.isStopped = true;
    clearTimeout(this.timer);
    forgetLocally(this.section.dataset.url);
    this.form.action = address;
    this.form.requestSubmit();
  }

  go(address) {
    this.isStopped = true;
    this.form.dispatchEvent(new CustomEvent("autosaved"));
    location.assign(address);
  }

  // Said aloud by a screen reader, so only when it changes.
  say(words) {
    const status = this.part("status");
    if (status.textContent !== words) status.textContent = words;
  }

  showAgo(words) {
    this.part("ago").textContent = words;
  }

  tick() {
    if (!this.savedAt || this.timer || this.isFailing || this.met) return;
    const seconds = Math.round((Date.now() - this.savedAt) / 1000);
    const [word, count] = seconds < 60 ? ["ago", seconds] : ["minutes", Math.floor(seconds / 60)];
    this.showAgo(this.words[word].replace("{count}", count));
  }
}

for (const section of document.querySelectorAll("[data-autosave]")) new Autosave(section);
