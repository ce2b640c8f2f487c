"""Submissions for tests of the screening: an ordinary comment unless the fields say otherwise."""

from datetime import timedelta

from comments.screening import Submission
from tests.articles.factories import make_article
from tests.comments.factories import NOW


def make_submission(**fields):
    at = fields.get("at", NOW)
    defaults = {
        "parent": None,
        "name": "Bramble",
        "email": "bramble@example.org",
        "website": "",
        "body": "Is a gap like that normal?",
        "network": "198.51.100.7",
        "is_trapped": False,
        "form_made_at": at - timedelta(minutes=5),
        "at": at,
    }
    values = {**defaults, **fields}
    if "article" not in values:
        values["article"] = make_article()
    return Submission(**values)
