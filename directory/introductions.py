"""What a landing page says of its people before it lists them: sentences from counted facts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.census import Fees
from directory.criteria import Facet, Option
from directory.search import Results

NAMED = 4


@dataclass(frozen=True)
class Facts:
    """How many of the `total` say what. Each pair is what it is called, and how many; most first.

    `fees` are those for a first visit, None when nobody states one.
    """

    total: int
    accepting: int = 0
    verified: int = 0
    telehealth: int = 0
    evenings: int = 0
    step_free: int = 0
    specialties: tuple[tuple[str, int], ...] = ()
    languages: tuple[tuple[str, int], ...] = ()
    fees: Fees | None = None


def facts_of(results: Results, fees: Fees | None) -> Facts:
    """Read from the counts beside an answer that has no filter, and its fees. No query."""
    found = list(_options(results.facets))

    def count(parameter: str, value: str = "1") -> int:
        return sum(
            option.count
            for option in found
            if (option.parameter, option.value) == (parameter, value)
        )

    def most(parameter: str) -> tuple[tuple[str, int], ...]:
        chosen = [
            (str(option.label), option.count)
            for option in found
            if option.parameter == parameter and option.count and not option.is_chosen
        ]
        return tuple(sorted(chosen, key=lambda pair: (-pair[1], pair[0])))

    return Facts(
        total=results.total,
        accepting=count("accepting"),
        verified=count("verified"),
        telehealth=count("care", "telehealth"),
        evenings=count("hours", "evenings"),
        step_free=count("step_free"),
        specialties=most("specialty"),
        languages=most("language"),
        fees=fees,
    )


def sentences(facts: Facts, *, has_specialty: bool) -> tuple[str, ...]:
    """What the facts say, one sentence each; what nobody has stated is left out.

    `has_specialty` means that all of them offer the one that the page is about.
    """
    if not facts.total:
        return ()
    said = [
        _accepting(facts),
        _specialties(facts, has_specialty=has_specialty),
        _fees(facts),
        _languages(facts),
        _ways(facts),
        _licenses(facts),
    ]
    return tuple(sentence for sentence in said if sentence)


def _options(facets: Iterable[Facet]) -> Iterator[Option]:
    return (option for facet in facets for option in facet.options)


def _accepting(facts: Facts) -> str:
    if not facts.accepting:
        return _("Nobody here has stated that new patients are taken, so call first.")
    if facts.accepting == facts.total:
        return ngettext(
            "New patients are taken.", "All of them say that they take new patients.", facts.total
        )
    return ngettext(
        "One of them says that new patients are taken.",
        "%(count)s of them say that they take new patients.",
        facts.accepting,
    ) % {"count": f"{facts.accepting:,}"}


def _specialties(facts: Facts, *, has_specialty: bool) -> str:
    # One person's list is on the row below. Beside a chosen specialty the counts are of everybody.
    if not facts.specialties or facts.total == 1 or has_specialty:
        return ""
    return _("What they offer most is %(named)s.") % {"named": _named(facts.specialties)}


def _fees(facts: Facts) -> str:
    fees = facts.fees
    if fees is None:
        return _("Nobody here has stated what a first visit costs.")
    numbers = {
        "count": f"{fees.people:,}",
        "low": f"{fees.lowest:,}",
        "middle": f"{fees.middle:,}",
        "high": f"{fees.highest:,}",
    }
    if fees.lowest == fees.highest:
        return (
            ngettext(
                "A first visit costs $%(low)s with the one who states a fee.",
                "A first visit costs $%(low)s with the %(count)s who state a fee.",
                fees.people,
            )
            % numbers
        )
    return (
        _(
            "A first visit costs from $%(low)s to $%(high)s with the %(count)s who state a fee; "
            "half of them ask $%(middle)s or less."
        )
        % numbers
    )


def _languages(facts: Facts) -> str:
    if not facts.languages:
        return ""
    return _("Treatment is offered in %(named)s.") % {"named": _named(facts.languages)}


def _ways(facts: Facts) -> str:
    """The practical facts that decide whether somebody can come at all."""
    known = [
        (facts.evenings, _("evening hours")),
        (facts.step_free, _("a step-free way in")),
        (facts.telehealth, _("visits by video or telephone")),
    ]
    told = [(label, count) for count, label in known if count]
    return _("Some have %(named)s.") % {"named": _named(told)} if told else ""


def _licenses(facts: Facts) -> str:
    if not facts.verified:
        return ""
    if facts.verified == facts.total > 1:
        return _("The licenses of all of them were checked by our editors and are valid today.")
    return ngettext(
        "The license of one of them was checked by our editors and is valid today.",
        "The licenses of %(count)s of them were checked by our editors and are valid today.",
        facts.verified,
    ) % {"count": f"{facts.verified:,}"}


def _named(pairs: Sequence[tuple[str, int]]) -> str:
    """A few, each with its number: "Sleep (3), Laser (2) and Scalp (1)"."""
    shown = [f"{label} ({count:,})" for label, count in pairs[:NAMED]]
    if len(shown) == 1:
        return shown[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(shown[:-1]), "last": shown[-1]}
