// What comes in from a word processor or a web page, brought into the words of the editor.
//
// The Content-Security-Policy refuses attributes that hold styles or scripts, so each gets another
// name before anything reads it. Bold and Italic look at the styles: a Google document comes
// wrapped in a <b> that is not bold, and has its bold words in styled spans.

import { Bold, Italic } from "django-prose-editor/editor";

const TAG = /<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi;
const HEADINGS = { h1: "h2", h5: "h4", h6: "h4" };

export function tidyPasted(html) {
  return html
    .replace(TAG, (tag) => tag.replace(/\s(style|on[a-z]+)\s*=/gi, " data-$1="))
    .replace(/<(\/?)(h[156])\b/gi, (_match, slash, name) => `<${slash}${HEADINGS[name.toLowerCase()]}`);
}

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
    ...rules("b", /font-weight:\s*(bold|[6-9]00)/i, /font-weight:\s*(normal|[1-5]00)/i),
  ],
});

export const PastedItalic = Italic.extend({
  parseHTML: () => [
    { tag: "em" },
    ...rules("i", /font-style:\s*(italic|oblique)/i, /font-style:\s*normal/i),
  ],
});
