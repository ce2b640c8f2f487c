from hypothesis import given
from hypothesis import strategies as st

from directory.tally import Tally

NUMBERS = st.integers(min_value=0, max_value=2**63 - 1)
ROWS = st.lists(st.tuples(st.integers(min_value=0, max_value=5), NUMBERS, NUMBERS), max_size=40)


def packed(rows):
    return b"".join(number.to_bytes(8, "big") for row in rows for number in row)


@given(ROWS, NUMBERS, NUMBERS)
def test_each_person_is_counted_once_whatever_the_rows(rows, first_bits, second_bits):
    people = [person for person, _, _ in rows]
    only = [row[1:] for row in rows if people.count(row[0]) == 1]
    several = [row for row in rows if people.count(row[0]) > 1]

    tally = Tally(packed(only), packed(several), columns=2)
    both = tally.rows(0, first_bits) & tally.rows(1, second_bits)

    assert tally.people(tally.all_rows) == len(set(people))
    assert tally.people(both) == len(
        {person for person, a, b in rows if a & first_bits and b & second_bits}
    )


def test_nobody_is_none():
    tally = Tally(b"", b"", columns=3)
    assert tally.people(tally.rows(2, 1)) == 0
