"""No form of a public page lets a browser cut off what is pasted into it."""

import pytest
from django.http import QueryDict

from comments.about_forms import AskForm
from comments.flag_forms import FlagForm
from comments.forms import CommentForm, EditForm
from directory.report_forms import ReportForm
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["comment", "edit", "flag", "about", "listing"])
def make_form(request, settings):
    """Makes a form with one text or address that is far too long, and the name of its field."""
    settings.COMMENTS_ASK_WEBSITE = True
    make, field = {
        "comment": (lambda data=None: CommentForm(data, article=make_article()), "body"),
        "edit": (EditForm, "body"),
        "flag": (FlagForm, "note"),
        "about": (AskForm, "email"),
        "listing": (ReportForm, "text"),
    }[request.param]
    return make, field


def test_a_browser_is_not_told_to_cut(make_form):
    make, _field = make_form
    assert "maxlength" not in str(make())


def test_what_is_too_long_is_refused_in_words_and_given_back_whole(make_form):
    make, name = make_form
    text = "x" * 20_000 if name != "email" else f"{'x' * 300}@example.org"
    sent = QueryDict(mutable=True)
    sent[name] = text
    form = make(sent)
    assert any(word in form.errors[name].as_text() for word in ("Please shorten", "that long"))
    assert form[name].value() == text
    assert text in str(form)
