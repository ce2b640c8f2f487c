"""What a person typed, made safe to keep and easy to compare."""

import unicodedata

# They turn the direction of whatever follows, beyond the text itself (Unicode Annex 9).
DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# Letters that Unicode does not take apart into a base letter and an accent, and the apostrophes
# that a phone or an editor sets where a keyboard has one.
UNDECOMPOSED = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
    | dict.fromkeys("’‘ʼ", "'")
)


def clean_text(text: str, *, limit: int = 200) -> str:
    """One line of at most `limit` characters that any database accepts.

    NUL and other control characters, lone surrogates and direction controls are dropped, white
    space is collapsed. It looks at no more than twenty times `limit` characters. Emoji survive.
    """
    kept = "".join(character for character in text[: limit * 20] if _is_kept(character))
    return " ".join(kept.split())[:limit].rstrip()


def fold(text: str) -> str:
    """Text without case, accents and compatibility forms, for comparing: "Québec" as "quebec".

    Apostrophes are all the keyboard's.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return bare.casefold().translate(UNDECOMPOSED)


def _is_kept(character: str) -> bool:
    if character.isspace():
        return True
    return (
        unicodedata.category(character) not in ("Cc", "Cs") and character not in DIRECTION_CONTROLS
    )
