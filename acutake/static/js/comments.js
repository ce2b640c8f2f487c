// Fetches what makes writing a comment nicer (commenting.js) only for who writes one: when the form
// gets the focus, when a reply is begun, or when a text was left unfinished in this browser.

const answer = document.querySelector("[data-comment-answer]");
const begin = () => import(answer.dataset.script);

function hasDrafts() {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith("comment:"));
  } catch {
    return false; // The browser lets no page keep anything.
  }
}

async function reply(event) {
  const link = event.target.closest('a[href*="?reply_to="]');
  const isAnotherWay = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || isAnotherWay) return;
  event.preventDefault();
  try {
    (await begin()).replyTo(link);
  } catch {
    location.assign(link);
  }
}

if (answer?.dataset.script) {
  answer.addEventListener("focusin", () => begin().catch(() => {}), { once: true });
  answer.parentElement.addEventListener("click", reply);
  if (hasDrafts()) begin().catch(() => {});
}
