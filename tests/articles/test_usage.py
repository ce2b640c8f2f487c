"""Where the pictures of the library are shown."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import ProtectedError

from articles.models import Draft, Image, ImageUse
from articles.usage import articles_showing, drafts_showing, record_uses
from tests.articles.factories import NOW, make_article, make_image

pytestmark = pytest.mark.django_db


def figure(image):
    return f'<figure data-image="{image.pk}"><figcaption></figcaption></figure>'


def uses_of(article):
    return set(article.image_uses.values_list("image_id", flat=True))


def test_an_article_uses_its_lead_the_figures_of_its_body_and_what_waits():
    lead, shown, waiting, _other = make_image(), make_image(), make_image(), make_image()
    article = make_article(lead_image=lead, body=f"<p>x</p>{figure(shown)}{figure(shown)}")
    record_uses(article, also=[waiting.pk, 999_999])
    assert uses_of(article) == {lead.pk, shown.pk, waiting.pk}


def test_what_is_taken_out_is_used_no_longer():
    lead, shown = make_image(), make_image()
    article = make_article(lead_image=lead, body=figure(shown))
    article.lead_image = None
    record_uses(article)
    assert uses_of(article) == {shown.pk}
    article.body = "<p>x</p>"
    record_uses(article)
    assert uses_of(article) == set()


@pytest.mark.parametrize("count", [1, 5])
def test_recording_takes_four_queries_and_two_when_nothing_changes(
    count, django_assert_max_num_queries
):
    article = make_article(body="".join(figure(make_image()) for _number in range(count)))
    with django_assert_max_num_queries(2 + 2):  # a transaction inside the test's own
        record_uses(article)
    article.body = "".join(figure(make_image()) for _number in range(count))
    with django_assert_max_num_queries(4 + 2):
        record_uses(article)


def test_articles_are_found_by_headline_each_once():
    first, second = make_image(), make_image()
    make_article(headline="Beta", lead_image=first, body=figure(second))
    make_article(headline="Alpha", body=figure(first))
    make_article(headline="Gamma")
    found = articles_showing([first, second])
    assert [article.headline for article in found] == ["Alpha", "Beta"]


def test_what_is_typed_and_not_saved_shows_pictures_too():
    lead, shown, other = make_image(), make_image(), make_image()
    editor = User.objects.create_user("ada")

    def typed(**fields):
        return Draft.objects.create(editor=editor, fields=fields, typed_at=NOW)

    drafts = [typed(lead_image=[str(lead.pk)]), typed(body=[f"<p>x</p>{figure(shown)}"])]
    typed(lead_image=["", "x", "9" * 5000], body=["<p>x</p>"])
    typed()
    assert drafts_showing([lead, shown]) == drafts
    assert drafts_showing([other]) == []


def test_used_and_unused_divide_the_library():
    used, unused = make_image(), make_image()
    make_article(lead_image=used)
    assert list(Image.objects.used()) == [used]
    assert list(Image.objects.unused()) == [unused]


def test_a_used_image_is_not_deleted_by_anybody():
    image = make_image()
    article = make_article(body=figure(image))
    with pytest.raises(ProtectedError):
        image.delete()
    article.delete()
    assert ImageUse.objects.count() == 0
    image.delete()


def test_images_are_found_by_what_they_miss():
    make_image()
    wordless, nameless = make_image(alt_text=""), make_image(credit="")
    make_image(alt_text="", is_decorative=True)
    assert list(Image.objects.without_alternative()) == [wordless]
    assert list(Image.objects.without_credit()) == [nameless]


def test_the_migration_writes_down_what_was_shown_before():
    lead, shown = make_image(), make_image()
    article = make_article(lead_image=lead, body=figure(shown) + '<figure data-image="99999">')
    ImageUse.objects.all().delete()
    import_module("articles.migrations.0004_uses_of_images").record_uses(apps, None)
    assert uses_of(article) == {lead.pk, shown.pk}
