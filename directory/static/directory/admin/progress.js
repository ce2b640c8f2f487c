// Renews how far an import is, every second while it runs, and the whole page when it is done.
const SECOND = 1000;

async function renew() {
  const shown = document.querySelector("[data-progress]");
  if (!shown?.hasAttribute("data-running")) {
    return;
  }
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-progress]");
    if (!next?.hasAttribute("data-running")) {
      location.reload();
      return;
    }
    shown.querySelector("p").textContent = next.querySelector("p").textContent;
    const bar = next.querySelector("progress");
    if (bar) {
      Object.assign(shown.querySelector("progress"), { max: bar.max, value: bar.value });
    }
  } catch {
    // The server may be away for a moment; the next second tells.
  }
  setTimeout(renew, SECOND);
}

setTimeout(renew, SECOND);
