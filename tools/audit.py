"""`make audit`: Lighthouse looks at the demonstration on a phone. Fails below 100 in anything."""

import json
import os
import re
import secrets
import shutil
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tools import bootstrap, processes, run
from tools.bootstrap import say
from tools.check import LOCAL
from tools.test import Machine

# 13 needs Node 22, which Debian 12 and 13 do not have.
LIGHTHOUSE = "lighthouse@12.8.2"
OLDEST_NODE = 18
# The middle one of so many looks counts: another program can spoil one.
LOOKS = 3
ATTEMPTS = 3
FOLDER = bootstrap.VAR / "audit"
SITE = FOLDER / "site"
TOOLS = bootstrap.VAR / "tools" / "lighthouse"
COMMAND = TOOLS / "node_modules" / "lighthouse" / "cli" / "index.js"
CHROMIUM_FLAGS = ("--headless=new", "--disable-gpu", "--disable-dev-shm-usage")


@dataclass(frozen=True)
class Page:
    """A page to look at. `skipped` are audits that its purpose contradicts, with the reasons."""

    name: str
    path: str
    skipped: tuple[tuple[str, str], ...] = ()


PAGES = (
    Page("home", "/"),
    Page("article", "/articles/heel-pain-that-starts-in-the-calf/"),
    Page(
        "results",
        "/acupuncturists/?where=Brooklyn",
        # The sitemap and the landing pages are for search engines; this one is nobody else's.
        (("is-crawlable", "the answer to what somebody typed asks not to be indexed"),),
    ),
    Page("town", "/acupuncturists/in/new-york/brooklyn/"),
    # Of the first one in the sitemap.
    Page("practitioner", ""),
)


def main(names: list[str]) -> int:
    """Look at the pages with these names; at all without any."""
    pages = chosen(names)
    browser = Machine.look(dict(os.environ)).browser
    if lacking := missing(node_version(), shutil.which("npm"), browser):
        sys.exit("\n".join(["The audit needs more than this machine has.", *lacking]))
    bootstrap.install(bootstrap.SITE)
    install_lighthouse()
    with serving() as url:
        someone = practitioner_path(url)
        pages = [replace(page, path=page.path or someone) for page in pages]
        reports = {page: look(page, url, browser) for page in pages}
    for page, report in reports.items():
        say_result(page, report)
    is_perfect = all(
        score == 100 for report in reports.values() for score in scores(report).values()
    )
    say(f"\nThe reports are in {FOLDER}.")
    say("100 everywhere." if is_perfect else "Below 100: see above.")
    return 0 if is_perfect else 1


def chosen(names: Sequence[str]) -> list[Page]:
    """The pages with these names, all without any; SystemExit for a name of none."""
    known = {page.name: page for page in PAGES}
    if unknown := [name for name in names if name not in known]:
        sys.exit(f"There is no page called {unknown[0]}; there are: {', '.join(known)}.")
    return [known[name] for name in names or known]


def node_version() -> int | None:
    """The first number of Node's version; None without Node."""
    node = shutil.which("node")
    if node is None:
        return None
    found = re.search(r"v(\d+)", processes.output([node, "--version"]))
    return int(found[1]) if found else None


def missing(node: int | None, npm: str | None, browser: str | None) -> list[str]:
    """What to install, in words; empty when all is there."""
    lacking = []
    if node is None or node < OLDEST_NODE:
        found = "none" if node is None else f"Node {node}"
        lacking.append(f"Node {OLDEST_NODE} or newer; here is {found}: apt install nodejs")
    if npm is None:
        lacking.append("npm, which fetches Lighthouse: apt install npm")
    if browser is None:
        lacking.append("Chromium: apt install chromium, or CHROMIUM=/path/to/chrome make audit")
    return lacking


def install_lighthouse() -> None:
    """Once, into a folder of its own, so that nothing else in var/tools is touched."""
    stamp = TOOLS / "installed"
    if stamp.exists() and stamp.read_text() == LIGHTHOUSE and COMMAND.exists():
        return
    say(f"Installing {LIGHTHOUSE}")
    TOOLS.mkdir(parents=True, exist_ok=True)
    npm = ["npm", "install", "--prefix", str(TOOLS), "--no-audit", "--no-fund", "--silent"]
    if processes.call([*npm, LIGHTHOUSE]):
        sys.exit("Lighthouse could not be installed; npm's message is above. Is there a network?")
    stamp.write_text(LIGHTHOUSE)


# The site


@contextmanager
def serving() -> Iterator[str]:
    """The address of a site of its own with the demonstration, served as `make run` serves it."""
    SITE.mkdir(parents=True, exist_ok=True)
    with socket.socket() as probe:
        probe.bind((run.HOST, 0))
        port = probe.getsockname()[1]
    url = f"http://{run.HOST}:{port}"
    env = bootstrap.environment(
        **LOCAL
        | {
            "VAR_DIR": str(SITE),
            "DATABASE_URL": f"sqlite:///{SITE}/db.sqlite3",
            "ALLOWED_HOSTS": run.HOST,
            "SITE_URL": url,
            "DEMO_EDITOR_PASSWORD": secrets.token_urlsafe(12),
        }
    )
    for command in ("prepare", "make_renditions"):
        if processes.call([str(bootstrap.PYTHON), "manage.py", command], env=env):
            sys.exit("The site could not be prepared; the reason is above.")
    server = processes.start(run.children(port)[0].command, env=env)
    try:
        deadline = time.monotonic() + run.START_SECONDS
        while run.health(port) != 200 and server.poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait()


def practitioner_path(url: str) -> str:
    with urllib.request.urlopen(f"{url}/sitemap-practitioners.xml") as answer:  # noqa: S310  ours
        first = re.search(r"<loc>([^<]*)</loc>", answer.read().decode())
    return first[1].removeprefix(url)


# Lighthouse


def look(page: Page, url: str, browser: str) -> dict:
    """The middle one of some reports by their performance; each is kept as HTML too."""
    say(f"\nLooking at {page.name}: {page.path}")
    paths = [FOLDER / f"{page.name}-{number}" for number in range(1, LOOKS + 1)]
    return middle([report_of(page, url, path, browser) for path in paths])


def report_of(page: Page, url: str, path: Path, browser: str) -> dict:
    """One look. On a busy machine a recording may break off, so it is tried again."""
    env = {**os.environ, "CHROME_PATH": browser}
    for _ in range(ATTEMPTS):
        if processes.call(command(page, url, path), env=env) == 0:
            return json.loads(path.with_name(f"{path.name}.report.json").read_text())
    sys.exit("Lighthouse could not look at the page; its message is above.")


def command(page: Page, url: str, path: Path) -> list[str]:
    """Lighthouse's own phone and network, which are its default."""
    is_root = os.geteuid() == 0
    flags = " ".join([*CHROMIUM_FLAGS, *(["--no-sandbox"] if is_root else [])])
    skipped = [f"--skip-audits={name}" for name, _ in page.skipped]
    return [
        *("node", str(COMMAND), f"{url}{page.path}", "--quiet", "--no-enable-error-reporting"),
        *("--output=json", "--output=html", f"--output-path={path}", f"--chrome-flags={flags}"),
        *skipped,
    ]


def middle(reports: Sequence[dict]) -> dict:
    """The one whose performance is the median."""
    ordered = sorted(reports, key=lambda report: scores(report)["performance"])
    return ordered[len(ordered) // 2]


def scores(report: dict) -> dict[str, int]:
    """Of each category, in points of 100; 0 for one that could not be judged."""
    return {
        name: round(100 * (category["score"] or 0))
        for name, category in report["categories"].items()
    }


def costs(report: dict) -> list[str]:
    """What took points, in Lighthouse's words, the heaviest first."""
    found = [
        (reference["weight"] * (1 - audit["score"]), audit)
        for category in report["categories"].values()
        for reference in category["auditRefs"]
        if (audit := report["audits"][reference["id"]])["score"] is not None
    ]
    heaviest = sorted((row for row in found if row[0] > 0), key=lambda row: -row[0])
    return [" ".join(filter(None, [a["title"], a.get("displayValue")])) for _, a in heaviest]


def say_result(page: Page, report: dict) -> None:
    points = ", ".join(f"{name} {score}" for name, score in scores(report).items())
    say(f"\n{page.name}: {points}")
    for cost in costs(report):
        say(f"  costs points: {cost}")
    for name, reason in page.skipped:
        say(f"  not asked: {name}, since {reason}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
