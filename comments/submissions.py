"""Taking a comment in: once, and into the moderators' queue."""

from datetime import datetime, timedelta

from acutake.lib import throttle, tokens
from articles.models import Article
from comments.models import Comment

FORM = "comment"
TOKEN_MAX_AGE = timedelta(hours=24)
COMMENTS_PER_HOUR = 20


def make_token(article: Article, *, at: datetime) -> str:
    """What the form under `article` carries; the same for everybody, so the page may be cached."""
    return tokens.make_token(str(article.pk), purpose=FORM, at=at)


def check_token(token: str, article: Article, *, at: datetime) -> None:
    """Raise BadSignature for a token that is not this form's, SignatureExpired after a day."""
    tokens.check_token(token, str(article.pk), purpose=FORM, max_age=TOKEN_MAX_AGE, at=at)


def may_submit(network: str) -> bool:
    """Count one comment from `network`; False when it sent too many within the hour."""
    return throttle.is_allowed(f"comment:{network}", limit=COMMENTS_PER_HOUR, seconds=3600)


def submit(
    article: Article,
    *,
    name: str,
    email: str,
    body: str,
    parent: Comment | None,
    token: str,
    network: str,
    is_trapped: bool,
    at: datetime,
) -> Comment:
    """The stored comment, pending, or spam when it filled the field that nobody sees.

    The same text sent twice from one form is one comment: the second time returns the first.
    """
    typed = (token, network, name, email, body, str(parent.pk) if parent else "")
    comment, _ = Comment.objects.get_or_create(
        submission_key=tokens.fingerprint(typed, purpose="comments"),
        defaults={
            "article": article,
            "parent": parent,
            "commenter_name": name,
            "commenter_email": email,
            "body": body,
            "status": Comment.Status.SPAM if is_trapped else Comment.Status.PENDING,
            "created_at": at,
        },
    )
    return comment
