"""What searches over the whole site take in the connected database: milliseconds."""

from django.test.utils import override_settings
from django.utils import timezone

from acutake.site_search import search_kind, search_site
from tests.benchmarks.measure_search import STORAGES
from tests.benchmarks.publication import vocabulary
from tests.benchmarks.timing import Case, measure

WORDS = vocabulary()


def main() -> dict[str, dict]:
    """By kind of search."""
    now = timezone.now()

    def case(name: str, *texts: str) -> Case:
        return Case(
            name, texts, lambda text: search_site(text, at=now), lambda text: f"/search/?q={text}"
        )

    cases = [
        case("common word", "pain", *WORDS[20:50:5]),
        case("frequent word", "needle", "heel", "sleep", *WORDS[200:900:100]),
        case("rare word", "achilles", "fertility", *WORDS[9_000:20_000:1_500]),
        case("two words", "pain needle", "heel sleep", "migraine tendon", "needle achilles"),
        case("four words", "pain needle heel sleep", "heel pain migraine tendon"),
        case("name", "Ada Alder", "Bo Juniper", "Gita Oak", "Cleo"),
        case("office", "lantern willow", "acupuncture", "stone harbor"),
        case("place", "Brooklyn", "migraine in Boston", "Portland", "11201"),
        case("beginning", "achil", "fertil", "juni", "migrai"),
        case("slip", "achiles", "fertilty", "Junipper", "migrane tendon", "acupunture"),
        case("nothing", "xyzzyx", "qwrtz kjhg", "針灸"),
        case("stop words", "the", "of the and"),
        Case(
            "last page",
            ("pain", "needle", "heel"),
            lambda text: search_kind(text, "articles", page=99, at=now),
            lambda text: f"/search/?q={text}&kind=articles&page=99",
        ),
    ]
    with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=STORAGES):
        return {each.name: measure(each) for each in cases}
