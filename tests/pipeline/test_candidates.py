"""Candidates of the pipelines, and what people's answers change about them."""

from pipeline import candidates
from pipeline.matching.kinds import Kind
from pipeline.pipeline import Case, Memory

COLUMNS = {"name": Kind.COMPANY, "city": Kind.CITY}
CITIES = ("Utrecht", "Lyon", "Bari", "Kiruna", "Cork", "Poznan", "Lugano")


def cases():
    """Forty companies, and the first twenty of them again."""
    starts, ends, trades = (
        ("Tern", "Oak", "Quill", "Havn", "Birch"),
        ("field", "mark"),
        ("Foods", "Tools", "Media", "Travel"),
    )
    firms = [f"{start}{end} {trade}" for start in starts for end in ends for trade in trades]
    values = [{"name": name, "city": CITIES[n % 7]} for n, name in enumerate(firms)]
    return [Case(object_id=n, values=one) for n, one in enumerate([*values, *values[:20]], start=1)]


def prepared(memory):
    work = candidates.prepare(cases(), memory, columns=COLUMNS, required={}, guards=lambda *_: ())
    return {case.object_id: {one.object_id: one for one in case.candidates} for case in work.cases}


def reviewed(count):
    """So many answers, one of which says that 1 and 41 are the same."""
    return ((1, 41, True), *((n, n + 1, False) for n in range(1, count)))


def test_fewer_than_fifty_reviewed_pairs_change_nothing():
    assert prepared(Memory(reviewed=reviewed(49))) == prepared(Memory())


def test_fifty_reviewed_pairs_weigh_in_and_are_named_among_the_points():
    before, after = (prepared(Memory(reviewed=some))[41][1] for some in ((), reviewed(50)))

    assert after.points == before.points | {"reviews": 20.0}
    assert after.weight == round(sum(after.points.values()), 4)


def test_reviews_are_no_part_of_the_shape_that_examples_are_found_by():
    found = prepared(Memory(reviewed=reviewed(50)))

    assert {name for case in found.values() for one in case.values() for name in one.features} == {"name", "city"}
