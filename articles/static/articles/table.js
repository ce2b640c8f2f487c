// Tables, written into cell by cell; Tab goes to the next one, and makes a row after the last.
//
// They are drawn without the widths that the editor's library would set: the
// Content-Security-Policy refuses attributes that hold styles.

import {
  Table as LibraryTable,
  TableCell as LibraryCell,
  TableHeader as LibraryHeader,
  TableRow,
} from "django-prose-editor/editor";

const SPANS = ["colspan", "rowspan"];

export const Table = LibraryTable.extend({
  renderHTML: () => ["table", ["tbody", 0]],
}).configure({ resizable: false });

export const TableCell = LibraryCell.extend({
  renderHTML: ({ node }) => ["td", spansOf(node), 0],
});

export const TableHeader = LibraryHeader.extend({
  addAttributes() {
    return { ...this.parent?.(), scope: { default: null } };
  },
  renderHTML: ({ node }) => ["th", { ...spansOf(node), ...scopeOf(node) }, 0],
});

export { TableRow };

function spansOf(node) {
  return Object.fromEntries(SPANS.filter((name) => node.attrs[name] > 1).map((name) => [name, node.attrs[name]]));
}

function scopeOf(node) {
  return node.attrs.scope ? { scope: node.attrs.scope } : {};
}
