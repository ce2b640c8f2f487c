"""The numbered notes of a body: written where they belong, numbered and listed by the page."""

from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class WayBack:
    """From a note to the mark at a place; `target` is what that mark leads to."""

    place: int
    mark: str
    target: str


@dataclass
class Note:
    """One entry of the list. `marks` are the ids of the places in the text that refer to it."""

    number: int
    text: SafeString
    marks: list[str] = field(default_factory=list)

    def target(self, place: int) -> str:
        """The id of what the mark at its place leads to: an element around the note that knows
        which of the ways back belongs to that mark (templates/articles/_notes.html)."""
        return f"note-{self.number}" if place == 1 else f"note-{self.number}-from-{place}"

    def ways_back(self) -> list[WayBack]:
        """One for each mark, in their order."""
        return [
            WayBack(place, mark, self.target(place)) for place, mark in enumerate(self.marks, 1)
        ]


class Notes:
    """Collects notes in the order of the text; the same words are one note, referred to twice."""

    def __init__(self, page: str = ""):
        """`page` is the address of the page with the list, where the marks stand on another."""
        self.page = page
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
            '<sup class="note-mark"><a id="{}" href="{}#{}" role="doc-noteref" aria-label="{}">'
            "{}</a></sup>",
            mark_id,
            self.page,
            note.target(len(note.marks)),
            _("Note %(number)s") % {"number": note.number},
            note.number,
        )

    def render(self) -> str:
        """The list for the end of the body; nothing where there are no notes."""
        if not self.by_text:
            return ""
        notes = list(self.by_text.values())
        return render_to_string("articles/_notes.html", {"notes": notes}).strip()
