"""The page on which many files are uploaded at once.

Without a script it is a form whose answer is in messages. The script sends the same form once for
each file, asks for JSON, and shows how far each file is.
"""

from django.contrib import messages
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from articles.admin.image_picker import thumbnail_of
from articles.image_forms import ACCEPTED_TYPES, FILE_HELP, UploadForm, link_to
from articles.receiving import Receipt, receive


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, model_admin):
    """The form, or what became of the files. The caller has checked the right to add."""
    form = UploadForm(request.POST if request.method == "POST" else None, label_suffix="")
    files = request.FILES.getlist("files")
    wants_json = request.headers.get("Accept") == "application/json"
    if form.is_valid() and files:
        receipts = receive(files, facts=form.facts())
        _log(request, model_admin, receipts)
        return _as_json(receipts) if wants_json else _as_messages(request, receipts)
    if wants_json and request.method == "POST":
        return JsonResponse({"errors": _reasons(form, files)}, status=400)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Upload pictures"),
        "form": form,
        "is_without_files": request.method == "POST" and not files,
        "has_lost_files": request.method == "POST" and bool(files),
        "accepted_types": ACCEPTED_TYPES,
        "file_help": FILE_HELP,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "admin/articles/image/upload.html", context, status=status)


def describe_url(images) -> str:
    """The page on which these images are described together."""
    keys = ",".join(str(image.pk) for image in images)
    return f"{reverse('admin:articles_image_describe')}?ids={keys}"


def _log(request, model_admin, receipts: list[Receipt]) -> None:
    for receipt in receipts:
        if receipt.is_new:
            model_admin.log_addition(request, receipt.image, [{"added": {}}])


def _reasons(form, files) -> list[str]:
    reasons = [str(reason) for errors in form.errors.values() for reason in errors]
    return reasons if files else [*reasons, _("There was no file in it.")]


def _as_json(receipts: list[Receipt]) -> JsonResponse:
    return JsonResponse({"files": [_receipt_as_json(receipt) for receipt in receipts]})


def _receipt_as_json(receipt: Receipt) -> dict:
    if receipt.image is None:
        return {"name": receipt.name, "state": "refused", "words": receipt.reason}
    return {
        "name": receipt.name,
        "state": "added" if receipt.is_new else "known",
        "words": _("In the library") if receipt.is_new else _("It was in the library already"),
        "id": receipt.image.pk,
        "title": receipt.image.title,
        "url": reverse("admin:articles_image_change", args=[receipt.image.pk]),
        "thumbnail": thumbnail_of(receipt.image)[0],
    }


def _as_messages(request, receipts: list[Receipt]) -> HttpResponseRedirect:
    """To the pictures that want to be described, with a line for every file that is not one."""
    added = [receipt.image for receipt in receipts if receipt.is_new]
    for receipt in receipts:
        if receipt.image is None:
            messages.error(request, f"{receipt.name}: {receipt.reason}")
        elif not receipt.is_new:
            words = format_html(
                _("{name} was in the library already: {image}."),
                name=receipt.name,
                image=link_to(receipt.image),
            )
            messages.info(request, words)
    if not added:
        return HttpResponseRedirect(reverse("admin:articles_image_upload"))
    words = ngettext(
        "%(count)s picture is in the library.", "%(count)s pictures are in the library.", len(added)
    )
    messages.success(request, words % {"count": len(added)})
    return HttpResponseRedirect(describe_url(added))
