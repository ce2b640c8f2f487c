"""Tags that mean the same become one, everywhere."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from taggit.models import Tag, TaggedItem

from acutake.groups import sync_groups
from articles.models import Article
from articles.next_versions import begin_next_version
from articles.revisions import record_revision, restore
from articles.tag_merging import merge_tags
from tests.articles.factories import NOW, make_article, make_image
from tests.directory.factories import make_specialty

pytestmark = pytest.mark.django_db

TAGS = reverse("admin:taggit_tag_changelist")


@pytest.fixture
def editor(client):
    """With the rights of the group, not of a superuser."""
    sync_groups()
    user = User.objects.create_user("ada", is_staff=True)
    user.groups.add(Group.objects.get(name="Editor"))
    client.force_login(user)
    return client


def names_of(row):
    return sorted(row.tags.names())


def tag(name):
    return Tag.objects.get(name=name)


def merge(kept, *others):
    return merge_tags(tag(kept), [tag(name) for name in others])


def test_everything_under_the_others_has_the_one_that_stays_once():
    public = make_article(tags=["headache", "headaches", "sleep"])
    draft = make_article(tags=["headaches", "head ache"], status="draft")
    withdrawn = make_article(tags=["head ache"], status="withdrawn")
    other = make_article(tags=["sleep"])
    picture = make_image()
    picture.tags.add("head ache", "headache")
    assert merge("headache", "headaches", "head ache") == 3
    assert names_of(public) == ["headache", "sleep"]
    assert [names_of(row) for row in (draft, withdrawn, picture)] == [["headache"]] * 3
    assert names_of(other) == ["sleep"]
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["headache", "sleep"]
    assert TaggedItem.objects.count() == 6


def test_a_next_version_is_moved_with_its_article_and_counted_once():
    article = make_article(tags=["headaches"])
    make_article(tags=["headache"])
    version = begin_next_version(article, at=NOW, by=None)
    assert merge("headache", "headaches") == 1
    assert (names_of(article), names_of(version)) == (["headache"], ["headache"])


def test_a_restored_revision_has_the_tag_that_stayed():
    article = make_article(tags=["headaches", "sleep"])
    make_article(tags=["headache"])
    old = record_revision(article, at=NOW, by=None)
    article.tags.set(["sleep"])
    merge("headache", "headaches")
    restore(old, onto=article, at=NOW, by=None)
    assert names_of(article) == ["headache", "sleep"]
    assert not Tag.objects.filter(name="headaches").exists()


def test_every_old_address_leads_to_the_tag_that_stays_in_one_step(client):
    make_article(tags=["headache", "headaches"])
    other = tag("headaches")
    other.slug = "aching-heads"
    other.save()
    other.paths.create(slug="heads")
    merge("headache", "headaches")
    # "headaches" is what its name makes, though it had another address in the end.
    for slug in ("aching-heads", "heads", "headaches"):
        response = client.get(f"/articles/tags/{slug}/?page=2")
        expected = (301, "/articles/tags/headache/?page=2")
        assert (response.status_code, response["Location"]) == expected


def test_articles_are_found_by_the_name_that_stayed(client):
    make_article(headline="On heads", tags=["quillwort"])
    make_article(tags=["loom"])
    merge("loom", "quillwort")
    assert "On heads" in client.get("/search/?q=loom").content.decode()
    assert "On heads" not in client.get("/search/?q=quillwort").content.decode()


def test_merging_changes_no_date_of_an_article():
    article = make_article(tags=["headaches"])
    make_article(tags=["headache"])
    before = Article.objects.filter(pk=article.pk).values().get()
    merge("headache", "headaches")
    after = Article.objects.filter(pk=article.pk).values().get()
    assert after == before


def test_queries_do_not_grow_with_the_articles():
    counts = []
    for number in (1, 1, 5):
        for _ in range(number):
            make_article(tags=["headache", "headaches"])
        kept, other = tag("headache"), tag("headaches")
        with CaptureQueriesContext(connection) as captured:
            merge_tags(kept, [other])
        counts.append(len(captured))
    # The first one also asked for what is kept from then on.
    assert counts[1] == counts[2] <= counts[0]


def test_an_editor_is_asked_which_one_stays_and_the_merger_is_logged(editor):
    make_article(tags=["headache", "headaches"])
    make_article(tags=["headaches"], status="draft")
    kept, other = tag("headache"), tag("headaches")
    chosen = {"action": "merge_selected", "_selected_action": [kept.pk, other.pk]}
    asked = editor.post(TAGS, chosen)
    assert [(row.name, row.uses) for row in asked.context["rows"]] == [
        ("headache", 1),
        ("headaches", 2),
    ]
    assert Tag.objects.count() == 2
    done = editor.post(TAGS, {**chosen, "kept": kept.pk}, follow=True)
    assert [str(message) for message in done.context["messages"]] == [
        "headaches: merged into headache, on 2 articles."
    ]
    assert LogEntry.objects.get().change_message == "Merged with headaches."
    assert list(kept.paths.values_list("slug", flat=True)) == ["headaches"]


def test_a_typed_name_of_a_merged_tag_means_the_one_that_stayed(editor):
    article = make_article(tags=["headaches"], status="draft", published_at=None)
    make_article(tags=["headache"])
    merge("headache", "headaches")
    url = reverse("admin:articles_article_change", args=[article.pk])
    form = editor.get(url).context["adminform"].form
    assert form.initial["tags"] == [tag("headache")]
    data = {"headline": "x", "slug": "x", "status": "draft", "tags": "Headaches, sleep"}
    formset = {"bylines-TOTAL_FORMS": 0, "bylines-INITIAL_FORMS": 0}
    response = editor.post(url, {**data, **formset, "base_number": form["base_number"].value()})
    assert response.status_code == 302
    assert names_of(article) == ["headache", "sleep"]


def test_deleting_a_tag_says_first_what_it_does(editor):
    make_article(tags=["headache"])
    make_article(tags=["headache"], status="draft")
    make_image().tags.add("headache")
    url = reverse("admin:taggit_tag_delete", args=[tag("headache").pk])
    html = " ".join(editor.get(url).content.decode().split())
    assert "2 articles stand under this tag. 1 picture of the library has it." in html
    assert "Its address, and every old one of it, will lead nowhere." in html
    chosen = {"action": "delete_selected", "_selected_action": [tag("headache").pk]}
    assert "will lead nowhere" in editor.post(TAGS, chosen).content.decode()
    editor.post(url, {"post": "yes"})
    assert (Tag.objects.count(), Article.objects.count()) == (0, 2)


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_before_a_deletion_takes_a_constant_number_of_queries(
    editor, count, django_assert_num_queries
):
    for _ in range(count):
        make_article(tags=["headache"])
    url = reverse("admin:taggit_tag_delete", args=[tag("headache").pk])
    editor.get(url)
    with django_assert_num_queries(6):
        editor.get(url)


@pytest.mark.parametrize(
    ("data", "complaints"),
    [
        ({"name": "SLEEP", "slug": "headache"}, {"name"}),
        ({"name": "headache", "slug": "針"}, {"slug"}),
        ({"name": "headache", "slug": "sleep"}, {"slug"}),
        ({"name": "", "slug": ""}, {"name", "slug"}),
    ],
)
def test_a_tag_that_cannot_be_says_why(editor, data, complaints):
    make_article(tags=["headache", "sleep"])
    url = reverse("admin:taggit_tag_change", args=[tag("headache").pk])
    response = editor.post(url, {**data, "paths-TOTAL_FORMS": 0, "paths-INITIAL_FORMS": 0})
    assert set(response.context["adminform"].form.errors) == complaints


@pytest.mark.parametrize("kind", ["tag", "author", "specialty"])
def test_a_changed_slug_in_the_admin_leaves_an_address_that_can_be_deleted(admin_client, kind):
    rows = {
        "tag": lambda: make_article(tags=["one"]).tags.get(),
        "author": lambda: make_article().authors.get(),
        "specialty": lambda: make_specialty(slug="one", description="Words."),
    }
    row = rows[kind]()
    first = row.slug
    url = reverse(f"admin:{row._meta.app_label}_{kind}_change", args=[row.pk])
    data = {"name": row.name, "description": "Words."}
    for number, slug in enumerate(("two", "three", "four")):
        held = list(row.paths.order_by("slug"))
        admin_client.post(url, {**data, "slug": slug, **paths_data(row, held)})
        assert row.paths.count() == number + 1
    assert set(row.paths.values_list("slug", flat=True)) == {first, "two", "three"}
    held = list(row.paths.order_by("slug"))
    admin_client.post(
        url, {**data, "slug": "four", **paths_data(row, held), "paths-0-DELETE": "on"}
    )
    assert row.paths.count() == 2


def paths_data(row, held):
    data = {"paths-TOTAL_FORMS": len(held), "paths-INITIAL_FORMS": len(held)}
    for number, path in enumerate(held):
        data |= {f"paths-{number}-id": path.pk, f"paths-{number}-{row._meta.model_name}": row.pk}
    return data
