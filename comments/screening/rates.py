"""How many comments came within a while. Counts in the cache, under keyed hashes alone."""

from acutake.lib.addresses import normalize
from acutake.lib.throttle import is_allowed
from comments.screening.verdicts import Reason, Submission

# Far above what a lively discussion brings; above 20, the form asks a network to wait.
FROM_AN_ADDRESS = 6
FROM_A_NETWORK = 10
PER_HOUR = 3600
UNDER_AN_ARTICLE = 40
PER_TEN_MINUTES = 600


def came_too_often(submission: Submission) -> list[Reason]:
    """Count it, and say of whose there are too many. A changed comment is not a further one."""
    if submission.pk is not None or submission.network is None:
        return []
    address, network = normalize(submission.email), submission.network
    counts = [
        ("often_network", network, FROM_A_NETWORK, PER_HOUR),
        ("often_article", str(submission.article.pk), UNDER_AN_ARTICLE, PER_TEN_MINUTES),
    ]
    if address:
        counts.insert(0, ("often_address", address, FROM_AN_ADDRESS, PER_HOUR))
    return [
        {"code": code, "limit": limit}
        for code, key, limit, seconds in counts
        if not is_allowed(f"screening:{code}:{key}", limit=limit, seconds=seconds)
    ]
