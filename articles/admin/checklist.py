"""The checklist beside the text: with the page, and again while an editor writes."""

from django import forms
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles.checklist_forms import WordsForm
from articles.proofreading import Proof, proofread


@require_POST
def checklist_view(request):
    """The checklist of the words that were sent. By POST for their length; it changes nothing."""
    proof = _proof_of(WordsForm(request.POST))
    return render(request, "articles/admin/_checklist.html", {"proof": proof})


def proof_of(form: forms.BaseForm) -> Proof:
    """The checklist of what the article's own form shows."""
    return _proof_of(WordsForm.of(form))


def _proof_of(words: WordsForm) -> Proof:
    return proofread(words.piece(), at=timezone.now(), on=timezone.localdate())
