import re
from html import unescape

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from comments import moderation
from comments.decision_forms import seen_of
from comments.models import Comment, ModerationAction
from comments.reasons import REASONS
from comments.undoing import undo
from tests.articles.factories import make_article
from tests.comments.factories import NOW, make_comment, make_moderator
from tests.directory.factories import make_licensed

pytestmark = pytest.mark.django_db

LIST = reverse("admin:comments_comment_changelist")


@pytest.fixture
def moderator():
    return make_moderator(first_name="Wren", last_name="Hollowmere")


@pytest.fixture
def admin_client(client, moderator):
    client.force_login(moderator)
    return client


def url_of(comment):
    return reverse("admin:comments_comment_change", args=[comment.pk])


def waiting(**fields):
    return make_comment(status=Comment.Status.PENDING, **fields)


def act(client, action, *comments, seen=None):
    """Take a list's action on comments as they stand on it (or stood, by `seen`)."""
    seen = seen or [f"{comment.pk}:{seen_of(comment)}" for comment in comments]
    data = {"action": action, "_selected_action": [row.pk for row in comments], "seen": seen}
    return client.post(LIST, data, follow=True)


def save(client, comment, **values):
    data = {"seen": seen_of(comment), "answer": "", "practitioner": "", **values}
    return client.post(url_of(comment), data, follow=True)


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def statuses():
    return dict(Comment.objects.values_list("pk", "status"))


def test_what_waits_stands_first_and_longest_first_then_the_newest(admin_client):
    old, removed = make_comment(), make_comment(status=Comment.Status.REMOVED)
    first, second = waiting(), waiting()
    new = make_comment()
    listed = admin_client.get(LIST).context["cl"].result_list
    assert [row.pk for row in listed] == [row.pk for row in (first, second, new, removed, old)]


def test_the_list_shows_text_article_name_and_not_the_address(admin_client):
    comment = waiting(commenter_name="Posy Ravenhill", body="Is there any evidence?")
    page = admin_client.get(LIST).content.decode()
    for text in ("Posy Ravenhill", "Is there any evidence?", comment.article.headline):
        assert text in page
    assert comment.commenter_email not in page


@pytest.mark.parametrize("status", Comment.Status.values)
def test_the_list_can_be_narrowed_to_a_status(admin_client, status):
    made = {value: make_comment(status=value) for value in Comment.Status.values}
    listed = admin_client.get(f"{LIST}?status__exact={status}").context["cl"].result_list
    assert list(listed) == [made[status]]


@pytest.mark.parametrize(
    ("action", "status", "label"),
    [
        ("approve_selected", "approved", "Approved"),
        ("mark_selected_as_spam", "spam", "Spam"),
        ("remove_rude", "removed", "Removed"),
    ],
)
def test_an_action_decides_about_the_selected(admin_client, moderator, action, status, label):
    first, second, other = waiting(), waiting(), waiting()
    response = act(admin_client, action, first, second)
    assert messages_of(response) == [f"2 comments: {label}."]
    assert statuses() == {first.pk: status, second.pk: status, other.pk: "pending"}
    assert {row.decided_by for row in Comment.objects.filter(status=status)} == {moderator}
    reason = "rude" if status == "removed" else ""
    assert set(ModerationAction.objects.values_list("reason", flat=True)) == {reason}


def test_a_removal_from_the_list_always_has_a_reason(admin_client):
    waiting()
    actions = admin_client.get(LIST).context["action_form"].fields["action"].choices
    labels = [label for name, label in actions if "remove" in name]
    assert labels == [f"Remove: {reason.label}" for reason in REASONS.values()]


def test_an_action_tells_what_somebody_else_decided_since_the_list_was_read(admin_client):
    taken, free = waiting(body="Taken words."), waiting()
    other = make_moderator(username="tobias")
    seen = [f"{taken.pk}:pending@", f"{free.pk}:pending@"]
    moderation.approve(taken, at=NOW, by=other)
    response = act(admin_client, "mark_selected_as_spam", taken, free, seen=seen)
    assert messages_of(response) == [
        "1 comment: Spam.",
        "Somebody was faster. “Taken words.” was decided by tobias and is now: Approved.",
    ]
    assert statuses() == {taken.pk: "approved", free.pk: "spam"}


def test_an_action_in_a_narrowed_list_tells_what_left_it_since(admin_client):
    taken = waiting(body="Taken words.")
    moderation.approve(taken, at=NOW, by=make_moderator(username="tobias"))
    data = {
        "action": "mark_selected_as_spam",
        "_selected_action": [taken.pk],
        "seen": [f"{taken.pk}:pending@"],
    }
    response = admin_client.post(f"{LIST}?status__exact=pending", data, follow=True)
    assert messages_of(response) == [
        "Somebody was faster. “Taken words.” was decided by tobias and is now: Approved."
    ]
    assert statuses() == {taken.pk: "approved"}


def test_an_action_that_changes_nothing_says_so(admin_client):
    response = act(admin_client, "approve_selected", make_comment())
    assert messages_of(response) == ["They are that already."]


@pytest.mark.parametrize("seen", [["x"], ["", ":"], ["99:pending@"], ["\0:\0"]])
def test_a_list_without_what_was_seen_decides_about_what_is(admin_client, seen):
    comment = waiting()
    act(admin_client, "approve_selected", comment, seen=seen)
    assert statuses() == {comment.pk: "approved"}


def test_the_page_of_a_comment_shows_what_it_answers_and_the_address(admin_client):
    question = make_comment(commenter_name="Asking Person", body="The question.")
    comment = waiting(parent=question, body="The <b>answer</b>.")
    page = admin_client.get(url_of(comment)).content.decode()
    for text in ("Asking Person", "The question.", "The &lt;b&gt;answer&lt;/b&gt;."):
        assert text in page
    assert comment.commenter_email in page


def test_who_may_only_look_sees_no_address_and_cannot_decide(client):
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_comment"))
    client.force_login(viewer)
    comment = waiting()
    page = client.get(url_of(comment)).content.decode()
    assert comment.body in page
    assert comment.commenter_email not in page
    assert "_approve" not in page
    assert save(client, comment, _approve="Approve").status_code == 403
    act(client, "approve_selected", comment)
    assert statuses() == {comment.pk: "pending"}


def test_staff_without_the_right_see_nothing(client):
    client.force_login(User.objects.create_user("other", is_staff=True))
    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("may_decide", [False, True])
def test_comments_are_found_by_address_only_by_who_may_see_it(client, may_decide):
    user = User.objects.create_user("viewer", is_staff=True)
    rights = ["view_comment", *(["change_comment"] if may_decide else [])]
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)
    make_comment(commenter_email="secret@example.org", commenter_name="Fern Marsh")
    by_name = client.get(LIST, {"q": "marsh"}).context["cl"].result_list
    by_address = client.get(LIST, {"q": "secret"}).context["cl"].result_list
    assert (len(by_name), len(by_address)) == (1, int(may_decide))
    answer = client.get(LIST, {"commenter_email__startswith": "s"})
    assert answer.status_code == (200 if may_decide else 400)


def test_nobody_adds_or_deletes_a_comment(client):
    client.force_login(User.objects.create_superuser("chief"))
    comment = make_comment()
    assert client.get(reverse("admin:comments_comment_add")).status_code == 403
    delete = reverse("admin:comments_comment_delete", args=[comment.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("button", "status"), [("_approve", "approved"), ("_spam", "spam"), ("_remove", "removed")]
)
def test_a_button_decides(admin_client, moderator, button, status):
    comment = waiting()
    page = admin_client.get(url_of(comment)).content.decode()
    assert f'name="{button}"' in page
    save(admin_client, comment, reason="rude", **{button: "x"})
    comment.refresh_from_db()
    assert (comment.status, comment.decided_by) == (status, moderator)
    actions = comment.moderation_actions.values_list("from_status", "to_status", "by", "reason")
    reason = "rude" if button == "_remove" else ""
    assert list(actions) == [("pending", status, moderator.pk, reason)]
    assert "Wren Hollowmere" in admin_client.get(url_of(comment)).content.decode()


def test_a_comment_is_removed_in_a_moderators_own_words(admin_client):
    comment = waiting()
    save(admin_client, comment, reason="rude", words="Please say it\r\nkindly.", _remove="Remove")
    assert comment.moderation_actions.get().reason == "Please say it\nkindly."


def test_removing_without_a_reason_asks_for_one(admin_client):
    comment = waiting()
    response = save(admin_client, comment, words=" ", _remove="Remove")
    assert "Please say why it is removed" in response.content.decode()
    assert statuses() == {comment.pk: "pending"}


def test_saving_without_a_button_decides_nothing(admin_client):
    comment = waiting()
    save(admin_client, comment, _save="Save")
    assert statuses() == {comment.pk: "pending"}


def test_an_answer_is_published_as_the_editors_and_approves_the_comment(admin_client, moderator):
    comment = waiting()
    save(admin_client, comment, answer="It is on our list.\r\n", _save="Save")
    reply = Comment.objects.get(parent=comment)
    assert (reply.body, reply.editor, reply.status) == ("It is on our list.", moderator, "approved")
    comment.refresh_from_db()
    assert comment.is_approved()


def test_approving_with_an_answer_does_both_once(admin_client):
    comment = waiting()
    save(admin_client, comment, answer="Yes.", _approve="Approve")
    assert Comment.objects.approved().count() == 2
    assert comment.moderation_actions.count() == 1


def test_an_answer_under_spam_comes_back(admin_client):
    comment = waiting()
    response = save(admin_client, comment, answer="Typed with care.", _spam="Spam")
    page = response.content.decode()
    assert "Nobody would see an answer below it." in page
    assert "Typed with care." in page
    assert statuses() == {comment.pk: "pending"}


def test_of_two_moderators_the_second_is_told_and_keeps_the_answer(admin_client):
    comment = waiting()
    as_seen = Comment.objects.get(pk=comment.pk)
    moderation.mark_spam(comment, at=NOW, by=make_moderator(username="tobias"))
    response = save(admin_client, as_seen, answer="Typed with care.", _approve="Approve")
    page = response.content.decode()
    assert "was decided by tobias and is now: Spam." in page
    assert "Typed with care." in page
    assert '<input type="hidden" name="seen" value="spam@"' in page
    assert statuses() == {comment.pk: "spam"}
    save(admin_client, comment, answer="Typed with care.", _approve="Approve")
    assert sorted(statuses().values()) == ["approved", "approved"]


def test_what_its_writer_took_back_is_not_approved_on_its_page(admin_client):
    comment = make_comment(status="removed", withdrawn_at=NOW, body="Taken back.")
    for values in ({"_approve": "x"}, {"answer": "Typed with care."}):
        page = save(admin_client, comment, **values).content.decode()
        assert "The writer of “Taken back.” has taken it back. It stays removed." in page
    assert "Typed with care." in page
    assert statuses() == {comment.pk: "removed"}


def test_an_action_tells_what_its_writer_took_back_and_what_stays(admin_client):
    gone = make_comment(status="removed", withdrawn_at=NOW, body="Taken back.")
    kept = make_comment()
    kept.flags.create(reason="rude", created_at=NOW)
    assert messages_of(act(admin_client, "approve_selected", gone, kept)) == [
        "1 comment stays as it is. The reports about it are settled.",
        "The writer of “Taken back.” has taken it back. It stays removed.",
    ]


def test_the_page_of_a_comment_tells_what_was_done_and_why(admin_client, moderator):
    comment = make_comment()
    moderation.close_thread(comment, at=NOW, by=moderator)
    batch = moderation.remove(comment, at=NOW, by=moderator, reason="rude").batch
    undo(batch, at=NOW, by=moderator)
    comment.refresh_from_db()
    moderation.remove(comment, at=NOW, by=moderator, reason="Words of my own.")
    page = admin_client.get(url_of(comment)).content.decode()
    said = re.findall(r"<p>[^<]*Wren Hollowmere: ([^<]*)</p>", page)
    assert said == [
        "Decided: Removed. Words of my own.",
        "Decision undone: Approved.",
        "Decided: Removed. Insulting or hateful",
        "Closed for answers.",
    ]


def test_a_comment_can_be_given_to_a_practitioner(admin_client):
    comment = make_comment(commenter_name="M.")
    practitioner = make_licensed()
    save(admin_client, comment, practitioner=practitioner.pk, _save="Save")
    comment.refresh_from_db()
    assert comment.shown_name() == practitioner.name


def test_an_editors_answer_cannot_be_given_to_a_practitioner(admin_client, moderator):
    comment = make_comment(editor=moderator)
    save(admin_client, comment, practitioner=make_licensed().pk, _save="Save")
    comment.refresh_from_db()
    assert comment.practitioner is None


def test_words_and_names_cannot_be_rewritten(admin_client):
    comment = waiting(body="As it was.")
    save(admin_client, comment, body="Changed.", text="Changed.", commenter_name="Changed.")
    comment.refresh_from_db()
    assert (comment.body, "Changed." in comment.commenter_name) == ("As it was.", False)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_number_of_queries(admin_client, django_assert_num_queries, number):
    article = make_article()
    for _ in range(number):
        make_comment(practitioner=make_licensed(), article=article)
        make_comment(editor=make_moderator(), status=Comment.Status.PENDING)
    # Session, account, two of permissions; the count and the rows.
    with django_assert_num_queries(6):
        admin_client.get(LIST)


def test_words_that_their_writer_changed_since_are_not_decided_about(admin_client):
    comment = waiting(body="Kind words.")
    Comment.objects.update(body="Rude words.", edited_at=NOW)
    changed = "Its writer has changed “Rude words.” since you saw it."
    assert messages_of(act(admin_client, "approve_selected", comment)) == [changed]
    response = save(admin_client, comment, _approve="Approve")
    assert f"{changed} Look again and decide." in unescape(response.content.decode())
    assert statuses() == {comment.pk: "pending"}
    comment.refresh_from_db()
    save(admin_client, comment, _approve="Approve")
    assert statuses() == {comment.pk: "approved"}
