"""The gazetteer for tests: all of it, or some seventy places that load in no time."""

import gzip
from pathlib import Path

import pytest
from django.db import DEFAULT_DB_ALIAS

from directory.loading import load_gazetteer
from directory.models import DataFile, Place, PlaceName

SMALL = Path(__file__).with_name("small_gazetteer.tsv")


@pytest.fixture(scope="module")
def _committed_gazetteer(django_db_setup, django_db_blocker):
    """Loads outside any test's transaction, and leaves nothing to the next module."""
    with django_db_blocker.unblock():
        load_gazetteer()
    yield
    with django_db_blocker.unblock():
        # Nothing refers to places but their names: no need to look, row by row, for more to delete.
        for model in (PlaceName, Place, DataFile):
            model.objects.all()._raw_delete(DEFAULT_DB_ALIAS)


@pytest.fixture
def gazetteer(_committed_gazetteer, db):
    """The whole gazetteer. Three seconds on SQLite, eight on PostgreSQL, once for a module."""
    # A transactional test before this one may have emptied the tables.
    return load_gazetteer()


@pytest.fixture(scope="session")
def small_gazetteer_path(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("gazetteer") / "small.tsv.gz"
    path.write_bytes(gzip.compress(SMALL.read_bytes()))
    return path


@pytest.fixture
def small_gazetteer(db, small_gazetteer_path):
    """Well-known places cut from the whole: all states, some cities, their namesakes, ZIP codes."""
    return load_gazetteer(small_gazetteer_path)
