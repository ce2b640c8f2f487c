"""What a comment is in an archive, and which records can be taken."""

from articles.archive.columns import read_columns
from articles.archive.formats import RecordError, check_fields, check_known
from articles.archive.running import Survey
from comments.models import Comment, ModerationAction

# Archives that were written before there were these lack them. They stand in one only where they
# say more than the default, so that the format is still the first.
LATER_COLUMNS = ("website", "is_closed", "edited_at", "withdrawn_at", "screening")
LATER_OF_ADDRESS = ("proven_at", "wants_decision", "wants_replies")
LATER_OF_ACTION = frozenset({"act", "reason"})
LATER = frozenset({*LATER_COLUMNS, *LATER_OF_ADDRESS})

COLUMNS = ("commenter_name", "body", "status", "created_at", "decided_at", *LATER_COLUMNS)
ADDRESS = "commenter_email"
OF_ADDRESS = (ADDRESS, *LATER_OF_ADDRESS)
FIELDS = {
    *COLUMNS,
    "number",
    "article",
    "parent",
    "editor",
    "practitioner",
    "decided_by",
    "actions",
}
OF_ACTION = ("from_status", "to_status", "at", "act", "reason")
HIGHEST = 2**53


def check(record: dict, survey: Survey) -> None:
    """Raise RecordError for one that cannot be restored; remember the others."""
    has_address = survey.archive.has_addresses
    columns = (*COLUMNS, *OF_ADDRESS) if has_address else COLUMNS
    check_fields(record, (FIELDS | set(columns)) - LATER, optional=LATER & set(columns))
    number = record["number"]
    if type(number) is not int or not 0 < number < HIGHEST or number in survey.comments:
        raise RecordError("“number” is none, or stands there twice")
    values = read_columns(Comment, record, columns)
    _check_screening(values["screening"])
    if values["withdrawn_at"] and values["status"] != Comment.Status.REMOVED:
        raise RecordError("it is withdrawn and not removed")
    check_known("article", record["article"] or "", survey.articles)
    parent = record["parent"]
    if parent is not None and (
        type(parent) is not int or survey.comments.get(parent) != record["article"]
    ):
        raise RecordError(f"no comment {str(parent)[:20]} on its article stands before it")
    if not isinstance(record["practitioner"], str | None):
        raise RecordError("“practitioner” is neither a slug nor null")
    if record["editor"] and record["practitioner"]:
        raise RecordError("it is an editor's and a practitioner's")
    _check_accounts(record, survey)
    survey.comments[number] = record["article"]
    survey.highest["comments"] = max(survey.highest["comments"], number)


def _check_screening(reasons: list) -> None:
    for reason in reasons:
        if not isinstance(reason, dict) or not isinstance(reason.get("code"), str):
            raise RecordError("“screening” has a reason without a code")


def _check_accounts(record: dict, survey: Survey) -> None:
    accounts = [record["editor"], record["decided_by"]]
    if not isinstance(record["actions"], list):
        raise RecordError("“actions” is no list")
    for action in record["actions"]:
        check_fields(action, {*OF_ACTION, "by"} - LATER_OF_ACTION, optional=LATER_OF_ACTION)
        read_columns(ModerationAction, action, OF_ACTION)
        accounts.append(action["by"])
    for name in accounts:
        check_known("account", name, survey.accounts)
