import pytest

from directory.geocoding import locate
from directory.models import Office, Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_gazetteer")]


def test_postcode_comes_before_the_town():
    place = Place.objects.get(kind="postcode", name="11201")
    office = Office(city="Brooklyn", state_code="NY", postcode="11201")
    assert locate(office) == (place.point, "postcode")


def test_town_is_used_where_the_postcode_is_missing_or_elsewhere():
    brooklyn = Place.objects.get(name="Brooklyn", state_code="NY", kind="populated").point
    for postcode in ("", "99999", "94110", "nonsense"):
        office = Office(city="Brooklyn", state_code="NY", postcode=postcode)
        assert locate(office) == (brooklyn, "place")


@pytest.mark.parametrize(
    ("city", "state_code"),
    [("Nowhere at all", "NY"), ("", ""), ("New York", "OR"), ("\0", "NY"), ("Vermont", "VT")],
)
def test_unknown_town_has_no_point(city, state_code):
    assert locate(Office(city=city, state_code=state_code)) is None
