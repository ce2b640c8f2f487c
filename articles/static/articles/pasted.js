// What comes in from a word processor or a web page, brought into the words of the editor.
//
// The Content-Security-Policy refuses attributes that hold styles or scripts, so each gets another
// name before anything reads it. Bold and Italic look at the styles: a Google document comes
// wrapped in a <b> that is not bold, and has its bold words in styled spans.

import { Bold, Italic } from "django-prose-editor/editor";

import { notesFromWord } from "./pasted-notes.js";
import { listsFromWord } from "./pasted-lists.js";

const TAG = /<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi;
const SHEET = /<style\b[\s\S]*?<\/style\s*>/gi;
const HEADINGS = { H1: "h2", H5: "h4", H6: "h4" };
const NEVER_MEANT = "script, style, meta, link, title, nav, form, iframe, svg, template, noscript";
const BLOCKS = "p, ul, ol, h2, h3, h4, blockquote, div, table";
// Added to addresses by those who count clicks.
const COUNTERS = /^(utm_|fbclid$|gclid$|mc_[ce]id$)/;

export function tidyPasted(html) {
  const named = html.replace(SHEET, "").replace(TAG, (tag) => tag.replace(/\s(style|on[a-z]+)\s*=/gi, " data-$1="));
  // Copied within the editor: it is as it should be.
  if (named.includes("data-pm-slice")) return named;
  const { body } = new DOMParser().parseFromString(named, "text/html");
  for (const element of body.querySelectorAll(NEVER_MEANT)) element.remove();
  notesFromWord(body);
  listsFromWord(body);
  for (const step of [renameHeadings, cleanAddresses, dropEmptyBlocks, plainSpaces]) step(body);
  return body.innerHTML;
}

// The headline is the page's only heading 1; those of a pasted text begin below it, in plain type.
function renameHeadings(body) {
  for (const heading of body.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const renamed = document.implementation
      .createHTMLDocument("")
      .createElement(HEADINGS[heading.tagName] ?? heading.tagName);
    renamed.append(...heading.childNodes);
    for (const mark of renamed.querySelectorAll("b, strong, i, em, u, span, font")) {
      mark.replaceWith(...mark.childNodes);
    }
    heading.replaceWith(renamed);
  }
}

function cleanAddresses(body) {
  for (const link of body.querySelectorAll("a[href]")) {
    const href = link.getAttribute("href");
    // A place in the document that it came from.
    if (href.startsWith("#") || !URL.canParse(href)) {
      link.removeAttribute("href");
      continue;
    }
    let address = new URL(href);
    const wrapped = /(^|\.)google\.com$/.test(address.hostname) && address.pathname === "/url";
    const meant = wrapped && (address.searchParams.get("q") ?? address.searchParams.get("url"));
    if (meant && URL.canParse(meant)) address = new URL(meant);
    const counters = [...address.searchParams.keys()].filter((name) => COUNTERS.test(name));
    for (const name of counters) address.searchParams.delete(name);
    if (meant || counters.length) link.setAttribute("href", address.href);
  }
}

function dropEmptyBlocks(body) {
  for (const block of body.querySelectorAll("p, h2, h3, h4, li, blockquote")) {
    const isEmpty = !block.textContent.replace(/\u00a0/g, " ").trim();
    if (isEmpty && !block.querySelector("img, figure, li, [data-note]")) block.remove();
  }
  // A break between blocks would become a paragraph of its own.
  for (const pause of body.querySelectorAll("br")) {
    if ([...pause.parentElement.children].some((other) => other.matches(BLOCKS))) pause.remove();
  }
}

// A word processor keeps two spaces apart by a no-break one.
function plainSpaces(body) {
  const texts = document.createNodeIterator(body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    text.data = text.data.replace(/ ?\u00a0+ ?/g, " ");
  }
}

// A pattern for a property in a style; Word's own "mso-bidi-font-weight" says nothing of ours.
const says = (property, values) => new RegExp(`(?:^|[;\\s])${property}:\\s*(?:${values})`, "i");

// Rules for a mark that an element of `tag` or a styled span stands for, unless its style denies it.
function rules(tag, affirms, denies) {
  const style = (element) => element.dataset.style ?? "";
  return [
    { tag, getAttrs: (element) => (denies.test(style(element)) ? false : null) },
    {
      tag: "span[data-style]",
      consuming: false,
      getAttrs: (element) => (affirms.test(style(element)) ? null : false),
    },
  ];
}

export const PastedBold = Bold.extend({
  parseHTML: () => [
    { tag: "strong" },
    ...rules("b", says("font-weight", "bold|[6-9]00"), says("font-weight", "normal|[1-5]00")),
  ],
});

export const PastedItalic = Italic.extend({
  parseHTML: () => [
    { tag: "em" },
    ...rules("i", says("font-style", "italic|oblique"), says("font-style", "normal")),
  ],
});
