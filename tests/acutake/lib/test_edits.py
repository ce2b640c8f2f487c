"""Laying together what two people changed in one form."""

from datetime import UTC, datetime

from django import forms
from hypothesis import given
from hypothesis import strategies as st

from acutake.lib.edits import merge, seal, sent_by, unseal

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)


def opened(shown):
    return unseal(seal(shown, at=AT))


def test_what_only_the_other_changed_is_taken_over():
    merged = merge(
        opened({"a": ["1"], "b": ["2"]}), {"a": ["1"], "b": ["3"]}, {"a": ["9"], "b": ["2"]}
    )
    assert (merged.sent, merged.taken, merged.contested) == ({"a": ["9"], "b": ["3"]}, ["a"], [])


def test_what_both_changed_is_contested_and_kept_as_it_was_sent():
    merged = merge(opened({"a": ["1"]}), {"a": ["2"]}, {"a": ["3"]})
    assert (merged.sent, merged.taken, merged.contested) == ({"a": ["2"]}, [], ["a"])


def test_same_change_of_both_is_none():
    merged = merge(opened({"a": ["1"]}), {"a": ["2"]}, {"a": ["2"]})
    assert (merged.sent, merged.taken, merged.contested) == ({"a": ["2"]}, [], [])


def test_order_of_choices_and_ends_of_lines_are_no_change():
    shown = {"many": ["1", "2"], "text": ["a\nb"]}
    sent = {"many": ["2", "1"], "text": ["a\r\nb"]}
    merged = merge(opened(shown), sent, {"many": ["3"], "text": ["c"]})
    assert (merged.taken, merged.contested) == (["many", "text"], [])


def test_what_was_not_sealed_here_is_refused():
    assert unseal("") is None
    assert unseal(seal({}, at=AT) + "x") is None


values = st.dictionaries(st.sampled_from("abcd"), st.lists(st.sampled_from("xyz"), max_size=2))


@given(values, values, values)
def test_nothing_that_one_of_them_changed_is_lost(shown, mine, theirs):
    merged = merge(opened(shown), mine, theirs)
    for name in shown.keys() & mine.keys() & theirs.keys():
        was, sent, saved = (sorted(each[name]) for each in (shown, mine, theirs))
        kept = sorted(merged.sent[name])
        assert kept == (saved if sent == was else sent)
        assert (name in merged.contested) == (len({*map(tuple, (was, sent, saved))}) == 3)


class Form(forms.Form):
    word = forms.CharField(initial="a")
    empty = forms.CharField(required=False)
    fact = forms.NullBooleanField(initial=None)
    is_so = forms.BooleanField(initial=True)
    is_not = forms.BooleanField(initial=False)
    day = forms.DateField(initial=AT.date())
    many = forms.MultipleChoiceField(choices=[("1", "1"), ("2", "2")], initial=["2"])
    file = forms.FileField()


def test_untouched_form_is_read_as_a_browser_sends_it():
    assert sent_by(Form(prefix="p")) == {
        "p-word": ["a"],
        "p-empty": [""],
        "p-fact": ["unknown"],
        "p-is_so": ["on"],
        "p-is_not": [],
        "p-day": ["2026-03-01"],
        "p-many": ["2"],
    }
