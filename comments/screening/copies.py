"""The same text once more."""

import unicodedata
from datetime import timedelta

from django.utils.crypto import salted_hmac

from acutake.lib.text import fold
from comments.models import Comment
from comments.screening.verdicts import Reason, Submission

# People thank in the same words; a longer text nobody writes twice by chance. Han says as much with
# a third of the letters.
FEWEST_LETTERS = 40
FEWEST_BYTES = 60
LOOKED_BACK = timedelta(days=180)
MOST_LOOKED_AT = 50


def body_key(body: str) -> str:
    """A keyed hash of its letters alone, the same for copies that differ in digits, punctuation,
    case and accents. Empty for what is too short to be a copy."""
    letters = "".join(filter(_is_letter, fold(body)))
    if len(letters) < FEWEST_LETTERS and len(letters.encode()) < FEWEST_BYTES:
        return ""
    return salted_hmac("comments.screening.copies", letters, algorithm="sha256").hexdigest()


def is_a_copy(submission: Submission) -> list[Reason]:
    """Whether its text came before, and what a moderator said of that. A query."""
    key = body_key(submission.body)
    if not key:
        return []
    earlier = _earlier(key, submission)
    decided = {status for status, _article, decided_by in earlier if decided_by}
    if Comment.Status.SPAM in decided and Comment.Status.APPROVED not in decided:
        return [{"code": "copy_of_spam"}]
    if earlier:
        articles = {article for _status, article, _decided_by in earlier}
        return [{"code": "copy", "count": len(earlier), "articles": len(articles)}]
    return []


def _earlier(key: str, submission: Submission) -> list[tuple[str, int, int | None]]:
    copies = Comment.objects.filter(
        body_key=key, created_at__gte=submission.at - LOOKED_BACK
    ).exclude(pk=submission.pk)
    newest = copies.order_by("-created_at", "-pk")
    return list(newest.values_list("status", "article_id", "decided_by_id")[:MOST_LOOKED_AT])


def _is_letter(character: str) -> bool:
    return character.isalpha() or unicodedata.category(character)[0] == "M"
