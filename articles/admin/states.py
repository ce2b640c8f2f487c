"""What an editor calls the state of an article, by the clock."""

from django.utils.translation import gettext_lazy as _

from articles.models import Article


def state_of(article, *, at):
    """The stored status, or what the clock makes of it; reads `next_of`."""
    if article.next_of_id:
        return _("Next version: %(state)s") % {"state": _state_of_next_version(article, at=at)}
    if article.status != Article.Status.PUBLISHED or article.is_published(at=at):
        return article.get_status_display()
    return _("Scheduled") if article.published_at > at else _("Expired")


def _state_of_next_version(version, *, at):
    goes_out_at = version.next_of.next_version_at
    if goes_out_at is None:
        return version.get_status_display()
    return _("Scheduled") if goes_out_at > at else _("Published")
