"""Comments for tests: sensible where a test does not care."""

from datetime import UTC, datetime, timedelta
from itertools import count

from django.contrib.auth.models import Permission, User

from comments.models import Comment
from tests.articles.factories import make_article

NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)

_numbers = count(1)


def make_comment(*, article=None, **fields):
    """Approved, on an article of its own, unless the fields say otherwise. Each a minute later."""
    number = next(_numbers)
    defaults = {
        "article": article or (fields["parent"].article if fields.get("parent") else None),
        "commenter_name": f"Reader {number}",
        "commenter_email": f"reader-{number}@example.org",
        "body": f"The words of comment {number}.",
        "status": Comment.Status.APPROVED,
        "created_at": NOW + timedelta(minutes=number),
    }
    defaults["article"] = defaults["article"] or make_article()
    return Comment.objects.create(**{**defaults, **fields})


def make_moderator(**fields):
    """A member of staff who may read comments and decide about them, and nothing else."""
    number = next(_numbers)
    defaults = {"username": f"moderator-{number}", "is_staff": True}
    moderator = User.objects.create_user(**{**defaults, **fields})
    moderator.user_permissions.set(
        Permission.objects.filter(
            content_type__app_label="comments", codename__in=["view_comment", "change_comment"]
        )
    )
    return moderator
