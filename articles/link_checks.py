"""Asks the other sites whether what articles link to is still there: politely, and not too often.

One request at a time to each host, few hosts at once, few addresses of a host in one run. What a
run has not come to is due in the next one, so it may be killed at any time.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F

from acutake.lib.asking import Answer, NoAnswerError, NotPublicError, ask
from articles.models import Article, OutsideLink

HOSTS_AT_ONCE = 4
HOSTS_A_TURN = 20
OF_A_HOST_IN_A_RUN = 10
LINKS_IN_A_RUN = 500
CHECKED_EVERY = timedelta(days=30)
# One that did not answer is asked again sooner, and three times before an editor hears of it.
ASKED_AGAIN_AFTER = timedelta(hours=20)
# So many without a single answer mean that it is our own network that is down.
SILENCE_OF_OUR_OWN = 5
GONE = frozenset({404, 410})

Verdict = OutsideLink.Verdict
Asking = Callable[[str], Answer]


def ask_politely(url: str) -> Answer:
    """Says who asks, and where to read why."""
    return ask(url, agent=f"AcuTake link check (+{settings.SITE_URL}/about/)")


def check_due_links(
    *, at: datetime, limit: int = LINKS_IN_A_RUN, asking: Asking = ask_politely
) -> Counter:
    """Check those that are due at the moment `at`, at most `limit`; how many got each verdict."""
    due = OutsideLink.objects.due(before=at - CHECKED_EVERY, silent_before=at - ASKED_AGAIN_AFTER)
    return check_links(due[:limit], at=at, asking=asking)


def check_new_links_of(article: Article, *, at: datetime, asking: Asking = ask_politely) -> Counter:
    """Check those of one article that were never looked at."""
    links = article.outside_links.filter(checked_at__isnull=True)
    return check_links(links[:LINKS_IN_A_RUN], at=at, asking=asking)


def check_links(links: Collection[OutsideLink], *, at: datetime, asking: Asking) -> Counter:
    """Ask, and write down how it ended, some hosts at a time.

    Nothing is written of those among which nobody answered at all. The asking is done in threads,
    which touch no database.
    """
    by_host = defaultdict(list)
    for link in links:
        by_host[urlsplit(link.url).netloc.casefold()].append(link)
    groups = [group[:OF_A_HOST_IN_A_RUN] for group in by_host.values()]
    verdicts = Counter()
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        for start in range(0, len(groups), HOSTS_A_TURN):
            turn = groups[start : start + HOSTS_A_TURN]
            outcomes = pool.map(lambda group: _ask_each(group, asking), turn)
            verdicts += _write([pair for pairs in outcomes for pair in pairs], at)
    return verdicts


def _write(found: list[tuple[OutsideLink, dict]], at: datetime) -> Counter:
    verdicts = Counter(fields["verdict"] for _link, fields in found)
    if len(found) >= SILENCE_OF_OUR_OWN and set(verdicts) == {Verdict.UNREACHABLE}:
        return Counter()
    for link, fields in found:
        OutsideLink.objects.filter(pk=link.pk).update(**fields, checked_at=at)
    return verdicts


def _ask_each(links: list[OutsideLink], asking: Asking) -> list[tuple[OutsideLink, dict]]:
    return [(link, _outcome(link.url, asking)) for link in links]


def _outcome(url: str, asking: Asking) -> dict:
    """The columns of a link after its check."""
    answered = {"status_code": None, "location": "", "failures": 0}
    try:
        answer = asking(url)
    except NotPublicError:
        return {**answered, "verdict": Verdict.REFUSED}
    except NoAnswerError:
        return {**answered, "verdict": Verdict.UNREACHABLE, "failures": F("failures") + 1}
    answered["status_code"] = answer.status
    if answer.status >= 500:
        return {**answered, "verdict": Verdict.UNREACHABLE, "failures": F("failures") + 1}
    if answer.status in GONE:
        return {**answered, "verdict": Verdict.DEAD}
    if answer.moved_to and answer.status < 300:
        return {**answered, "verdict": Verdict.MOVED, "location": answer.moved_to}
    # Whoever lets no machine in (401, 403, 429) is there.
    return {**answered, "verdict": Verdict.ALIVE}
