"""The address of one comment, which outlasts its place on the pages of its article."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from comments.models import Comment
from comments.reading import place_of


@require_safe
def comment(request, pk):
    """302 to where the comment stands now; 404 unless the public may read it."""
    now = timezone.now()
    public = Comment.objects.public(at=now).select_related("article")
    found = get_object_or_404(public, pk=pk)
    return HttpResponseRedirect(f"{found.article.get_absolute_url()}{place_of(found, at=now)}")
