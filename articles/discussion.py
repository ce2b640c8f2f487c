"""Opening articles for comments and closing them; what is written under them stays."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from articles.models import Article
from articles.publishing import record_action


@transaction.atomic
def open_for_comments(article: Article, *, at: datetime, by: User) -> bool:
    """Let it take comments, for ever if its time for them is over. Returns whether it took none."""
    current = _locked(article)
    if current.is_open_for_comments(at=at):
        return False
    end = current.comments_close_at()
    if end and end <= at:
        current.comments_close_after_days = 0
    current.takes_comments = True
    _save(current)
    record_action(current, "Opened for comments.", at=at, by=by)
    return True


@transaction.atomic
def close_for_comments(article: Article, *, at: datetime, by: User) -> bool:
    """Let it take no more comments. Returns whether editors had let it take any."""
    current = _locked(article)
    if not current.takes_comments:
        return False
    current.takes_comments = False
    _save(current)
    record_action(current, "Closed for comments.", at=at, by=by)
    return True


def _locked(article: Article) -> Article:
    return Article.objects.select_for_update().get(pk=article.pk)


def _save(article: Article) -> None:
    changed = ["takes_comments", "comments_close_after_days", "updated_at"]
    article.save(update_fields=changed)
