"""The import order: Python imports only go down, between the packages and inside each of them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# What each package may import of ours. `acutake.lib` is a layer of its own, below everything.
MAY_IMPORT = {
    "acutake": {"comments", "articles", "directory", "acutake.lib"},
    "comments": {"articles", "directory", "acutake.lib"},
    "articles": {"directory", "acutake.lib"},
    "directory": {"acutake.lib"},
    "acutake.lib": set(),
}
# How high a module stands inside its package, by the name below it or the last word of that, as
# in `landing_views`. Every other one, a domain module or a pure one, has DOMAIN; models stand below
# those but may use the pure ones.
DOMAIN = 2
HEIGHTS = {
    "urls": 5,
    "admin": 5,
    "management": 5,
    "views": 4,
    "machines": 4,
    "feeds": 4,
    "sitemaps": 4,
    "templatetags": 4,
    "forms": 3,
    "widgets": 3,
}


def height_of(module: str) -> int:
    """How high a module of ours stands inside its package."""
    name = module.split(".")[1] if "." in module else ""
    return HEIGHTS.get(name.rpartition("_")[2], DOMAIN)


def layer_of(module: str) -> str | None:
    """The layer that a dotted module name belongs to; None when it is not ours."""
    if module == "acutake.lib" or module.startswith("acutake.lib."):
        return "acutake.lib"
    top = module.partition(".")[0]
    return top if top in MAY_IMPORT else None


def imported_modules(source: str, package: str) -> Iterator[str]:
    """Every module that `source`, a module inside `package`, imports anywhere in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*(above if node.level else []), *filter(None, [node.module])])
            # `from acutake import lib` names a module in its second half.
            yield from (f"{base}.{alias.name}" for alias in node.names)


def violations(source: str, module: str) -> list[str]:
    """The imports of `source` that go up the line."""
    own = layer_of(module)
    package = module.rpartition(".")[0]

    def goes_up(name: str) -> bool:
        layer = layer_of(name)
        if layer == own:
            return height_of(name) > height_of(module)
        return layer is not None and layer not in MAY_IMPORT[own]

    return [
        f"{module} imports {name}" for name in imported_modules(source, package) if goes_up(name)
    ]


def own_modules() -> Iterator[tuple[str, Path]]:
    for package in ("acutake", "comments", "articles", "directory"):
        for path in sorted((ROOT / package).rglob("*.py")):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts), path


def test_every_import_goes_down_the_line():
    found = [
        violation
        for module, path in own_modules()
        for violation in violations(path.read_text(), module)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("source", "module", "expected"),
    [
        ("import comments.models", "articles.views", ["articles.views imports comments.models"]),
        ("from acutake.lib import text", "directory.models.places", []),
        ("from acutake import lib", "directory.search", []),
        (
            "from acutake import csp",
            "directory.search",
            ["directory.search imports acutake.csp"],
        ),
        (
            "def late():\n    from articles.models import Article",
            "directory.search",
            ["directory.search imports articles.models.Article"],
        ),
        ("from .places import Place", "directory.models.offices", []),
        (
            "from ..csp import CSP",
            "acutake.lib.text",
            ["acutake.lib.text imports acutake.csp.CSP"],
        ),
        ("from articles import views", "articles.admin.articles", []),
        (
            "from articles.urls import URLS",
            "articles.views",
            ["articles.views imports articles.urls.URLS"],
        ),
        (
            "from .forms import F",
            "articles.publishing",
            ["articles.publishing imports articles.forms.F"],
        ),
        (
            "from directory.report_views import report",
            "directory.reports",
            ["directory.reports imports directory.report_views.report"],
        ),
        ("from directory.report_forms import F", "directory.report_views", []),
        ("from directory import geo", "directory.models.places", []),
        ("import django.db.models, csv", "acutake.lib.text", []),
    ],
)
def test_an_import_is_judged_by_the_two_layers(source, module, expected):
    assert violations(source, module) == expected
