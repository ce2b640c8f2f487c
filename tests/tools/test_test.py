from tools.test import Machine, left_out, runs

BARE = Machine(database_url="", cache_url="", browser=None, vnu_jar=None)
WHOLE = Machine(
    database_url="postgres://db/test",
    cache_url="redis://cache/1",
    browser="/usr/bin/chromium",
    vnu_jar="/opt/vnu.jar",
)


def test_bare_machine_runs_the_suite_on_sqlite_and_names_the_rest():
    assert [run.name for run in runs(BARE, [])] == ["the suite on SQLite"]
    assert [what for what, how in left_out(BARE)] == [
        "the suite on PostgreSQL",
        "the suite on Redis",
        "the browser journeys",
        "the HTML check of the journeys",
    ]


def test_whole_machine_runs_everything():
    suite = runs(WHOLE, [])

    assert [run.name for run in suite] == [
        "the suite on SQLite",
        "the suite on PostgreSQL and Redis",
        "the browser journeys",
    ]
    assert suite[1].env == {"DATABASE_URL": "postgres://db/test", "CACHE_URL": "redis://cache/1"}
    assert suite[2].arguments == ("tests/journeys",)
    assert left_out(WHOLE) == []


def test_arguments_choose_a_part_on_every_database():
    assert [run.arguments[2:] for run in runs(WHOLE, ["tests/directory", "-k", "near"])] == [
        ("tests/directory", "-k", "near"),
        ("tests/directory", "-k", "near"),
    ]


def test_arguments_that_name_the_journeys_run_nothing_else():
    assert [run.arguments for run in runs(WHOLE, ["tests/journeys/test_reader.py"])] == [
        ("tests/journeys/test_reader.py",)
    ]


def test_machine_takes_what_the_environment_names(tmp_path):
    jar = tmp_path / "vnu.jar"
    environ = {"TEST_DATABASE_URL": "postgres://x", "CHROMIUM": "/opt/chrome", "VNU_JAR": str(jar)}

    machine = Machine.look(environ)

    assert (machine.database_url, machine.cache_url) == ("postgres://x", "")
    assert (machine.browser, machine.vnu_jar) == ("/opt/chrome", None)
