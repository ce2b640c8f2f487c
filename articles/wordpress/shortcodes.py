"""WordPress's words in brackets, such as [gallery ids="3,4"], made HTML. Pure.

Those of other plugins stay as they are: nobody here knows what they would have shown.
"""

import re
from collections.abc import Sequence
from html import escape

TOKEN = re.compile(r"\[(\[?)(/?)([a-z][a-z0-9_-]+)((?:[\s=/][^\[\]]*)?)\](\]?)", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([a-z][\w-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""", re.IGNORECASE)
# What WordPress's editor writes around a picture: perhaps a link, and the picture.
PICTURE = re.compile(r"\s*(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", re.IGNORECASE)
PAIRED = frozenset({"caption", "wp_caption", "embed", "audio", "video", "media-credit"})
FILES = ("src", "mp3", "m4a", "ogg", "wav", "mp4", "m4v", "webm", "ogv", "flv")
# Words that people put in brackets themselves.
WORDS = frozenset({"sic", "etc", "note", "edit", "update", "updated", "citation", "ref"})


def expand(text: str, *, children: Sequence[str] = ()) -> tuple[str, list[str]]:
    """The text with the shortcodes that WordPress itself has made HTML, and the names of others.

    `children` are the ids of the attachments that were uploaded to the post, for a gallery that
    names none.
    """
    expander = _Expander(text, children)
    return expander.run(), sorted(expander.unknown)


class _Expander:
    def __init__(self, text: str, children: Sequence[str]):
        self.text = text
        self.children = children
        self.unknown: set[str] = set()
        self.closings: dict[str, list[re.Match]] = {}

    def run(self) -> str:
        tokens = list(TOKEN.finditer(self.text))
        for token in reversed(tokens):
            if token[2]:
                self.closings.setdefault(token[3].lower(), []).append(token)
        parts, at = [], 0
        for token in tokens:
            if token.start() < at:
                continue
            shown, end = self._show(token)
            parts += [self.text[at : token.start()], shown]
            at = end
        return "".join([*parts, self.text[at:]])

    def _show(self, token: re.Match) -> tuple[str, int]:
        """What stands in the place of a shortcode, and where the text goes on."""
        name, end = token[3].lower(), token.end()
        if token[1] and token[5]:
            return token[0][1:-1], end
        attributes = _attributes(token[4])
        if name == "gallery" and not token[2]:
            return self._gallery(attributes), end
        if name in PAIRED and not token[2]:
            closing = self._closing(name, end)
            inner = self.text[end : closing.start()] if closing else ""
            shown = SHOW[name](attributes, inner)
            if shown is not None:
                return shown, closing.end() if closing else end
        if name not in WORDS and not (token[2] and name in self.unknown):
            self.unknown.add(name)
        return token[0], end

    def _closing(self, name: str, after: int) -> re.Match | None:
        waiting = self.closings.get(name, [])
        while waiting and waiting[-1].start() < after:
            waiting.pop()
        return waiting.pop() if waiting else None

    def _gallery(self, attributes: dict[str, str]) -> str:
        ids = re.findall(r"\d+", attributes.get("ids") or attributes.get("include") or "")
        pictures = (f'<img class="wp-image-{key}">' for key in ids or self.children)
        return "".join(f"<figure>{picture}</figure>" for picture in pictures)


def _caption(attributes: dict[str, str], inner: str) -> str | None:
    picture = PICTURE.match(inner)
    if picture is None:
        return None
    words = attributes.get("caption") or inner[picture.end() :]
    key = "".join(re.findall(r"\d+", attributes.get("id", ""))[-1:])
    mark = f' data-id="{key}"' if key else ""
    return f"<figure{mark}>{picture[0]}<figcaption>{' '.join(words.split())}</figcaption></figure>"


def _embed(attributes: dict[str, str], inner: str) -> str | None:
    address = inner.strip() or attributes.get("src", "")
    return f"<p>{escape(address)}</p>" if address else None


def _file(attributes: dict[str, str], inner: str) -> str | None:
    addresses = [attributes[name] for name in FILES if attributes.get(name)]
    if not addresses:
        return None
    return f'<iframe src="{escape(addresses[0])}"></iframe>{inner}'


def _credit(attributes: dict[str, str], inner: str) -> str | None:
    name = attributes.get("name", "")
    return f"{inner} ({escape(name)})" if name else inner


SHOW = {
    "caption": _caption,
    "wp_caption": _caption,
    "embed": _embed,
    "audio": _file,
    "video": _file,
    "media-credit": _credit,
}


def _attributes(text: str) -> dict[str, str]:
    return {
        match[1].lower(): match[2] or match[3] or match[4] or ""
        for match in ATTRIBUTE.finditer(text)
    }
