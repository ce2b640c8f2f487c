"""How links to other sites are checked, and what becomes of each answer."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from acutake.lib.asking import Answer, NoAnswerError, NotPublicError
from articles.link_checks import check_due_links, check_new_links_of
from articles.models import OutsideLink
from articles.publishing import refresh_derived
from articles.tasks import check_new_links
from tests.articles.factories import NOW, make_article

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
URL = "https://x.example/"


def linking(*urls):
    return make_article(body="".join(f'<p><a href="{url}">a</a></p>' for url in urls))


def asking(outcome):
    """An asking that always ends like this."""

    def ask(url):
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return ask


@pytest.mark.parametrize(
    ("outcome", "verdict", "location", "failures"),
    [
        (Answer(200, ""), "alive", "", 0),
        (Answer(200, "https://y.example/"), "moved", "https://y.example/", 0),
        (Answer(404, ""), "dead", "", 0),
        (Answer(410, "https://y.example/"), "dead", "", 0),
        (Answer(403, ""), "alive", "", 0),
        (Answer(429, ""), "alive", "", 0),
        (Answer(503, ""), "unreachable", "", 3),
        (NoAnswerError(), "unreachable", "", 3),
        (NotPublicError(), "refused", "", 0),
    ],
)
def test_each_answer_becomes_a_verdict(outcome, verdict, location, failures):
    linking(URL)
    OutsideLink.objects.update(failures=2)
    assert check_due_links(at=NOW, asking=asking(outcome)) == Counter({verdict: 1})
    link = OutsideLink.objects.get()
    assert (link.verdict, link.location, link.failures) == (verdict, location, failures)
    assert link.checked_at == NOW


def test_a_link_is_asked_again_after_a_month_and_a_silent_one_after_a_day():
    linking("https://fine.example/", "https://silent.example/")
    asked = []

    def ask(url):
        asked.append(url)
        if "silent" in url:
            raise NoAnswerError
        return Answer(200, "")

    for days in (0, 0.5, 1, 29, 31):
        asked.clear()
        check_due_links(at=NOW + days * DAY, asking=ask)
        expected = {0: {"fine", "silent"}, 0.5: set(), 31: {"fine", "silent"}}.get(days, {"silent"})
        assert {url.split("/")[2].partition(".")[0] for url in asked} == expected, days


def test_a_link_that_no_article_has_any_more_is_not_asked():
    article = linking(URL)
    article.body = "<p>a</p>"
    refresh_derived(article)
    assert check_due_links(at=NOW, asking=asking(Answer(200, ""))).total() == 0


def test_silence_of_everybody_says_nothing_of_them():
    linking(*(f"https://x{number}.example/" for number in range(5)))
    assert check_due_links(at=NOW, asking=asking(NoAnswerError())).total() == 0
    assert set(OutsideLink.objects.values_list("verdict", "checked_at")) == {("unchecked", None)}


def test_a_run_asks_few_addresses_of_one_host_and_the_rest_in_the_next():
    linking(*(f"https://x.example/{number}" for number in range(12)))
    fine = asking(Answer(200, ""))
    assert [check_due_links(at=NOW, asking=fine).total() for _run in range(3)] == [10, 2, 0]


def test_a_run_is_limited():
    linking(*(f"https://x{number}.example/" for number in range(4)))
    assert check_due_links(at=NOW, limit=3, asking=asking(Answer(200, ""))).total() == 3


def test_the_new_links_of_an_article_are_asked_alone():
    linking("https://other.example/")
    article = linking(URL, "https://known.example/")
    OutsideLink.objects.filter(url__contains="known").update(checked_at=NOW - DAY)
    check_new_links_of(article, at=NOW, asking=asking(Answer(200, "")))
    assert [link.url for link in OutsideLink.objects.filter(checked_at=NOW)] == [URL]


@pytest.mark.parametrize(("is_on", "expected"), [(True, 1), (False, 0)])
def test_a_save_asks_for_a_check_of_new_links_where_that_is_wanted(settings, is_on, expected):
    settings.CHECKS_LINKS = is_on
    article = linking(URL)
    assert DBTaskResult.objects.count() == expected
    OutsideLink.objects.update(checked_at=NOW)
    refresh_derived(article)
    assert DBTaskResult.objects.count() == expected


def test_where_it_is_turned_off_nothing_is_asked(settings, capsys):
    settings.CHECKS_LINKS = False
    article = linking(URL)
    call_command("check_links")
    assert check_new_links.call(article.pk) == 0
    assert capsys.readouterr().out == "CHECKS_LINKS is off: nothing was asked.\n"


def test_a_command_without_anything_due_says_so(settings, capsys):
    settings.CHECKS_LINKS = True
    call_command("check_links")
    assert capsys.readouterr().out == "0 links checked.\n"
