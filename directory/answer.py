"""What the page of a search shows: cards, filters to choose, those that are set, and ways on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from directory.cards import Card, cards_of
from directory.criteria import Criteria, Facet, Option
from directory.parameters import PARAMETERS, written
from directory.search import Results

# Of a long list so many are in view, and those that are chosen; to fold one alone saves nothing.
OPTIONS_SHOWN = 6


@dataclass(frozen=True)
class Group:
    """One facet as it is shown: `folded` stands behind a line that opens it."""

    name: str
    label: str
    shown: tuple[Option, ...]
    folded: tuple[Option, ...]

    @property
    def is_set(self) -> bool:
        """Whether something is chosen that narrows the answer; a radius always is."""
        return self.name != "radius" and any(option.is_chosen for option in self.shown)

    @property
    def has_amount(self) -> bool:
        """Whether one of the fees that stand for "at most" is chosen."""
        return any(option.is_chosen and option.parameter == "max_fee" for option in self.shown)

    @property
    def size(self) -> int:
        return len(self.shown) + len(self.folded)


@dataclass(frozen=True)
class Way:
    """A link to nearly the same search; `query` is its address within the page."""

    label: str
    query: str
    count: int | None = None


@dataclass(frozen=True)
class Answer:
    """One page of an answer, ready to be shown.

    `applied` are ways to the same search without one filter, `cleared` is that without any. `kept`
    are the names and values that the form has to send along since it shows no field for them.
    `costs` and `wider` are for an answer without rows: without one filter, that which costs most
    first, and within more miles.
    """

    cards: tuple[Card, ...] = ()
    beyond: tuple[Card, ...] = ()
    groups: tuple[Group, ...] = ()
    applied: tuple[Way, ...] = ()
    cleared: str = "?"
    kept: tuple[tuple[str, str], ...] = ()
    costs: tuple[Way, ...] = ()
    wider: tuple[Way, ...] = ()


def answer_of(results: Results, criteria: Criteria, query: QueryDict, *, on: date) -> Answer:
    """`query` is what the page was asked with. At most two queries, for what the cards show."""
    options = [option for facet in results.facets for option in facet.options]
    chosen = [option for option in options if option.is_chosen and option.parameter != "radius"]
    return Answer(
        cards=cards_of(results.rows, on=on),
        beyond=cards_of(results.beyond, on=on),
        groups=tuple(group_of(facet) for facet in results.facets if facet.options),
        applied=tuple(Way(option.label, _without_one(query, option)) for option in chosen),
        cleared=_changed(query, **dict.fromkeys(["specialty", *PARAMETERS])),
        kept=tuple(_kept(criteria, query, options)),
        costs=tuple(
            Way(cost.label, _changed(query, **{cost.parameter: None}), cost.total_without)
            for cost in sorted(results.costs, key=lambda cost: -cost.total_without)
        ),
        wider=() if results.total else tuple(_wider(criteria, query, options)),
    )


def group_of(facet: Facet) -> Group:
    """With the largest options and the chosen ones in view when there are many to choose from.

    Amounts and radii, of which one is chosen, keep their order.
    """
    options = facet.options
    if not facet.is_multiple or len(options) <= OPTIONS_SHOWN + 1:
        return Group(facet.name, facet.label, options, ())
    ranked = sorted(options, key=lambda option: (-option.count, option.label))
    largest = ranked[:OPTIONS_SHOWN]
    shown = tuple(option for option in ranked if option in largest or option.is_chosen)
    folded = tuple(option for option in options if option not in shown)
    return Group(facet.name, facet.label, shown, folded)


def _wider(criteria: Criteria, query: QueryDict, options: Iterable[Option]) -> Iterator[Way]:
    """Larger circles that somebody is in."""
    for option in options:
        is_larger = option.parameter == "radius" and int(option.value) > criteria.radius_miles
        if is_larger and option.count:
            yield Way(option.label, _changed(query, radius=option.value), option.count)


def _kept(
    criteria: Criteria, query: QueryDict, options: Iterable[Option]
) -> Iterator[tuple[str, str]]:
    offered = {(option.parameter, option.value) for option in options}
    for name, value in written(criteria):
        if name in query and (name, value) not in offered:
            yield name, value
    yield from (("without", value) for value in query.getlist("without"))


def _changed(query: QueryDict, **values: str | None) -> str:
    """The address of the first page with these values instead; None leaves a parameter out."""
    changed = query.copy()
    for name, value in {"page": None, **values}.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = value
    return f"?{changed.urlencode()}"


def _without_one(query: QueryDict, option: Option) -> str:
    left = query.copy()
    values = [value for value in left.getlist(option.parameter) if value != option.value]
    left.setlist(option.parameter, values)
    return _changed(left)
