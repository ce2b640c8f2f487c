"""Reasons as a moderator reads them."""

from collections.abc import Callable, Iterable
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from comments.models import Ban
from comments.screening.verdicts import Reason


def in_words(reasons: Iterable[Reason]) -> list[str]:
    """A sentence for each, in their order.

    The rows are read as they are: a reason that nobody knows any longer is named as it stands.
    """
    return [_in_words(reason) for reason in reasons]


def _in_words(reason: Reason) -> str:
    code = reason.get("code")
    try:
        return WORDINGS[code](reason)
    except (KeyError, TypeError, ValueError):
        return _("Held for a reason that is no longer known (%(code)s).") % {"code": code}


def _sentence(text: str, reason: Reason) -> str:
    values = {name: _value(value) for name, value in reason.items()}
    return str(text) % values


def _value(value: object) -> object:
    return _quoted(value) if isinstance(value, list) else value


def _first(reason: Reason) -> str:
    if reason.get("is_known"):
        return _("Its address is that of somebody known, and waits to be proven.")
    return _("Nothing that its writer wrote was approved before.")


def _many_links(reason: Reason) -> str:
    text = _("It names %(count)d web addresses (%(hosts)s).")
    return text % {"count": reason["count"], "hosts": ", ".join(reason["hosts"])}


def _copy(reason: Reason) -> str:
    text = ngettext(
        "The same text came %(count)d time before.",
        "The same text came %(count)d times before.",
        reason["count"],
    )
    return text % {"count": reason["count"]}


def _banned(reason: Reason) -> str:
    texts = {
        Ban.Kind.ADDRESS: _("Its e-mail address is banned."),
        Ban.Kind.SENDER: _("Its sender is banned."),
        Ban.Kind.NETWORK: _("Its network is banned."),
    }
    text = texts[reason["kind"]]
    return f"{text} ({reason['reason']})" if reason.get("reason") else text


def _learned(reason: Reason) -> str:
    text = _("It looks like what moderators marked as spam (%(percent)s %%): %(words)s.")
    # Never a hundred: it is a likelihood.
    percent = min(reason["likelihood"] * 100, 99.99)
    return text % {
        "percent": f"{percent:.2f}" if percent > 99 else f"{percent:.0f}",
        "words": _quoted(reason["words"]),
    }


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


# Lazy, so that each is said in the language of whoever reads it.
SENTENCES = {
    "trap": _lazy("A field was filled that people do not see."),
    "too_fast": _lazy("It was sent within %(seconds)d seconds after its form was made."),
    "often_address": _lazy("More than %(limit)d comments came from its address within an hour."),
    "often_network": _lazy("More than %(limit)d comments came from its network within an hour."),
    "often_article": _lazy(
        "More than %(limit)d comments came under this article within ten minutes."
    ),
    "mostly_links": _lazy("There is hardly anything but a link in it (%(hosts)s)."),
    "markup": _lazy("It holds markup that makes links on other sites."),
    "contact": _lazy("It gives an e-mail address or a telephone number."),
    "copy_of_spam": _lazy("A moderator has marked the same text as spam."),
    "lookalikes": _lazy("Letters imitate other letters: %(words)s."),
    "hidden": _lazy("Letters are hidden between others, or below heaps of marks."),
    "gibberish": _lazy("It seems to be no language: %(words)s."),
    "phrase_hold": _lazy("Words to watch for: %(words)s."),
    "phrase_spam": _lazy("Words that are taken for spam: %(words)s."),
    "name_office": _lazy("The name claims to be of this site."),
    "name_editor": _lazy("The name is an editor’s."),
    "name_listed": _lazy("The name is that of a listed practitioner."),
    "name_letters": _lazy("The name bears a title or letters."),
    "akismet": _lazy("Akismet takes it for spam."),
    "akismet_sure": _lazy("Akismet is sure that it is spam."),
    "rule_all": _lazy("Every comment waits for a moderator."),
    "rule_links": _lazy("It names a web address."),
}
WORDINGS: dict[str, Callable[[Reason], str]] = {
    **{code: partial(_sentence, text) for code, text in SENTENCES.items()},
    "banned": _banned,
    "copy": _copy,
    "learned": _learned,
    "many_links": _many_links,
    "rule_first": _first,
}
