import json
import stat

from tools import bootstrap


def test_environment_file_is_written_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "var" / ".env"

    assert bootstrap.write_environment_file(path) is True
    first = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert bootstrap.write_environment_file(path) is False
    assert path.read_text() == first
    assert [entry.name for entry in path.parent.iterdir()] == [".env"]


def test_two_environment_files_share_no_secret(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    bootstrap.write_environment_file(one / ".env")
    bootstrap.write_environment_file(other / ".env")

    first = bootstrap.read_environment_file(one / ".env")
    second = bootstrap.read_environment_file(other / ".env")

    assert list(first) == ["SECRET_KEY", "DEMO_EDITOR_PASSWORD"]
    assert set(first.values()).isdisjoint(second.values())
    assert len(first["SECRET_KEY"]) >= 50


def test_environment_file_that_was_cut_short_is_written_anew(tmp_path):
    (tmp_path / ".env.partial").write_text("SECRET_KEY=ha")

    assert bootstrap.write_environment_file(tmp_path / ".env") is True
    assert not (tmp_path / ".env.partial").exists()


def test_environment_file_is_read_with_comments_quotes_and_exports(tmp_path):
    path = tmp_path / ".env"
    path.write_text("# a comment\n\nexport A=1\nB = 'two words'\nC=x=y\n")

    assert bootstrap.read_environment_file(path) == {"A": "1", "B": "two words", "C": "x=y"}


def test_missing_environment_file_holds_nothing(tmp_path):
    assert bootstrap.read_environment_file(tmp_path / ".env") == {}


def test_stamp_is_read_back_only_where_there_is_a_python(tmp_path):
    stamp = {"python": "3.11 /usr", "locks": {"requirements.txt": "abc"}}
    bootstrap.write_stamp(tmp_path, stamp)
    assert bootstrap.read_stamp(tmp_path) is None

    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    assert bootstrap.read_stamp(tmp_path) == stamp


def test_stamp_that_is_damaged_counts_as_none(tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()

    for text in ("", "{", "[]", json.dumps({"python": 1, "locks": {}})):
        (tmp_path / "acutake.json").write_text(text)
        assert bootstrap.read_stamp(tmp_path) is None


def test_pip_in_the_folder_is_the_one_that_was_recorded():
    assert bootstrap.digest(bootstrap.PIP) == bootstrap.PIP_SHA256
