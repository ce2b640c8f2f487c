"""The landing pages: states, towns, kinds of care, and what is missing among them."""

from django.conf import settings
from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from acutake.lib.old_addresses import find_by_slug, moved
from directory import census
from directory.cards import cards_of
from directory.criteria import Criteria
from directory.forms import SearchForm, page_number, typed_for
from directory.introductions import facts_of, sentences
from directory.landing import (
    Way,
    all_states,
    code_of,
    get_state,
    is_indexed,
    largest_first,
    neighboring_states,
    search_url,
    specialties_in,
    states,
)
from directory.license_registers import register_of
from directory.models import Specialty
from directory.search import nearest, search
from directory.snapshot import current
from directory.structured_data import breadcrumb_list, item_list
from directory.towns import (
    find_town,
    largest_towns,
    town_meant,
    town_url,
    towns_around,
)
from directory.trails import trail_below_search, trail_to_states

NEAREST_SHOWN = 3
TOWNS_SHOWN = 48
STATES_SHOWN = 24


@require_safe
def all_of_the_country(request):
    """Every state with the number of those who have an office there."""
    trail = trail_to_states()
    nodes = [breadcrumb_list(trail, origin=settings.SITE_URL)]
    context = {"states": all_states(), "trail": trail, "structured_data": nodes}
    return render(request, "directory/state_list.html", context)


@require_safe
def state(request, slug):
    """Everybody in one of the United States, those in the largest towns first."""
    place = get_state(slug)
    if place is None:
        return _state_not_found(request, slug)
    snapshot, code = current(), code_of(place)
    towns = census.by_town(code, snapshot=snapshot)
    criteria = Criteria(place=place, page=_page(request))
    return _render(
        request,
        "directory/state_detail.html",
        criteria,
        fees=census.first_visit_fees(code, snapshot=snapshot),
        trail=[*trail_to_states(), *_of_state(place)],
        state=place,
        register=register_of(place.state_code),
        town_count=len(towns),
        towns=largest_towns(towns, limit=TOWNS_SHOWN),
        neighbors=neighboring_states(place, snapshot=snapshot),
        form=SearchForm(initial={"where": typed_for(place)}),
    )


@require_safe
def town(request, state_slug, slug):
    """Everybody with an office in one town."""
    state, place = _state_and_town(state_slug, slug)
    if place is None:
        return _town_not_found(request, state, state_slug, slug)
    snapshot = current()
    criteria = Criteria(place=place, is_inside=True, page=_page(request))
    return _render(
        request,
        "directory/town_detail.html",
        criteria,
        fees=census.first_visit_fees(place_id=place.pk, snapshot=snapshot),
        trail=[*trail_to_states(), *_of_state(state), (place.name, town_url(place))],
        state=state,
        register=register_of(state.state_code),
        town=place,
        neighbors=towns_around(place, snapshot=snapshot),
        form=SearchForm(initial={"where": typed_for(place)}),
    )


@require_safe
def town_specialty(request, state_slug, slug, specialty_slug):
    """Those with an office in one town who offer one kind of care."""
    state, place = _state_and_town(state_slug, slug)
    if place is None:
        return _town_not_found(request, state, state_slug, slug, specialty_slug)
    specialty = find_by_slug(Specialty.objects, specialty_slug)
    if specialty is None:
        return _specialty_not_found(request, place, specialty_slug)
    if specialty.slug != specialty_slug:
        return moved(request, town_url(place, specialty))
    snapshot, bit = current(), specialty.bit
    criteria = Criteria(place=place, is_inside=True, specialties=(specialty,), page=_page(request))
    way = [*trail_to_states(), *_of_state(state), (place.name, town_url(place))]
    return _render(
        request,
        "directory/town_specialty_detail.html",
        criteria,
        fees=census.first_visit_fees(place_id=place.pk, bit=bit, snapshot=snapshot),
        trail=[*way, (specialty.name, town_url(place, specialty))],
        state=state,
        register=register_of(state.state_code),
        town=place,
        specialty=specialty,
        neighbors=towns_around(place, specialty=specialty, snapshot=snapshot),
        form=SearchForm(initial={"where": typed_for(place)}),
    )


@require_safe
def specialty(request, slug):
    """What one kind of care is and is not, and who offers it where."""
    found = find_by_slug(Specialty.objects, slug)
    if found is None:
        return _not_found(request, what=slug.replace("-", " "))
    if found.slug != slug:
        return moved(request, found.get_absolute_url())
    snapshot, bit = current(), found.bit
    towns = census.by_town(bit=bit, snapshot=snapshot)
    criteria = Criteria(specialties=(found,), page=_page(request))
    trail = trail_below_search(_("Kinds of care"), "directory:specialties")
    return _render(
        request,
        "directory/specialty_detail.html",
        criteria,
        fees=census.first_visit_fees(bit=bit, snapshot=snapshot),
        trail=[*trail, (found.name, found.get_absolute_url())],
        specialty=found,
        slugs=[found.slug],
        towns=largest_towns(towns, limit=STATES_SHOWN, specialty=found),
        states=[
            Way(row.name, search_url(row.name, found.slug), row.count)
            for row in largest_first(all_states(bit=bit, snapshot=snapshot))[:STATES_SHOWN]
        ],
        form=SearchForm(),
    )


def _render(request, template, criteria, *, fees, trail, **context):
    """A landing page: its people as sentences and as a list, and its data for machines."""
    now = timezone.now()
    results = search(criteria, at=now)
    on = timezone.localdate(now)
    is_empty = not results.total and criteria.place is not None
    beyond = nearest(criteria, at=now, limit=NEAREST_SHOWN) if is_empty else ()
    path = trail[-1][1]
    facts = facts_of(results, fees)
    return render(
        request,
        template,
        {
            **context,
            "criteria": criteria,
            "results": results,
            "cards": cards_of(results.rows, on=on),
            "beyond": cards_of(beyond, on=on),
            "sentences": sentences(facts, has_specialty=bool(criteria.specialties)),
            "specialties": specialties_in(criteria, results),
            "is_indexed": is_indexed(results.total),
            "trail": trail,
            "path": path if results.page == 1 else f"{path}?page={results.page}",
            "no_query": QueryDict(),
            "data": _data(results, trail),
        },
    )


def _data(results, trail) -> list[dict]:
    """Where the page is, and whom it lists."""
    shown = [(row.practitioner.name, row.practitioner.get_absolute_url()) for row in results.rows]
    nodes = [breadcrumb_list(trail, origin=settings.SITE_URL)]
    if shown:
        nodes.append(item_list(shown, origin=settings.SITE_URL, first=results.rows[0].number))
    return nodes


def _page(request) -> int:
    return page_number(request.GET.get("page", ""))


def _of_state(place) -> list[tuple[str, str]]:
    return [(place.name, reverse("directory:state", args=[place.slug]))]


def _state_and_town(state_slug, slug):
    """Both, or None for what has no page; two queries."""
    state = get_state(state_slug)
    return state, state and find_town(state, slug)


def _state_not_found(request, slug):
    """Its abbreviation redirects for good; anything else gets help."""
    found = _abbreviated(slug)
    if found:
        return moved(request, reverse("directory:state", args=[found.slug]))
    return _not_found(request, typed=slug.replace("-", " "))


def _abbreviated(slug):
    """The state whose two letters these are, in small letters as all addresses."""
    is_code = len(slug) == 2 and slug.islower()
    return states().filter(state_code=slug.upper()).first() if is_code else None


def _town_not_found(request, state, state_slug, slug, specialty_slug=""):
    """Another spelling redirects for good to the town that it clearly means."""
    state = state or _abbreviated(state_slug)
    if state is None:
        return _not_found(request, typed=f"{slug} {state_slug}".replace("-", " "))
    meant, is_clear = town_meant(state, slug)
    if meant and is_clear:
        # An old slug of the specialty is not passed on, which would be a second redirect.
        found = specialty_slug and find_by_slug(Specialty.objects, specialty_slug)
        rest = found.slug if found else specialty_slug
        return moved(request, f"{town_url(meant)}{rest}/" if rest else town_url(meant))
    typed = f"{slug.replace('-', ' ')}, {state.name}"
    return _not_found(request, typed=typed, town=meant, state=state)


def _specialty_not_found(request, place, slug):
    return _not_found(request, typed=typed_for(place), what=slug.replace("-", " "), town=place)


def _not_found(request, *, typed="", what="", town=None, state=None):
    """404 with the search filled in, and the pages that may have been meant."""
    return render(
        request,
        "directory/landing_not_found.html",
        {
            "form": SearchForm(initial={"what": what, "where": typed}),
            "typed": typed,
            "what": what,
            "town": town and (town.label, town_url(town)),
            "state": state,
        },
        status=404,
    )
