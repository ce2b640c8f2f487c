// Fills the field for the place with where the browser is. The position is rounded to about
// 1 km before anything is sent, and the site answers it without keeping it.

const DIGITS = 2;
const OPTIONS = { enableHighAccuracy: false, maximumAge: 5 * 60 * 1000, timeout: 15 * 1000 };
const script = document.querySelector("script[data-locate]");

function position() {
  return new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(resolve, reject, OPTIONS);
  });
}

async function placeNear({ latitude, longitude }) {
  const near = [latitude, longitude].map((degrees) => degrees.toFixed(DIGITS)).join(",");
  const url = `${script.dataset.url}?${new URLSearchParams({ near })}`;
  const response = await fetch(url, { credentials: "omit" });
  if (!response.ok) throw new Error(response.statusText);
  return (await response.json()).places[0];
}

function bind(field) {
  const input = field.querySelector("input");
  const tool = document.createElement("div");
  const button = document.createElement("button");
  const status = document.createElement("p");
  tool.className = "locate";
  button.className = "locate__button";
  button.type = "button";
  button.textContent = script.dataset.label;
  status.className = "hint";
  status.setAttribute("role", "status");
  tool.append(button, status);
  field.append(tool);

  async function locate() {
    const { waiting, found, nothing, refused, failed } = script.dataset;
    status.textContent = waiting;
    button.setAttribute("aria-disabled", "true");
    try {
      const { coords } = await position();
      const place = await placeNear(coords);
      if (place) input.value = place.value;
      status.textContent = place ? found : nothing;
      if (place) input.focus();
    } catch (error) {
      const isRefused =
        error instanceof GeolocationPositionError && error.code === error.PERMISSION_DENIED;
      status.textContent = isRefused ? refused : failed;
    } finally {
      button.removeAttribute("aria-disabled");
    }
  }

  button.addEventListener("click", () => {
    if (!button.hasAttribute("aria-disabled")) locate();
  });
}

if ("geolocation" in navigator && isSecureContext) {
  document.querySelectorAll("[data-place]").forEach(bind);
}
