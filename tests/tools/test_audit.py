from pathlib import Path

import pytest

from tools.audit import PAGES, Page, chosen, command, costs, middle, missing, scores


def make_report(performance=1.0, seo=1.0, audits=()):
    """As Lighthouse writes it; each audit is a name, a weight and a score."""
    return {
        "categories": {
            "performance": {
                "score": performance,
                "auditRefs": [{"id": name, "weight": weight} for name, weight, _ in audits],
            },
            "seo": {"score": seo, "auditRefs": []},
        },
        "audits": {
            name: {"title": f"The {name}", "score": score, "displayValue": f"{weight} s"}
            for name, weight, score in audits
        },
    }


def test_whole_machine_lacks_nothing():
    assert missing(20, "/usr/bin/npm", "/usr/bin/chromium") == []


def test_everything_that_is_missing_is_named_at_once():
    assert missing(None, None, None) == [
        "Node 18 or newer; here is none: apt install nodejs",
        "npm, which fetches Lighthouse: apt install npm",
        "Chromium: apt install chromium, or CHROMIUM=/path/to/chrome make audit",
    ]
    assert missing(16, "/usr/bin/npm", "/usr/bin/chromium") == [
        "Node 18 or newer; here is Node 16: apt install nodejs"
    ]


def test_scores_are_points_and_what_could_not_be_judged_has_none():
    assert scores(make_report(performance=0.994, seo=None)) == {"performance": 99, "seo": 0}


def test_middle_one_of_the_looks_counts():
    looks = [make_report(performance=score) for score in (1.0, 0.7, 0.98)]
    assert middle(looks) == looks[2]


def test_costs_are_what_took_points_the_heaviest_first():
    audits = [
        ("font", 10, 0.9),
        ("paint", 25, 0.5),
        ("hint", 0, 0),
        ("good", 5, 1),
        ("n/a", 5, None),
    ]
    assert costs(make_report(audits=audits)) == ["The paint 25 s", "The font 10 s"]


@pytest.mark.parametrize(("skipped", "options"), [((), []), ((("a", "b"), ("c", "d")), ["a", "c"])])
def test_page_is_asked_for_what_its_purpose_allows(skipped, options):
    asked = command(Page("home", "/x/", skipped), "http://127.0.0.1:1", Path("/tmp/home"))
    assert asked[2] == "http://127.0.0.1:1/x/"
    assert "--output-path=/tmp/home" in asked
    assert [part for part in asked if part.startswith("--skip")] == [
        f"--skip-audits={name}" for name in options
    ]


def test_names_choose_pages_and_a_wrong_one_is_answered_in_words():
    assert chosen([]) == list(PAGES)
    assert [page.name for page in chosen(["town", "home"])] == ["town", "home"]
    with pytest.raises(SystemExit) as refusal:
        chosen(["home", "hoome"])
    assert str(refusal.value) == (
        "There is no page called hoome; there are: home, article, results, town, practitioner."
    )
