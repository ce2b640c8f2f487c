"""Words of the moderators' pages."""

from django import template

from comments.decision_forms import seen_of
from comments.decision_words import act_words, tally_words, who_acted
from comments.dossiers import words_of

register = template.Library()
register.filter("words_of", words_of)
register.filter("act_words", act_words)
register.filter("who_acted", who_acted)
register.filter("tally_words", tally_words)


@register.filter
def seen_value(comment):
    """What a tick says: the comment, and how it stood on the page."""
    return f"{comment.pk}:{seen_of(comment)}"
