"""Fields that take what is pasted whole.

Browsers cut what is pasted at `maxlength` and say nothing. Without it the form says in words that a
text is too long, and its writer shortens it.
"""

from django import forms


def let_paste_whole(form: forms.BaseForm) -> None:
    """Let a browser cut nothing off; how long a field may be is still for the form to say."""
    for field in form.fields.values():
        field.widget.attrs.pop("maxlength", None)
