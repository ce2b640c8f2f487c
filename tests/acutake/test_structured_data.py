import json
from html.parser import HTMLParser

import pytest
from django.template import Context, Template

from acutake.templatetags.structured_data import json_ld

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "]]> & &lt; &amp;",
    'quotes " and \\ backslashes \\u003C',
    "lines\u2028and\u2029paragraphs\nand\ttabs",
    "Zoë 李 🌿",
]


class Scripts(HTMLParser):
    """Reads a page as a browser does: what is in a script ends at the first `</script`."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_breaks_out_and_every_text_comes_back(name):
    html = Template("{% load structured_data %}{% json_ld nodes %}").render(
        Context({"nodes": [{"@type": "Person", "name": name}]})
    )
    read = Scripts(html)
    assert read.tags == [("script", {"type": "application/ld+json"})]
    assert json.loads("".join(read.texts)) == {
        "@context": "https://schema.org",
        "@graph": [{"@type": "Person", "name": name}],
    }


def test_nothing_to_say_is_no_script():
    assert json_ld([]) == ""


def test_half_a_letter_does_not_keep_the_page_from_being_sent():
    html = json_ld([{"name": "half \ud83d of it"}])
    assert html.encode().count(b"\\uD83D") == 1
