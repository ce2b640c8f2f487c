"""Sets the environment of the suite before Django reads its settings.

Loaded by pytest's `-p` (see pyproject.toml), because a conftest would be too late. Whatever a
developer's own `var/.env` says, the suite sees these values; only the database and the cache may
be chosen from outside, which is how `make test` runs it on PostgreSQL and Redis.
"""

import os
from urllib.parse import urlsplit

FIXED = {
    "ENVIRONMENT": "local",
    "DEBUG": "false",
    "SECRET_KEY": "only-for-the-test-suite-and-never-for-a-site",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "EMAIL_URL": "memorymail://",
    "SITE_URL": "http://testserver",
    "FEED_AUTHORITY": "testserver",
    "FEED_CONTENT": "full",
}
CHOSEN = {
    "DATABASE_URL": "sqlite:///:memory:",
    "CACHE_URL": "locmemcache://",
}


def own_cache_url(url: str, worker: str) -> str:
    """The Redis database for one of the suite's processes, "gw0" and so on.

    Every test empties its cache, and Redis empties a whole database at a time.
    """
    parts = urlsplit(url)
    if not parts.scheme.startswith("redis") or not worker:
        return url
    number = int(parts.path.strip("/") or 0) + int(worker.removeprefix("gw"))
    return parts._replace(path=f"/{number}").geturl()


os.environ.update(FIXED)
for name, value in CHOSEN.items():
    os.environ.setdefault(name, value)
os.environ["CACHE_URL"] = own_cache_url(
    os.environ["CACHE_URL"], os.environ.get("PYTEST_XDIST_WORKER", "")
)
