"""Looks an article over before it goes out: gathers what is known, and runs the checklist."""

from dataclasses import dataclass
from datetime import date, datetime

from articles.checklist import Facts, Finding, Piece, check, check_pictures, check_text
from articles.html import sanitize
from articles.links import link_facts
from articles.models import Image
from articles.outline import outline_of
from articles.reading_level import TARGET_GRADE, Level, level_of
from articles.snippets import Snippet, snippet
from articles.tagging import close_tags


@dataclass(frozen=True)
class Proof:
    """The checklist of one text. `level` is None where there are too few words to tell; a blank
    one has not been begun.
    """

    findings: tuple[Finding, ...]
    snippet: Snippet
    level: Level | None

    is_blank: bool = False
    target_grade = TARGET_GRADE

    @property
    def refusals(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.refuses]

    @property
    def advice(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.refuses]

    @property
    def grade(self) -> int | None:
        """Never below the first."""
        return None if self.level is None else max(1, round(self.level.grade))


def proofread(piece: Piece, *, at: datetime, on: date) -> Proof:
    """The whole checklist at the moment `at`, on the day `on` of the site's zone.

    At most eleven queries, whatever the text holds.
    """
    level = level_of("\n".join(piece.outline.lines))
    facts = Facts(
        on=on,
        images=_images_of(piece),
        links=link_facts(piece.outline.links, at=at),
        close_tags=close_tags(piece.tags),
        level=level,
    )
    return Proof(
        findings=check(piece, facts),
        snippet=snippet(headline=piece.headline, summary=piece.summary or piece.dek),
        level=level,
        is_blank=not (piece.outline.lines or piece.outline.figures),
    )


def refusals(body: str, *, lead_image: int | None) -> list[Finding]:
    """What alone stops the publication, in the words of the checklist. At most one query."""
    piece = Piece(outline_of(sanitize(body)), lead_image=lead_image)
    facts = Facts(images=_images_of(piece))
    return [*check_text(piece, facts), *check_pictures(piece, facts)]


def _images_of(piece: Piece) -> dict[int, Image]:
    keys = {figure.image for figure in piece.outline.figures} | {piece.lead_image}
    keys.discard(None)
    return Image.objects.in_bulk(keys) if keys else {}
