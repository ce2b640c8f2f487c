from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from comments import networks
from comments.models import Comment, Flag
from comments.networks import NETWORK_KEPT
from tests.articles.factories import make_article
from tests.comments.factories import NOW, make_comment

pytestmark = pytest.mark.django_db

KEY = "a" * 64
SECOND = timedelta(seconds=1)


def test_networks_are_forgotten_when_they_are_old_and_not_before(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    young = make_comment(network_key=KEY, created_at=NOW - NETWORK_KEPT)
    old = make_comment(network_key=KEY, created_at=NOW - NETWORK_KEPT - SECOND)
    flags = [
        Flag.objects.create(comment=comment, network_key=KEY, created_at=comment.created_at)
        for comment in (young, old)
    ]
    out = StringIO()

    call_command("forget_networks", stdout=out)

    assert out.getvalue() == "Networks forgotten: 2.\n"
    for model, kept in ((Comment, young), (Flag, flags[0])):
        assert model.objects.exclude(network_key="").get() == kept


def test_more_than_a_batch_is_forgotten(monkeypatch):
    monkeypatch.setattr(networks, "BATCH", 2)
    article = make_article()
    for _ in range(5):
        make_comment(article=article, network_key=KEY)
    assert networks.forget_networks(at=NOW + 2 * NETWORK_KEPT) == 5
    assert networks.forget_networks(at=NOW + 2 * NETWORK_KEPT) == 0
