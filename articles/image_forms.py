"""What editors say about pictures: one at a time, many at once, or while they are uploaded."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagField, TagWidget

from acutake.lib.pictures import clean_file
from articles.images import find_upload, fingerprint, title_from
from articles.models import Image
from articles.tag_forms import clean_tags

ACCEPTED_TYPES = "image/jpeg,image/png,image/webp,image/avif"
FILE_HELP = _(
    "JPEG, PNG, WebP or AVIF, at most 30 MB and 40 million pixels. It is turned upright, "
    "and what a camera wrote into it, such as the place, is taken out."
)
FACTS_HELP = {
    "credit": _("Who made it, as it stands under the picture."),
    "source": _("Where it comes from: an address, which readers can open, or words."),
    "caption": _("Used wherever an article gives none of its own."),
    "tags": _("For finding it in the library. Separated by commas."),
}


def check_source(source: str) -> None:
    """Raise ValidationError for what is meant as an address and is none."""
    if "://" in source:
        URLValidator(
            schemes=["http", "https"], message=_("This is no address that a reader could open.")
        )(source)


class KeepsFactsForm(forms.ModelForm):
    """What readers rely on may change, but is not taken from a picture that an article shows."""

    def clean_source(self):
        check_source(self.cleaned_data["source"])
        return self.cleaned_data["source"]

    def clean_tags(self):
        return clean_tags(self.cleaned_data["tags"])

    def clean(self):
        super().clean()
        # The instance still holds what is stored.
        was_described, had_credit = self.instance.has_alternative(), bool(self.instance.credit)
        values = self.cleaned_data
        is_described = values.get("is_decorative") or values.get("alt_text")
        loses_words = was_described and "alt_text" in values and not is_described
        loses_credit = had_credit and "credit" in values and not values["credit"]
        if (loses_words or loses_credit) and self.instance.uses.exists():
            if loses_words:
                self.add_error(
                    "alt_text", _("An article shows it: describe it, or mark it as decorative.")
                )
            if loses_credit:
                self.add_error("credit", _("An article shows it: say who made it."))
        return values


class ImageForm(KeepsFactsForm):
    """A picture of the library with its facts. The file that is kept is a cleaned copy."""

    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        required=False,
        widget=AdminTextInputWidget,
        help_text=_("For editors. Empty: made from the name of the file."),
    )
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED_TYPES}),
        help_text=FILE_HELP,
    )

    class Meta:
        model = Image
        fields = [
            *("title", "file", "focal_x_percent", "focal_y_percent"),
            *("alt_text", "is_decorative", "long_description"),
            *("caption", "credit", "rights", "source", "tags"),
        ]
        widgets = {
            "alt_text": AdminTextareaWidget(attrs={"rows": 2}),
            "caption": AdminTextareaWidget(attrs={"rows": 2}),
            "long_description": AdminTextareaWidget(attrs={"rows": 5}),
            "focal_x_percent": forms.NumberInput(attrs={"min": 0, "max": 100}),
            "focal_y_percent": forms.NumberInput(attrs={"min": 0, "max": 100}),
            "tags": TagWidget(attrs={"class": "tags-field"}),
        }
        help_texts = FACTS_HELP

    def clean_title(self):
        if self.cleaned_data["title"]:
            return self.cleaned_data["title"]
        sent = self.files.get(self.add_prefix("file"))
        return title_from(sent.name) if sent else self.instance.title

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        sha256 = fingerprint(file)
        known = find_upload(sha256)
        if known is not None and known.pk != self.instance.pk:
            words = _("The library has this file already: {image}. Use that one.")
            raise ValidationError(format_html(words, image=link_to(known)), code="known")
        cleaned = clean_file(file, name=self.cleaned_data.get("title", ""))
        self.instance.upload_sha256 = sha256
        return cleaned

    def clean(self):
        values = super().clean()
        across, down = values.get("focal_x_percent"), values.get("focal_y_percent")
        for name, value in (("focal_x_percent", across), ("focal_y_percent", down)):
            if value is not None and value > 100:
                self.add_error(name, _("From 0 to 100."))
        if (across is None) != (down is None) and not self.errors.keys() & {
            "focal_x_percent",
            "focal_y_percent",
        }:
            missing = "focal_x_percent" if across is None else "focal_y_percent"
            self.add_error(missing, _("A point has both numbers, or none."))
        if self.errors and "file" in self.changed_data and "file" not in self.errors:
            self.add_error("file", _("Choose it again: a browser keeps no file."))
        return values


class DescriptionForm(KeepsFactsForm):
    """One picture on the page where many are described. Reads `instance.tags.all()`: prefetch."""

    # Not among the model's fields, which would ask the database for the tags of each form.
    tags = TagField(label=_("Tags"), required=False)

    class Meta:
        model = Image
        fields = ["title", "alt_text", "is_decorative", "credit", "caption"]
        widgets = {
            "alt_text": forms.Textarea(attrs={"rows": 2}),
            "caption": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["tags"] = list(self.instance.tags.all())

    def save_changes(self) -> None:
        """Write only what was changed here: somebody else may have written the rest meanwhile."""
        columns = [name for name in self.changed_data if name != "tags"]
        if columns:
            self.instance.refresh_search_text()
            self.instance.save(update_fields=[*columns, "search_text"])
        if "tags" in self.changed_data:
            self.instance.tags.set(self.cleaned_data["tags"])


class UploadForm(forms.ModelForm):
    """What is said of all files that are uploaded together; the files come beside it."""

    tags = TagField(label=_("Tags"), required=False, help_text=FACTS_HELP["tags"])

    class Meta:
        model = Image
        fields = ["credit", "rights", "source"]
        help_texts = FACTS_HELP

    def clean_source(self):
        check_source(self.cleaned_data["source"])
        return self.cleaned_data["source"]

    def clean_tags(self):
        return clean_tags(self.cleaned_data["tags"])

    def facts(self) -> dict:
        """As `articles.images.upload_image` takes them."""
        names = ("credit", "rights", "source", "tags")
        return {name: self.cleaned_data[name] for name in names}


def link_to(image: Image) -> str:
    """A link, as HTML, to the editors' page of an image."""
    url = reverse("admin:articles_image_change", args=[image.pk])
    return format_html('<a href="{}">{}</a>', url, image.title)
