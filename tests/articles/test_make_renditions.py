"""The command that makes what no worker has made."""

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from articles.models import Image
from articles.renditions import make_renditions
from tests.articles.factories import NOW, make_image

pytestmark = pytest.mark.django_db


def test_every_picture_that_lacks_files_gets_them_and_no_other_is_touched(capsys):
    done = make_image(size=(500, 300))
    make_renditions(done, at=NOW)
    make_image(size=(500, 300))
    call_command("make_renditions")
    assert capsys.readouterr().out == "Pictures looked at: 1. Files made: 4.\n"
    assert not Image.objects.filter(renditions_made_at=None).exists()
    done.refresh_from_db()
    assert done.renditions_made_at == NOW


def test_a_picture_that_had_all_files_gets_those_that_are_wanted_now(capsys):
    done = make_image(size=(500, 300))
    make_renditions(done, at=NOW)
    done.renditions.filter(width_px=480).delete()
    call_command("make_renditions")
    assert capsys.readouterr().out == "Pictures looked at: 1. Files made: 2.\n"
    assert done.renditions.count() == 4


def test_a_picture_whose_file_is_gone_is_named_and_stops_no_other(capsys):
    lost, whole = make_image(title="Lost"), make_image(size=(500, 300))
    default_storage.delete(lost.file.name)
    call_command("make_renditions")
    output = capsys.readouterr()
    assert output.out == "Pictures looked at: 2. Files made: 4.\n"
    assert output.err.startswith(f"Picture {lost.pk} (Lost): ")
    assert whole.renditions.count() == 4
