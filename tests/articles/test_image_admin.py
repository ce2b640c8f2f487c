"""The image library in the admin: uploading many, describing many, finding one."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from articles.images import add_image
from articles.models import Draft, Image
from tests.articles.factories import NOW, make_article, make_image
from tests.pictures import make_picture_file

pytestmark = pytest.mark.django_db

LIST = reverse("admin:articles_image_changelist")
UPLOAD = reverse("admin:articles_image_upload")
DESCRIBE = reverse("admin:articles_image_describe")
PICK = reverse("admin:articles_image_pick")


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("ada"))
    return client


def change_url(image):
    return reverse("admin:articles_image_change", args=[image.pk])


def picture(name, color="white"):
    return SimpleUploadedFile(name, make_picture_file(color=color).read())


def upload(client, *files, **facts):
    return client.post(UPLOAD, {"files": list(files), "credit": "Ada Example", **facts})


def messages_of(client):
    return [str(message) for message in client.get(LIST).context["messages"]]


def titles(response):
    return [image.title for image in response.context["cl"].result_list]


def test_one_bad_file_loses_none_of_the_others(editor):
    known = add_image(make_picture_file(color="red"), title="Known", credit="Ben Sample")
    response = upload(
        editor,
        picture("first.png", "teal"),
        SimpleUploadedFile("evil.png", b"<svg/>"),
        picture("again.png", "red"),
        picture("second.png", "navy"),
        tags="leg, Anatomy",
    )
    added = list(Image.objects.exclude(pk=known.pk).order_by("pk"))
    assert [(image.title, image.credit) for image in added] == [
        ("First", "Ada Example"),
        ("Second", "Ada Example"),
    ]
    assert sorted(added[0].tags.names()) == ["Anatomy", "leg"]
    assert response["Location"] == f"{DESCRIBE}?ids={added[0].pk},{added[1].pk}"
    assert messages_of(editor) == [
        "evil.png: The file is damaged, or it is not a JPEG, PNG, WebP or AVIF picture.",
        f'again.png was in the library already: <a href="{change_url(known)}">Known</a>.',
        "2 pictures are in the library.",
    ]


def test_uploads_are_in_the_log_and_their_smaller_files_asked_for(editor):
    upload(editor, picture("first.png", "teal"), picture("second.png", "navy"))
    logged = LogEntry.objects.order_by("pk").values_list("object_repr", flat=True)
    assert list(logged) == ["First", "Second"]
    assert DBTaskResult.objects.count() == 2


def test_a_script_gets_an_answer_for_its_file(editor):
    def send(file):
        response = editor.post(
            UPLOAD, {"files": file, "credit": "Ada"}, headers={"Accept": "application/json"}
        )
        return response.status_code, response.json()["files"]

    added = send(picture("<b>.png", "teal"))
    image = Image.objects.get()
    facts = {
        "name": "<b>.png",
        "id": image.pk,
        "title": "B",
        "url": change_url(image),
        "thumbnail": image.file.url,
    }
    assert added == (200, [{**facts, "state": "added", "words": "In the library"}])
    known = {**facts, "state": "known", "words": "It was in the library already"}
    assert send(picture("<b>.png", "teal")) == (200, [known])
    refused = {
        "name": "x.png",
        "state": "refused",
        "words": "The file is damaged, or it is not a JPEG, PNG, WebP or AVIF picture.",
    }
    assert send(SimpleUploadedFile("x.png", b"GIF89a")) == (200, [refused])


def test_facts_that_do_not_fit_come_back_and_nothing_is_stored(editor):
    response = upload(editor, picture("first.png"), credit="x" * 161, rights="CC BY 4.0")
    assert (response.status_code, Image.objects.count()) == (400, 0)
    assert 'value="CC BY 4.0"' in response.text
    assert "choose the files again" in response.text


def test_without_a_file_the_page_and_the_script_say_so(editor):
    assert "Choose at least one file." in editor.post(UPLOAD, {"credit": "Ada"}).text
    response = editor.post(UPLOAD, {"credit": "Ada"}, headers={"Accept": "application/json"})
    assert (response.status_code, response.json()) == (
        400,
        {"errors": ["There was no file in it."]},
    )


def test_opening_the_pages_changes_nothing(editor):
    image = make_image(alt_text="")
    for url in (UPLOAD, f"{DESCRIBE}?ids={image.pk}", DESCRIBE, f"{DESCRIBE}?ids=x,-1,99999999999"):
        assert editor.get(url).status_code == 200
    assert (LogEntry.objects.count(), DBTaskResult.objects.count()) == (0, 0)


@pytest.mark.parametrize(("url", "right"), [(UPLOAD, "add_image"), (DESCRIBE, "change_image")])
def test_the_pages_are_for_those_with_the_right(client, url, right):
    user = User.objects.create_user("ben", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_image"))
    client.force_login(user)
    assert (client.get(url).status_code, client.post(url).status_code) == (403, 403)
    user.user_permissions.add(Permission.objects.get(codename=right))
    assert client.get(url).status_code == 200
    client.logout()
    assert client.get(url)["Location"] == f"/admin/login/?next={url}"


def described(image, **fields):
    facts = {"title": image.title, "alt_text": image.alt_text, "credit": image.credit, **fields}
    return {f"image-{image.pk}-{name}": value for name, value in facts.items()}


def test_many_are_described_at_once_and_only_the_changed_are_written(editor):
    first, second, third = make_image(alt_text=""), make_image(alt_text=""), make_image()
    data = {
        **described(first, alt_text="A calf"),
        **described(second, is_decorative="on"),
        **described(third),
    }
    response = editor.post(f"{DESCRIBE}?ids={first.pk},{second.pk},{third.pk}", data)
    assert response["Location"] == LIST
    assert list(Image.objects.order_by("pk").values_list("alt_text", "is_decorative")) == [
        ("A calf", False),
        ("", True),
        (third.alt_text, False),
    ]
    assert LogEntry.objects.count() == 2
    assert messages_of(editor) == ["2 pictures were described."]


def test_what_is_wrong_comes_back_and_the_rest_is_saved(editor):
    good, bad = make_image(alt_text=""), make_image(alt_text="")
    data = {**described(good, alt_text="A calf"), **described(bad, alt_text="x" * 401)}
    response = editor.post(f"{DESCRIBE}?ids={good.pk},{bad.pk}", data)
    good.refresh_from_db()
    assert (response.status_code, good.alt_text) == (200, "A calf")
    assert "x" * 401 in response.text
    assert "What is marked was not saved yet; the rest was." in response.text


def test_more_than_fifty_are_described_page_by_page(editor):
    images = [make_image() for _number in range(52)]
    keys = [str(image.pk) for image in images]
    response = editor.get(f"{DESCRIBE}?ids={','.join(keys)}")
    assert len(response.context["entries"]) == 50
    unchanged = {name: value for image in images[:50] for name, value in described(image).items()}
    response = editor.post(f"{DESCRIBE}?ids={','.join(keys)}", unchanged)
    assert response["Location"] == f"{DESCRIBE}?ids={','.join(keys[50:])}"


@pytest.mark.parametrize("count", [1, 6])
def test_describing_takes_a_constant_number_of_queries(
    editor, count, django_assert_max_num_queries
):
    keys = [str(make_image().pk) for _number in range(count)]
    with django_assert_max_num_queries(7):
        editor.get(f"{DESCRIBE}?ids={','.join(keys)}")


@pytest.mark.parametrize("count", [1, 6])
def test_the_list_takes_a_constant_number_of_queries(editor, count, django_assert_max_num_queries):
    for _number in range(count):
        image = make_image()
        image.tags.add("leg")
        make_article(lead_image=image)
    with django_assert_max_num_queries(9):
        editor.get(LIST)


def test_pictures_are_found_by_every_word_and_by_tag(editor):
    calf = make_image(title="Calf", credit="Ada Example")
    calf.tags.add("anatomy")
    make_image(title="Calf", credit="Ben Sample")
    assert titles(editor.get(LIST, {"q": "calf ADA"})) == ["Calf"]
    assert titles(editor.get(LIST, {"q": "anat"})) == ["Calf"]
    assert titles(editor.get(LIST, {"tag": "anatomy"})) == ["Calf"]
    found = editor.get(PICK, {"q": "anatomy calf"}).json()
    assert [image["id"] for image in found["images"]] == [calf.pk]


@pytest.mark.parametrize("query", ["ZOË", "zoe", "Zoé", "Ōre", "ore zoe", "Größe", "grosse", "腓"])
def test_case_and_accents_make_no_difference_in_facts_and_tags(editor, query):
    image = make_image(title="Found", credit="Zoë Example")
    image.tags.add("Öre", "größe", "腓")
    make_image(title="Other").tags.add("leg")
    make_article(tags=["ore", "zoe"])
    assert titles(editor.get(LIST, {"q": query})) == ["Found"]
    assert [image["title"] for image in editor.get(PICK, {"q": query}).json()["images"]] == [
        "Found"
    ]


def test_what_is_found_follows_what_is_changed(editor):
    image = make_image(credit="Ada Example")
    data = described(image, credit="Ben Sample")
    editor.post(f"{DESCRIBE}?ids={image.pk}", data)
    assert titles(editor.get(LIST, {"q": "ada"})) == []
    assert titles(editor.get(LIST, {"q": "sample"})) == [image.title]
    facts = {"title": "Heel", "alt_text": image.alt_text, "credit": "Ben Sample"}
    editor.post(change_url(image), facts)
    assert titles(editor.get(LIST, {"q": "heel sample"})) == ["Heel"]


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ({"use": "used"}, ["Used"]),
        ({"use": "unused"}, ["Wordless", "Nameless"]),
        ({"lacks": "alternative"}, ["Wordless"]),
        ({"lacks": "credit"}, ["Nameless"]),
        ({"use": "nonsense", "lacks": "x", "tag": ""}, ["Used", "Wordless", "Nameless"]),
    ],
)
def test_the_list_is_narrowed_by_use_and_by_what_is_missing(editor, narrowed, expected):
    make_image(title="Nameless", credit="")
    make_image(title="Wordless", alt_text="")
    make_article(lead_image=make_image(title="Used"))
    assert titles(editor.get(LIST, narrowed)) == expected


def test_the_list_counts_the_articles_and_the_page_names_them(editor):
    image = make_image()
    first, second = make_article(lead_image=image), make_article(lead_image=image)
    assert "2 articles" in editor.get(LIST).text
    page = editor.get(change_url(image)).text
    for article in (first, second):
        url = reverse("admin:articles_article_change", args=[article.pk])
        assert f'<a href="{url}">{article.headline}</a>' in page


def test_deleting_what_no_article_shows_takes_its_files_along_by_and_by(editor):
    image = make_image()
    editor.post(reverse("admin:articles_image_delete", args=[image.pk]), {"post": "yes"})
    assert Image.objects.count() == 0
    assert DBTaskResult.objects.get().args_kwargs["args"] == [[image.file.name]]


def test_what_somebody_types_keeps_a_picture_and_is_named(editor):
    image = make_image()
    ben = User.objects.create_user("ben", first_name="Ben", last_name="Sample")
    fields = {"headline": ["The <calf>"], "lead_image": [str(image.pk)]}
    Draft.objects.create(editor=ben, fields=fields, typed_at=NOW)
    url = reverse("admin:articles_image_delete", args=[image.pk])
    response = editor.post(url, {"post": "yes"})
    assert Image.objects.count() == 1
    named = "What Ben Sample has typed and not saved: “The &lt;calf&gt;”"
    assert f"<li>{named}</li>" in response.text


def test_a_replaced_file_keeps_the_picture_its_place(editor):
    image = make_image()
    article, old = make_article(lead_image=image), image.file.name
    facts = {"title": image.title, "alt_text": image.alt_text, "credit": image.credit}
    editor.post(change_url(image), {**facts, "file": picture("other.png", "navy")})
    image.refresh_from_db()
    article.refresh_from_db()
    assert (article.lead_image, image.file.name == old) == (image, False)
    tasks = {row.task_path.rpartition(".")[2] for row in DBTaskResult.objects.all()}
    assert tasks == {"make_image_renditions", "delete_files"}


def test_a_focal_point_asks_for_new_cuts_and_other_facts_do_not(editor):
    image = make_image()
    facts = {"title": "Other", "alt_text": image.alt_text, "credit": image.credit}
    editor.post(change_url(image), facts)
    assert DBTaskResult.objects.count() == 0
    editor.post(change_url(image), {**facts, "focal_x_percent": "20", "focal_y_percent": "80"})
    image.refresh_from_db()
    assert image.focal_point() == (20, 80)
    assert DBTaskResult.objects.get().args_kwargs == {"args": [image.pk], "kwargs": {}}


def test_tags_of_pictures_are_not_counted_as_articles(editor):
    make_article(tags=["leg"])
    make_image().tags.add("leg")
    response = editor.get(reverse("admin:taggit_tag_changelist"))
    assert [tag.uses for tag in response.context["cl"].result_list] == [1]
