"""Nobody's e-mail address leaves the site, whatever becomes of a comment."""

import logging
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core import mail
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from articles.models import Article
from comments import moderation
from comments.digests import make_stop_url
from comments.links import Purpose, make_token
from comments.models import Comment
from comments.notifications import send_digests
from tests.acutake.test_nobody_unlisted import (
    ABOUT_FILE,
    JUST_POSTED,
    NOTIFY,
    all_examples,
    links_of,
    world,  # noqa: F401  a fixture
)
from tests.comments.factories import NOW, make_moderator
from tests.comments.leaks import MOST_PAGES, Walk, disguises, leaks_in, text_of
from tests.comments.mailbox import path_in, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_gazetteer")]

OWN = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
TOKEN = re.compile(r'name="(?:token|seen)" value="([^"]+)"')
# No word of them stands anywhere else on the site.
ANN = "Qzvann+Heel@Mail.Qzvhost.example"
BOB = "qzvbob@qzvbox.example"
DAN = "QzvDan.Doe@qzvdan.example"
EVE = "qzveve@qzveve.example"
FAY = "qzvfay@qzvfay.example"
GUS = "qzvgus@qzvgus.example"
# A moderator, who gets the digest.
WREN = "qzvwren@qzveditors.example"
EVERYBODY = (ANN, BOB, DAN, EVE, FAY, GUS, WREN)


def page_of(comment, purpose, name=""):
    """The address of a page behind one of the links that its writer holds."""
    return reverse(f"comments:{name or purpose}", args=[make_token(purpose, comment, at=NOW)])


class Story:
    """What people do with comments, through the pages and mails that they have for it."""

    def __init__(self, client):
        self.client = client
        self.article = Article.objects.get(slug="heel-pain")
        self.moderator = make_moderator(first_name="Wren", email=WREN)

    def post(self, email, body, *, parent=None, **values):
        page = self.client.get(self.article.get_absolute_url()).content.decode()
        sent = {
            "token": TOKEN.search(page)[1],
            "name": body.partition(" ")[0],
            "email": email,
            "body": body,
            "parent": parent.pk if parent else "",
            "subject": "",
        }
        url = reverse("comments:post", args=[self.article.slug])
        answer = self.client.post(url, {**sent, **values}, headers=OWN)
        return answer, Comment.objects.filter(body=body).first()

    def press(self, path, **values):
        answer = self.client.post(path, values, headers=OWN)
        assert answer.status_code == 303, path

    def prove(self, comment):
        """Ask for all news, and follow the link in the mail."""
        self.press(
            page_of(comment, Purpose.POSTED, "notify"), wants_decision="on", wants_replies="on"
        )
        sent = work(at=NOW)[-1]
        assert sent.to == [comment.commenter_email]
        path = path_in(sent, "/prove/")
        seen = TOKEN.search(self.client.get(path).content.decode())[1]
        self.press(path, act="prove", seen=seen)

    def edit(self, comment, *, body):
        path = page_of(comment, Purpose.POSTED)
        seen = TOKEN.search(self.client.get(path).content.decode())[1]
        self.press(path, body=body, seen=seen)
        assert Comment.objects.get(pk=comment.pk).body == body

    def erase(self, address):
        """Ask for all that is held, and have it erased by the link in the mail."""
        path = reverse("comments:ask_about")
        token = TOKEN.search(self.client.get(path).content.decode())[1]
        self.press(path, token=token, email=address)
        sent = work(at=NOW)[-1]
        assert sent.to == [address]
        self.press(path_in(sent, "/about-you/"), act="erase", is_sure="on")
        assert not Comment.objects.of_address(address).exists()

    def decide(self, comment, decision):
        comment.refresh_from_db()
        decision(comment, at=NOW, by=self.moderator)

    def report(self, comment, *, network):
        path = reverse("comments:report", args=[comment.pk])
        token = TOKEN.search(self.client.get(path).content.decode())[1]
        self.client.post(
            path,
            {"token": token, "reason": "rude", "note": "Rude.", "topic": ""},
            headers=OWN,
            REMOTE_ADDR=network,
        )

    def tell(self):
        """Everything that can happen to a comment, to somebody at least."""
        _, ann = self.post(ANN, "Ann asks whether a gap like that is normal.")
        self.prove(ann)
        self.decide(ann, moderation.approve)
        _, bob = self.post(BOB, "Bob has had the same.", parent=ann)
        self.prove(bob)
        self.decide(bob, moderation.approve)
        _, dan = self.post(DAN, "Dan wants to sell something.")
        self.decide(dan, moderation.mark_spam)
        _, eve = self.post(EVE, "Eve told too much.")
        self.prove(eve)
        self.decide(eve, moderation.approve)
        _, below = self.post(BOB, "Bob answers Eve.", parent=eve)
        self.decide(below, moderation.approve)
        self.erase(EVE)
        moderation.answer(ann, body="It is.", at=NOW, by=self.moderator)
        for number in range(3):
            self.report(below, network=f"192.0.2.{number}")
        _, gus = self.post(GUS, "Gus waits.")
        self.press(page_of(gus, Purpose.STOP), act="all")
        _, fay = self.post(FAY, "Fay thinks again.")
        self.edit(fay, body="Fay has thought.")
        self.press(page_of(fay, Purpose.POSTED), act="withdraw")
        send_digests(at=NOW)
        work(at=NOW + timedelta(hours=1))
        return self


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def story(client, world):  # noqa: F811
    return Story(client).tell()


@pytest.fixture
def said(caplog, monkeypatch):
    """All that any part of the site says to the log, in every detail."""
    caplog.set_level(logging.DEBUG)
    for name in logging.root.manager.loggerDict:
        caplog.set_level(logging.DEBUG, logger=name)
        # Django's are heard by handlers of their own alone.
        monkeypatch.setattr(logging.getLogger(name), "propagate", True)
    return caplog


def walk(client):
    """Every public page that there is, and what each of them gives away."""
    told = {}

    def look(path, response):
        assert response.cookies == {}, path
        assert response["Referrer-Policy"] in {"same-origin", "no-referrer"}, path
        if found := leaks_in(f"{path}\n{text_of(response)}", EVERYBODY):
            told[path] = found

    seen = Walk(client, look).from_([*all_examples(), *links(), *errors()]).seen
    return seen, told


def links():
    """The pages behind the links that writers and moderators hold."""
    moderator = User.objects.get(email=WREN)
    return [
        make_stop_url(moderator, at=NOW).removeprefix(settings.SITE_URL),
        *(
            path
            for comment in Comment.objects.filter(editor=None)
            for name, path in links_of(comment, at=NOW)
            # These show it to its owner, see below.
            if name not in {Purpose.ABOUT, ABOUT_FILE}
        ),
    ]


def errors():
    """Pages about what is wrong."""
    gone = Comment.objects.exclude(status="approved").values_list("pk", flat=True)
    article = Article.objects.get(slug="heel-pain")
    return [
        *("/nowhere/", "/comments/0/", f"/comments/{10**30}/"),
        *(reverse("comments:comment", args=[key]) for key in gone),
        *(f"{article.get_absolute_url()}?reply_to={key}" for key in gone),
    ]


def test_no_public_page_gives_an_address_away(client, story):
    seen, told = walk(client)

    assert told == {}
    # Also what only a page with comments leads to.
    ann = Comment.objects.get(commenter_email=ANN)
    assert seen[f"{story.article.get_absolute_url()}?reply_to={ann.pk}"] == 200
    assert len(seen) < MOST_PAGES
    assert {status for status in seen.values() if status >= 500} == set()


def test_walk_finds_an_address_in_every_disguise(client, world):  # noqa: F811
    """Each of the tests here can fail."""
    story = Story(client)
    forms = disguises(BOB)
    _, comment = story.post("", "What stands here: " + " , ".join(forms.values()))
    story.decide(comment, moderation.approve)

    for path in ("/articles/heel-pain/", "/articles/heel-pain/comments/feed/"):
        found = leaks_in(text_of(client.get(path)), EVERYBODY)
        assert found == [f"{BOB}: {name}" for name in forms]


def test_no_answer_to_a_post_gives_an_address_of_others_away(client, world):  # noqa: F811
    story = Story(client)
    _, ann = story.post(ANN, "Ann asks.")
    answers = [
        story.post(GUS, "Gus writes.")[0],
        story.post(GUS, "", name="Gus")[0],
        story.post(GUS, "Gus answers what waits.", parent=ann)[0],
        story.post(GUS, "Gus came from elsewhere.", token="x")[0],
        client.put(reverse("comments:post", args=["heel-pain"])),
        client.post(reverse("comments:post", args=["heel-pain"]), {"email": GUS}),
    ]

    for answer in answers:
        assert answer.cookies == {}
        assert leaks_in(text_of(answer), [ANN]) == []


def test_what_comes_back_to_its_writer_holds_the_address_in_its_field_alone(client, world):  # noqa: F811
    answer, _ = Story(client).post(GUS, "", name="Gus")

    page = text_of(answer)

    assert page.count(GUS) == 1
    assert leaks_in(page.replace(f'value="{GUS}"', ""), [GUS]) == []


def test_pages_about_what_is_kept_show_their_owners_address_alone(client, story):
    for comment in Comment.objects.exclude(commenter_email="").filter(editor=None):
        others = [address for address in EVERYBODY if address != comment.commenter_email]
        for name in ("about", "export_about"):
            answer = client.get(page_of(comment, Purpose.ABOUT, name))
            assert (answer.status_code, leaks_in(text_of(answer), others)) == (200, [])
            assert "no-store" in answer["Cache-Control"]
            assert answer.cookies == {}


def test_no_log_holds_an_address(client, said, story):
    for path in (*links(), *errors()):
        client.get(path)

    lines = [said.handler.format(record) + repr(record.args) for record in said.records]
    assert [line for line in lines if leaks_in(line, EVERYBODY)] == []
    # The log is heard: each page that is not there leaves a line.
    assert any("/nowhere/" in line for line in lines)


def test_no_file_is_called_by_an_address_or_holds_one(story, tmp_path):
    names = [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")]
    assert leaks_in("\n".join(names), EVERYBODY) == []
    public = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert public
    assert leaks_in("\n".join(str(path.read_bytes()) for path in public), EVERYBODY) == []


def test_no_mail_holds_an_address_but_that_of_whom_it_goes_to(story):
    kinds = {sent.extra_headers["Message-ID"].split(".")[0] for sent in mail.outbox}
    assert kinds == {"<proof", "<decision", "<reply", "<about", "<digest"}
    for sent in mail.outbox:
        message = sent.message()
        assert leaks_in(message["To"], EVERYBODY) != []
        del message["To"]
        words = "\n".join([*map(str, message.values()), sent.body, *map(str, sent.alternatives)])
        assert leaks_in(words, EVERYBODY) == [], sent.subject


def test_no_task_holds_an_address(story):
    tasks = DBTaskResult.objects.values_list("args_kwargs", flat=True)

    assert leaks_in(str(list(tasks)), EVERYBODY) == []


def test_whoever_types_an_address_learns_nothing_of_what_its_owner_wrote(client, world):  # noqa: F811
    """What is held for the address, and whether anything is, stays with those who read its mail."""
    story = Story(client)
    Article.objects.update(comment_hold=Article.CommentHold.FIRST)
    _, ann = story.post(ANN, "Ann asks, and is known from now on.")
    story.prove(ann)
    story.decide(ann, moderation.approve)
    story.post(ANN, "Secretly Ann asks.")
    answers = []
    for email in (ANN, "qzvnobody@qzvnobody.example"):
        _, comment = story.post(email, f"Mallory types {email}.")
        pages = [client.get(path).content.decode() for _, path in posted_links(comment)]
        answers.append("\n".join(pages).replace(email, "?"))

    assert "Secretly" not in answers[0]
    assert bare(answers[0]) == bare(answers[1])


def posted_links(comment):
    """What somebody gets who posted, and who reads no mail of that address."""
    found = dict(links_of(comment, at=NOW))
    return [(name, found[name]) for name in (Purpose.POSTED, NOTIFY, JUST_POSTED)]


def bare(html):
    """Without what is new on every page, and the numbers of comments."""
    return re.sub(r'nonce="[^"]*"|value="[^"]*"|\d+(:\d+)?:[\w-]{20,}|\d+', "", html)
