"""Sets the environment of the suite before Django reads its settings.

Loaded by pytest's `-p` (see pyproject.toml), because a conftest would be too late. Whatever a
developer's own `var/.env` says, the suite sees these values; only the database and the cache may
be chosen from outside, which is how `make test` runs it on PostgreSQL and Redis.
"""

import os

FIXED = {
    "ENVIRONMENT": "local",
    "DEBUG": "false",
    "SECRET_KEY": "only-for-the-test-suite-and-never-for-a-site",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "EMAIL_URL": "memorymail://",
    "SITE_URL": "http://testserver",
}
CHOSEN = {
    "DATABASE_URL": "sqlite:///:memory:",
    "CACHE_URL": "locmemcache://",
}

os.environ.update(FIXED)
for name, value in CHOSEN.items():
    os.environ.setdefault(name, value)
