// Suggests places while one types: a combobox with a list from which nothing is taken unless it
// is chosen (ARIA Authoring Practices, "List autocomplete with manual selection"). Without an
// answer, and without this script, the field is a field.

const DELAY_MS = 150;
const script = document.querySelector("script[data-places]");

async function suggestions(typed, signal) {
  const url = `${script.dataset.url}?${new URLSearchParams({ q: typed })}`;
  const response = await fetch(url, { signal, credentials: "omit" });
  return response.ok ? (await response.json()).places : [];
}

function makeList(input) {
  const list = document.createElement("ul");
  list.className = "places";
  list.id = `${input.id}-places`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", script.dataset.label);
  return list;
}

function makeOption(place, id) {
  const option = document.createElement("li");
  option.className = "places__option";
  option.id = id;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.dataset.value = place.value;
  option.textContent = place.label;
  return option;
}

function makeStatus() {
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  return status;
}

function bind(field) {
  const input = field.querySelector("input");
  const list = makeList(input);
  const status = makeStatus();
  let active = null;
  let request = new AbortController();
  let timer = 0;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  // The browser's own list would lie over this one.
  input.autocomplete = "off";
  input.after(list, status);

  function activate(option) {
    active?.setAttribute("aria-selected", "false");
    active = option;
    if (!option) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function cancel() {
    clearTimeout(timer);
    request.abort();
  }

  function close() {
    cancel();
    activate(null);
    list.hidden = true;
    status.textContent = "";
    input.setAttribute("aria-expanded", "false");
  }

  function show(places) {
    activate(null);
    list.replaceChildren(...places.map((place, at) => makeOption(place, `${list.id}-${at}`)));
    const isNews = places.some((place) => place.value !== input.value);
    if (!isNews || document.activeElement !== input) {
      close();
      return;
    }
    list.hidden = false;
    list.scrollTop = 0;
    status.textContent = `${script.dataset.found} ${places.length}`;
    input.setAttribute("aria-expanded", "true");
  }

  async function ask() {
    request = new AbortController();
    const { signal } = request;
    try {
      const places = await suggestions(input.value.trim(), signal);
      if (!signal.aborted) show(places);
    } catch {
      if (!signal.aborted) close();
    }
  }

  function askSoon(delay) {
    cancel();
    if (input.value.trim()) timer = setTimeout(ask, delay);
    else close();
  }

  function choose(option) {
    input.value = option.dataset.value;
    close();
  }

  function move(step) {
    if (list.hidden) {
      askSoon(0);
      return;
    }
    const options = [...list.children];
    const from = active ? options.indexOf(active) : step > 0 ? -1 : 0;
    activate(options.at((from + step) % options.length));
  }

  input.addEventListener("input", () => askSoon(DELAY_MS));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const isOpen = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      move(event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
    } else if (event.key === "Enter") {
      if (active) {
        choose(active);
        event.preventDefault();
      } else {
        close();
      }
    } else if (event.key === "Escape" && isOpen) {
      close();
      event.preventDefault();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      activate(null);
    }
  });
  // The field keeps the focus, and the list stays open until the finger or the button is lifted.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
}

document.querySelectorAll("[data-place]").forEach(bind);
