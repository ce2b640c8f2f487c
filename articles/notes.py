"""The numbered notes of a body: written where they belong, numbered and listed by the page."""

from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


@dataclass
class Note:
    """One entry of the list. `marks` are the ids of the places in the text that refer to it."""

    number: int
    text: SafeString
    marks: list[str] = field(default_factory=list)


class Notes:
    """Collects notes in the order of the text; the same words are one note, referred to twice."""

    def __init__(self):
        self.by_text: dict[str, Note] = {}

    def add(self, text: str) -> SafeString:
        """The mark that stands in the text. `text` is safe HTML; of nothing there is no mark."""
        if not text.strip():
            return SafeString("")
        # Safe: pieces of the sanitized body, escaped again on their way here.
        shown = mark_safe(text.strip())  # noqa: S308
        note = self.by_text.setdefault(shown, Note(len(self.by_text) + 1, shown))
        mark_id = f"note-{note.number}-mark-{len(note.marks) + 1}"
        note.marks.append(mark_id)
        return format_html(
            '<sup class="note-mark"><a id="{}" href="#note-{}" role="doc-noteref" aria-label="{}">'
            "{}</a></sup>",
            mark_id,
            note.number,
            _("Note %(number)s") % {"number": note.number},
            note.number,
        )

    def render(self) -> str:
        """The list for the end of the body; nothing where there are no notes."""
        if not self.by_text:
            return ""
        notes = list(self.by_text.values())
        return render_to_string("articles/_notes.html", {"notes": notes}).strip()
