"""What people write after a place's name: a state, a country, or both."""

from collections.abc import Sequence

from directory.models import Place
from directory.place_names import ABBREVIATIONS, key, slips

COUNTRY_FORMS = {
    "US": {"usa", "unitedstatesofamerica", "theunitedstates", "america"},
    "GB": {"uk", "greatbritain", "britain"},
    "NL": {"holland", "thenetherlands"},
    "AE": {"uae"},
    "CZ": {"czechrepublic"},
    "KR": {"korea"},
}

# The abbreviations of newspapers and of older addresses, beside the postal codes.
STATE_FORMS = {
    "AL": {"ala"},
    "AZ": {"ariz"},
    "AR": {"ark"},
    "CA": {"calif", "cal"},
    "CO": {"colo"},
    "CT": {"conn"},
    "DC": {"dc"},
    "DE": {"del"},
    "FL": {"fla"},
    "IL": {"ill"},
    "IN": {"ind"},
    "KS": {"kan", "kans"},
    "KY": {"ken"},
    "MA": {"mass"},
    "MI": {"mich"},
    "MN": {"minn"},
    "MS": {"miss"},
    "MT": {"mont"},
    "NE": {"neb", "nebr"},
    "NV": {"nev"},
    "NM": {"nmex"},
    "ND": {"ndak"},
    "NY": {"nyc", "newyorkcity"},
    "OK": {"okla"},
    "OR": {"ore"},
    "PA": {"penn", "penna"},
    "SD": {"sdak"},
    "TN": {"tenn"},
    "TX": {"tex"},
    "VT": {"verm"},
    "VA": {"virg"},
    "WA": {"wash"},
    "WV": {"wva"},
    "WI": {"wis", "wisc"},
    "WY": {"wyo"},
}

# Words after a name that change nothing: "Boston area".
FILLERS_AFTER = frozenset({"area", "metro", "metropolitan", "downtown", "region"})

EXACT = 1.0
WITH_SLIP = 0.3
# "Ontario, CA" is the city in California; CA as Canada only counts where nothing else fits.
BARE_COUNTRY_CODE = 0.01
# Shorter words are not compared for slips: every state code is one letter from another.
SHORTEST_WITH_SLIP = 5


def joined(words: Sequence[str]) -> str:
    """Raw words as one key: abbreviations stay, for MT is Montana here and not Mount."""
    return "".join(words)


def fit(place: Place, words: Sequence[str]) -> float:
    """How well raw words after a place's name describe where it is: 0 not at all, 1 exactly."""
    tail = _without_fillers(words)
    if not tail or (tail == "state" and place.kind == Place.Kind.STATE):
        return EXACT
    forms = _forms(place, has_state=place.kind != Place.Kind.STATE)
    if tail in forms or key(" ".join(words)) in forms:
        return EXACT
    code = place.country_code.lower()
    if tail.removesuffix(code) in forms | {""}:
        return EXACT if code == "us" else BARE_COUNTRY_CODE
    if len(tail) >= SHORTEST_WITH_SLIP and any(slips(tail, form, 1) == 1 for form in forms):
        return WITH_SLIP
    return 0.0


def is_region(state: Place, words: Sequence[str]) -> bool:
    """Whether raw words say no more than that something is in this state, or in its country."""
    tail = _without_fillers(words)
    forms = _forms(state, has_state=True)
    return tail in forms or key(" ".join(words)) in forms


def is_begun(place: Place, words: Sequence[str]) -> bool:
    """Whether raw words, when typed on, may become where the place is."""
    tail = joined(words)
    has_state = place.kind != Place.Kind.STATE
    return any(form.startswith(tail) for form in _forms(place, has_state=has_state))


def _forms(place: Place, *, has_state: bool) -> set[str]:
    """Every way to write the country, the state, or both, as keys."""
    countries = {key(place.country_name), *COUNTRY_FORMS.get(place.country_code, ())}
    if not has_state or not place.state_code:
        return countries
    states = {place.state_code.lower(), key(place.state_name)}
    if place.country_code == "US":
        states |= STATE_FORMS.get(place.state_code, set())
    return states | countries | {state + country for state in states for country in countries}


def _without_fillers(words: Sequence[str]) -> str:
    return joined([word for word in words if word not in FILLERS_AFTER])


def readings(words: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
    """Every way to cut raw words into the key of a name and the words after it, longest first."""
    cuts: list[tuple[str, Sequence[str]]] = []
    for end in range(len(words), 0, -1):
        head, tail = words[:end], words[end:]
        full = [ABBREVIATIONS.get(word, word) for word in head]
        cuts += [(name, tail) for name in dict.fromkeys((joined(full), joined(head)))]
    return cuts
