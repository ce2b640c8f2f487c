"""Taking a comment in: once, and into the moderators' queue."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from acutake.lib import throttle, tokens
from acutake.lib.addresses import normalize
from acutake.lib.network import network_key
from articles.models import Article
from comments import notifications
from comments.models import Comment, ModerationAction
from comments.screening import Submission, Verdict, body_key, screen
from comments.screening import tasks as screening_tasks

FORM = "comment"
TOKEN_MAX_AGE = timedelta(hours=24)
COMMENTS_PER_HOUR = 20
# More than a crowd writes, from however many networks; it keeps a disk from being filled.
COMMENTS_PER_ARTICLE_AND_HOUR = 6_000


class GoneError(Exception):
    """The article was deleted, or the comment that is answered, while this one was taken in."""


def make_token(article: Article, *, at: datetime) -> str:
    """What the form under `article` carries; the same for everybody, so the page may be cached."""
    return tokens.make_token(str(article.pk), purpose=FORM, at=at)


def check_token(token: str, article: Article, *, at: datetime) -> datetime:
    """When the form was made. Raise BadSignature for a token that is not this form's,
    SignatureExpired after a day."""
    tokens.check_token(token, str(article.pk), purpose=FORM, max_age=TOKEN_MAX_AGE, at=at)
    return tokens.made_at(token, purpose=FORM)


class TooManyError(Exception):
    """No more comments are taken within this hour; `words` say why."""

    def __init__(self, words: str):
        super().__init__(words)
        self.words = words


def _count(submission: Submission) -> None:
    """Count one comment. Raises TooManyError for floods only: what merely comes fast is taken, and
    held by the screening."""
    for key, limit, words in _limits(submission):
        if not throttle.is_allowed(key, limit=limit, seconds=3600):
            raise TooManyError(words)


def _limits(submission: Submission) -> Iterator[tuple[str, int, str]]:
    yield (
        f"comment:{submission.network}",
        COMMENTS_PER_HOUR,
        _("Many comments came from your network within an hour. Please send it again later."),
    )
    if submission.email:
        yield (
            f"comment-address:{normalize(submission.email)}",
            COMMENTS_PER_HOUR,
            _(
                "Many comments came with this e-mail address within an hour. Please send it again "
                "later, or leave the address out."
            ),
        )
    yield (
        f"comment-article:{submission.article.pk}",
        COMMENTS_PER_ARTICLE_AND_HOUR,
        _("Very many comments came to this article within an hour. Please send it again later."),
    )


def submit(submission: Submission, *, token: str) -> Comment:
    """The stored comment, with what the screening made of it.

    The same text sent twice from one form, whose `token` it is, is one comment: the second time
    returns the first, and is neither counted nor screened. Raises GoneError, TooManyError.
    """
    key = _key(submission, token)
    if already := Comment.objects.filter(submission_key=key).first():
        return already
    _count(submission)
    try:
        return _store(submission, screen(submission), key=key)
    except IntegrityError as error:
        # The second click was as fast as the first one.
        if already := Comment.objects.filter(submission_key=key).first():
            return already
        raise GoneError from error


def _key(submission: Submission, token: str) -> str:
    answered = str(submission.parent.pk) if submission.parent else ""
    typed = (submission.name, submission.email, submission.website, submission.body)
    return tokens.fingerprint((token, submission.network, *typed, answered), purpose="comments")


@transaction.atomic
def _store(submission: Submission, verdict: Verdict, *, key: str) -> Comment:
    """The comment, and a line in the log where no moderator had to decide.

    Raises IntegrityError when there is one of that key.
    """
    is_shown = verdict.status == Comment.Status.APPROVED
    comment = Comment.objects.create(
        submission_key=key,
        article=submission.article,
        parent=submission.parent,
        commenter_name=submission.name,
        commenter_email=submission.email,
        website=submission.website,
        body=submission.body,
        network_key=network_key(submission.network),
        body_key=body_key(submission.body),
        status=verdict.status,
        screening=verdict.reasons,
        created_at=submission.at,
        decided_at=submission.at if is_shown else None,
    )
    if verdict.status != Comment.Status.PENDING:
        ModerationAction.objects.create(
            comment=comment,
            act=ModerationAction.Act.SCREENED,
            to_status=verdict.status,
            at=submission.at,
        )
    notifications.tell_of_public(comment, at=submission.at)
    screening_tasks.hear_of_new(comment, submission.network)
    return comment
