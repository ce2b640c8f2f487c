"""A WordPress site comes over: an editor uploads its export, and a reader uses an old address."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image as Pillow
from playwright.sync_api import Page, expect

from tests.articles.wordpress.files import author, category, comment, export, item
from tests.journeys.conftest import DESKTOP, EDITOR_PASSWORD, PHONE, manage, open_page

pytestmark = pytest.mark.journey

ADD = "/admin/articles/wordpressimport/add/"
OLD_ADDRESS = "/blog/2019/05/cold-feet/"
UPLOADS = "https://old.example/blog/wp-content/uploads/2019/05"
TABLE = (
    '<!-- wp:table --><figure class="wp-block-table"><table><thead><tr><th>Week</th><th>Feet</th>'
    "</tr></thead><tbody><tr><td>First</td><td>Cold</td></tr></tbody></table></figure>"
    "<!-- /wp:table -->"
)
WHOLE = export(
    item(
        old_id=9,
        kind="attachment",
        title="Two feet",
        excerpt="Feet in wool",
        attachment_url=f"{UPLOADS}/feet.png",
        meta={"_wp_attached_file": "2019/05/feet.png", "_wp_attachment_image_alt": "Two feet"},
    ),
    item(
        old_id=7,
        title="Cold feet",
        slug="cold-feet",
        categories=["Feet"],
        body='<!-- wp:heading --><h2>In winter</h2><!-- /wp:heading --><!-- wp:image {"id":9} -->'
        '<figure class="wp-block-image"><img class="wp-image-9" src="x.png" alt="Two feet">'
        "<figcaption>Feet in wool</figcaption></figure><!-- /wp:image --><!-- wp:paragraph -->"
        f"<p>Words about cold feet. [old_box]</p><!-- /wp:paragraph -->{TABLE}",
        comments=[comment(body="Mine are cold too."), comment(old_id=2, status="spam")],
    ),
    item(old_id=8, title="Hidden feet", slug="hidden-feet", status="private"),
    head=author("ada", "Ada Oldsite") + category("feet", "Feet"),
)
REMOVE = """
from articles.models import Article, Author, Image, ImportedItem, WordPressImport
from acutake.moving_uploads import UPLOADS
keys = ImportedItem.objects.filter(kind="article").values("article")
Article.objects.filter(pk__in=list(keys.values_list("article", flat=True))).delete()
Author.objects.filter(name="Ada Oldsite").delete()
Image.objects.filter(title="Two feet").delete()
ImportedItem.objects.all().delete()
for found in WordPressImport.objects.all():
    UPLOADS.discard(found)
"""


@pytest.fixture
def export_file(tmp_path, site_environment):
    """The export; its pictures lie where whoever runs the site puts them."""
    folder = Path(site_environment["VAR_DIR"]) / "private" / "wordpress-uploads" / "2019" / "05"
    folder.mkdir(parents=True, exist_ok=True)
    Pillow.new("RGB", (900, 600), "#8aa").save(folder / "feet.png")
    path = tmp_path / "old-site.xml"
    path.write_bytes(WHOLE)
    yield path
    manage("shell", "--verbosity", "0", "--command", REMOVE, env=site_environment)


def work(env):
    """What the worker beside the site does."""
    manage("db_worker", "--batch", "--no-startup-delay", "-v0", env=env)


def test_a_wordpress_site_comes_over(editor: Page, browser, site, site_environment, export_file):
    editor.goto("/admin/articles/article/")
    editor.get_by_role("link", name="Import from WordPress").click()
    editor.get_by_label("Export file").set_input_files(export_file)
    editor.get_by_role("button", name="Check the file").click()
    expect(editor.get_by_role("status")).to_contain_text("Waiting for the task worker")
    work(site_environment)

    expect(editor.get_by_role("status")).to_contain_text("7 items were checked.")
    editor.get_by_role("link", name="With notes").click()
    expect(editor.get_by_text("so they stay as they are: [old_box]")).to_be_visible()
    expect(editor.get_by_text("It was private on the old site.")).to_be_visible()
    editor.get_by_role("button", name="Import now").click()
    expect(editor.get_by_role("progressbar")).to_be_visible()
    work(site_environment)
    expect(editor.get_by_role("status")).to_contain_text("Done: 7 items.")

    with open_page(browser, site, viewport=PHONE) as reader:
        reader.goto(OLD_ADDRESS)
        expect(reader).to_have_url(f"{site}/articles/cold-feet/")
        expect(reader.get_by_role("heading", name="In winter")).to_be_visible()
        expect(reader.get_by_role("img", name="Two feet")).to_be_visible()
        expect(reader.get_by_role("table")).to_contain_text("Cold")
        expect(reader.get_by_text("Mine are cold too.")).to_be_visible()
        assert reader.goto("/blog/?p=7").url == f"{site}/articles/cold-feet/"

    edit_a_cell(editor)


def edit_a_cell(editor: Page) -> None:
    """The editor of articles keeps a table, and writes into it."""
    editor.goto("/admin/articles/article/?q=Cold+feet")
    editor.get_by_role("link", name="Cold feet").first.click()
    cell = editor.locator("[data-surface] td", has_text="Cold")
    cell.click()
    editor.keyboard.press("End")
    editor.keyboard.type(" as ice")
    body = editor.locator("[data-body-editor] textarea")
    table = (
        "<table><tbody><tr><th><p>Week</p></th><th><p>Feet</p></th></tr><tr><td><p>First</p></td>"
        "<td><p>Cold as ice</p></td></tr></tbody></table>"
    )
    expect(body).to_have_value(re.compile(rf"</figure><p>Words [^<]*</p>{table}$"))


@pytest.mark.parametrize(("window", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")])
def test_axe_finds_nothing(browser, site, site_environment, export_file, window, scheme):
    look = {"viewport": window, "color_scheme": scheme, "bypass_csp": True}
    with open_page(browser, site, may_keep_cookies=True, **look) as page:
        page.goto(ADD)
        page.get_by_label("Username").fill("editor")
        page.get_by_label("Password").fill(EDITOR_PASSWORD)
        page.get_by_role("button", name="Log in").click()
        found = [axe(page, window)]
        page.get_by_label("Export file").set_input_files(export_file)
        page.get_by_role("button", name="Check the file").click()
        page.get_by_role("status").wait_for()
        found.append(axe(page, window))
        work(site_environment)
        expect(page.get_by_role("button", name="Import now")).to_be_visible()
        found.append(axe(page, window))
    assert found == [[], [], []]


def axe(page: Page, window: dict) -> list:
    """What axe finds, and whether anything is wider than the window."""
    violations = Axe().run(page).response["violations"]
    width = page.evaluate("document.documentElement.scrollWidth")
    too_wide = [] if width == window["width"] else [width]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in violations] + too_wide
