"""The fields of the editors' forms that Django has no widget for."""

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.forms import Script
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from js_asset import ImportMap, Media

LIBRARY_URL = reverse_lazy("admin:articles_image_pick")
PAGES_URL = reverse_lazy("admin:articles_article_pages")

# The name that the scripts know, the icon's name in Material Icons, the words.
TOOLS = [
    [("bold", "format_bold", _("Bold")), ("italic", "format_italic", _("Italic"))],
    [
        ("bulletList", "format_list_bulleted", _("List")),
        ("orderedList", "format_list_numbered", _("Numbered list")),
        ("blockquote", "format_quote", _("Quotation")),
        ("pullquote", "rate_review", _("Pull quote: words of the text, said once more, large")),
        ("callout", "info", _("Callout: what a reader must not miss")),
    ],
    [
        ("link", "link", _("Link")),
        ("note", "note_add", _("Note, such as a reference")),
        ("figure", "image", _("Picture from the library")),
        ("horizontalRule", "horizontal_rule", _("Dividing line")),
    ],
    [("undo", "undo", _("Undo")), ("redo", "redo", _("Redo"))],
]


class TemplateWidget(forms.Widget):
    """A widget whose template stands beside the site's others."""

    def render(self, name, value, attrs=None, renderer=None):
        return render_to_string(self.template_name, self.get_context(name, value, attrs))


class BodyWidget(TemplateWidget, forms.Textarea):
    """The body's rich text, in a textarea that remains one where no script runs."""

    template_name = "articles/admin/_body_editor.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        return {**context, "library_url": LIBRARY_URL, "pages_url": PAGES_URL, "tools": TOOLS}

    @property
    def media(self):
        return Media(
            importmap=ImportMap({"django-prose-editor/editor": "django_prose_editor/editor.js"}),
            css={"all": ["django_prose_editor/material-icons.css"]},
            js=[
                Script("articles/body-editor.js", type="module"),
                Script("articles/checklist.js", type="module"),
                # In this order: a form that is held back is still unsaved.
                Script("articles/autosave.js", type="module"),
                Script("articles/unsaved.js", type="module"),
            ],
        )


class ImageChoice(TemplateWidget, forms.TextInput):
    """One image of the library, by its number: shown, and chosen in the library's dialog.

    `label` names the group of buttons for those who do not see the label beside it.
    """

    template_name = "articles/admin/_image_choice.html"
    use_fieldset = True

    def __init__(self, *, label, attrs=None):
        super().__init__(attrs)
        self.label = label

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        return {**context, "library_url": LIBRARY_URL, "label": self.label}

    @property
    def media(self):
        return Media(js=[Script("articles/image-choice.js", type="module")])


class DateAndTime(AdminSplitDateTime):
    """The admin's two fields of a moment, with the names that it leaves to the eye."""

    def __init__(self, attrs=None):
        super().__init__(attrs)
        for widget, name in zip(self.widgets, [_("Date"), _("Time")], strict=True):
            widget.attrs["aria-label"] = name
