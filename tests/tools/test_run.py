import socket

import pytest

from tools import run


@pytest.fixture
def listener():
    with socket.socket() as taken:
        taken.bind((run.HOST, 0))
        taken.listen()
        yield taken


def test_taken_port_is_named_with_another_one_to_try(listener):
    port = listener.getsockname()[1]

    with pytest.raises(SystemExit) as refusal:
        run.free_port(str(port))

    assert str(refusal.value) == (
        f"Port {port} is taken: another program (perhaps another make run) listens there.\n"
        f"Choose another one: PORT={port + 1} make run"
    )


def test_free_port_is_taken_as_a_number(listener):
    port = listener.getsockname()[1]
    listener.close()

    assert run.free_port(str(port)) == port


@pytest.mark.parametrize("text", ["abc", "-1", "0", "65536", "80 80", "²", " 8000"])
def test_port_that_is_none_is_refused(text):
    with pytest.raises(SystemExit) as refusal:
        run.free_port(text)

    assert str(refusal.value) == f"PORT must be a number from 1 to 65535, not {text!r}."


def test_health_of_a_port_where_nobody_listens_is_none(listener):
    port = listener.getsockname()[1]
    listener.close()

    assert run.health(port) is None


@pytest.mark.parametrize(
    ("state", "line"),
    [
        ("configured", "Editor   name editor, password correct horse"),
        ("own", "Editor   name editor, password the one you gave it"),
        ("none", None),
    ],
)
def test_login_line_tells_the_password_only_if_it_is_the_one(state, line, tmp_path, monkeypatch):
    (tmp_path / "prepared.json").write_text(f'{{"static": "", "editor_password": "{state}"}}')
    monkeypatch.setattr(run, "PREPARED", tmp_path / "prepared.json")

    assert run.login({"DEMO_EDITOR_PASSWORD": "correct horse"}) == line
