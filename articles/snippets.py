"""How a page of search results shows an article, as far as that can be told beforehand."""

from dataclasses import dataclass

# Google cuts by pixels and gives no numbers: "the search result snippets are truncated as needed,
# typically to fit the device width" (Search Central, "Control your snippets in search results").
# Those who watch its pages report some 600 pixels for a title and 920 for two lines of text, which
# in its face is about so many characters of English: a rule of thumb.
TITLE_LIMIT = 60
SUMMARY_LIMIT = 155


@dataclass(frozen=True)
class Snippet:
    """What is shown, and what is lost behind the cut; `rest` is empty where all fits."""

    title: str
    title_rest: str
    summary: str
    summary_rest: str
    summary_length: int
    summary_limit = SUMMARY_LIMIT


def snippet(*, headline: str, summary: str) -> Snippet:
    """White space is collapsed, as a search page does it."""
    headline, summary = " ".join(headline.split()), " ".join(summary.split())
    title, title_rest = cut(headline, TITLE_LIMIT)
    shown, rest = cut(summary, SUMMARY_LIMIT)
    return Snippet(title, title_rest, shown, rest, len(summary))


def cut(text: str, limit: int) -> tuple[str, str]:
    """The text up to the last whole word within `limit` characters, and the rest."""
    if len(text) <= limit:
        return text, ""
    end = text.rfind(" ", 0, limit + 1)
    if end <= 0:
        end = limit
    return text[:end], text[end:]
