"""How distances, fees and telephone numbers are written."""

import re
from urllib.parse import urlencode

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from directory.criteria import Option
from directory.forms import typed_for
from directory.models import Office, Practitioner
from directory.portraits import Portrait, portrait_of
from directory.wording import miles, tel

register = template.Library()
register.filter(typed_for)
register.filter(miles)
register.filter(tel)


PORTRAIT_PX = {"card": 96, "page": 320}


@register.filter
def portrait(practitioner: Practitioner, size: str) -> Portrait | None:
    """The photo for a row of results ("card") or for the person's own page ("page")."""
    return portrait_of(practitioner, size_px=PORTRAIT_PX[size])


FILTER_OPTION = (
    '<li><label class="filter__option{none}"><input type="{type}" id="filter-{parameter}-{value}" '
    'name="{parameter}" value="{value}"{checked}> {label} '
    '<span class="filter__count">{count}</span></label></li>'
)


@register.simple_tag
def filter_option(option: Option) -> SafeString:
    """One value to choose, with how many have it.

    No template: a page of results has some ninety, which took a tenth of its time.
    """
    return format_html(
        FILTER_OPTION,
        none="" if option.count or option.is_chosen else " filter__option--none",
        type="radio" if option.parameter in ("radius", "max_fee") else "checkbox",
        parameter=option.parameter,
        value=option.value,
        checked=" checked" if option.is_chosen else "",
        label=option.label,
        # Grouping digits by the rules of a language takes longer than all the rest.
        count=option.count if option.count < 1_000 else intcomma(option.count),
    )


@register.filter
def directions(office: Office) -> str:
    """The address of a map with the office marked; a plain link, nothing is loaded from there.

    Where only the middle of a town or a postcode is known, that map looks for the address itself.
    """
    base = "https://www.openstreetmap.org/"
    if not office.has_exact_point:
        lines = (office.street, office.city, f"{office.state_code} {office.postcode}".strip())
        query = ", ".join(line for line in lines if line)
        return f"{base}search?{urlencode({'query': query})}"
    marker = urlencode({"mlat": office.latitude, "mlon": office.longitude})
    return f"{base}?{marker}#map=17/{office.latitude}/{office.longitude}"


@register.filter
def host(address: str) -> str:
    """What a link to somebody's own site is called: its host, without "www."."""
    return re.sub(r"^https?://(www\.)?([^/?#]+).*$", r"\2", address)


@register.filter
def yes_no(fact: bool | None) -> str:
    """For facts that may be unknown, which is never the same as "no"."""
    return {True: _("Yes"), False: _("No"), None: _("Not stated")}[fact]
