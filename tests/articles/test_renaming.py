"""Names that articles are searched by, changed in the admin by themselves."""

import pytest

from acutake.lib.terms import query_of
from articles.search import find_articles
from tests.articles.factories import NOW, make_article, make_author
from tests.form_reader import sent_form

pytestmark = pytest.mark.django_db


def found(text):
    return find_articles(query_of(text), at=NOW, limit=9)


def rename(admin_client, url, form_id, name):
    page = admin_client.get(url).content.decode()
    admin_client.post(url, {**sent_form(page, form_id=form_id), "name": name})


def test_articles_are_found_by_the_new_name_of_their_author(admin_client):
    author = make_author(name="Ada Quill")
    article = make_article(authors=[author])

    rename(admin_client, f"/admin/articles/author/{author.pk}/change/", "author_form", "Ada Loom")

    assert (found("quill"), found("loom")) == ([], [article.pk])


def test_articles_are_found_by_the_new_name_of_a_tag(admin_client):
    article = make_article(tags=["quill"])
    tag = article.tags.get()

    rename(admin_client, f"/admin/taggit/tag/{tag.pk}/change/", "tag_form", "loom")

    assert (found("quill"), found("loom")) == ([], [article.pk])


@pytest.mark.parametrize("from_the_list", [False, True])
def test_articles_are_not_found_by_a_tag_that_was_deleted(admin_client, from_the_list):
    tag = make_article(tags=["quill"]).tags.get()
    chosen = {"action": "delete_selected", "_selected_action": [tag.pk]} if from_the_list else {}
    url = "/admin/taggit/tag/" if from_the_list else f"/admin/taggit/tag/{tag.pk}/delete/"

    admin_client.post(url, {**chosen, "post": "yes"})

    assert found("quill") == []
