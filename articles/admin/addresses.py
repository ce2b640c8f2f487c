"""The addresses of an article's pages in the admin that Django's own do not have."""

from functools import partial

from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from articles.admin import autosave, history, preview


def article_urls(model_admin) -> list:
    """They come before Django's own, which would take the first part for a primary key."""

    def page(view):
        return model_admin.admin_site.admin_view(partial(view, model_admin=model_admin))

    def answer(view):
        """For a script: who is not logged in is told so, not led to a page."""
        return never_cache(csrf_protect(partial(view, model_admin=model_admin)))

    return [
        path("token/", answer(autosave.token), name="articles_article_token"),
        path("autosave/", answer(autosave.autosave), name="articles_article_autosave_new"),
        path("<int:pk>/autosave/", answer(autosave.autosave), name="articles_article_autosave"),
        path("aside/", page(history.put_aside_view), name="articles_article_put_aside_new"),
        path("<int:pk>/aside/", page(history.put_aside_view), name="articles_article_put_aside"),
        path("<int:pk>/compare/", page(history.compare_view), name="articles_article_compare"),
        path(
            "<int:pk>/restore/<int:number>/",
            page(history.restore_view),
            name="articles_article_restore",
        ),
        path("<int:pk>/settle/", page(history.settle_view), name="articles_article_settle"),
        path("preview/", page(preview.preview_view), name="articles_article_preview_new"),
        path("preview/phone/", page(preview.phone_view), name="articles_article_preview_phone_new"),
        path("<int:pk>/preview/", page(preview.preview_view), name="articles_article_preview"),
        path(
            "<int:pk>/preview/phone/",
            page(preview.phone_view),
            name="articles_article_preview_phone",
        ),
        path(
            "<int:pk>/preview/link/", page(preview.link_view), name="articles_article_preview_link"
        ),
        path("drafts/<int:pk>/", page(history.draft_view), name="articles_draft"),
        path(
            "drafts/<int:pk>/discard/",
            page(history.discard_draft_view),
            name="articles_draft_discard",
        ),
    ]
