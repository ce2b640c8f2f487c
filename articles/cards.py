"""The card of an article: the picture that social networks show beside its address.

It is the lead image's own, as soon as that is cut; otherwise one is made of the headline and the
byline. `articles.card_views` sends those; nothing is stored.
"""

import hashlib
from dataclasses import dataclass

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from acutake.lib.text import clean_text
from articles.card_drawing import DESIGN, can_draw, draw
from articles.crops import CARD_HEIGHT_PX, CARD_WIDTH_PX
from articles.models import Article
from articles.pictures import card_url

VERSION_LENGTH = 12
SECONDS_KEPT = 24 * 60 * 60


@dataclass(frozen=True)
class Card:
    """`path` is the address without the host; `alt` is "" for a decorative picture."""

    path: str
    media_type: str
    alt: str
    width_px: int = CARD_WIDTH_PX
    height_px: int = CARD_HEIGHT_PX


@dataclass(frozen=True)
class MadeCard:
    """What stands on a card that is made of type."""

    headline: str
    byline: str

    @property
    def version(self) -> str:
        """It changes with what stands on the card and with the way in which cards are drawn."""
        words = f"{DESIGN}\0{self.headline}\0{self.byline}"
        return hashlib.sha256(words.encode()).hexdigest()[:VERSION_LENGTH]

    def png(self) -> bytes:
        """Drawn at most once a day for as long as nothing on it changes."""
        return cache.get_or_set(
            f"article-card:{self.version}",
            lambda: draw(self.headline, self.byline),
            SECONDS_KEPT,
        )


def card_of(article: Article) -> Card | None:
    """None where the site's own picture has to do: the headline is in a script that the type has
    no letters for. Reads the renditions of the lead image and the bylines: prefetch them."""
    lead = article.lead_image
    url = card_url(lead) if lead else None
    if url:
        return Card(url, "image/jpeg", "" if lead.is_decorative else lead.alt_text)
    made = made_card(article)
    if made is None:
        return None
    words = filter(None, [made.headline, made.byline, "AcuTake"])
    return Card(made_card_path(article, made), "image/png", " · ".join(words))


def made_card(article: Article) -> MadeCard | None:
    """None when the headline cannot be drawn. A byline that cannot be is left out."""
    headline, byline = clean_text(article.headline), clean_text(_byline(article))
    if not can_draw(headline):
        return None
    return MadeCard(headline, byline if can_draw(byline) else "")


def made_card_path(article: Article, made: MadeCard) -> str:
    """The address of the made card, without the host."""
    return reverse("articles:card", args=[article.slug, made.version])


def _byline(article: Article) -> str:
    """As it stands under the headline; "" where there is nobody."""
    authors = [byline.author for byline in article.bylines.all() if byline.is_author()]
    *others, last = [author.name_with_letters() for author in authors] or [""]
    names = f"{'; '.join(others)} {_('and')} {last}" if others else last
    return f"{_('By')} {names}" if names else ""
