// What was typed and not yet kept by the server, in this browser; offered when the page is opened
// again, never put back unasked.

const PREFIX = "acutake:typed:";

function windowName() {
  let name = sessionStorage.getItem(`${PREFIX}window`);
  if (!name) {
    name = String(Math.random()).slice(2);
    sessionStorage.setItem(`${PREFIX}window`, name);
  }
  return name;
}

const keyOf = (url) => `${PREFIX}${url}:${windowName()}`;

export function keepLocally(url, fields) {
  try {
    localStorage.setItem(keyOf(url), JSON.stringify({ fields, at: Date.now() }));
  } catch {
    // The browser has no room, or keeps nothing: the server is asked again all the same.
  }
}

export function forgetLocally(url) {
  localStorage.removeItem(keyOf(url));
}

function copiesOf(url) {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(`${PREFIX}${url}:`))
    .map((key) => ({ key, copy: JSON.parse(localStorage.getItem(key)) }));
}

// `fields` is what the form holds now: a copy that says the same is needed no longer.
export function offerLocalCopies(section, form, fields) {
  const current = JSON.stringify(fields);
  for (const { key, copy } of copiesOf(section.dataset.url)) {
    const isBack = copy.isPutBack && new URLSearchParams(location.search).has("draft");
    if (isBack || JSON.stringify(copy.fields) === current) localStorage.removeItem(key);
    else offer(section, form, key, copy);
  }
}

function offer(section, form, key, copy) {
  const notice = section
    .querySelector("template[data-local]")
    .content.firstElementChild.cloneNode(true);
  const words = notice.querySelector("p");
  words.textContent = words.textContent.replace("{at}", new Date(copy.at).toLocaleString());
  notice.querySelector("[data-restore]").addEventListener("click", () => {
    localStorage.setItem(key, JSON.stringify({ ...copy, isPutBack: true }));
    send(section.dataset.aside, form, copy.fields);
  });
  notice.querySelector("[data-discard]").addEventListener("click", () => {
    localStorage.removeItem(key);
    notice.remove();
  });
  form.prepend(notice);
}

// The server keeps the words aside and shows the form that holds them.
function send(address, form, fields) {
  const sheet = document.createElement("form");
  sheet.method = "post";
  sheet.action = address;
  const token = form.elements.namedItem("csrfmiddlewaretoken").value;
  const all = { ...fields, _open: ["1"], csrfmiddlewaretoken: [token] };
  for (const [name, values] of Object.entries(all)) {
    for (const value of values) {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      sheet.append(field);
    }
  }
  sheet.hidden = true;
  document.body.append(sheet);
  sheet.submit();
}
