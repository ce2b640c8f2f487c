"""What the search over the whole site compares. Derived: `directory.search_index` writes it."""

from django.db import models

from acutake.lib.fulltext import TermsField
from directory.models.practitioners import Practitioner

LONGEST_WORD = 24


class PractitionerTerms(models.Model):
    """The words of a practitioner, listed or not: of the name at the narrowest level, then with
    those of the offices, then with the statement."""

    practitioner = models.OneToOneField(
        Practitioner, models.CASCADE, related_name="terms", primary_key=True
    )
    terms = TermsField()

    def __str__(self):
        return f"terms of practitioner {self.pk}"


class KnownWord(models.Model):
    """A folded word that the site has or had somewhere, public or not, under a key of it.

    Its keys are the word itself and what is left of it without any one letter: two words that are
    one slip of the keyboard apart share a key.
    """

    key = models.CharField(max_length=LONGEST_WORD)
    word = models.CharField(max_length=LONGEST_WORD)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "word"], name="directory_knownword_once")
        ]

    def __str__(self):
        return self.word
