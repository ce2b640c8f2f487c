"""Previews: exactly what readers will get, for editors and for who was given a link."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.signing import BadSignature, SignatureExpired
from django.urls import reverse
from django.utils import timezone

from articles.drafts import keep_draft, put_aside
from articles.models import Article
from articles.next_versions import begin_next_version, publish_next_version
from articles.previews import SIGNER, as_readers_will, make_link, read_link
from tests.articles.factories import NOW, make_article, make_author, make_image
from tests.articles.test_admin import draft
from tests.directory.factories import make_specialty

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def ada(db):
    return User.objects.create_superuser("ada")


@pytest.fixture
def editor(client, ada):
    client.force_login(ada)
    return client


def preview_url(article, suffix=""):
    return reverse(f"admin:articles_article_preview{suffix}", args=[article.pk])


def main_part(page):
    """The article on a page without what is made anew for each: tokens, nonces."""
    part = page.split("<article", 1)[1].split("</article>", 1)[0]
    return re.sub(r'value="[^"]{40,}"', "", part)


def test_a_preview_is_the_page_that_readers_get(editor, client):
    article = make_article(
        slug="calf", lead_image=make_image(), tags=["knee"], specialties=[make_specialty()]
    )
    previewed = main_part(editor.get(preview_url(article)).text)
    client.logout()
    assert previewed == main_part(client.get("/articles/calf/").text)


def test_unsaved_words_are_previewed_as_they_would_be_published(editor, ada, client):
    article = make_article(slug="calf", headline="Public", authors=[make_author()])
    author, image, specialty = make_author(name="Zoë Example"), make_image(), make_specialty()
    fields = {
        "headline": ["Typed"],
        "dek": ["A dek."],
        "body": [f'<p>Words.</p><figure data-image="{image.pk}"></figure>'],
        "lead_image": [str(image.pk)],
        "tags": ["heel pain, knee"],
        "specialties": [str(specialty.pk)],
        "last_reviewed_on": ["soon"],
        "bylines-0-author": [str(author.pk)],
    }
    kept = keep_draft(fields, article=article, editor=ada, base_number=0, version=0, at=NOW)
    page = editor.get(preview_url(article), {"draft": kept.pk}).text
    for words in ("Typed", "A dek.", "Zoë Example", image.alt_text, "heel pain", specialty.name):
        assert words in page
    assert "Public" not in main_part(page)
    assert "Public" in client.get("/articles/calf/").text


def test_an_article_that_was_never_saved_is_previewed_by_its_writer_alone(editor, ada, client):
    kept = put_aside({"headline": ["Mine alone"]}, article=None, editor=ada, at=NOW)
    url = reverse("admin:articles_article_preview_new")
    assert "Mine alone" in editor.get(url, {"draft": kept.pk}).text
    client.force_login(User.objects.create_superuser("ben"))
    assert "Mine alone" not in client.get(url, {"draft": kept.pk}).text


def test_the_next_version_is_previewed_on_its_article(editor):
    article = make_article(slug="calf", headline="Old", tags=["knee"])
    version = begin_next_version(article, at=NOW, by=None)
    version.headline = "New"
    version.save()
    version.tags.set(["heel"])
    page = editor.get(preview_url(version)).text
    assert ("New" in page, "Old" in main_part(page), "/articles/calf/" in page) == (
        True,
        False,
        True,
    )
    assert [tag.name for tag in as_readers_will(version).tags.all()] == ["heel"]
    assert Article.objects.get(pk=article.pk).headline == "Old"


def test_a_preview_may_stand_in_a_frame_of_the_site_and_in_no_other(editor):
    article = draft(headline="Framed")
    page = editor.get(preview_url(article))
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    phone = editor.get(preview_url(article, "_phone"))
    assert "frame-src 'self'" in phone["Content-Security-Policy"]
    assert f'src="{preview_url(article)}" width="390"' in phone.text
    assert "frame-ancestors 'none'" in phone["Content-Security-Policy"]


def test_a_link_opens_what_is_saved_to_anybody_until_its_end(editor, client):
    article = draft(headline="Not yet public", slug="calf")
    response = editor.post(preview_url(article, "_link"), {"days": "7"})
    [link] = re.findall(r'href="http://[^/]+(/articles/preview/[^"]+)"', response.text)
    assert timezone.now() + 6.9 * DAY < response.context["ends_at"] < timezone.now() + 7.1 * DAY
    client.logout()
    page = client.get(link)
    assert (page.status_code, "Not yet public" in page.text) == (200, True)
    assert (page["Cache-Control"], page["X-Robots-Tag"], page["Referrer-Policy"]) == (
        "private, no-store",
        "noindex, nofollow",
        "no-referrer",
    )
    assert (page.cookies, page["X-Frame-Options"]) == ({}, "DENY")
    assert client.get("/articles/calf/").status_code == 404


def test_an_ended_link_says_so_and_shows_nothing(client):
    article = draft(headline="Not yet public")
    link = make_link(article, at=timezone.now() - 8 * DAY, days=7)
    page = client.get(link)
    assert (page.status_code, "Not yet public" in page.text) == (410, False)
    assert "This preview has ended" in page.text


def test_a_link_ends_at_its_moment():
    article = draft()
    token = make_link(article, at=NOW, days=1).split("/")[-2]
    assert read_link(token, at=NOW + DAY - timedelta(seconds=1)) == article.pk
    with pytest.raises(SignatureExpired):
        read_link(token, at=NOW + DAY)


@pytest.mark.parametrize(
    "token", ["x", "a:b", "eyJhcnRpY2xlIjoxfQ:x", SIGNER.sign_object([1]), SIGNER.sign("x")]
)
def test_a_token_of_somebody_elses_making_opens_nothing(client, token):
    draft(headline="Not yet public")
    assert client.get(f"/articles/preview/{token}/").status_code == 404
    with pytest.raises((BadSignature, ValueError)):
        read_link(token, at=NOW)


def test_a_link_to_a_version_that_went_out_leads_nowhere(client):
    version = begin_next_version(make_article(), at=NOW, by=None)
    link = make_link(version, at=timezone.now(), days=1)
    publish_next_version(version, at=NOW, by=None)
    assert client.get(link).status_code == 404


def test_previews_in_the_admin_are_for_editors(client):
    article = draft()
    client.force_login(User.objects.create_user("cara", is_staff=True))
    for suffix in ("", "_phone"):
        assert client.get(preview_url(article, suffix)).status_code == 403
        assert client.get(reverse(f"admin:articles_article_preview{suffix}_new")).status_code == 403
    assert client.post(preview_url(article, "_link")).status_code == 403
