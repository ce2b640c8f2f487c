"""The list of contents at the head of a long article: pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

# Twelve hundred words are five minutes, and about eight screens of a phone in our type. What is
# shorter is looked over with the thumb in less time than its contents are read.
LONG_WORDS = 1_200
# Fewer sections than these are no list to choose from.
LEAST_SECTIONS = 3


@dataclass(frozen=True)
class Heading:
    """One of a body: `id` is its own on the page, `level` is 2, 3 or 4."""

    id: str
    level: int
    text: str


@dataclass(frozen=True)
class Section:
    """One line of the list, with those that stand below it."""

    id: str
    text: str
    parts: list["Section"] = field(default_factory=list)


def contents(headings: Iterable[Heading], *, word_count: int) -> list[Section]:
    """The sections by their h2 with the h3 below each; empty for what is short or has few.

    An h3 before the first h2 stands as high as an h2: no editor meant it to be below nothing. What
    has no words, such as a picture in a heading, is no line.
    """
    sections: list[Section] = []
    has_h2 = False
    for heading in headings:
        if not heading.text or heading.level > 3:
            continue
        has_h2 = has_h2 or heading.level == 2
        siblings = sections[-1].parts if heading.level == 3 and has_h2 else sections
        siblings.append(Section(heading.id, heading.text))
    is_long = word_count >= LONG_WORDS and len(sections) >= LEAST_SECTIONS
    return sections if is_long else []
