// The image library, asked over its JSON endpoint.

const known = new Map();
let wanted = null;

export async function search(url, { query = "", page = 1 } = {}) {
  const answer = await fetch(`${url}?${new URLSearchParams({ q: query, page })}`);
  if (!answer.ok) throw new Error(String(answer.status));
  const found = await answer.json();
  for (const image of found.images) known.set(String(image.id), Promise.resolve(image));
  return found;
}

// A promise of one image, or of null where the library has none. All that are asked for in one
// turn of the event loop travel in one request.
export function describe(url, id) {
  if (!known.has(id)) known.set(id, askFor(url, id));
  return known.get(id);
}

async function askFor(url, id) {
  wanted ??= { ids: [], answer: Promise.resolve().then(() => askForAll(url)) };
  wanted.ids.push(id);
  return (await wanted.answer).get(id) ?? null;
}

async function askForAll(url) {
  const { ids } = wanted;
  wanted = null;
  const answer = await fetch(`${url}?${new URLSearchParams({ ids: ids.join(",") })}`);
  if (!answer.ok) return new Map();
  const { images } = await answer.json();
  return new Map(images.map((image) => [String(image.id), image]));
}
