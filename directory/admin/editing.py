"""Two editors at one row: the second is told what the first changed, and neither loses a word."""

from collections.abc import Iterable

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acutake.lib.edits import Opened, Sent, has_changed, merge, seal, sent_by, unseal

OPENED = "opened"
TAKEN = gettext_lazy(
    "While you had this page open, %(who)s changed: %(what)s. Their changes are kept."
)
CONTESTED = gettext_lazy(
    "While you had this page open, %(who)s saved something else: %(now)s. Nothing of yours is "
    "lost or saved yet: it is below. Save again to keep yours."
)
ROW_DELETED = gettext_lazy("a row that is deleted now")
ANEW = gettext_lazy("a row that you changed was deleted, yours stands below as a new one")


class SharedAdmin(admin.ModelAdmin):
    """Lays what two editors changed together, row by row of the inlines, field by field.

    What only the other one changed is taken over and said. What both changed is not saved before
    the second has seen it: the page comes back with what was typed, and saving again keeps that.
    """

    change_form_template = "admin/directory/shared_change_form.html"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        parent = super().changeform_view
        if request.method != "POST" or not object_id or "_popup" in request.POST:
            return parent(request, object_id, form_url, extra_context)
        with transaction.atomic():
            row = self.get_object(request, object_id)
            if row is not None and self.has_change_permission(request, row):
                self.model.objects.select_for_update().filter(pk=row.pk).first()
                self._lay_together(request, self.get_object(request, object_id))
            return parent(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        words = getattr(request, "contested_words", "")
        if not words:
            return form

        def clean(self):
            cleaned = super(contested, self).clean()
            self.add_error(None, words)
            return cleaned

        contested = type(form.__name__, (form,), {"clean": clean})
        return contested

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            sealed = getattr(request, "sealed", None) or request.POST.get(OPENED)
            if sealed is None:
                sets = [each.formset for each in context["inline_admin_formsets"]]
                shown = _sent_of([context["adminform"].form, *sets])
                sealed = seal(shown, at=timezone.now())
            context[OPENED] = sealed
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _lay_together(self, request, row):
        """Replaces what was sent by what is to be saved, or shown once more."""
        opened = unseal(request.POST.get(OPENED, ""))
        if opened is None:
            return
        form, formsets = self._as_saved(request, row)
        saved = _sent_of([form, *formsets])
        places = {name: name for name in sent_by(form)} | _places(request.POST, formsets)
        sent = {name: request.POST.getlist(place) for name, place in places.items()}
        merged = merge(opened, sent, saved)
        gone = dict(_gone(request.POST, formsets, opened, sent))
        post = request.POST.copy()
        for name in merged.taken:
            post.setlist(places[name], merged.sent[name])
        for formset in formsets:
            _take_out(post, formset, gone)
        request.POST = post
        who, labels = _who_else(row, opened), _labels(form, formsets)
        if merged.contested or any(gone.values()):
            request.sealed = seal(saved, at=timezone.now())
            now = [_now(labels.get(name, name), saved[name]) for name in merged.contested]
            now += [str(ANEW)] * any(gone.values())
            request.contested_words = CONTESTED % {"who": who, "now": "; ".join(now)}
        elif merged.taken or gone:
            what = [labels.get(name, name) for name in merged.taken]
            what += [str(ROW_DELETED)] * len(gone)
            text = TAKEN % {"who": who, "what": ", ".join(what)}
            self.message_user(request, text, messages.WARNING)

    def _as_saved(self, request, row):
        """The form and the formsets as a page that is opened now would show them."""
        form = self.get_form(request, row, change=True)(instance=row)
        formsets = [
            formset(
                instance=row,
                prefix=formset.get_default_prefix(),
                queryset=inline.get_queryset(request),
            )
            for formset, inline in self.get_formsets_with_inlines(request, row)
        ]
        return form, formsets


def _sent_of(forms_and_sets) -> Sent:
    """By name; the rows of an inline by their keys, since their order is that of the moment."""
    sent: Sent = {}
    for each in forms_and_sets:
        if not hasattr(each, "forms"):
            sent |= sent_by(each)
            continue
        for form in each.initial_forms:
            start = f"{form.prefix}-"
            sent |= {
                f"{each.prefix}:{form.instance.pk}:{name.removeprefix(start)}": values
                for name, values in sent_by(form).items()
            }
    return sent


def _rows(post, formset) -> Iterable[tuple[str, str]]:
    """The key of each saved row that came in, and the prefix of its fields."""
    for number in range(_count(post, formset, "INITIAL_FORMS")):
        place = f"{formset.prefix}-{number}"
        yield post.get(f"{place}-{formset.model._meta.pk.name}", ""), place


def _count(post, formset, name: str) -> int:
    text = post.get(f"{formset.prefix}-{name}", "")
    is_number = text.isdecimal() and len(text) < 6
    return min(int(text), formset.absolute_max) if is_number else 0


def _places(post, formsets) -> dict[str, str]:
    """Under which name each field of a saved row came in."""
    places = {}
    for formset in formsets:
        names = formset.empty_form.fields
        for key, place in _rows(post, formset):
            places |= {f"{formset.prefix}:{key}:{name}": f"{place}-{name}" for name in names}
    return places


def _gone(post, formsets, opened: Opened, sent: Sent) -> Iterable[tuple[str, bool]]:
    """The prefixes of rows that somebody else deleted, and whether they came in changed."""
    for formset in formsets:
        there = {str(form.instance.pk) for form in formset.initial_forms}
        for key, place in _rows(post, formset):
            start = f"{formset.prefix}:{key}:"
            if key not in there and any(name.startswith(start) for name in opened.digests):
                yield place, has_changed(opened, sent, start)


def _labels(form, formsets) -> dict[str, str]:
    """What an editor calls each field."""
    labels = {bound.html_name: str(bound.label) for bound in form}
    for formset in formsets:
        for each in formset.initial_forms:
            for name, known in each.fields.items():
                label = f"{known.label} ({each.instance})"
                labels[f"{formset.prefix}:{each.instance.pk}:{name}"] = label
    return labels


def _who_else(row, opened: Opened) -> str:
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(row),
        object_id=row.pk,
        action_time__gte=opened.at,
    ).select_related("user")
    names = [entry.user.get_full_name() or entry.user.get_username() for entry in entries]
    return ", ".join(dict.fromkeys(names)) or _("somebody else")


def _now(label: str, values: list[str]) -> str:
    return _("%(label)s is now “%(value)s”") % {"label": label, "value": ", ".join(values)}


def _take_out(post, formset, gone: dict[str, bool]) -> None:
    """Of the rows that are gone, those with changes become new ones at the end, others vanish.

    The admin shows no row of a key that is not there any more.
    """
    prefix = formset.prefix
    if not any(place.startswith(f"{prefix}-") for place in gone):
        return
    rows = []
    for number in range(_count(post, formset, "TOTAL_FORMS")):
        place = f"{prefix}-{number}"
        names = [name for name in post if name.startswith(f"{place}-")]
        rows.append((place, {name.removeprefix(f"{place}-"): post.pop(name) for name in names}))
    initial = _count(post, formset, "INITIAL_FORMS")
    kept = [fields for place, fields in rows[:initial] if place not in gone]
    new = [fields for _place, fields in rows[initial:]]
    key = formset.model._meta.pk.name
    new += [{**fields, key: [""]} for place, fields in rows[:initial] if gone.get(place)]
    for number, fields in enumerate([*kept, *new]):
        for name, values in fields.items():
            post.setlist(f"{prefix}-{number}-{name}", values)
    post[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    post[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + len(new))
