import pytest

from articles.wordpress.pictures import Pictures, host_of, upload_path
from articles.wordpress.records import item_of

UPLOADS = "https://www.old.example/wp-content/uploads"


def attachment(number, url, *, parent="0", body="", **meta):
    return item_of(
        {
            "line": number,
            "wp:post_id": str(number),
            "wp:post_type": "attachment",
            "wp:attachment_url": url,
            "wp:post_parent": parent,
            "content:encoded": body,
            "meta": meta,
        }
    )


def pictures(*items):
    found = Pictures(host="old.example")
    for item in items:
        found.add(item)
    return found


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("", "9"),
        ("https://elsewhere.example/x.png", "9"),
        (f"{UPLOADS}/2019/05/calf.jpg", ""),
        ("http://old.example/wp-content/uploads/2019/05/calf.jpg?w=300", ""),
        ("//old.example/wp-content/uploads/2019/05/calf-300x200.jpg", ""),
        ("/wp-content/uploads/2019/05/calf-scaled.jpg", ""),
        ("https://i2.wp.com/old.example/wp-content/uploads/2019/05/calf.jpg?ssl=1", ""),
    ],
)
def test_a_picture_is_found_by_every_name(url, number):
    found = pictures(attachment(9, f"{UPLOADS}/2019/05/calf.jpg"))
    assert found.find(url, number) == "2019/05/calf.jpg"


@pytest.mark.parametrize(
    "url",
    [
        "https://far.example/wp-content/uploads/2019/05/calf.jpg",
        f"{UPLOADS}/2019/05/other.jpg",
        "https://[broken/calf.jpg",
        "data:image/png;base64,AAAA",
        "calf.jpg",
    ],
)
def test_another_picture_is_not_taken_for_it(url):
    assert pictures(attachment(9, f"{UPLOADS}/2019/05/calf.jpg")).find(url) is None


def test_a_file_whose_name_ends_like_a_smaller_one_is_itself():
    found = pictures(attachment(9, f"{UPLOADS}/plan-20x30.jpg"))
    assert found.find(f"{UPLOADS}/plan-20x30.jpg") == "plan-20x30.jpg"


def test_what_bodies_say_of_pictures_is_kept():
    found = pictures(attachment(9, f"{UPLOADS}/a.jpg"), attachment(8, f"{UPLOADS}/b.jpg"))
    found.by_path["b.jpg"].alt_text = "Its own"
    body = (
        f'<img class="wp-image-9" src="x" alt="A &lt;calf"><img src="{UPLOADS}/b-2x2.jpg" alt="No">'
        f"<img alt='Loose' src='{UPLOADS}/c.jpg'><img src='https://far.example/d.jpg' alt='Far'>"
    )
    found.note_uses(item_of({"line": 3, "content:encoded": body}))
    found.settle_uses()
    assert {path: picture.alt_text for path, picture in found.by_path.items()} == {
        "a.jpg": "A &lt;calf",
        "b.jpg": "Its own",
        "c.jpg": "Loose",
    }
    assert (found.by_path["c.jpg"].id, found.by_path["c.jpg"].line) == ("", 3)


def test_credit_and_rights_come_from_plugins_and_from_the_file():
    about = 'a:1:{s:10:"image_meta";a:2:{s:6:"credit";s:3:"Ada";s:9:"copyright";s:5:"CC BY";}}'
    found = pictures(
        attachment(1, f"{UPLOADS}/a.jpg", _wp_attachment_metadata=about),
        attachment(2, f"{UPLOADS}/b.jpg", _wp_attachment_metadata=about, _media_credit="Bo"),
        attachment(3, f"{UPLOADS}/c.jpg", _wp_attachment_metadata="a:0:{}"),
    )
    told = {path: (picture.credit, picture.rights) for path, picture in found.by_path.items()}
    assert told == {"a.jpg": ("Ada", "CC BY"), "b.jpg": ("Bo", "CC BY"), "c.jpg": ("", "")}


def test_a_gallery_without_numbers_has_the_pictures_of_its_post():
    found = pictures(
        attachment(2, f"{UPLOADS}/a.jpg", parent="7"), attachment(1, f"{UPLOADS}/b.jpg", parent="7")
    )
    assert found.children == {"7": ["2", "1"]}


@pytest.mark.parametrize(
    ("url", "path", "host"),
    [
        (f"{UPLOADS}/a%20b.jpg", "a b.jpg", "old.example"),
        ("/wp-content/uploads/a.jpg", "a.jpg", ""),
        ("https://old.example:8080/x.jpg", None, "old.example"),
        ("https://[broken", None, "?"),
    ],
)
def test_addresses_are_taken_apart(url, path, host):
    assert (upload_path(url), host_of(url)) == (path, host)
