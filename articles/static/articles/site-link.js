// Links. One to a page of the site is kept by number, <a data-article="7">, and follows the page
// to another address; its `page` is "article:7".

import { Link } from "django-prose-editor/editor";

const KINDS = ["article", "practitioner", "specialty"];

export const SiteLink = Link.extend({
  addAttributes() {
    // The page says by itself where a link opens.
    const { href } = this.parent();
    return {
      href,
      page: {
        default: null,
        parseHTML: pageOf,
        renderHTML: ({ page }) => {
          if (!page) return {};
          const [kind, id] = page.split(":");
          return { [`data-${kind}`]: id };
        },
      },
    };
  },

  addOptions() {
    return { ...this.parent(), openOnClick: false, HTMLAttributes: {} };
  },

  parseHTML() {
    const tags = KINDS.map((kind) => ({ tag: `a[data-${kind}]` }));
    return [...tags, ...this.parent()];
  },
});

function pageOf(element) {
  const kind = KINDS.find((name) => /^[1-9]\d*$/.test(element.dataset[name] ?? ""));
  return kind ? `${kind}:${element.dataset[kind]}` : null;
}
