"""The queue of tasks after something was killed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from acutake.lib.queue import PATIENCE, GivenUpError, requeue_cut_off
from articles.tasks import make_image_renditions

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
LONG_AGO = NOW - PATIENCE - timedelta(seconds=1)


def make_task(*, status="RUNNING", started_at=LONG_AGO, runs=1):
    make_image_renditions.enqueue(1)
    row = DBTaskResult.objects.order_by("enqueued_at").last()
    row.status, row.started_at, row.worker_ids = status, started_at, ["w"] * runs
    row.save()
    return row


def states():
    return [row.status for row in DBTaskResult.objects.order_by("enqueued_at")]


def test_only_what_has_been_running_for_too_long_waits_again():
    make_task()
    make_task(started_at=NOW - PATIENCE)
    make_task(status="SUCCESSFUL")
    make_task(status="FAILED")
    assert requeue_cut_off(at=NOW).waiting == 1
    assert states() == ["READY", "RUNNING", "SUCCESSFUL", "FAILED"]


def test_a_task_that_waits_again_is_one_that_a_worker_takes():
    task = make_task()
    requeue_cut_off(at=NOW)
    assert DBTaskResult.objects.ready().get() == task


def test_what_was_cut_off_three_times_is_given_up():
    task = make_task(runs=3)
    done = requeue_cut_off(at=NOW)
    task.refresh_from_db()
    assert (done.waiting, done.given_up) == (0, 1)
    assert (task.status, task.finished_at) == ("FAILED", NOW)
    assert task.task_result.errors[0].exception_class is GivenUpError


@pytest.mark.parametrize("count", [1, 5])
def test_it_takes_a_constant_number_of_queries(count, django_assert_num_queries):
    for _number in range(count):
        make_task()
    with django_assert_num_queries(4):
        requeue_cut_off(at=NOW)


def test_the_command_says_what_it_did(capsys):
    make_task(started_at=datetime(2020, 1, 1, tzinfo=UTC))
    call_command("requeue_tasks")
    assert capsys.readouterr().out == "Tasks that wait again: 1. Given up: 0.\n"
