"""The page of one article: it keeps every save, passes over nobody's, and knows next versions."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.admin.going_public import PublishingAdmin
from articles.admin.history import revisions_page
from articles.admin.states import state_of
from articles.differences import compare
from articles.drafts import (
    forget_draft,
    form_data,
    put_aside,
    snapshot_of_fields,
    typed_fields,
    waiting_drafts,
)
from articles.editing_forms import NOT_ITS_OWN, EditingForm, NextVersionForm, filled
from articles.models import Article, Draft
from articles.models.versions import LASTING_FIELDS
from articles.next_version_tasks import settle_next_versions
from articles.next_versions import (
    begin_next_version,
    is_unsettled,
    schedule_next_version,
    settle,
    unschedule_next_version,
)
from articles.previews import LINK_DAYS
from articles.publishing import refresh_derived, remember_slug
from articles.revisions import record_beginning, record_revision
from articles.snapshots import apply_snapshot, snapshot_of


class KeptAsNextVersion(Exception):  # noqa: N818  no error: it undoes a save
    """What was saved is to become the next version instead: the save is undone."""

    def __init__(self, snapshot: dict, *, left_out: list[str], note: str):
        super().__init__()
        self.snapshot, self.left_out, self.note = snapshot, left_out, note


class EditingAdmin(PublishingAdmin):
    """Opening, saving and publishing one article, or a next version of one."""

    # Opening

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST":
            return self._save(request, object_id, form_url, extra_context)
        article = self.get_object(request, object_id) if object_id else None
        if article and is_unsettled(article, at=timezone.now()):
            return self._ask_to_settle(request, article)
        request.opened_draft = self._find_draft(request, article)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _ask_to_settle(self, request, article):
        """The row still holds the words before those that readers get: a form must not show them.

        A task does this within the minute; the page is for when no worker runs.
        """
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("The next version went out"),
            "article": article.next_of or article,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/articles/article/settle.html", context)

    def _find_draft(self, request, article):
        """The unsaved words that the address asks for, of this article, or one's own new one."""
        key = request.GET.get("draft", "")
        if not (key.isascii() and key.isdigit() and len(key) < 19):
            return None
        drafts = Draft.objects.select_related("editor").filter(pk=key, article=article)
        if article is None:
            return drafts.filter(editor=request.user).first()
        return drafts.first() if self.has_change_permission(request, article) else None

    def get_form(self, request, obj=None, change=False, **kwargs):
        kwargs["form"] = NextVersionForm if obj and obj.next_of_id else EditingForm
        form = super().get_form(request, obj, change=change, **kwargs)
        draft = getattr(request, "opened_draft", None)
        return filled(form, self._draft_data(request, draft, obj)) if draft else form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if draft := getattr(request, "opened_draft", None):
            kwargs["data"] = self._draft_data(request, draft, obj if obj.pk else None)
        return kwargs

    def _draft_data(self, request, draft, article):
        data = form_data(draft, article)
        if draft.article_id is None or draft.set_aside_at:
            # A save makes them the article's, and forgets them.
            data["draft"] = str(draft.pk)
        elif draft.editor_id != request.user.pk:
            # Somebody else's words, which this window has not kept as its own.
            data["draft_version"] = "0"
        return data

    def get_fieldsets(self, request, obj=None):
        """A next version has neither an address nor dates of its own."""
        fieldsets = super().get_fieldsets(request, obj)
        if not (obj and obj.next_of_id):
            return fieldsets
        kept = []
        for name, options in fieldsets:
            fields = [field for field in options["fields"] if field not in NOT_ITS_OWN]
            if "published_at" in options["fields"]:
                fields = ["status", "goes_out_at"]
            if fields:
                kept.append((name, {**options, "fields": fields}))
        return kept

    # Saving

    def _save(self, request, object_id, form_url, extra_context):
        request.opened_draft = None
        with transaction.atomic():
            article = self._lock(request, object_id) if object_id else None
            if object_id and article is None:
                return self._rescue(request)
            try:
                return super().changeform_view(request, object_id, form_url, extra_context)
            except KeptAsNextVersion as kept:
                return self._keep_as_next_version(request, article, kept)

    def _lock(self, request, object_id):
        """The row, after its next version if that is out; nobody else saves until this is done."""
        article = self.get_object(request, object_id)
        if article:
            settle(article.next_of or article, at=timezone.now())
        return self.get_object(request, object_id)

    def _rescue(self, request):
        """What was typed on a row that is gone: a next version that went out, a deleted article."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        key = request.POST.get("whole_article", "")
        article = Article.objects.filter(pk=key).first() if key.isdigit() else None
        now, fields = timezone.now(), typed_fields(dict(request.POST.lists()))
        if article:
            draft = put_aside(fields, article=article, editor=request.user, at=now)
            url = reverse("admin:articles_article_change", args=[article.pk])
            words = _("This version went out, or was discarded, while you were writing.")
        else:
            draft = Draft.objects.create(editor=request.user, fields=fields, typed_at=now)
            url = reverse("admin:articles_article_add")
            words = _("The article was deleted while you were writing.")
        kept = _("What you wrote is below, not saved yet.")
        self.message_user(request, f"{words} {kept}", messages.WARNING)
        return redirect(f"{url}?draft={draft.pk}")

    def _keep_as_next_version(self, request, article, kept):
        now = timezone.now()
        begun = Article.objects.filter(next_of=article).first()
        if begun:
            fields = typed_fields(dict(request.POST.lists()))
            draft = put_aside(fields, article=begun, editor=request.user, at=now)
            words = _("There is a next version already. What you wrote is below, not saved yet.")
            self.message_user(request, words, messages.WARNING)
            url = reverse("admin:articles_article_change", args=[begun.pk])
            return redirect(f"{url}?draft={draft.pk}")
        version = begin_next_version(article, at=now, by=request.user)
        apply_snapshot(version, kept.snapshot)
        record_revision(version, at=now, by=request.user, note=kept.note)
        self._forget_typed(request, article)
        self.message_user(
            request,
            _("Kept as the next version. Readers go on seeing the article as it was."),
            messages.SUCCESS,
        )
        if kept.left_out:
            words = _("Not changed, since it holds for the article itself: %(fields)s.")
            self.message_user(
                request, words % {"fields": ", ".join(kept.left_out)}, messages.WARNING
            )
        return redirect("admin:articles_article_change", version.pk)

    def save_model(self, request, obj, form, change):
        if change:
            record_beginning(Article.objects.get(pk=obj.pk))
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            remember_slug(obj, form.initial["slug"])

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        article, now = form.instance, timezone.now()
        refresh_derived(article, at=now)
        if "_next" in request.POST and change:
            left_out = [
                str(form.fields[name].label) for name in LASTING_FIELDS if name in form.changed_data
            ]
            note = form.cleaned_data["note"]
            raise KeptAsNextVersion(snapshot_of(article), left_out=left_out, note=note)
        record_revision(article, at=now, by=request.user, note=form.cleaned_data["note"])
        self._forget_typed(request, article)
        if article.next_of_id:
            self._schedule(request, form, at=now)
        if "_publish" in request.POST:
            self._publish(request, [Article.objects.get(pk=article.pk)])
        elif "_withdraw" in request.POST:
            self._withdraw(request, [article])

    def _forget_typed(self, request, article):
        version = request.POST.get("draft_version", "")
        if version.isdigit():
            forget_draft(article, editor=request.user, version=int(version))
        key = request.POST.get("draft", "")
        if key.isdigit():
            own = Draft.objects.filter(pk=key, editor=request.user)
            own.filter(Q(article=None) | Q(article=article, set_aside_at__isnull=False)).delete()

    def _schedule(self, request, form, *, at):
        goes_out_at = form.cleaned_data.get("goes_out_at")
        if goes_out_at:
            schedule_next_version(form.instance, goes_out_at=goes_out_at, at=at, by=request.user)
            settle_next_versions.using(run_after=goes_out_at).enqueue()
        else:
            unschedule_next_version(form.instance, at=at, by=request.user)

    # What the page shows beside the fields

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        form = context["adminform"].form
        draft = getattr(request, "opened_draft", None)
        context.update(self._around(request, obj), opened_draft=draft)
        if obj and form.overtaken_by:
            fields = draft.fields if draft else typed_fields(dict(request.POST.lists()))
            context["overtaken_by"] = form.overtaken_by
            context["differences"] = compare(form.overtaken_by.snapshot, snapshot_of_fields(fields))
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _around(self, request, obj):
        """What the page says of the article besides its fields."""
        now = timezone.now()
        if obj is None:
            return {"waiting_drafts": waiting_drafts(None, editor=request.user)}
        stored = Article.objects.select_related("next_of").get(pk=obj.pk)
        return {
            "link_days": LINK_DAYS,
            "goes_out_at": (stored.next_of or stored).next_version_at,
            "is_public": stored.status == Article.Status.PUBLISHED,
            "published_now": stored.is_published(at=now),
            "state": state_of(stored, at=now),
            "next_version": Article.objects.filter(next_of=stored).only("pk").first(),
            "waiting_drafts": waiting_drafts(stored, editor=request.user),
        }

    def history_view(self, request, object_id, extra_context=None):
        """Who did what, and every save, to be compared and restored."""
        article = self.get_object(request, object_id)
        if article:
            extra_context = {
                **(extra_context or {}),
                "revisions": revisions_page(request, article),
                "may_restore": self.has_change_permission(request, article),
            }
        return super().history_view(request, object_id, extra_context)
