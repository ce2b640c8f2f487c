from tools.check import LOCAL, checks, maintenance_url, production


def test_migrations_are_checked_on_postgresql_where_there_is_one():
    names = [step.name for step in checks("")]
    assert names == [
        "format of Python",
        "lint",
        "format of templates",
        "migrations on SQLite",
        "deployment under production settings",
    ]

    with_database = [step.name for step in checks("postgres://postgres@db:5432/test")]
    assert with_database == [*names[:4], "migrations on PostgreSQL", *names[4:]]


def test_check_on_postgresql_needs_a_server_but_no_database_of_its_own():
    assert maintenance_url("postgres://me:pw@db:5432/test?sslmode=require") == (
        "postgres://me:pw@db:5432/postgres?sslmode=require"
    )


def test_both_configurations_are_whole():
    assert production().keys() == LOCAL.keys()


def test_production_gets_a_fresh_key_each_time():
    assert production()["SECRET_KEY"] != production()["SECRET_KEY"]
