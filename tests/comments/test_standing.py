"""A comment is a practitioner's by a proven address, and nobody's by what was typed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments.models import Comment
from comments.proving import prove
from comments.reading import Asked, read_page, read_thread
from directory.models import License, Practitioner
from tests.comments.factories import NOW, make_comment, make_moderator
from tests.directory.factories import make_practitioner

pytestmark = pytest.mark.django_db

ADDRESS = "Ada@needles.example.org"
TODAY = NOW.date()
DAY = timedelta(days=1)


def make_ada(*, checked_on=TODAY, expires_on=TODAY, **fields):
    fields = {"name": "Ada Weaver", "letters": "L.Ac.", "email": ADDRESS, **fields}
    ada = make_practitioner(**fields)
    License.objects.create(
        practitioner=ada,
        number=f"N{ada.pk}",
        state_code="NY",
        verified_on=checked_on,
        expires_on=expires_on,
    )
    return ada


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A function that sets the site's clock so many days after NOW."""

    def go(days):
        monkeypatch.setattr(timezone, "now", lambda: NOW + days * DAY)

    go(0)
    return go


def make_hers(**fields):
    return make_comment(commenter_name="Ada", commenter_email="ada@NEEDLES.example.org", **fields)


def marked(comment):
    comment.refresh_from_db()
    return comment.practitioner


def test_a_proven_address_gives_the_name_letters_and_listing():
    ada, comment = make_ada(), make_hers()

    prove(comment, at=NOW)

    assert marked(comment) == ada
    assert (comment.shown_name(), comment.shown_letters()) == ("Ada Weaver", "L.Ac.")


def shown(comment):
    """What the thread, the feed and the comment by itself say of who wrote it."""
    thread = read_page(read_thread(comment.article), Asked()).comments[comment.pk]
    feed = Comment.objects.for_feed().get(pk=comment.pk)
    alone = Comment.objects.get(pk=comment.pk)
    return {(row.shown_name(), row.shown_letters()) for row in (thread, feed, alone)}


def test_the_mark_is_shown_while_the_license_is_valid(clock):
    make_ada(expires_on=TODAY + DAY)
    comment = make_hers()
    prove(comment, at=NOW)

    for days, expected in (
        (0, ("Ada Weaver", "L.Ac.")),
        (1, ("Ada Weaver", "L.Ac.")),
        (2, ("Ada", "")),
    ):
        clock(days)
        assert shown(comment) == {expected}


@pytest.mark.parametrize(
    "lose",
    [
        lambda ada: License.objects.update(verified_on=None),
        lambda ada: ada.licenses.all().delete(),
        lambda ada: Practitioner.objects.update(listing=Practitioner.Listing.WITHDRAWN),
        lambda ada: Practitioner.objects.all().delete(),
    ],
)
def test_the_mark_goes_with_the_check_the_license_and_the_listing(lose):
    ada, comment = make_ada(), make_hers()
    prove(comment, at=NOW)
    assert shown(comment) == {("Ada Weaver", "L.Ac.")}

    lose(ada)

    assert shown(comment) == {("Ada", "")}


def test_a_typed_address_and_name_give_nothing():
    make_ada()
    comment = make_comment(commenter_name="Ada Weaver", commenter_email=ADDRESS)

    assert (marked(comment), comment.has_listing(), comment.shown_letters()) == (None, False, "")


def test_the_name_and_address_of_an_editor_give_nothing_even_when_proven():
    make_moderator(first_name="Ida", last_name="Fenn", email=ADDRESS)
    comment = make_comment(commenter_name="Ida Fenn", commenter_email=ADDRESS)

    prove(comment, at=NOW)

    comment.refresh_from_db()
    assert (comment.editor, comment.practitioner) == (None, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"checked_on": None},
        {"expires_on": TODAY - DAY},
        {"listing": Practitioner.Listing.DRAFT},
        {"listing": Practitioner.Listing.WITHDRAWN},
        {"email": "else@needles.example.org"},
        {"email": ""},
    ],
)
def test_without_listing_checked_license_or_address_it_gives_nothing(fields):
    make_ada(**fields)
    comment = make_hers()

    prove(comment, at=NOW)

    assert (marked(comment), comment.proven_at) == (None, NOW)


def test_an_address_that_two_are_listed_with_tells_nothing_of_either():
    make_ada()
    make_practitioner(email=ADDRESS.lower())
    comment = make_hers()

    prove(comment, at=NOW)

    assert marked(comment) is None


def test_what_an_editor_has_found_out_stays():
    make_ada()
    other = make_practitioner()
    comment = make_hers(practitioner=other)

    prove(comment, at=NOW)

    assert marked(comment) == other


def test_another_comment_of_the_same_address_is_not_proven_by_it():
    make_ada()
    proven, other = make_hers(), make_hers()

    prove(proven, at=NOW)

    assert Comment.objects.filter(proven_at=None, practitioner=None).get() == other


@pytest.mark.parametrize("address", ["", "ada@needles.example.org\x01"])
def test_no_address_is_nobodys(address):
    make_ada(email=address[:-1])
    comment = make_comment(commenter_email=address)

    prove(comment, at=NOW)

    assert marked(comment) is None
