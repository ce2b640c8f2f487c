"""Publishing, withdrawing and deleting from the admin, one article or many."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.discussion import close_for_comments, open_for_comments
from articles.models import Article
from articles.next_versions import discard_next_version, publish_next_version
from articles.publishing import publish, withdraw


class PublishingAdmin(admin.ModelAdmin):
    """What takes an article to its readers and back, next versions included."""

    def response_change(self, request, obj):
        """A next version that went out has no page any more: on to its article's."""
        if obj.next_of_id and not Article.objects.filter(pk=obj.pk).exists():
            return redirect("admin:articles_article_change", obj.next_of_id)
        return super().response_change(request, obj)

    def _publish(self, request, articles):
        """Each for itself: one that cannot be published stops none of the others."""
        now, by = timezone.now(), request.user
        for row in articles:
            try:
                if row.next_of_id:
                    article = publish_next_version(row, at=now, by=by)
                else:
                    publish(row, at=now, by=by)
                    article = row
            except ValidationError as error:
                reason = " ".join(error.messages)
                self.message_user(request, f"{row}: {reason}", messages.ERROR)
            else:
                link = format_html('<a href="{}">{}</a>', article.get_absolute_url(), article)
                words = format_html(_("{article} is public."), article=link)
                self.message_user(request, words, messages.SUCCESS)

    def _withdraw(self, request, articles):
        count = 0
        for article in articles:
            if article.next_of_id:
                words = _("%(article)s: a next version is not public. Discard it on its page.")
                self.message_user(request, words % {"article": article}, messages.ERROR)
            else:
                withdraw(article, at=timezone.now(), by=request.user)
                count += 1
        done = ngettext("%(count)s article withdrawn.", "%(count)s articles withdrawn.", count)
        self.message_user(request, done % {"count": count}, messages.SUCCESS)

    def _open_for_comments(self, request, articles):
        count = self._count(open_for_comments, request, articles)
        done = ngettext("%(count)s article opened.", "%(count)s articles opened.", count)
        self.message_user(request, done % {"count": count}, messages.SUCCESS)

    def _close_for_comments(self, request, articles):
        count = self._count(close_for_comments, request, articles)
        done = ngettext("%(count)s article closed.", "%(count)s articles closed.", count)
        self.message_user(request, done % {"count": count}, messages.SUCCESS)

    def _count(self, change, request, articles):
        """How many of them `change` changed; a next version stands for its article."""
        wholes = {(row.next_of or row).pk: row.next_of or row for row in articles}
        now = timezone.now()
        return sum(change(article, at=now, by=request.user) for article in wholes.values())

    def delete_model(self, request, obj):
        self.delete_queryset(request, Article.objects.filter(pk=obj.pk))

    def delete_queryset(self, request, queryset):
        for version in queryset.filter(next_of__isnull=False):
            discard_next_version(version, at=timezone.now(), by=request.user)
        queryset.delete()
