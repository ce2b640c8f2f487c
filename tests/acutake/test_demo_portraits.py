"""The drawn portraits of the demonstration's people."""

import pytest

from acutake.demo.portraits import give_portraits
from directory.portraits import portrait_of
from tests.directory.factories import make_practitioner

pytestmark = pytest.mark.django_db


def content_of(practitioner):
    practitioner.refresh_from_db()
    with practitioner.photo.open() as file:
        return file.read()


def test_everybody_gets_a_portrait_that_says_what_it_is():
    ada = make_practitioner(slug="ada-brook")
    give_portraits([ada])
    ada.refresh_from_db()
    portrait = portrait_of(ada, size_px=96)
    assert (portrait.alt, portrait.credit) == (f"Portrait of {ada.name}", "drawing by AcuTake")
    assert ada.photo_consent == "Drawn for the demonstration"


def test_same_person_is_drawn_alike_and_another_otherwise():
    ada, zoe = make_practitioner(slug="ada-brook"), make_practitioner(slug="zoe-finch")
    give_portraits([ada, zoe])
    first = content_of(ada)
    give_portraits([ada])
    assert content_of(ada) == first
    assert content_of(zoe) != first
