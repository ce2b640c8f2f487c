// Refreshes the answer in place when a filter is changed. It is the answer of the address that
// the form would go to, so the browser goes there whenever something is not as it should be.

const DELAY_MS = 150;
const form = document.querySelector("form[data-search]");
const answer = form?.querySelector("[data-answer]");
const FIELDS = ["what", "where"];

function asked() {
  const url = new URL(form.action);
  const filled = [...new FormData(form)].filter(([, value]) => value !== "");
  url.search = new URLSearchParams(filled);
  return url;
}

async function read(url, signal) {
  const response = await fetch(url, { signal, credentials: "same-origin" });
  if (!response.ok) throw new Error(response.statusText);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!page.querySelector("[data-answer]")) throw new Error("The page holds no answer.");
  return page;
}

// What was opened or folded stays so, and what has the focus stays where it is on the screen.
function keepState(swap) {
  const open = new Map(
    [...answer.querySelectorAll("details[id]")].map((details) => [details.id, details.open]),
  );
  const focused = answer.contains(document.activeElement) ? document.activeElement : null;
  const top = focused?.getBoundingClientRect().top;
  swap();
  answer.querySelectorAll("details[id]").forEach((details) => {
    details.open = open.get(details.id) ?? details.open;
  });
  const again = focused && document.getElementById(focused.id);
  if (again) {
    again.focus({ preventScroll: true });
    scrollBy({ top: again.getBoundingClientRect().top - top, behavior: "instant" });
  }
}

function show(page) {
  keepState(() => answer.replaceChildren(...page.querySelector("[data-answer]").childNodes));
  document.title = page.title;
  document.querySelector("h1").replaceChildren(...page.querySelector("h1").childNodes);
}

function refreshing() {
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  form.append(status);
  let shown = location.pathname + location.search;
  let request = new AbortController();
  let timer = 0;

  async function refresh(url, isBack) {
    request = new AbortController();
    const { signal } = request;
    answer.setAttribute("aria-busy", "true");
    try {
      const page = await read(url, signal);
      if (signal.aborted) return;
      if (!isBack) history.pushState(null, "", url);
      shown = url.pathname + url.search;
      show(page);
      if (isBack) {
        for (const name of FIELDS) {
          form.elements[name].value = page.querySelector(`[data-search] [name=${name}]`).value;
        }
      }
      answer.removeAttribute("aria-busy");
      status.textContent = answer.querySelector("h2").textContent.trim();
    } catch {
      if (!signal.aborted) location.assign(url);
    }
  }

  function start(delay, address, isBack) {
    clearTimeout(timer);
    request.abort();
    timer = setTimeout(() => refresh(address(), isBack), delay);
  }

  answer.addEventListener("change", () => start(DELAY_MS, asked, false));
  // What was sent by the button is the next page: no answer may come after it.
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    request.abort();
  });
  // A link to a row or a pin changes the address too, but not what is asked.
  addEventListener("popstate", () => {
    if (location.pathname + location.search !== shown) {
      start(0, () => new URL(location.href), true);
    }
  });
}

if (answer) refreshing();
