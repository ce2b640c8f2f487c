"""The page of the queue: what it shows to whom, and what its buttons do."""

import re
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from acutake.lib.addresses import address_key
from comments import moderation
from comments.decision_forms import seen_of
from comments.models import Ban, Comment, ModerationAction
from comments.queue import SHELVES
from tests.articles.factories import make_article
from tests.comments.factories import NOW, make_comment, make_moderator
from tests.directory.factories import make_practitioner

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:comments_comment_queue")


@pytest.fixture
def moderator():
    return make_moderator(first_name="Wren", last_name="Hollowmere")


@pytest.fixture
def desk(client, moderator):
    """A client that is logged in as the moderator."""
    client.force_login(moderator)
    return client


def waiting(**fields):
    return make_comment(status=Comment.Status.PENDING, **fields)


def at(comment, shelf="waiting"):
    return f"{QUEUE}?shelf={shelf}&comment={comment.pk}"


def press(client, comment, do, *, shelf="waiting", follow=True, **values):
    data = {"do": do, "seen": seen_of(comment), **values}
    return client.post(at(comment, shelf), data, follow=follow)


def statuses():
    return dict(Comment.objects.values_list("pk", "status"))


def shown(response):
    """The comment on the page, None without one."""
    dossier = response.context["dossier"]
    return dossier.comment if dossier else None


def said(response):
    result = response.context["result"]
    return result.words if result else ""


def errors(response):
    return [words for each in response.context["form"].errors.values() for words in each]


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def test_the_one_that_waits_longest_comes_first_with_all_that_helps_to_decide(desk):
    article = make_article(headline="The calf")
    top = make_comment(article=article, commenter_name="Top", body="Top words.")
    question = make_comment(parent=top, commenter_name="Asking", body="The question.")
    comment = waiting(
        parent=question,
        commenter_name="Posy <Ravenhill>",
        commenter_email="posy@example.org",
        body="The <b>answer</b>.",
        screening=[{"code": "rule_all"}],
        network_key="n" * 64,
        proven_at=NOW,
    )
    make_comment(article=article, commenter_email="Posy@example.org", body="Said before.")
    make_comment(article=article, network_key="n" * 64, status="spam")
    comment.flags.create(reason="rude", note="It hurt me.", created_at=NOW)
    waiting(article=article)
    response = desk.get(QUEUE)
    page = response.content.decode()
    assert shown(response) == comment
    expected = [
        *("The calf", "Top words.", "The question.", "The &lt;b&gt;answer&lt;/b&gt;."),
        *("Posy &lt;Ravenhill&gt;", "answers Asking", "posy@example.org", "proven"),
        *("Every comment waits for a moderator.", "Insulting or hateful", "It hurt me."),
        *("Said before.", "1 approved", "1 spam"),
    ]
    assert [words for words in expected if words not in page] == []


@pytest.mark.parametrize(
    ("do", "status", "words"),
    [
        ("approve", "approved", "Decided: Approved. “Some words.”"),
        ("spam", "spam", "Decided: Spam. “Some words.”"),
        ("remove", "removed", "Decided: Removed. Insulting or hateful “Some words.”"),
    ],
)
def test_a_button_decides_and_leads_to_the_next(desk, moderator, do, status, words):
    first, second = waiting(body="Some words."), waiting()
    response = press(desk, first, do, reason="rude")
    assert (response.redirect_chain[0][1], shown(response)) == (303, second)
    assert said(response) == words
    assert statuses() == {first.pk: status, second.pk: "pending"}
    action = ModerationAction.objects.get()
    reason = "rude" if do == "remove" else ""
    assert (action.by, action.to_status, action.reason) == (moderator, status, reason)


def test_the_last_decision_leaves_an_empty_queue_that_says_so(desk):
    comment = waiting()
    page = press(desk, comment, "approve").content.decode()
    assert "Nothing waits for you." in page


def test_a_moderators_own_words_are_the_reason(desk):
    comment = waiting()
    press(desk, comment, "remove", reason="rude", words="Please say it\r\nkindly.")
    assert ModerationAction.objects.get().reason == "Please say it\nkindly."


@pytest.mark.parametrize("do", ["answer", "approve"])
def test_an_answer_is_published_as_the_editors_and_approves(desk, moderator, do):
    comment = waiting(body="Does it hurt?")
    response = press(desk, comment, do, answer="Hardly.\r\n")
    reply = Comment.objects.get(parent=comment)
    assert (reply.body, reply.editor, reply.status) == ("Hardly.", moderator, "approved")
    assert statuses()[comment.pk] == "approved"
    assert said(response) == "Answered and approved: “Does it hurt?”."


def test_an_answer_to_a_question_leads_to_the_next_question(desk):
    article = make_article()
    first, second = (make_comment(article=article, body="Why?") for _ in range(2))
    Comment.objects.update(created_at=timezone.now())
    response = press(desk, first, "answer", answer="Because.", shelf="questions")
    assert (shown(response), said(response)) == (second, "Answered: “Why?”.")


def test_an_empty_answer_is_none(desk):
    comment = waiting()
    response = press(desk, comment, "answer", answer=" \r\n ")
    assert errors(response) == ["There is no answer yet."]
    assert statuses() == {comment.pk: "pending"}


@pytest.mark.parametrize(
    "do", ["spam", "remove", "close", "ban_address", "many_spam", "undo", "", "x\0"]
)
def test_no_button_but_its_own_loses_an_answer(desk, moderator, do):
    moderator.user_permissions.add(Permission.objects.get(codename="add_ban"))
    comment = waiting()
    values = {"undo": uuid4()} if do == "undo" else {"reason": "rude", "ban_reason": "Sold gel."}
    response = press(desk, comment, do, answer="Typed with care.", **values)
    assert response.status_code == 409
    assert errors(response) == ["This answer would be lost. Publish it first, or empty the box."]
    assert ">\nTyped with care.</textarea>" in response.content.decode()
    assert statuses() == {comment.pk: "pending"}


def test_of_two_moderators_the_second_is_told_and_keeps_the_answer(desk):
    comment = waiting(body="Taken words.")
    as_seen = Comment.objects.get(pk=comment.pk)
    moderation.mark_spam(comment, at=NOW, by=make_moderator(username="tobias"))
    response = press(desk, as_seen, "answer", answer="Typed with care.")
    assert errors(response) == [
        "Somebody was faster. “Taken words.” was decided by tobias and is now: Spam. "
        "Look again and decide."
    ]
    page = response.content.decode()
    assert ">\nTyped with care.</textarea>" in page
    assert '<input type="hidden" name="seen" value="spam@"' in page
    assert statuses() == {comment.pk: "spam"}
    press(desk, comment, "answer", answer="Typed with care.")
    assert sorted(statuses().values()) == ["approved", "approved"]


def test_words_that_their_writer_changed_since_are_not_decided_about_unseen(desk):
    comment, other = waiting(body="Kind words."), waiting(body="Others.")
    ticks = tick(other)
    Comment.objects.update(body="Rude words.", edited_at=NOW)
    response = press(desk, comment, "answer", answer="Typed with care.")
    assert errors(response) == [
        "Its writer has changed “Rude words.” since you saw it. Look again and decide."
    ]
    assert ">\nTyped with care.</textarea>" in response.content.decode()
    response = press(desk, other, "many_approve", ticked=ticks)
    assert messages_of(response) == ["Its writer has changed “Rude words.” since you saw it."]
    assert set(statuses().values()) == {"pending"}
    comment.refresh_from_db()
    press(desk, comment, "answer", answer="Typed with care.")
    assert statuses()[comment.pk] == "approved"


@pytest.mark.parametrize("seen", ["x", "\0", "spam@x", "pending@2026-01-01T00:00", "@"])
def test_what_nobody_can_have_seen_counts_for_nothing(desk, seen):
    comment = waiting()
    press(desk, comment, "approve", seen=seen)
    assert statuses() == {comment.pk: "approved"}


def test_a_double_click_is_one_decision_and_one_answer(desk):
    first, second = waiting(), waiting()
    question = make_comment()
    for _ in range(2):
        clicks = [
            press(desk, first, "spam", follow=False),
            press(desk, second, "answer", answer="Yes.", follow=False),
            press(desk, question, "answer", answer="Yes.", follow=False),
        ]
        assert [click.status_code for click in clicks] == [303, 303, 303]
    assert Comment.objects.filter(body="Yes.").count() == 2
    # The spam; the approval and its answer; the answer alone.
    assert ModerationAction.objects.count() == 4


def test_what_its_writer_took_back_stays_removed(desk):
    comment = make_comment(status="removed", withdrawn_at=NOW, body="Taken back.")
    response = press(desk, comment, "approve")
    assert errors(response) == ["The writer of “Taken back.” has taken it back. It stays removed."]
    assert statuses() == {comment.pk: "removed"}


def test_a_decision_can_be_undone_and_is_shown_again(desk):
    first, second = waiting(body="Some words."), waiting()
    done = press(desk, first, "spam")
    batch = done.context["result"].batch
    assert f'name="undo" value="{batch}"' in done.content.decode()
    undone = desk.post(at(second), {"undo": batch}, follow=True)
    assert (shown(undone), said(undone)) == (first, "Decision undone: Waiting. “Some words.”")
    assert undone.context["result"].batch is None
    assert statuses() == {first.pk: "pending", second.pk: "pending"}


def test_an_undone_answer_stands_in_the_box_again_until_it_is_published(desk):
    comment = waiting(body="Some words.")
    done = press(desk, comment, "answer", answer="Typed with care.")
    undone = desk.post(at(comment), {"undo": done.context["result"].batch}, follow=True)
    assert undone.context["form"]["answer"].value() == "Typed with care."
    words = "The answer to “Some words.” is taken back."
    assert said(undone) == f"{words} What it answers is as it was: Waiting."
    again = press(desk, comment, "answer", answer="Typed with care.", follow=False)
    assert again.status_code == 303
    assert desk.get(at(comment)).context["form"]["answer"].value() == ""


def test_an_undone_answer_to_what_was_shown_before_is_told_alone(desk):
    comment = make_comment(body="Some words.")
    done = press(desk, comment, "answer", shelf="lately", answer="Typed with care.")
    undone = desk.post(at(comment), {"undo": done.context["result"].batch}, follow=True)
    assert said(undone) == "The answer to “Some words.” is taken back."


def test_the_last_decision_can_be_undone_while_one_looks_around(desk):
    first, *_others = (waiting(body=f"Some words {number}.") for number in range(3))
    done = press(desk, first, "spam")
    batch = done.context["result"].batch
    there = desk.get(done.context["next_url"])
    page = there.content.decode()
    assert said(there) == ""
    assert "Done last: Decided: Spam. “Some words 0.”" in " ".join(page.split())
    assert f'name="undo" value="{batch}"' in page
    back = desk.get(there.context["previous_url"])
    assert f'name="undo" value="{batch}"' in back.content.decode()
    undone = desk.post(back.context["action"], {"undo": batch}, follow=True)
    assert shown(undone) == first
    onward = desk.get(undone.context["next_url"]).content.decode()
    assert 'name="undo"' not in onward


def test_the_list_says_when_the_shelf_holds_more(desk):
    article = make_article()
    rows = [waiting(article=article) for _ in range(40)]
    pages = [desk.get(at(rows[place])).content.decode() for place in (0, 39)]
    assert ["More stand before" in page for page in pages] == [False, True]
    assert ["More stand behind" in page for page in pages] == [True, False]


def test_what_is_shown_already_is_kept_and_not_approved(desk):
    for comment, words in ((make_comment(), "Keep it"), (waiting(), "Approve")):
        assert f"{words} <kbd>a</kbd>" in desk.get(at(comment)).content.decode()


def test_an_undoing_tells_what_was_decided_since(desk):
    comment = waiting(body="Some words.")
    batch = press(desk, comment, "spam").context["result"].batch
    comment.refresh_from_db()
    moderation.approve(comment, at=NOW, by=make_moderator(username="tobias"))
    response = desk.post(at(comment), {"undo": batch}, follow=True)
    assert messages_of(response) == [
        "Somebody was faster. “Some words.” was decided by tobias and is now: Approved."
    ]
    assert statuses() == {comment.pk: "approved"}


@pytest.mark.parametrize("batch", ["", "x", "\0", "2f6a17e9-bc47-48df-9e74-4c3a381a8656"])
def test_a_forged_batch_undoes_nothing(desk, batch):
    comment = waiting()
    response = desk.post(at(comment), {"undo": batch}, follow=True)
    assert messages_of(response) == ["There is nothing to undo."]


def tick(*comments):
    return [f"{comment.pk}:{seen_of(comment)}" for comment in comments]


@pytest.mark.parametrize(
    ("do", "status"),
    [("many_approve", "approved"), ("many_spam", "spam"), ("many_remove", "removed")],
)
def test_what_is_ticked_is_decided_at_once_and_undone_at_once(desk, do, status):
    current, first, second, other = (waiting() for _ in range(4))
    response = press(
        desk, current, do, ticked=tick(first, second), many_reason="again", reason="rude"
    )
    assert shown(response) == current
    assert statuses() == {
        current.pk: "pending",
        first.pk: status,
        second.pk: status,
        other.pk: "pending",
    }
    reason = "again" if do == "many_remove" else ""
    assert {action.reason for action in ModerationAction.objects.all()} == {reason}
    label = Comment.Status(status).label
    why = " Said already" if reason else ""
    assert said(response) == f"Decided: {label}.{why} (2 comments)"
    desk.post(at(current), {"undo": response.context["result"].batch})
    assert set(statuses().values()) == {"pending"}


def test_many_with_the_shown_one_lead_to_the_next(desk):
    first, second, third = waiting(), waiting(), waiting()
    response = press(desk, first, "many_spam", ticked=tick(first, second))
    assert shown(response) == third


def test_many_are_told_apart_by_what_became_of_them_meanwhile(desk):
    current, free, taken = waiting(), waiting(), waiting(body="Taken words.")
    gone = waiting(body="Taken back.")
    ticks = tick(free, taken, gone)
    moderation.approve(taken, at=NOW, by=make_moderator(username="tobias"))
    Comment.objects.filter(pk=gone.pk).update(status="removed", withdrawn_at=NOW)
    response = press(desk, current, "many_spam", ticked=ticks)
    assert said(response).startswith("Decided: Spam. “")
    assert messages_of(response) == [
        "Somebody was faster. “Taken words.” was decided by tobias and is now: Approved.",
        "The writer of “Taken back.” has taken it back. It stays removed.",
    ]


@pytest.mark.parametrize(
    "ticked",
    [
        [],
        ["x"],
        ["1"],
        [":"],
        ["99999:pending@"],
        ["1:nothing"],
        ["1:pending@x"],
        ["\0:\0"],
        ["9" * 40],
    ],
)
def test_forged_ticks_decide_nothing(desk, ticked):
    comment = waiting()
    response = press(desk, comment, "many_spam", ticked=ticked)
    assert response.status_code == 200
    assert statuses() == {comment.pk: "pending"}


def test_ticks_come_back_with_an_answer_that_would_be_lost(desk):
    comment, other = waiting(), waiting()
    response = press(desk, comment, "many_spam", answer="Typed.", ticked=tick(other))
    page = response.content.decode()
    boxes = re.findall(r'name="ticked" value="([^"]*)"[^>]*?( checked)?>', page)
    assert boxes == [(f"{comment.pk}:pending@", ""), (f"{other.pk}:pending@", " checked")]


def test_a_thread_is_closed_and_opened_again_with_the_comment_still_there(desk):
    comment = waiting()
    response = press(desk, comment, "close")
    comment.refresh_from_db()
    assert (shown(response), comment.is_closed, comment.status) == (comment, True, "pending")
    assert "Take answers again" in response.content.decode()
    press(desk, comment, "reopen")
    comment.refresh_from_db()
    assert not comment.is_closed


def test_an_address_and_a_network_are_banned_by_who_may_ban(desk, moderator):
    comment = waiting(commenter_email="Bad@example.org", network_key="n" * 64)
    assert press(desk, comment, "ban_address").status_code == 403
    assert "Ban this" not in desk.get(at(comment)).content.decode()
    moderator.user_permissions.add(Permission.objects.get(codename="add_ban"))
    assert "Ban this network" in desk.get(at(comment)).content.decode()
    for _ in range(2):
        press(desk, comment, "ban_address", ban_reason="Sold gel.")
        response = press(desk, comment, "ban_network", ban_reason="Sold gel.")
    assert set(Ban.objects.values_list("kind", "value", "by", "ends_at")) == {
        ("address", address_key("bad@example.org"), moderator.pk, None),
        ("sender", "n" * 64, moderator.pk, None),
    }
    assert set(Ban.objects.values_list("reason", flat=True)) == {f"#{comment.pk}: Sold gel."}
    page = response.content.decode()
    assert "Ban this" not in page
    assert page.count("Its writer was banned. Sold gel.") == 2
    assert statuses() == {comment.pk: "pending"}


def test_no_address_is_written_into_the_reason_of_a_ban(desk, moderator):
    moderator.user_permissions.add(Permission.objects.get(codename="add_ban"))
    comment = waiting(commenter_email="bad@example.org")
    response = press(desk, comment, "ban_address", ban_reason="bad@example.org sold gel.")
    assert response.status_code == 409
    assert errors(response)[0].startswith("Please write no e-mail address here.")
    assert 'value="bad@example.org sold gel."' in response.content.decode()
    assert (Ban.objects.count(), comment.moderation_actions.count()) == (0, 0)


def test_a_ban_that_ends_is_made_one_for_good(desk, moderator):
    moderator.user_permissions.add(Permission.objects.get(codename="add_ban"))
    comment = waiting(commenter_email="bad@example.org")
    key = address_key("bad@example.org")
    Ban.objects.create(kind="address", value=key, reason="Rude.", created_at=NOW, ends_at=NOW)
    press(desk, comment, "ban_address", ban_reason="Rude again.")
    assert list(Ban.objects.values_list("reason", "ends_at")) == [("Rude.", None)]
    assert [action.reason for action in comment.moderation_actions.all()] == ["Rude again."]


def test_a_ban_between_hinders_no_undoing(desk, moderator):
    moderator.user_permissions.add(Permission.objects.get(codename="add_ban"))
    comment = waiting(commenter_email="bad@example.org")
    batch = moderation.mark_spam(comment, at=NOW, by=moderator).batch
    response = press(desk, comment, "ban_address", shelf="lately", ban_reason="Sold gel.")
    assert response.context["dossier"].batch == batch
    desk.post(at(comment), {"undo": batch})
    assert statuses() == {comment.pk: "pending"}


def test_the_log_of_a_comment_undoes_what_was_decided_about_it_alone(desk):
    current, first, second = (waiting() for _ in range(3))
    press(desk, current, "many_spam", ticked=tick(first, second))
    page = desk.get(at(first, "lately"))
    batch = page.context["dossier"].batch
    assert f'name="undo_here" value="{batch}"' in page.content.decode()
    desk.post(at(first, "lately"), {"undo_here": batch})
    assert statuses() == {current.pk: "pending", first.pk: "pending", second.pk: "spam"}


@pytest.mark.parametrize("value", ["", "x", "\0"])
def test_a_broken_undo_undoes_nothing(desk, value):
    comment = waiting()
    for name in ("undo", "undo_here"):
        response = desk.post(at(comment), {name: value}, follow=True)
        assert messages_of(response) == ["There is nothing to undo."]


def test_the_same_answer_sent_again_after_its_thread_was_closed_is_one(desk, moderator):
    comment = waiting()
    for _ in range(2):
        response = press(desk, comment, "answer", answer="Yes, that is normal.")
        assert response.status_code == 200
        reply = Comment.objects.get(editor=moderator)
        moderation.close_thread(reply, at=NOW, by=moderator)


@pytest.mark.parametrize(
    ("do", "words"),
    [
        ("remove", "Please say why it is removed: choose a reason or write one."),
        ("many_remove", "Please choose why they are removed."),
        ("ban_address", "Please say why, for the other moderators."),
        ("ban_network", "Please say why, for the other moderators."),
    ],
)
def test_nothing_is_removed_and_nobody_banned_without_a_reason(desk, moderator, do, words):
    moderator.user_permissions.add(Permission.objects.get(codename="add_ban"))
    comment, other = waiting(network_key="n" * 64), waiting()
    response = press(desk, comment, do, ticked=tick(other), words=" ", ban_reason="\n")
    assert (response.status_code, errors(response)) == (409, [words])
    assert words in response.content.decode()
    assert response.context["ticked"] == tick(other)
    assert set(statuses().values()) == {"pending"}
    assert not Ban.objects.exists()


def test_who_left_nothing_cannot_be_banned(desk, moderator):
    moderator.user_permissions.add(Permission.objects.get(codename="add_ban"))
    comment, why = waiting(commenter_email=""), {"ban_reason": "Sold gel."}
    assert messages_of(press(desk, comment, "ban_address", **why)) == [
        "The comment has no address."
    ]
    assert messages_of(press(desk, comment, "ban_network", **why)) == [
        "Where the comment came from is no longer known."
    ]
    assert not Ban.objects.exists()


def test_who_may_only_look_sees_no_address_and_no_button(client):
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_comment"))
    client.force_login(viewer)
    comment = waiting()
    page = client.get(QUEUE).content.decode()
    assert comment.body in page
    assert comment.commenter_email not in page
    assert re.findall(r'name="(do|undo|ticked|answer)"', page) == []
    for values in ({"do": "approve"}, {"undo": uuid4()}):
        assert client.post(at(comment), values).status_code == 403
    assert statuses() == {comment.pk: "pending"}


def test_staff_without_the_right_and_strangers_see_nothing(client):
    waiting()
    assert client.get(QUEUE).status_code == 302
    client.force_login(User.objects.create_user("other", is_staff=True))
    assert client.get(QUEUE).status_code == 403
    assert client.post(QUEUE, {"do": "approve"}).status_code == 403


def test_other_methods_are_refused(desk):
    assert desk.put(QUEUE).status_code == 405


@pytest.mark.parametrize("number", ["", "x", "0", "-1", "99999", "9" * 30, "\0", "٣"])
def test_a_number_of_no_comment_shows_the_first_and_says_so(desk, number):
    comment = waiting()
    response = desk.get(QUEUE, {"comment": number, "shelf": "no\0ne", "done": "\0"})
    assert shown(response) == comment
    assert messages_of(response) == ["This comment is no longer there."]


def test_a_decision_about_no_comment_is_none(desk):
    comment = waiting()
    for address in (QUEUE, f"{QUEUE}?comment=99999"):
        response = desk.post(address, {"do": "approve", "answer": "Typed with care."})
        assert errors(response) == ["This comment is no longer there."]
        assert "Typed with care." in response.content.decode()
    assert statuses() == {comment.pk: "pending"}


@pytest.mark.parametrize("do", ["", "delete", "\0"])
def test_no_button_is_no_decision(desk, do):
    comment = waiting()
    assert errors(press(desk, comment, do)) == ["No button was pressed. Please press one."]


def test_a_reason_that_there_is_not_is_none(desk):
    comment = waiting()
    response = press(desk, comment, "remove", reason="because")
    assert response.status_code == 409
    assert statuses() == {comment.pk: "pending"}


def test_what_is_too_long_comes_back_whole(desk):
    comment = waiting()
    response = press(desk, comment, "answer", answer="x" * 10_001, words="y" * 301)
    assert len(errors(response)) == 2
    page = response.content.decode()
    assert "x" * 10_001 in page
    assert "y" * 301 in page


def test_no_browser_is_told_to_cut_what_is_pasted(desk):
    form = desk.get(at(waiting())).content.decode().partition('id="queue-form"')[2]
    assert 'name="answer"' in form
    assert "maxlength" not in form


@pytest.mark.parametrize("is_above", [False, True])
def test_moderators_cannot_click_on_the_links_of_spam(desk, is_above):
    spam = make_comment(status="spam", body="See https://example.org/gel now")
    comment = waiting(parent=spam) if is_above else spam
    pages = [at(comment, "spam"), reverse("admin:comments_comment_change", args=[comment.pk])]
    for url in pages:
        page = desk.get(url).content.decode()
        assert ("See https://example.org/gel now" in page, 'gel"' in page) == (True, False)
    Comment.objects.filter(pk=spam.pk).update(status="approved")
    assert [
        'href="https://example.org/gel"' in desk.get(url).content.decode() for url in pages
    ] == [
        True,
        True,
    ]


def test_a_get_changes_nothing(desk):
    comment = waiting()
    desk.get(QUEUE, {"comment": comment.pk, "do": "approve", "undo": uuid4()})
    assert (statuses(), ModerationAction.objects.count()) == ({comment.pk: "pending"}, 0)


def test_every_shelf_opens_empty_and_full(desk):
    assert [desk.get(QUEUE, {"shelf": name}).status_code for name in SHELVES] == [200] * 7


def test_the_list_of_comments_leads_to_the_queue(desk):
    page = desk.get(reverse("admin:comments_comment_changelist")).content.decode()
    assert f'href="{QUEUE}"' in page


def test_the_queue_takes_as_many_queries_for_one_as_for_many(desk):
    article = make_article()

    def fill():
        parent = None
        for number in range(4):
            parent = make_comment(
                article=article, parent=parent, practitioner=make_practitioner(), body="Why?"
            )
            row = waiting(parent=parent, commenter_email="posy@example.org", network_key="n" * 64)
            row.flags.create(reason="rude", network_key=str(number), created_at=NOW)
            make_comment(parent=row, editor=make_moderator())
            row.moderation_actions.create(act="edited", to_status="pending", at=NOW)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get(QUEUE)
        return len(queries)

    fill()
    one = count()
    fill()
    fill()
    assert (count(), one) == (one, one)
