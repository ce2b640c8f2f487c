"""The page on which many pictures are described together, as after an upload."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from articles.admin.image_picker import keys_in, thumbnail_of
from articles.image_forms import DescriptionForm
from articles.models import Image

# As many as an editor can look through, and a form can hold.
MOST = 50


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, model_admin):
    """Forms for the images named by `ids`, of which every valid one is saved. The caller has
    checked the right to change."""
    keys = keys_in(request.GET.get("ids", ""))
    shown, later = keys[:MOST], keys[MOST:]
    images = Image.objects.prefetch_related("renditions", "tags").in_bulk(shown)
    forms = [
        DescriptionForm(
            request.POST if request.method == "POST" else None,
            instance=images[key],
            prefix=f"image-{key}",
            label_suffix="",
        )
        for key in shown
        if key in images
    ]
    if len(images) < len(shown):
        messages.warning(request, _("A picture that stood here has been deleted meanwhile."))
    if request.method == "POST":
        saved = [form for form in forms if form.has_changed() and form.is_valid()]
        _save(request, model_admin, saved)
        if all(form.is_valid() or not form.has_changed() for form in forms):
            return HttpResponseRedirect(_next_url(later))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Describe pictures"),
        "entries": [(form, *thumbnail_of(form.instance)) for form in forms],
        "has_errors": any(form.errors for form in forms),
        "later_count": len(later),
    }
    return render(request, "admin/articles/image/describe.html", context)


def _save(request, model_admin, forms) -> None:
    for form in forms:
        form.save_changes()
        words = model_admin.construct_change_message(request, form, [])
        model_admin.log_change(request, form.instance, words)
    if forms:
        words = ngettext(
            "%(count)s picture was described.", "%(count)s pictures were described.", len(forms)
        )
        messages.success(request, words % {"count": len(forms)})


def _next_url(later: list[int]) -> str:
    if not later:
        return reverse("admin:articles_image_changelist")
    keys = ",".join(map(str, later))
    return f"{reverse('admin:articles_image_describe')}?ids={keys}"
