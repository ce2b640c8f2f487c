"""A real site to walk through: its own process and database, the demonstration, a real browser."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
EDITOR_PASSWORD = "a-password-for-the-journeys"
START_SECONDS = 60
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# Older than all of the demonstration, so that these come first in the queue.
MAKE_WAITING = """
import json
from datetime import UTC, datetime, timedelta
from articles.models import Article
from comments.models import Comment
article = Article.objects.get(slug="heel-pain-that-starts-in-the-calf")
for number, name in enumerate(json.loads({names!r})):
    Comment.objects.create(
        article=article, commenter_name=name, commenter_email="queue@example.org",
        body=f"Words by {{name}}. Why?", screening=[{{"code": "rule_all"}}],
        created_at=datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=number),
    )
"""
# What is left of a journey must not stand before the next one.
CLEAR_WAITING = """
from comments.models import Comment
Comment.objects.filter(commenter_email="queue@example.org", status="pending").update(status="spam")
"""

_networks = count(1)

# As long as a page waits for anything else: a busy machine is slow, not wrong.
expect.set_options(timeout=15_000)


@dataclass
class Watch:
    """What a page did that no page of the site may do; empty at the end of every journey."""

    origin: str
    tolerates_errors: bool = False
    findings: list[str] = field(default_factory=list)

    def on(self, page: Page) -> None:
        """Listen to the console, to errors, and to every request of the page."""
        page.on("console", self._on_message)
        page.on("pageerror", lambda error: self.findings.append(f"error in a script: {error}"))
        page.on("request", self._on_request)
        page.expose_function(
            "reportViolation", lambda text: self.findings.append(f"CSP report: {text}")
        )
        page.add_init_script(
            "addEventListener('securitypolicyviolation', (event) => reportViolation("
            "`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))"
        )

    def _on_message(self, message):
        is_answer = message.text.startswith("Failed to load resource")
        if message.type in {"error", "warning"} and not (is_answer and self.tolerates_errors):
            self.findings.append(f"console: {message.text}")

    def _on_request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.findings.append(f"request to another host: {request.url}")


def manage(*arguments, env):
    """Run one of the site's commands in a process of its own."""
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, check=True)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port, process):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError("the site for the journeys did not start")


@pytest.fixture(scope="session")
def site_environment(tmp_path_factory) -> dict[str, str]:
    """What the processes of the site are started with, its database prepared."""
    var = tmp_path_factory.mktemp("var")
    env = {
        **os.environ,
        "VAR_DIR": str(var),
        "DATABASE_URL": f"sqlite:///{var}/db.sqlite3",
        "CACHE_URL": "locmemcache://",
        "EMAIL_URL": f"filemail:///{var}/mail",
        "SITE_URL": f"http://127.0.0.1:{_free_port()}",
        "DEMO_EDITOR_PASSWORD": EDITOR_PASSWORD,
        "PUBLIC_CACHE_SECONDS": "0",
        "TRUSTED_PROXY_COUNT": "1",
        "CLOCK_FILE": str(var / "clock"),
    }
    (var / "clock").write_text("0")
    manage("prepare", env=env)
    return env


@pytest.fixture(scope="session")
def site(site_environment) -> Iterator[str]:
    """The origin of a running site with the demonstration content, as `make run` serves it."""
    origin = site_environment["SITE_URL"]
    address = urlsplit(origin)
    command = [sys.executable, "-m", "gunicorn", "acutake.wsgi", "--bind", address.netloc]
    command += ["--worker-class", "gthread", "--threads", "4", "--log-level", "warning"]
    command += ["--graceful-timeout", "2", "--no-control-socket"]
    command += ["--config", "tests/journeys/moving_clock.py"]
    process = subprocess.Popen(command, cwd=ROOT, env=site_environment)
    try:
        _wait_for(address.port, process)
        yield origin
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture
def move_clock(site_environment):
    """A function that sets the site's clock so many hours ahead; it goes right again after."""
    clock = Path(site_environment["CLOCK_FILE"])

    def move(hours):
        # In one step: the site may read it at any moment.
        part = clock.with_suffix(".part")
        part.write_text(str(hours * 3600))
        part.replace(clock)

    yield move
    move(0)


@pytest.fixture(scope="session")
def browser():
    """Chromium of the system; CHROMIUM names another one."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=CHROMIUM_ARGUMENTS,
        )
        yield browser
        browser.close()


def from_elsewhere() -> dict[str, str]:
    """What a proxy says of a visitor from a network of their own, for whom no limit is reached by
    what others do."""
    return {"X-Forwarded-For": f"2001:db8:0:{next(_networks):x}::1"}


@contextmanager
def open_page(
    browser, site, *, may_keep_cookies=False, tolerates_errors=False, **options
) -> Iterator[Page]:
    """A page in a profile of its own, which is checked when the journey is over.

    `tolerates_errors` is for a journey to an address that answers 400 or 404 on purpose.
    """
    context: BrowserContext = browser.new_context(
        base_url=site, extra_http_headers=from_elsewhere(), **options
    )
    context.set_default_timeout(15_000)
    watch = Watch(origin=site, tolerates_errors=tolerates_errors)
    page = context.new_page()
    watch.on(page)
    try:
        yield page
        cookies = [] if may_keep_cookies else context.cookies()
        assert (watch.findings, cookies) == ([], [])
    finally:
        context.close()


@pytest.fixture
def phone(browser, site):
    """A visitor on a phone."""
    with open_page(browser, site, viewport=PHONE, has_touch=True) as page:
        yield page


@pytest.fixture
def desktop(browser, site):
    """A visitor at a desk."""
    with open_page(browser, site, viewport=DESKTOP) as page:
        yield page


@pytest.fixture
def scriptless(browser, site):
    """A visitor on a phone whose browser runs no JavaScript."""
    context = browser.new_context(
        base_url=site,
        viewport=PHONE,
        java_script_enabled=False,
        extra_http_headers=from_elsewhere(),
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    yield page
    assert context.cookies() == []
    context.close()


@pytest.fixture
def editor(browser, site):
    """The demonstration's editor, logged in to the admin."""
    with open_page(browser, site, viewport=DESKTOP, may_keep_cookies=True) as page:
        page.goto("/admin/")
        page.get_by_label("Username").fill("editor")
        page.get_by_label("Password").fill(EDITOR_PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("heading", name="What waits").wait_for()
        yield page


@pytest.fixture
def wait(site_environment):
    """A function that lets comments by these names wait, the first one longest."""

    def make(*names):
        code = MAKE_WAITING.format(names=json.dumps(names))
        manage("shell", "-v0", "-c", code, env=site_environment)

    yield make
    manage("shell", "-v0", "-c", CLEAR_WAITING, env=site_environment)
