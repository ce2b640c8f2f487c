"""What each mail about comments says, and whether there is still something to tell.

No mail holds a link that is not the site's own. Only the mail about a reply, which a moderator let
pass or an editor wrote, and the digest quote what somebody typed: a link that proves an address
goes to whomever a stranger names, and must carry no words of that stranger.
"""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.html import format_html
from django.utils.translation import gettext as _

from acutake.lib.addresses import normalize
from acutake.lib.mail import compose, is_mailable
from acutake.lib.text import clean_text
from comments.digests import write_digest
from comments.excerpts import excerpt, quoted
from comments.links import Purpose, make_url
from comments.mail_stops import is_stopped
from comments.models import Comment, MailStop, ModerationAction, Notice
from comments.reasons import sentence_of

LONGEST_EXCERPT = 600


def write(notice: Notice, *, at: datetime) -> EmailMultiAlternatives | None:
    """The mail as things are now, not sent; None when nobody wants it or it is no longer true."""
    if notice.kind == Notice.Kind.DIGEST:
        return write_digest(notice, at=at)
    comment = notice.comment
    address = comment.commenter_email
    if not is_mailable(address) or is_stopped(address, MailStop.Scope.COMMENTS):
        return None
    subject_and_context = WRITERS[notice.kind](notice, at=at)
    if subject_and_context is None:
        return None
    subject, context = subject_and_context
    return compose(
        f"comments/email/{notice.kind}",
        {"comment": comment, "headline": clean_text(comment.article.headline), **context},
        subject=subject,
        to=address,
        key=notice.key,
        thread=f"comment.{comment.pk}",
        stop_url=make_url(Purpose.STOP, comment, at=at),
    )


def _proof(notice: Notice, *, at: datetime):
    comment = notice.comment
    if comment.proven_at or comment.withdrawn_at:
        return None
    return _("Please confirm your e-mail address"), {"url": make_url(Purpose.PROOF, comment, at=at)}


def _about(notice: Notice, *, at: datetime):
    return (
        _("What AcuTake keeps about you"),
        {"url": make_url(Purpose.ABOUT, notice.comment, at=at)},
    )


def _decision(notice: Notice, *, at: datetime):
    comment = notice.comment
    if not (
        comment.wants_decision
        and _may_be_told(comment, at=at)
        # Otherwise it was undone, or decided once more.
        and comment.decided_at == notice.created_at
        and comment.status in (Comment.Status.APPROVED, Comment.Status.REMOVED)
        and not _is_told_by_a_reply(notice)
    ):
        return None
    action = _action_of(comment)
    context = {
        "url": _url(comment),
        "writer_url": make_url(Purpose.WRITER, comment, at=at),
        "reason": excerpt(sentence_of(action.reason), limit=LONGEST_EXCERPT, instead=_("[link]")),
        "was_public": action.from_status == Comment.Status.APPROVED,
    }
    if comment.is_approved():
        subject = _("Your comment is published: %s")
    elif context["was_public"]:
        subject = _("Your comment was removed: %s")
    else:
        subject = _("Your comment was not published: %s")
    return subject % clean_text(comment.article.headline, limit=100), context


def _reply(notice: Notice, *, at: datetime):
    comment, reply = notice.comment, notice.reply
    if not (
        comment.wants_replies
        and _may_be_told(comment, at=at)
        and comment.is_approved()
        and reply.is_approved()
        and normalize(reply.commenter_email) != normalize(comment.commenter_email)
    ):
        return None
    name = clean_text(excerpt(str(reply.shown_name()), limit=100, instead=_("[link]")))
    words = excerpt(reply.body, limit=LONGEST_EXCERPT, instead=_("[link]"))
    subject = _("Reply to your comment: %s") % clean_text(comment.article.headline, limit=100)
    return subject, {
        "url": _url(reply),
        "writer_url": make_url(Purpose.WRITER, comment, at=at),
        "name": name,
        "isolated_name": format_html("<bdi>{}</bdi>", name),
        "letters": clean_text(reply.shown_letters()),
        "is_editors": reply.editor is not None,
        "excerpt": words,
        "quoted": quoted(words),
    }


WRITERS = {
    Notice.Kind.PROOF: _proof,
    Notice.Kind.ABOUT: _about,
    Notice.Kind.DECISION: _decision,
    Notice.Kind.REPLY: _reply,
}


def _may_be_told(comment: Comment, *, at: datetime) -> bool:
    return comment.is_told_of_news() and comment.article.is_published(at=at)


def _is_told_by_a_reply(notice: Notice) -> bool:
    """Whether the same click answered the comment: one mail says both."""
    return notice.comment.wants_replies and (
        Notice.objects.filter(
            kind=Notice.Kind.REPLY,
            comment=notice.comment,
            created_at=notice.created_at,
            reply__status=Comment.Status.APPROVED,
        ).exists()
    )


def _action_of(comment: Comment) -> ModerationAction:
    """The line of the log that made it what it is."""
    decisions = comment.moderation_actions.filter(at=comment.decided_at, to_status=comment.status)
    return decisions.order_by("-pk").first() or ModerationAction()


def _url(comment: Comment) -> str:
    return f"{settings.SITE_URL}{comment.get_absolute_url()}"
