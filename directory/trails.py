"""The ways down to the pages of the directory, as pairs of a name and a path, its own last."""

from django.urls import reverse
from django.utils.translation import gettext as _

from directory.models import Place, Practitioner
from directory.towns import has_page, state_slug, town_url

Trail = list[tuple[str, str]]


def trail_to_search() -> Trail:
    """The search, right below the home page."""
    return [(_("Home"), reverse("home")), (_("Acupuncturists"), reverse("directory:search"))]


def trail_below_search(name: str, url_name: str) -> Trail:
    """A page of the directory that stands for itself."""
    return [*trail_to_search(), (name, reverse(url_name))]


def trail_to_states() -> Trail:
    """The list of all states, above those of each."""
    return trail_below_search(_("States"), "directory:states")


def trail_to(practitioner: Practitioner) -> Trail:
    """Pairs of a name and a path, the practitioner's own last. One query.

    The town is that of the first office; without one that has a page the way is shorter.
    """
    return [
        *trail_to_search(),
        *_through(_town_of(practitioner)),
        (practitioner.name, practitioner.get_absolute_url()),
    ]


def _town_of(practitioner: Practitioner) -> Place | None:
    entries = practitioner.search_entries.filter(town__isnull=False).select_related("town")
    entry = entries.order_by("affiliation_id").first()
    return entry and entry.town


def _through(town: Place | None) -> Trail:
    if town is None or not has_page(town):
        return []
    state = reverse("directory:state", args=[state_slug(town)])
    return [(town.state_name, state), (town.name, town_url(town))]
