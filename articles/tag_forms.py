"""What editors type of a tag."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from articles.tagging import present_names


def clean_tags(names: list[str]) -> list[str]:
    """As the tags are called now. Raises ValidationError for one that is longer than its column."""
    longest = Tag._meta.get_field("name").max_length
    if any(len(name) > longest for name in names):
        raise ValidationError(
            _("A tag has at most %(count)s characters; commas stand between two."),
            params={"count": longest},
        )
    return present_names(names)


class TagForm(forms.ModelForm):
    """A name that no other tag has in whatever case, and an address of Latin letters."""

    # The model would take any letters, which the addresses do not.
    slug = forms.SlugField(
        label=_("Slug"),
        max_length=100,
        help_text=_("The last part of the address. The old one leads to the new one."),
    )

    class Meta:
        model = Tag
        fields = ["name", "slug"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        if Tag.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(
                _("There is such a tag. To make two tags one, merge them in the list of tags.")
            )
        return name
