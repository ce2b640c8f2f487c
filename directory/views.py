"""The public pages of the directory. They show the listed, and nobody else."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from acutake.lib.old_addresses import moved
from directory.alternatives import alternatives_to
from directory.answer import answer_of
from directory.forms import SearchForm
from directory.landing import largest_states
from directory.letters import glossary
from directory.map import draw
from directory.models import Practitioner, PractitionerPath, Specialty
from directory.office_map import draw_offices
from directory.profile import profile_of
from directory.search import search
from directory.structured_data import breadcrumb_list, practitioner_nodes
from directory.trails import trail_below_search, trail_to, trail_to_search
from directory.vcard import vcard
from directory.wording import confirmed_words


@require_safe
def search_page(request):
    """The answer to a search; without one, everybody by name."""
    now = timezone.now()
    form = SearchForm(request.GET)
    form.is_valid()
    criteria = form.cleaned_data
    results = search(criteria, at=now)
    is_at_a_loss = criteria.is_place_unknown and not form.resolution.suggestions
    return render(
        request,
        "directory/search.html",
        {
            "states": largest_states() if is_at_a_loss else (),
            "form": form,
            "criteria": criteria,
            "resolution": form.resolution,
            "results": results,
            "answer": answer_of(results, criteria, request.GET, on=timezone.localdate(now)),
            "maps": draw(results, criteria),
            **_way(trail_to_search()),
        },
    )


@require_safe
def specialties(request):
    """Every specialty with what it is."""
    trail = trail_below_search(_("Kinds of care"), "directory:specialties")
    context = {"specialties": Specialty.objects.all(), **_way(trail)}
    return render(request, "directory/specialty_list.html", context)


@require_safe
def letters(request):
    """What the letters after a name mean: every kind that is known, with its source."""
    trail = trail_below_search(_("What the letters mean"), "directory:letters")
    return render(request, "directory/letters.html", {"sections": glossary(), **_way(trail)})


@require_safe
def practitioner(request, slug):
    """One listed practitioner; an old address redirects for good."""
    found = Practitioner.objects.listed().with_facts().filter(slug=slug).first()
    if found is None:
        return moved(request, _owner_of_old(slug).get_absolute_url())
    now = timezone.now()
    profile, trail = profile_of(found, at=now), trail_to(found)
    return render(
        request,
        "directory/practitioner_detail.html",
        {
            "practitioner": found,
            "profile": profile,
            "map": draw_offices(profile.offices),
            "alternatives": alternatives_to(found, at=now),
            "trail": trail,
            "structured_data": [
                *practitioner_nodes(found, profile, origin=settings.SITE_URL),
                breadcrumb_list(trail, origin=settings.SITE_URL),
            ],
        },
    )


@require_safe
def contact(request, slug):
    """A listed practitioner as a card for an address book; an old address redirects for good."""
    found = Practitioner.objects.listed().with_offices().filter(slug=slug).first()
    if found is None:
        owner = _owner_of_old(slug)
        return moved(request, reverse("directory:contact", args=[owner.slug]))
    page = f"{settings.SITE_URL}{found.get_absolute_url()}"
    headers = {
        "Content-Disposition": f'attachment; filename="{found.slug}.vcf"',
        "X-Robots-Tag": "noindex",
    }
    card = vcard(found, page=page, confirmed=confirmed_words(found.confirmed_on))
    return HttpResponse(card, content_type="text/vcard; charset=utf-8", headers=headers)


def _way(trail):
    """The way to a page, for its readers and for machines."""
    return {"trail": trail, "structured_data": [breadcrumb_list(trail, origin=settings.SITE_URL)]}


def _owner_of_old(slug):
    """Who had this address once; 404 unless that person is listed."""
    path = get_object_or_404(
        PractitionerPath.objects.select_related("practitioner"),
        slug=slug,
        practitioner__in=Practitioner.objects.listed(),
    )
    return path.practitioner
