"""Comments in the admin: what waits stands first, longest first."""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Case, F, When
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from acutake.lib.text import clean_lines
from comments import moderation
from comments.admin.queue import queue_view
from comments.decision_forms import RemovalForm, read_seen, seen_of
from comments.decision_words import (
    GONE,
    SOME_GONE,
    act_words,
    elsewhere_words,
    kept_words,
    left_words,
    rewritten_words,
    who_acted,
    withdrawn_words,
)
from comments.dossiers import words_of
from comments.excerpts import shortened
from comments.models import LONGEST_BODY, Comment
from comments.reasons import REASONS

Status = Comment.Status
DECISIONS = {
    "_approve": moderation.approve,
    "_spam": moderation.mark_spam,
}


class ModerationForm(RemovalForm, forms.ModelForm):
    """What a moderator may set. `seen` is what stood on the page of the comment."""

    answer = forms.CharField(
        label=gettext_lazy("Answer as an editor"),
        required=False,
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 6, "cols": 80}),
        help_text=gettext_lazy("Published at once under this comment, which it approves."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Comment
        fields = ["practitioner"]
        help_texts = {
            "practitioner": gettext_lazy(
                "Set when you have made sure that this practitioner wrote it. Readers see name, "
                "letters and link while the listing is public and a license in it is checked."
            )
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "seen" in self.fields:
            self.fields["seen"].initial = seen_of(self.instance)

    def clean_answer(self):
        return clean_lines(self.cleaned_data["answer"])

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") and ({"_spam", "_remove"} & self.data.keys()):
            self.add_error(
                "answer", _("Nobody would see an answer below it. Approve it, or empty the answer.")
            )
        if "_remove" in self.data:
            self.require_reason()
        try:
            now = moderation.current(self.instance)
        except Comment.DoesNotExist:
            self.add_error(None, GONE)
            return cleaned
        if now.withdrawn_at and (cleaned.get("answer") or {"_approve", "_spam"} & self.data.keys()):
            self.add_error(None, withdrawn_words(now))
        elif cleaned.get("seen") != seen_of(now):
            seen = read_seen(cleaned.get("seen", ""))
            is_rewritten = seen is not None and seen["status"] == now.status
            words = rewritten_words(now) if is_rewritten else elsewhere_words(now)
            self.add_error(None, _("%s Look again and decide.") % words)
            # Sent again, it is a decision in the knowledge of the other one.
            self.data = self.data.copy()
            self.data["seen"] = seen_of(now)
        return cleaned


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    """Reading, deciding, answering. A comment is never edited, and removed instead of deleted."""

    form = ModerationForm
    actions = ["approve_selected", "mark_selected_as_spam"]
    list_display = ["excerpt", "article", "shown_name", "status_as_seen", "created_at"]
    list_filter = ["status", "created_at"]
    list_select_related = ["article", "practitioner", "editor"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["body", "commenter_name", "article__headline"]
    autocomplete_fields = ["practitioner"]

    def get_urls(self):
        view = partial(queue_view, model_admin=self)
        at = path("queue/", self.admin_site.admin_view(view), name="comments_comment_queue")
        return [at, *super().get_urls()]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).with_licenses()

    def get_search_fields(self, request):
        """With the address, for whom the pages show it to."""
        fields = super().get_search_fields(request)
        return [*fields, "commenter_email"] if self.has_change_permission(request) else fields

    def lookup_allowed(self, lookup, value, request):
        if lookup.startswith("commenter_email") and not self.has_change_permission(request):
            return False
        return super().lookup_allowed(lookup, value, request)

    def get_actions(self, request):
        """With one to remove for each of the reasons."""
        actions = super().get_actions(request)
        if actions and self.has_change_permission(request):
            actions |= {
                f"remove_{code}": (
                    partial(_remove_selected, code),
                    f"remove_{code}",
                    _("Remove: %s") % reason.label,
                )
                for code, reason in REASONS.items()
            }
        return actions

    def get_ordering(self, request):
        waits_since = Case(When(status=Status.PENDING, then=F("created_at")))
        return [waits_since.asc(nulls_last=True), "-created_at", "-pk"]

    def get_fieldsets(self, request, obj=None):
        may_decide = self.has_change_permission(request, obj)
        sender = ["shown_name", "commenter_email"] if may_decide else ["shown_name"]
        comment = ["article", "text", *sender, "created_at", "answered", "status", "history"]
        fieldsets = [(None, {"fields": comment})]
        if may_decide:
            fieldsets.append((_("Answer"), {"fields": ["answer", "seen"]}))
            fieldsets.append((_("Removal"), {"fields": ["reason", "words"]}))
            fieldsets.append((_("Written by a practitioner"), {"fields": ["practitioner"]}))
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        shown = ("article", "answered", "shown_name", "commenter_email", "text")
        fields = [*shown, "created_at", "status", "history"]
        return [*fields, "practitioner"] if obj and obj.editor_id else fields

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_approved() else None

    @admin.display(description=gettext_lazy("comment"))
    def excerpt(self, comment):
        return shortened(comment.body, 120)

    @admin.display(description=gettext_lazy("name"))
    def shown_name(self, comment):
        return comment.shown_name()

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def status_as_seen(self, comment):
        """The status, and the same for the action that is taken on this page."""
        return format_html(
            '<input type="hidden" name="seen" value="{}:{}">{}',
            comment.pk,
            seen_of(comment),
            comment.get_status_display(),
        )

    @admin.display(description=gettext_lazy("comment"))
    def text(self, comment):
        return format_html('<div class="comment-text">{}</div>', words_of(comment))

    @admin.display(description=gettext_lazy("in reply to"))
    def answered(self, comment):
        above = []
        while comment.parent and len(above) < 2:
            comment = comment.parent
            above.insert(0, (comment.shown_name(), words_of(comment, 400)))
        return format_html_join("\n", "<p><strong><bdi>{}</bdi></strong></p>{}", above) or "-"

    @admin.display(description=gettext_lazy("decisions"))
    def history(self, comment):
        actions = comment.moderation_actions.select_related("by")
        lines = (
            (
                date_format(localtime(action.at), "DATETIME_FORMAT"),
                who_acted(action),
                act_words(action),
            )
            for action in actions
        )
        return format_html_join("\n", "<p>{}, {}: {}</p>", lines) or "-"

    def save_model(self, request, obj, form, change):
        """Decide and answer. The form holds the row's lock, so nobody has decided in between."""
        if "practitioner" in form.changed_data:
            obj.save(update_fields=["practitioner"])
        now = timezone.now()
        for name, decide in DECISIONS.items():
            if name in request.POST:
                decide(obj, at=now, by=request.user)
        if "_remove" in request.POST:
            moderation.remove(obj, at=now, by=request.user, reason=form.why())
        if body := form.cleaned_data.get("answer"):
            moderation.answer(obj, body=body, at=now, by=request.user)

    @admin.action(description=gettext_lazy("Approve"), permissions=["change"])
    def approve_selected(self, request, queryset):
        self._decide(request, queryset, Status.APPROVED)

    @admin.action(description=gettext_lazy("Mark as spam"), permissions=["change"])
    def mark_selected_as_spam(self, request, queryset):
        self._decide(request, queryset, Status.SPAM)

    def _decide(self, request, queryset, status, reason=""):
        seen = dict(entry.partition(":")[::2] for entry in request.POST.getlist("seen"))
        # What somebody else decided meanwhile may have left a list that is narrowed to a status.
        ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        left = self.get_queryset(request).filter(pk__in=ticked).exclude(pk__in=queryset)
        comments = [*queryset, *left]
        for comment in comments:
            as_seen = read_seen(seen.get(str(comment.pk), "")) or {}
            for name, value in as_seen.items():
                setattr(comment, name, value)
        decisions = moderation.decide_many(
            comments, status, at=timezone.now(), by=request.user, reason=reason
        )
        if decisions.done:
            count = len(decisions.done)
            text = ngettext(
                "%(count)d comment: %(status)s.", "%(count)d comments: %(status)s.", count
            )
            self.message_user(
                request, text % {"count": count, "status": status.label}, messages.SUCCESS
            )
        if decisions.kept:
            self.message_user(request, kept_words(decisions.kept), messages.SUCCESS)
        left_alone = left_words(decisions)
        if decisions.count() < len(ticked):
            left_alone.append(SOME_GONE)
        for words in left_alone:
            self.message_user(request, words, messages.WARNING)
        if not decisions.done and not decisions.kept and not left_alone:
            self.message_user(request, _("They are that already."), messages.INFO)


def _remove_selected(code, model_admin, request, queryset):
    model_admin._decide(request, queryset, Status.REMOVED, reason=code)
