"""The words of an article as they stand on an editor's screen, saved or not, valid or not."""

from django import forms
from taggit.utils import edit_string_for_tags, parse_tags

from articles.checklist import Piece
from articles.html import sanitize
from articles.outline import outline_of


class WordsForm(forms.Form):
    """Takes whatever there is: a value that is no value counts as none."""

    headline = forms.CharField(required=False)
    dek = forms.CharField(required=False)
    body = forms.CharField(required=False)
    summary = forms.CharField(required=False)
    tags = forms.CharField(required=False)
    specialties = forms.MultipleChoiceField(required=False)
    lead_image = forms.IntegerField(required=False, min_value=1, max_value=10**9)
    last_reviewed_on = forms.DateField(required=False)
    next_review_on = forms.DateField(required=False)

    @classmethod
    def of(cls, form: forms.BaseForm) -> "WordsForm":
        """The words that the article's own form shows."""
        values = {name: form[name].value() for name in cls.base_fields if name in form.fields}
        if not isinstance(values.get("tags"), str | None):
            values["tags"] = edit_string_for_tags(values["tags"])
        return cls(values)

    def piece(self) -> Piece:
        self.is_valid()
        values = self.cleaned_data
        return Piece(
            outline_of(sanitize(values.get("body", ""))),
            headline=values.get("headline", ""),
            dek=values.get("dek", ""),
            summary=values.get("summary", ""),
            tags=tuple(parse_tags(values.get("tags", ""))),
            has_specialty=bool(self["specialties"].value()),
            lead_image=values.get("lead_image"),
            last_reviewed_on=values.get("last_reviewed_on"),
            next_review_on=values.get("next_review_on"),
        )
