"""The HTML of a thread. No templates: those of five hundred comments took nine tenths of a page."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from functools import lru_cache
from html import escape

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from comments.bodies import render_body
from comments.models import Comment, Shown
from comments.reading import Outlined, ThreadPage
from comments.threads import Node, walk

Status = Comment.Status
# To write a moment in words takes as long as all else of a comment.
MOMENTS_KEPT = 4_096


def render_page(page: ThreadPage, *, article_url: str, takes_comments: bool) -> SafeString:
    """The items of a list: each comment with its answers below it, and placeholders."""
    renderer = _Renderer(
        page.nodes,
        page.comments,
        opened=page.opened,
        article_url=article_url,
        takes_comments=takes_comments,
    )
    # Safe: `_Renderer` escapes what anybody typed.
    return mark_safe("".join(map(renderer.item, page.nodes)))  # noqa: S308


def render_alone(comment: Comment) -> SafeString:
    """One comment by itself, to its writer: nobody answers or reports their own words there."""
    answered = comment.parent if comment.parent and comment.parent.is_approved() else None
    node = Node(comment, level=1, is_flattened=bool(comment.parent_id), answers=answered)
    named = {each.pk: each for each in (comment, answered) if each}
    return mark_safe(_Renderer([node], named, has_acts=False).comment(node, comment))  # noqa: S308


class _Renderer:
    """Holds what is the same for all comments of a page; every method gives safe HTML."""

    def __init__(
        self,
        nodes: list[Node],
        comments: Mapping[int, Shown],
        *,
        opened: int | None = None,
        article_url: str = "",
        takes_comments: bool = False,
        has_acts: bool = True,
    ):
        self.comments = comments
        self.opened = opened
        self.here = {node.row.pk for node in walk(nodes) if not node.is_continued}
        self.article_url = escape(article_url)
        # With the number of any comment in place of this one.
        self.own_url = reverse("comments:comment", args=[0]).replace("0", "%d")
        # The name with its link, by practitioner.
        self.listings: dict[int, str] = {}
        self.zone = get_current_timezone()
        self.language = get_language()
        self.takes_comments = takes_comments
        self.has_acts = has_acts
        self._translate()

    def _translate(self):
        """Once a page: to look the words up for each comment takes as long as to write it."""
        self.editor_mark = f'\n<span class="comment__mark">{_("Editor")}</span>'
        self.gone = _("This comment is no longer shown.")
        self.waiting = _("This comment waits to be read by a moderator.")
        self.withdrawn = _("Removed by its writer.")
        self.answers_gone = _("In reply to a comment that is no longer shown")
        self.answers = _('In reply to <a href="%(url)s"><bdi>%(name)s</bdi></a>')
        self.continued = _('Further answers to <a href="%(url)s"><bdi>%(name)s</bdi></a>')
        self.continued_gone = _("Further answers to a comment that is no longer shown")
        self.changed = _("Changed by its writer: %(moment)s")
        self.closed = f"<span>{_('Closed for replies')}</span> "
        self.reply = _('Reply<span class="visually-hidden"> to %(name)s</span>')
        self.report = _('Report<span class="visually-hidden"> what %(name)s wrote</span>')

    def item(self, node: Node) -> str:
        # Below what is folded nothing is folded once more.
        return (
            f"<li>\n{self._place(node)}\n"
            f"{self._list(node.replies_in_sight)}{self._fold(node.folded_replies)}</li>\n"
        )

    def _list(self, nodes: list[Node]) -> str:
        return f"<ol>\n{''.join(map(self.item, nodes))}</ol>\n" if nodes else ""

    def _fold(self, nodes: list[Node]) -> str:
        """Replies that are opened by their reader, or because the reader came for one of them."""
        if not nodes:
            return ""
        keys = [node.row.pk for node in walk(nodes) if node.comment]
        words = ngettext("%(count)d more reply", "%(count)d more replies", len(keys))
        is_open = " open" if self.opened in keys else ""
        return (
            f'<details class="comments__more"{is_open}>\n'
            f"<summary>{words % {'count': len(keys)}}</summary>\n{self._list(nodes)}</details>\n"
        )

    def _place(self, node: Node) -> str:
        comment = self.comments.get(node.row.pk) if node.comment else None
        if node.is_continued:
            words = self._named(comment, self.continued) if comment else self.continued_gone
        elif comment:
            return self.comment(node, comment)
        else:
            words = self._absence(node.row)
        return f'<p class="comment comment--gone">{words}</p>'

    def _absence(self, row: Outlined | Comment) -> str:
        """Why the words of `row` are not there. Until a moderator decides, spam waits as well."""
        if row.withdrawn_at:
            return self.withdrawn
        is_undecided = row.status == Status.SPAM and row.decided_at is None
        return self.waiting if row.status == Status.PENDING or is_undecided else self.gone

    def comment(self, node: Node, comment: Shown) -> str:
        key = comment.pk
        editors = comment.editor is not None
        name = escape(str(comment.shown_name()))
        has_acts = self.has_acts and comment.is_approved()
        return (
            f'<div class="comment{" comment--editor" if editors else ""}" id="comment-{key}">\n'
            f'<p class="comment__by">\n<span>{self._name(comment, name)}</span>'
            f"{self.editor_mark if editors else ''}\n"
            f"{self._written(comment)}\n</p>\n"
            f"{self._answers(node.answers) if node.is_flattened else ''}"
            f'<div class="comment__body">{render_body(comment.body)}</div>\n'
            f"{self._changed(comment.edited_at) if comment.edited_at else ''}"
            f"{self._acts(key, name, node.is_closed) if has_acts else ''}</div>"
        )

    def _acts(self, key: int, name: str, is_closed: bool) -> str:
        # Where nothing is taken the section says so once.
        reply = self.closed if is_closed else self._reply(key, name)
        reply = reply if self.takes_comments else ""
        return f'<p class="comment__acts">{reply}{self._report(key, name)}</p>\n'

    def _written(self, comment: Shown) -> str:
        """When it was, as a link to it; to what is not public leads none."""
        moment = self._moment(comment.created_at)
        if not comment.is_approved():
            return f'<span class="comment__time">{moment}</span>'
        return f'<a class="comment__time" href="{self.own_url % comment.pk}">{moment}</a>'

    def _name(self, comment: Shown, name: str) -> str:
        """With a link and letters where there is a listing, or with a link to a web site."""
        if not comment.has_listing():
            website = comment.shown_website()
            if website:
                relation = 'rel="nofollow ugc noopener"'
                return (
                    f'<a class="comment__name" href="{escape(website)}" {relation}>'
                    f"<bdi>{name}</bdi></a>"
                )
            return f'<bdi class="comment__name">{name}</bdi>'
        key = comment.practitioner.pk
        if key not in self.listings:
            url, letters = comment.practitioner.get_absolute_url(), escape(comment.shown_letters())
            after = f'<span class="comment__letters">, {letters}</span>' if letters else ""
            link = f'<a class="comment__name" href="{escape(url)}"><bdi>{name}</bdi></a>'
            self.listings[key] = link + after
        return self.listings[key]

    def _reply(self, key: int, name: str) -> str:
        address = f"{self.article_url}?reply_to={key}#comment-form"
        words = self.reply % {"name": name}
        return f'<a href="{address}" rel="nofollow">{words}</a> '

    def _report(self, key: int, name: str) -> str:
        words = self.report % {"name": name}
        return f'<a href="{self.own_url % key}report/" rel="nofollow">{words}</a>'

    def _answers(self, answered: Node | None) -> str:
        comment = self.comments.get(answered.pk) if answered else None
        words = self._named(comment, self.answers) if comment else self.answers_gone
        return f'<p class="comment__answers">{words}</p>\n'

    def _named(self, comment: Shown, words: str) -> str:
        """`words` with the name of a comment that links to it."""
        key = comment.pk
        url = f"#comment-{key}" if key in self.here else self.own_url % key
        return words % {"url": url, "name": escape(str(comment.shown_name()))}

    def _changed(self, at: datetime) -> str:
        words = self.changed % {"moment": self._moment(at)}
        return f'<p class="comment__answers">{words}</p>\n'

    def _moment(self, at: datetime) -> str:
        return _moment(at, self.zone, self.language)


@lru_cache(MOMENTS_KEPT)
def _moment(at: datetime, zone: tzinfo, language: str) -> str:
    """`language` is the one that is active: what is kept in one must not be shown in another."""
    local = localtime(at, zone)
    words = escape(date_format(local, "DATETIME_FORMAT"))
    return f'<time datetime="{local:%Y-%m-%dT%H:%M:%S%z}">{words}</time>'
