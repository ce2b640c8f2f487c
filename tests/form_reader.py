"""What a browser would send of a form of a page, if it were sent as it came."""

from html.parser import HTMLParser


def sent_form(html: str, *, form_id: str) -> dict[str, list[str]]:
    """The names and values of the fields of the form; without its buttons."""
    reader = _FormReader(form_id)
    reader.feed(html)
    reader.close()
    return reader.values


class _FormReader(HTMLParser):
    def __init__(self, form_id):
        super().__init__(convert_charrefs=True)
        self.form_id = form_id
        self.is_inside = False
        self.templates = 0
        self.values: dict[str, list[str]] = {}
        self.select: str | None = None
        self.options: list[tuple[str, bool]] = []
        self.textarea: str | None = None
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "template":
            self.templates += 1
        elif tag == "form" and attributes.get("id") == self.form_id:
            self.is_inside = True
        elif self.is_inside and not self.templates:
            getattr(self, f"_begin_{tag}", lambda attributes: None)(attributes)

    def handle_endtag(self, tag):
        if tag == "template":
            self.templates -= 1
        elif tag == "form" and not self.templates:
            self.is_inside = False
        elif tag == "textarea" and self.textarea:
            self._add(self.textarea, "".join(self.text).removeprefix("\n"))
            self.textarea = None
        elif tag == "select" and self.select:
            chosen = [value for value, is_selected in self.options if is_selected]
            for value in chosen or [value for value, _ in self.options[:1]]:
                self._add(self.select, value)
            self.select = None

    def handle_data(self, data):
        if self.textarea:
            self.text.append(data)

    def _begin_input(self, attributes):
        kind = attributes.get("type", "text")
        if kind in {"checkbox", "radio"} and "checked" not in attributes:
            return
        if kind not in {"submit", "button", "file"} and "name" in attributes:
            default = "on" if kind == "checkbox" else ""
            self._add(attributes["name"], attributes.get("value", default))

    def _begin_textarea(self, attributes):
        self.textarea, self.text = attributes.get("name"), []

    def _begin_select(self, attributes):
        self.select, self.options = attributes.get("name"), []

    def _begin_option(self, attributes):
        self.options.append((attributes.get("value", ""), "selected" in attributes))

    def _add(self, name, value):
        self.values.setdefault(name, []).append(value)
