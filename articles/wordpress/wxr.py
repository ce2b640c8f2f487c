"""WordPress's export format WXR 1.0 to 1.2: a file into records, one at a time. Pure.

The file may be as large as it likes: what is held is one item. It may not be clean: bytes that are
no UTF-8 are read as Windows-1252, as WordPress databases have them, and control characters, which
XML forbids, are left out. Both are counted. A document type is refused: with it entities could grow
without end, or read other files, and no export has one.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from django.utils.translation import gettext as _

from articles.wordpress.records import TERMS, Record, comment_of, item_of, person_of, term_of

PIECE_BYTES = 2**16
# One item with all of its comments is held at once; so much no article has. An element counts as
# some characters, since it takes memory without any.
MOST_ITEM_CHARACTERS = 24_000_000
CHARACTERS_AN_ELEMENT = 40
# The parser holds a tag, with its attributes, or a comment, until it ends.
MOST_TAG_BYTES = 2**20
DEEPEST = 12
VERSIONS = re.compile(r"1\.[0-9]")
DECLARED = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (b"\xfe\xff", "utf-16"))
# What "surrogateescape" makes of a byte that is no UTF-8.
STRAY_BYTE = re.compile("[\udc80-\udcff]")
# XML 1.0, production 2: no character of a document.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

NAMESPACES = (
    (re.compile(r"https?://wordpress\.org/export/[0-9.]+/excerpt/"), "excerpt"),
    (re.compile(r"https?://wordpress\.org/export/[0-9.]+/"), "wp"),
    (re.compile(r"http://purl\.org/rss/1\.0/modules/content/"), "content"),
    (re.compile(r"http://purl\.org/dc/elements/1\.1/"), "dc"),
)
# Elements that hold others, and what is told of each when it ends.
RECORDS = frozenset(
    {
        *("item", "wp:author", "wp:category", "wp:tag", "wp:term", "wp:comment"),
        *("wp:postmeta", "wp:commentmeta", "wp:termmeta", "image"),
    }
)


class WxrError(ValueError):
    """The file is no export that can be read: a sentence with the line and the reason."""


class Export:
    """A file, opened. Iterate over it once; its head is known from the first item on.

    `strays` and `controls` count the bytes that were no UTF-8 and the characters left out so far.
    """

    def __init__(self, file: BinaryIO):
        self.file = file
        self.version = ""
        self.site_url = ""
        self.strays = 0
        self.controls = 0
        self.found: list[Record] = []
        self.open: list[str] = []
        self.records: list[dict] = [{}]
        self.text: list[str] = []
        self.attributes: dict[str, str] = {}
        self.characters = 0
        self.bytes = 0
        self.parser = self._make_parser()

    def __iter__(self) -> Iterator[Record]:
        """Raises WxrError, also after some records were given: read all before you write any."""
        for text in self._pieces():
            self._parse(text)
            yield from self.found
            self.found.clear()
        self._parse("", is_last=True)
        if not VERSIONS.fullmatch(self.version):
            raise WxrError(_no_export())
        yield from self.found
        self.found.clear()

    def _make_parser(self):
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        return parser

    def _pieces(self) -> Iterator[str]:
        first = self.file.read(PIECE_BYTES)
        encoding = _encoding_of(first)
        decoder = codecs.getincrementaldecoder(encoding)(
            errors="surrogateescape" if encoding.startswith("utf-8") else "replace"
        )
        piece = first
        while piece:
            yield self._clean(decoder.decode(piece))
            piece = self.file.read(PIECE_BYTES)
        yield self._clean(decoder.decode(b"", final=True))

    def _clean(self, text: str) -> str:
        text, strays = STRAY_BYTE.subn(_as_windows_1252, text)
        text, controls = FORBIDDEN.subn("", text)
        self.strays += strays
        self.controls += controls
        return text

    def _parse(self, text: str, *, is_last: bool = False) -> None:
        try:
            self.parser.Parse(text, is_last)
        except expat.ExpatError as error:
            raise WxrError(_reason(error)) from error
        self.bytes += len(text.encode())
        if self.bytes - self.parser.CurrentByteIndex > MOST_TAG_BYTES:
            raise WxrError(_("Line %d: a tag does not end.") % self.parser.CurrentLineNumber)

    def _refuse_doctype(self, *_arguments):
        raise WxrError(
            _("Line %d: the file declares a document type, which no export of WordPress has.")
            % self.parser.CurrentLineNumber
        )

    def _start(self, name, attributes):
        short = _short(name)
        self.open.append(short)
        if self.open[0] != "rss" or len(self.open) > DEEPEST:
            raise WxrError(_no_export())
        if short in RECORDS:
            self.records.append({"line": self.parser.CurrentLineNumber})
        if len(self.open) == 3:
            self.characters = 0
        if short == "item" and not VERSIONS.fullmatch(self.version):
            raise WxrError(_no_export())
        self._count(CHARACTERS_AN_ELEMENT)
        self.attributes = attributes
        self.text.clear()

    def _characters(self, text):
        self._count(len(text))
        self.text.append(text)

    def _end(self, _name):
        name = self.open.pop()
        text = "".join(self.text)
        self.text.clear()
        if name in RECORDS:
            self._close(name, self.records.pop())
        elif name == "category" and self.open[-1:] == ["item"]:
            domain = self.attributes.get("domain", "")
            self.records[-1].setdefault("terms", []).append((domain, text.strip()))
        elif name == "wp:wxr_version":
            self.version = text.strip()
        elif name in ("wp:base_site_url", "wp:base_blog_url") or self.open == ["rss", "channel"]:
            self._note_site(name, text.strip())
        else:
            self.records[-1].setdefault(name, text)

    def _count(self, characters: int) -> None:
        self.characters += characters
        if self.characters > MOST_ITEM_CHARACTERS:
            raise WxrError(
                _("Line %(line)d: an item is larger than %(limit)d million characters.")
                % {
                    "line": self.parser.CurrentLineNumber,
                    "limit": MOST_ITEM_CHARACTERS // 10**6,
                }
            )

    def _note_site(self, name: str, text: str) -> None:
        """The blog's own address, else that of its network, else the link of the channel."""
        if name == "wp:base_blog_url" or (
            name in ("wp:base_site_url", "link") and not self.site_url
        ):
            self.site_url = text or self.site_url

    def _close(self, name: str, values: dict) -> None:
        if name == "item":
            self.found.append(item_of(values))
        elif name == "wp:author":
            self.found.append(person_of(values))
        elif name in TERMS:
            self.found.append(term_of(name, values))
        elif name == "wp:comment":
            self.records[-1].setdefault("comments", []).append(comment_of(values))
        elif name == "wp:postmeta":
            key = values.get("wp:meta_key", "")
            self.records[-1].setdefault("meta", {}).setdefault(key, values.get("wp:meta_value", ""))


def _short(name: str) -> str:
    """`wp:post_id` for an element of any version; as it is for one without a namespace."""
    uri, space, local = name.partition(" ")
    if not space:
        return name
    prefixes = (prefix for pattern, prefix in NAMESPACES if pattern.fullmatch(uri))
    return f"{next(prefixes, 'other')}:{local}"


def _encoding_of(start: bytes) -> str:
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return encoding
    declared = DECLARED.match(start)
    if declared is None:
        return "utf-8"
    name = declared[1].decode("ascii")
    try:
        found = codecs.lookup(name)
    except LookupError as error:
        raise WxrError(_("Line 1: the encoding “%s” is not known.") % name) from error
    # The file was read as bytes so far, so it is not what a declaration of UTF-16 says.
    return "utf-8" if found.name.startswith("utf") or not found._is_text_encoding else found.name


def _as_windows_1252(match: re.Match) -> str:
    byte = bytes([ord(match[0]) - 0xDC00])
    return byte.decode("cp1252", "replace")


def _reason(error: expat.ExpatError) -> str:
    reasons = {
        expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]: _("the file ends too early"),
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN]: _("the file ends too early"),
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION]: _(
            "the file ends too early"
        ),
        expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH]: _(
            "an element is closed that is not open"
        ),
        expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: _(
            "an entity stands there that the file does not define"
        ),
        expat.errors.codes[expat.errors.XML_ERROR_UNBOUND_PREFIX]: _(
            "a prefix stands there that the file does not explain"
        ),
    }
    reason = reasons.get(error.code, expat.ErrorString(error.code))
    return _("Line %(line)d: %(reason)s.") % {"line": error.lineno, "reason": reason}


def _no_export() -> str:
    return _(
        "This is no WordPress export (WXR 1): in WordPress, choose Tools, Export, All content."
    )
