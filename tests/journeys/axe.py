"""What axe finds on a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE_OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def axe_findings(page: Page) -> list:
    """Each rule that is broken, with the elements that break it."""
    # Fetching the style sheets again would need a style of its own, which our policy stops.
    options = {**AXE_OPTIONS, "preload": False}
    violations = Axe().run(page, options=options).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in violations]
