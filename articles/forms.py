"""What editors type: checked before it is stored, and given back with the reason when it is not."""

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from taggit.forms import TagWidget

from articles.html import sanitize
from articles.models import Article, Image
from articles.models.versions import COMMENT_FIELDS
from articles.proofreading import refusals
from articles.publishing import check_slug
from articles.tag_forms import clean_tags
from articles.widgets import BodyWidget, ImageChoice

# Slips of the hand lie outside; at the ends of the calendar some moments do not exist in UTC.
YEARS = range(1900, 3000)


class ArticleForm(forms.ModelForm):
    """An article as a whole. A published one without a date is published now."""

    lead_image = forms.ModelChoiceField(
        Image.objects.all(),
        label=_("Lead image"),
        required=False,
        widget=ImageChoice(label=_("Lead image")),
    )

    class Meta:
        model = Article
        fields = [
            *("headline", "slug", "dek", "body", "summary", "lead_image", "lead_caption"),
            *("tags", "specialties", "status", "published_at", "expires_at"),
            *("revised_at", "revision_note", *COMMENT_FIELDS),
            *("reviewed_by", "last_reviewed_on", "next_review_on"),
        ]
        widgets = {
            "headline": AdminTextInputWidget(attrs={"class": "headline-field"}),
            "dek": AdminTextareaWidget(attrs={"rows": 2}),
            "body": BodyWidget,
            "summary": AdminTextareaWidget(attrs={"rows": 2}),
            "lead_caption": AdminTextareaWidget(attrs={"rows": 2}),
            "tags": TagWidget(attrs={"class": "tags-field"}),
            "specialties": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "body": _("Alt+F10 goes to the buttons, Esc back to the text. Ctrl+K sets a link."),
            "slug": _("The last part of the address. The old one leads to the new one."),
            "comment_hold": _("What the screening finds suspicious waits under every rule."),
            "tags": _("Separated by commas. The name of a merged tag means the one that stayed."),
            "specialties": _("The article leads its readers to practitioners who offer these."),
            "last_reviewed_on": _("Readers see who reviewed it, and when."),
            "next_review_on": _("From this day on the article is listed as due."),
            "revised_at": _("Set it when a change matters to readers, and say what changed."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A next version has neither of its own.
        if "comment_hold" in self.fields:
            self._say_what_the_site_does()

    def _say_what_the_site_does(self):
        hold = self.fields["comment_hold"]
        of_site = Article.CommentHold(settings.COMMENTS_HOLD).label
        words = _("As on the whole site: %(rule)s") % {"rule": of_site}
        hold.choices = [("", words), *Article.CommentHold.choices]
        days = settings.COMMENTS_CLOSE_AFTER_DAYS
        of_site = ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
        words = _("Counted from publication. Empty: as on the whole site, %(site)s; 0: for ever.")
        self.fields["comments_close_after_days"].help_text = words % {
            "site": of_site if days else _("for ever")
        }

    def clean_body(self):
        return sanitize(self.cleaned_data["body"])

    def clean_tags(self):
        return clean_tags(self.cleaned_data["tags"])

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        check_slug(slug, article=self.instance)
        return slug

    def clean(self):
        super().clean()
        values = self.cleaned_data
        for name in ("published_at", "expires_at", "revised_at"):
            if (moment := values.get(name)) and moment.year not in YEARS:
                self.add_error(name, _("Please look at the year again."))
        if values.get("status") == Article.Status.PUBLISHED:
            if "published_at" in values:
                values["published_at"] = values["published_at"] or timezone.now()
            self._check_publishable()
        published_at, expires_at = values.get("published_at"), values.get("expires_at")
        if published_at and expires_at and expires_at <= published_at:
            self.add_error("expires_at", _("It would expire before it is published."))
        if values.get("reviewed_by") and not values.get("last_reviewed_on"):
            self.add_error("last_reviewed_on", _("Say on which day it was reviewed."))
        is_dated = "revised_at" in self.fields
        if is_dated and values.get("revision_note") and not values.get("revised_at"):
            self.add_error("revised_at", _("Say when this was changed."))
        return values

    def _check_publishable(self):
        if "body" in self.cleaned_data:
            lead_image = self.cleaned_data.get("lead_image")
            key = lead_image.pk if lead_image else None
            for finding in refusals(self.cleaned_data["body"], lead_image=key):
                error = ValidationError(finding.text, code=finding.code)
                self.add_error(finding.place.name, error)
