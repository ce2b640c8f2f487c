// Refreshes the checklist while one writes, leads to the place of each finding, and applies its fix.

const PAUSE_MS = 1200;
const IN_BODY = {
  heading: "h2, h3, h4",
  link: "a",
  paragraph: ":scope > p",
  figure: "figure",
  note: "[data-note-mark]",
  pullquote: "[data-kind=pullquote]",
};
const CONTROLS = "input:not([type=hidden], [hidden]), textarea:not([hidden]), select, button:not([hidden])";

function bind(panel) {
  const form = panel.closest("form");
  const content = panel.querySelector("[data-content]");
  const failed = panel.querySelector("[data-failed]");
  let timer;
  let asked;

  async function refresh() {
    const question = (asked = new AbortController());
    try {
      const answer = await fetch(panel.dataset.checklist, {
        method: "POST",
        body: wordsOf(form),
        signal: question.signal,
      });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      show(content, await answer.text());
      failed.hidden = true;
    } catch (error) {
      if (error.name !== "AbortError") failed.hidden = false;
    }
  }

  // What a calendar or a list of choices sets fires the second alone.
  for (const name of ["input", "change"]) {
    form.addEventListener(name, () => {
      clearTimeout(timer);
      asked?.abort();
      timer = setTimeout(refresh, PAUSE_MS);
    });
  }
  content.addEventListener("click", (event) => {
    const way = event.target.closest("[data-go]");
    const fix = event.target.closest("[data-fix]");
    if (way) {
      event.preventDefault();
      go(form, way.dataset);
    } else if (fix) {
      FIXES[fix.dataset.fix](form, fix.dataset.old, fix.dataset.new);
    }
  });
  offerFixes(content);
  const sum = content.querySelector("[data-sum]");
  sum.role = "status";
  content.before(sum);
}

// What the checklist looks at, without the files and the rest of the form.
function wordsOf(form) {
  const words = new FormData();
  const names = ["csrfmiddlewaretoken", "headline", "dek", "body", "summary", "tags", "specialties"];
  for (const [name, value] of new FormData(form)) {
    if ([...names, "lead_image", "last_reviewed_on", "next_review_on"].includes(name)) {
      words.append(name, value);
    }
  }
  return words;
}

function show(content, html) {
  const drawn = document.createElement("div");
  drawn.innerHTML = html;
  offerFixes(drawn);
  // It stays in its place, and is read out when it says something new.
  const sum = drawn.querySelector("[data-sum]");
  const said = content.parentElement.querySelector("[role=status]");
  if (said.textContent.trim() !== sum.textContent.trim()) said.textContent = sum.textContent;
  sum.remove();
  // What is the same stays, so that nobody's place in it is lost.
  if (drawn.innerHTML === content.innerHTML) return;
  const controls = () => [...content.querySelectorAll("a, button")];
  const at = controls().indexOf(document.activeElement);
  content.replaceChildren(...drawn.childNodes);
  if (at >= 0) controls()[Math.min(at, controls().length - 1)]?.focus();
}

function offerFixes(content) {
  for (const button of content.querySelectorAll("[data-fix]")) button.hidden = false;
}

function go(form, { go: name, element, number }) {
  const surface = form.querySelector(".ProseMirror");
  const field = form.querySelector(`.field-${name}, #id_${name}`);
  if (!field) return;
  if (name !== "body" || !surface) {
    (field.matches(CONTROLS) ? field : field.querySelector(CONTROLS))?.focus();
    field.scrollIntoView({ block: "center" });
    return;
  }
  const place = element ? surface.querySelectorAll(IN_BODY[element])[Number(number)] : surface;
  (place ?? surface).scrollIntoView({ block: "center" });
  const button = place?.querySelector("button");
  if (button) {
    button.focus();
    return;
  }
  surface.focus({ preventScroll: true });
  if (place && place !== surface) getSelection().selectAllChildren(place);
}

const FIXES = {
  // Tags are parted by commas; one with a comma or a space in it may stand in quotes.
  tag(form, before, after) {
    const field = form.elements.tags;
    const bare = (tag) => tag.trim().replace(/^"(.*)"$/, "$1");
    const separator = field.value.includes(",") || field.value.includes('"') ? "," : " ";
    const tags = field.value.match(/"[^"]*"|[^,"]+/g)?.flatMap((part) =>
      separator === "," || part.startsWith('"') ? [part] : part.split(/\s+/),
    );
    const names = (tags ?? []).map(bare).filter(Boolean);
    const renamed = names.map((tag) => (tag.toLowerCase() === before.toLowerCase() ? after : tag));
    const once = renamed.filter((tag, index) => renamed.indexOf(tag) === index);
    field.value = once.map((tag) => (/[,\s]/.test(tag) ? `"${tag}"` : tag)).join(", ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  },

  address(form, before, after) {
    const detail = { before, after };
    form.querySelector("[data-body-editor]").dispatchEvent(new CustomEvent("newaddress", { detail }));
  },
};

for (const panel of document.querySelectorAll("[data-checklist]")) bind(panel);
