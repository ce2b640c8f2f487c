// Sends a comment in place, takes the form to the comment that is answered, and keeps an unfinished
// text in this browser until it is sent. Without this script the form and the links do as much.

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const QUIET_MS = 400;
const PATIENCE_MS = 30_000;
// What the form says of the comment that it answers.
const BESIDES = ".comment-form__answered, .comment-form__alone";
const answer = document.querySelector("[data-comment-answer]");
const section = answer.parentElement;
const words = answer.dataset;
let isSending = false;
let timer = 0;

const box = () => document.getElementById("comment-form");
const form = () => box()?.querySelector("form");

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

// A full or forbidden store keeps nothing, and nobody is worse off than without it.
function withStore(act) {
  try {
    return act(localStorage);
  } catch {
    return undefined;
  }
}

function forget() {
  clearTimeout(timer);
  withStore((store) => store.removeItem(words.draft));
}

// The name and the words; never the e-mail address.
function keep() {
  clearTimeout(timer);
  const { name, body, parent } = form()?.elements ?? {};
  if (!body) return;
  if (!body.value.trim()) return void forget();
  const draft = { name: name.value, body: body.value, parent: parent?.value, at: Date.now() };
  withStore((store) => store.setItem(words.draft, JSON.stringify(draft)));
}

function draftAt(store, key) {
  try {
    const draft = JSON.parse(store.getItem(key));
    return draft.at > Date.now() - KEPT_MS && typeof draft.body === "string" ? draft : null;
  } catch {
    return null;
  }
}

function dropOldDrafts(store) {
  for (const key of Object.keys(store)) {
    if (key.startsWith("comment:") && !draftAt(store, key)) store.removeItem(key);
  }
}

function discardButton(note) {
  const button = element("button", "button button--quiet", words.discard);
  button.type = "button";
  button.addEventListener("click", () => {
    forget();
    note.remove();
    form().elements.body.value = "";
    form().elements.body.focus();
  });
  return button;
}

// To its beginning, unless that is in sight: what is taller than a phone would be shown by its end.
function reveal(shown) {
  const { top, bottom } = shown.getBoundingClientRect();
  const height = visualViewport?.height ?? innerHeight;
  if (top >= 0 && (bottom <= height || top <= height / 2)) return;
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  shown.scrollIntoView({ block: "start", behavior: isStill ? "instant" : "smooth" });
}

function bring(shown) {
  shown.tabIndex = -1;
  shown.focus({ preventScroll: true });
  reveal(shown);
}

function beginToWrite() {
  form().elements.body.focus({ preventScroll: true });
  reveal(box());
}

// The browser would go back to where the form stood before it was moved.
function comeBack() {
  if (performance.getEntriesByType("navigation")[0]?.type !== "reload") return;
  history.scrollRestoration = "manual";
  const go = () => {
    bring(box());
    history.scrollRestoration = "auto";
  };
  if (document.readyState === "complete") go();
  else addEventListener("load", go, { once: true });
}

function restore() {
  const draft = withStore((store) => draftAt(store, words.draft));
  const { name, body, parent } = form()?.elements ?? {};
  if (!draft || !body || body.value) return;
  name.value ||= draft.name ?? "";
  body.value = draft.body;
  const link = draft.parent && document.querySelector(`#comment-${CSS.escape(draft.parent)} a[href*="reply_to"]`);
  if (link && !parent) {
    moveTo(link);
    comeBack();
  }
  const note = element("p", "comment-form__kept hint", `${words.kept} `);
  note.append(discardButton(note));
  body.closest(".field").append(note);
}

function moveTo(link) {
  const moved = box();
  let { parent } = moved.querySelector("form").elements;
  if (!parent) {
    parent = element("input", "", "");
    parent.type = "hidden";
    parent.name = "parent";
    moved.querySelector("form").append(parent);
  }
  parent.value = new URL(link.href).searchParams.get("reply_to");
  moved.querySelectorAll(BESIDES).forEach((each) => each.remove());
  const way = element("a", "comment-form__alone", words.alone);
  way.href = "#comment-form";
  const heading = moved.querySelector("h3");
  heading.textContent = link.textContent;
  heading.after(way);
  link.closest(".comment").after(moved);
}

export function replyTo(link) {
  if (!box()) return void location.assign(link);
  moveTo(link);
  beginToWrite();
}

function stayAlone(event) {
  if (!event.target.closest(".comment-form__alone")) return;
  event.preventDefault();
  form().elements.parent?.remove();
  box().querySelectorAll(BESIDES).forEach((each) => each.remove());
  box().querySelector("h3").textContent = words.heading;
  answer.append(box());
  beginToWrite();
}

function tell() {
  box().querySelector("[data-failed]")?.remove();
  const note = element("p", "error-summary", words.failed);
  note.dataset.failed = "";
  note.setAttribute("role", "alert");
  form().querySelector("[type=submit]").before(note);
  reveal(note);
}

function show(fresh) {
  const notice = fresh.querySelector("#comment-waiting");
  if (notice) {
    forget();
    box().remove();
    answer.replaceChildren(...fresh.childNodes);
    history.replaceState(null, "", notice.dataset.url);
    return void bring(notice);
  }
  const again = fresh.querySelector("#comment-form");
  box().replaceWith(again);
  bring(again.querySelector(".error-summary"));
}

async function send(sent) {
  const response = await fetch(sent.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(sent)),
    headers: { "X-In-Place": "1" },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-comment-answer]");
  if (fresh) return void show(fresh);
  if (response.status >= 500) throw new Error(response.statusText);
  sent.submit(); // The site refuses it, and says why on a page of its own.
}

async function onSubmit(event) {
  const sent = event.target;
  if (sent !== form()) return;
  event.preventDefault();
  if (isSending) return;
  isSending = true;
  sent.setAttribute("aria-busy", "true");
  keep();
  try {
    await send(sent);
  } catch {
    tell();
  } finally {
    isSending = false;
    sent.removeAttribute("aria-busy");
  }
}

section.addEventListener("submit", onSubmit);
section.addEventListener("click", stayAlone);
section.addEventListener("input", (event) => {
  if (event.target.form !== form()) return;
  clearTimeout(timer);
  timer = setTimeout(keep, QUIET_MS);
});
addEventListener("pagehide", () => isSending || keep());
withStore(dropOldDrafts);
restore();
