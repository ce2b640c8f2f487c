"""An editor's day in the admin: the list, one article, the library, who may do what."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from acutake.groups import sync_groups
from articles.models import Article, ArticlePath, Feature, Image, OutsideLink
from tests.articles.factories import (
    PUBLISHED_AT,
    make_article,
    make_author,
    make_image,
)
from tests.directory.factories import make_practitioner
from tests.pictures import make_picture_file

pytestmark = pytest.mark.django_db

ARTICLES = reverse("admin:articles_article_changelist")
PICK = reverse("admin:articles_image_pick")
FUTURE = datetime(2099, 1, 1, 9, 0, tzinfo=UTC)
PAST = datetime(2020, 1, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def editor(client):
    user = User.objects.create_superuser("ada")
    client.force_login(user)
    return client


def change_url(row):
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


def form_data(article, **fields):
    """What the change form of an article with its authors sends."""
    bylines = list(article.bylines.all()) if article.pk else []
    data = {
        "headline": article.headline,
        "slug": article.slug,
        "dek": article.dek,
        "body": article.body,
        "tags": "running, heel pain",
        "status": article.status,
        "takes_comments": "on",
        "bylines-TOTAL_FORMS": len(bylines),
        "bylines-INITIAL_FORMS": len(bylines),
    }
    if article.published_at:
        local = timezone.localtime(article.published_at)
        data["published_at_0"], data["published_at_1"] = f"{local:%Y-%m-%d}", f"{local:%H:%M:%S}"
    for number, byline in enumerate(bylines):
        data[f"bylines-{number}-id"] = byline.pk
        data[f"bylines-{number}-article"] = article.pk
        data[f"bylines-{number}-author"] = byline.author_id
        data[f"bylines-{number}-position"] = byline.position
        data[f"bylines-{number}-role"] = byline.role
    return {**data, **fields}


def draft(**fields):
    return make_article(status=Article.Status.DRAFT, published_at=None, **fields)


def test_saving_keeps_words_authors_and_tags_and_counts_and_folds_them(editor):
    article = draft(authors=[make_author(name="Zoë Example")])
    body = "<p>Three short words.</p><script>four</script>"
    response = editor.post(change_url(article), form_data(article, body=body))
    article.refresh_from_db()
    assert response.status_code == 302
    assert (article.body, article.word_count) == ("<p>Three short words.</p>", 3)
    assert {tag.name for tag in article.tags.all()} == {"running", "heel pain"}
    assert "zoe example" in article.search_text


def test_save_and_publish_now_shows_the_article_to_the_public(editor, client):
    article = draft(slug="the-calf")
    editor.post(change_url(article), form_data(article, _publish="1", headline="The calf"))
    assert client.get("/articles/the-calf/").status_code == 200
    article.refresh_from_db()
    assert (article.status, article.headline) == ("published", "The calf")


def test_what_cannot_be_published_is_saved_and_says_why(editor):
    article = draft(body="<p>Words.</p>")
    data = form_data(article, body="", headline="Kept", _publish="1")
    response = editor.post(change_url(article), data, follow=True)
    article.refresh_from_db()
    assert (article.status, article.headline) == ("draft", "Kept")
    complaint = next(iter(response.context["messages"]))
    assert str(complaint) == "Kept: There is no text to publish."


def test_withdraw_takes_it_from_the_public_and_keeps_its_text(editor, client):
    article = make_article(slug="the-calf", body="<p>Words.</p>")
    editor.post(change_url(article), form_data(article, _withdraw="1"))
    article.refresh_from_db()
    assert client.get("/articles/the-calf/").status_code == 404
    assert (article.status, article.body) == ("withdrawn", "<p>Words.</p>")


def test_an_old_address_redirects_for_good_after_a_change_of_slug(editor, client):
    article = make_article(slug="old")
    editor.post(change_url(article), form_data(article, slug="new"))
    response = client.get("/articles/old/")
    assert (response.status_code, response["Location"]) == (301, "/articles/new/")
    assert ArticlePath.objects.get().slug == "old"


def test_actions_publish_and_withdraw_what_is_selected(editor):
    waiting = [draft(), draft()]
    keys = [article.pk for article in waiting]
    editor.post(ARTICLES, {"action": "publish_selected", "_selected_action": keys})
    assert Article.objects.published().filter(pk__in=keys).count() == 2
    editor.post(ARTICLES, {"action": "withdraw_selected", "_selected_action": keys})
    assert Article.objects.filter(status="withdrawn", pk__in=keys).count() == 2


def test_the_list_says_what_the_clock_makes_of_the_dates(editor):
    make_article(headline="Public")
    make_article(headline="Scheduled", published_at=FUTURE)
    make_article(headline="Expired", published_at=PAST, expires_at=PUBLISHED_AT)
    draft(headline="Draft")
    response = editor.get(ARTICLES)
    rows = re.findall(
        r'field-headline"><a[^>]*>(\w+)</a>.*?field-state">(\w+)<', response.text, re.DOTALL
    )
    assert dict(rows) == {
        "Public": "Published",
        "Scheduled": "Scheduled",
        "Expired": "Expired",
        "Draft": "Draft",
    }


@pytest.mark.parametrize(
    ("visible", "expected"),
    [("now", ["Public"]), ("later", ["Scheduled"]), ("ended", ["Expired"])],
)
def test_the_list_is_narrowed_by_what_the_public_sees(editor, visible, expected):
    make_article(headline="Public")
    make_article(headline="Scheduled", published_at=FUTURE)
    make_article(headline="Expired", published_at=PAST, expires_at=PUBLISHED_AT)
    draft(headline="Draft")
    response = editor.get(ARTICLES, {"visible": visible})
    assert [article.headline for article in response.context["cl"].result_list] == expected


def test_the_list_is_searched_without_case_and_accents(editor):
    make_article(headline="One", authors=[make_author(name="Zoë Example")])
    make_article(headline="Two")
    response = editor.get(ARTICLES, {"q": "ZOE"})
    assert [article.headline for article in response.context["cl"].result_list] == ["One"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_a_constant_number_of_queries(editor, count, django_assert_max_num_queries):
    for _number in range(count):
        make_article(authors=[make_author(), make_author()], lead_image=make_image())
    with django_assert_max_num_queries(12):
        editor.get(ARTICLES)


@pytest.mark.parametrize("count", [1, 3])
def test_the_library_takes_a_constant_number_of_queries(
    editor, count, django_assert_max_num_queries
):
    for _number in range(count):
        make_image()
    with django_assert_max_num_queries(10):
        editor.get(reverse("admin:articles_image_changelist"))
    with django_assert_max_num_queries(5):
        editor.get(PICK)


def test_the_import_map_carries_the_nonce_of_its_response(editor):
    response = editor.get(reverse("admin:articles_article_add"))
    policy = response["Content-Security-Policy"]
    [nonce] = re.findall(r"'nonce-([\w-]+)'", policy)
    assert f'<script type="importmap" nonce="{nonce}">' in response.text
    assert ("unsafe-inline" in policy, "unsafe-eval" in policy) == (False, False)


def test_only_what_is_public_can_be_viewed_on_the_site(editor):
    link = 'class="viewsitelink"'
    assert link in editor.get(change_url(make_article())).text
    assert link not in editor.get(change_url(draft())).text


def test_a_draft_is_previewed_by_an_editor_and_by_nobody_else(editor, client):
    article = draft(headline="Not yet")
    url = reverse("admin:articles_article_preview", args=[article.pk])
    response = editor.get(url)
    assert "Not yet" in response.text
    assert "no-store" in response["Cache-Control"]
    client.logout()
    assert client.get(url).status_code == 302
    client.force_login(User.objects.create_user("ben", is_staff=True))
    assert client.get(url).status_code == 403


def test_an_upload_is_stored_clean_and_its_smaller_files_are_asked_for(editor):
    data = {
        "title": "A needle",
        "alt_text": "A needle beside a hair",
        "credit": "Ada Example",
        "file": make_picture_file("JPEG", size=(600, 400)),
    }
    response = editor.post(reverse("admin:articles_image_add"), data)
    assert response.status_code == 302
    image = Image.objects.get()
    assert (image.title, image.width_px, image.height_px) == ("A needle", 600, 400)
    assert DBTaskResult.objects.get().args_kwargs == {"args": [image.pk], "kwargs": {}}


def test_an_upload_that_comes_back_shows_the_picture_that_is_stored_or_none(editor):
    image = make_image()
    stored = f'<img class="preview" src="{image.file.url}"'
    assert stored in editor.get(change_url(image)).text
    for url, is_shown in ((reverse("admin:articles_image_add"), False), (change_url(image), True)):
        file = make_picture_file("JPEG", size=(600, 400))
        response = editor.post(url, {"title": "A needle", "credit": "x" * 161, "file": file})
        assert response.context["errors"]
        assert 'value="A needle"' in response.text
        assert (stored in response.text, 'class="preview"' in response.text) == (is_shown, is_shown)


def test_a_picture_that_an_article_shows_is_not_deleted_and_the_articles_are_named(editor):
    image, unused = make_image(), make_image()
    make_article(headline="As the lead", lead_image=image)
    body = f'<p>x</p><figure data-image="{image.pk}"><figcaption></figcaption></figure>'
    make_article(headline="In the body", body=body)
    make_article(headline="Another picture", body=body.replace(f'"{image.pk}"', '"99"'))
    url = reverse("admin:articles_image_delete", args=[image.pk])
    response = editor.post(url, {"post": "yes"})
    named = re.findall(r"<li><a [^>]*>([^<]*)</a>", response.text)
    assert named == ["As the lead", "In the body"]
    editor.post(reverse("admin:articles_image_delete", args=[unused.pk]), {"post": "yes"})
    assert list(Image.objects.all()) == [image]


def test_pictures_that_articles_show_are_not_deleted_from_the_list_either(editor):
    image = make_image()
    make_article(body=f'<figure data-image="{image.pk}"><figcaption></figcaption></figure>')
    editor.post(
        reverse("admin:articles_image_changelist"),
        {"action": "delete_selected", "_selected_action": [image.pk], "post": "yes"},
    )
    assert Image.objects.count() == 1


def test_the_picker_finds_every_word_and_describes_by_number(editor):
    needle = make_image(title="Needle", credit="Ada Example", caption="Its caption")
    make_image(title="Needle", credit="Ben Sample")
    found = editor.get(PICK, {"q": "needle ada"}).json()
    assert [image["id"] for image in found["images"]] == [needle.pk]
    assert (found["summary"], found["next"]) == ("1 picture", None)
    described = editor.get(PICK, {"ids": f"{needle.pk},999,x,"}).json()["images"]
    assert described == [
        {
            "id": needle.pk,
            "title": "Needle",
            "alt": needle.alt_text,
            "caption": "Its caption",
            "credit": "Ada Example",
            "thumbnail": needle.file.url,
            "thumbnail_width": 8,
            "thumbnail_height": 6,
        }
    ]


@pytest.mark.parametrize("page", ["abc", "-1", "99999", ""])
def test_the_picker_answers_any_page_number(editor, page):
    make_image()
    assert len(editor.get(PICK, {"page": page}).json()["images"]) == 1


def test_the_picker_is_for_those_who_may_see_the_library(client):
    user = User.objects.create_user("ben", is_staff=True)
    client.force_login(user)
    assert client.get(PICK).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_image"))
    assert client.get(PICK).status_code == 200


def test_a_viewer_of_articles_is_offered_no_publishing(client):
    user = User.objects.create_user("ben", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(user)
    article = draft()
    response = client.get(change_url(article))
    assert (response.status_code, 'name="_publish"' in response.text) == (200, False)
    assert client.post(change_url(article), form_data(article, _publish="1")).status_code == 403


def test_an_author_who_stands_on_an_article_is_not_deleted(editor):
    author = make_author()
    make_article(authors=[author])
    editor.post(reverse("admin:articles_author_delete", args=[author.pk]), {"post": "yes"})
    author.refresh_from_db()


def test_tags_show_how_many_articles_stand_under_each(editor):
    make_article(tags=["running"])
    make_article(tags=["running", "sleep"])
    response = editor.get(reverse("admin:taggit_tag_changelist"))
    counts = {tag.name: tag.uses for tag in response.context["cl"].result_list}
    assert counts == {"running": 2, "sleep": 1}


@pytest.mark.parametrize(("chosen", "expected"), [("due", ["Due"]), ("none", ["Never"])])
def test_the_list_is_narrowed_by_medical_review(editor, chosen, expected):
    make_article(headline="Never")
    make_article(headline="Due", last_reviewed_on=PAST, next_review_on=timezone.localdate())
    make_article(headline="Later", last_reviewed_on=PAST, next_review_on=FUTURE)
    response = editor.get(ARTICLES, {"review": chosen})
    assert [article.headline for article in response.context["cl"].result_list] == expected


def test_a_review_is_kept_and_one_without_a_day_comes_back_with_the_reason(editor):
    article, reviewer = draft(), make_author(name="Rita Review")
    data = form_data(article, reviewed_by=reviewer.pk, headline="Kept in the form")
    response = editor.post(change_url(article), data)
    complaints = response.context["adminform"].form.errors
    assert complaints == {"last_reviewed_on": ["Say on which day it was reviewed."]}
    assert 'value="Kept in the form"' in response.text
    review = {"last_reviewed_on": "2026-03-01", "next_review_on": "2027-03-01"}
    editor.post(change_url(article), {**data, **review})
    article.refresh_from_db()
    assert (article.reviewed_by, str(article.next_review_on)) == (reviewer, "2027-03-01")


def test_the_order_of_the_home_page_is_set_in_the_list_of_featured_articles(editor, client):
    rows = [Feature.objects.create(article=make_article()) for _number in range(2)]
    data = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, "_save": "Save"}
    for number, row in enumerate(rows):
        data |= {f"form-{number}-id": row.pk, f"form-{number}-position": 2 - number}
    editor.post(reverse("admin:articles_feature_changelist"), data)
    assert list(Article.objects.featured()) == [rows[1].article, rows[0].article]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_featured_articles_takes_a_constant_number_of_queries(
    editor, count, django_assert_max_num_queries
):
    for _number in range(count):
        Feature.objects.create(article=make_article())
    with django_assert_max_num_queries(8):
        editor.get(reverse("admin:articles_feature_changelist"))


def test_an_editor_finds_the_pages_that_a_link_may_lead_to(editor, client):
    article = make_article(headline="Heel pain")
    url = reverse("admin:articles_article_pages")
    expected = {
        "key": f"article:{article.pk}",
        "title": "Heel pain",
        "kind": "Article of 2026-03-01",
    }
    assert editor.get(url, {"q": "heel"}).json() == {"pages": [expected], "summary": "1 page"}
    assert editor.get(url, {"page": expected["key"]}).json()["pages"] == [expected]
    assert editor.get(url, {"page": "article:999"}).json()["pages"] == []
    client.force_login(User.objects.create_user("ben", is_staff=True))
    assert client.get(url).status_code == 403


def test_the_checklist_looks_over_what_was_sent_and_writes_nothing(editor):
    article = draft()
    words = {"headline": "Head", "body": "<h3>One</h3><p>a <a href='/no/'>here</a></p>"}
    response = editor.post(reverse("admin:articles_article_checklist"), words)
    codes = [finding.code for finding in response.context["proof"].findings]
    assert codes[:3] == ["heading_skipped", "vague_link", "link_dead"]
    assert 'data-go="body" data-element="link" data-number="0"' in response.text
    before = article.updated_at
    article.refresh_from_db()
    assert (article.updated_at, Article.objects.count()) == (before, 1)


def test_the_checklist_is_for_editors_and_by_post(editor, client):
    url = reverse("admin:articles_article_checklist")
    assert editor.get(url).status_code == 405
    client.force_login(User.objects.create_user("ben", is_staff=True))
    assert client.post(url).status_code == 403
    client.logout()
    assert client.post(url).status_code == 302


def test_the_checklist_stands_beside_the_text_without_a_script(editor, client):
    article = draft(lead_image=make_image(credit=""))
    response = editor.get(change_url(article))
    assert [finding.code for finding in response.context["proof"].refusals] == ["missing_credit"]
    assert 'href="#id_lead_image"' in response.text
    assert editor.get(reverse("admin:articles_article_add")).context["proof"].is_blank
    user = User.objects.create_user("ben", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(user)
    assert "proof" not in client.get(change_url(article)).context


@pytest.mark.parametrize("count", [1, 5])
def test_the_checklist_takes_a_constant_number_of_queries(
    editor, count, django_assert_max_num_queries
):
    figures = "".join(f'<figure data-image="{make_image().pk}"></figure>' for _ in range(count))
    links = "".join(f'<p><a data-article="{make_article().pk}">a</a></p>' for _ in range(count))
    with django_assert_max_num_queries(6):
        editor.post(reverse("admin:articles_article_checklist"), {"body": figures + links})


@pytest.mark.parametrize("count", [1, 4])
def test_links_to_other_sites_are_listed_with_their_articles(
    editor, count, django_assert_max_num_queries
):
    for number in range(count):
        make_article(body=f'<p><a href="https://x{number}.example/">a</a></p>')
    gone = make_article(headline="The one", body='<p><a href="https://gone.example/">a</a></p>')
    OutsideLink.objects.filter(articles=gone).update(verdict="dead")
    with django_assert_max_num_queries(8):
        editor.get(reverse("admin:articles_outsidelink_changelist"))
    response = editor.get(reverse("admin:articles_outsidelink_changelist"), {"verdict": "dead"})
    assert [link.url for link in response.context["cl"].result_list] == ["https://gone.example/"]
    assert f'<a href="{change_url(gone)}">The one</a>' in response.text


def test_a_next_version_cannot_be_featured_apart_from_its_article(editor):
    article = make_article(headline="Heel pain")
    version = draft(headline="Heel pain, once more", next_of=article)
    source = {"app_label": "articles", "model_name": "feature", "field_name": "article"}
    answer = editor.get(reverse("admin:autocomplete"), {**source, "term": "heel"}).json()
    assert [row["text"] for row in answer["results"]] == ["Heel pain"]
    add = reverse("admin:articles_feature_add")
    assert editor.post(add, {"article": version.pk, "position": 1}).context["errors"]
    assert editor.post(add, {"article": article.pk, "position": 1}).status_code == 302


def test_author_is_linked_to_one_listing_and_no_other_author_is(editor):
    practitioner = make_practitioner(name="Ada Brook")
    data = {"name": "Ada Brook", "slug": "ada-brook", "practitioner": practitioner.pk}
    editor.post(reverse("admin:articles_author_add"), data)
    assert practitioner.author.slug == "ada-brook"
    response = editor.post(reverse("admin:articles_author_add"), {**data, "slug": "another"})
    assert response.context["adminform"].form.errors == {
        "practitioner": ["Author with this Practitioner already exists."]
    }


def test_editor_of_articles_may_look_up_whose_listing_it_is(client):
    sync_groups()
    wren = User.objects.create_user("wren", is_staff=True)
    wren.groups.set([Group.objects.get(name="Editor")])
    client.force_login(wren)
    practitioner = make_practitioner(name="Ada Brook")
    field = {"app_label": "articles", "model_name": "author", "field_name": "practitioner"}
    found = client.get(reverse("admin:autocomplete"), {"term": "brook", **field}).json()
    assert [row["id"] for row in found["results"]] == [str(practitioner.pk)]
    assert client.get(reverse("admin:articles_author_add")).status_code == 200
