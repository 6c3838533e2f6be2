"""The explanation as a chart: where each bar stands."""

from pipeline.matching.explanation import explain
from pipeline.pipeline import Contrast
from pipeline.review.waterfall import draw

CONTRASTS = (
    Contrast(label="Name", left="Ana", right="Ana", level="same", name="name"),
    Contrast(label="Profile", left="x", right="", level="missing", name="linkedin"),
    Contrast(label="City", left="Graz", right="Linz", level="different", name="city"),
)


def chart(points, **cuts):
    levels = {"name": "equal", "city": "different"}
    return draw(explain(points, levels, labels={one.name: one.label for one in CONTRASTS}, **cuts), CONTRASTS)


def test_a_field_that_is_not_weighed_has_no_bar():
    drawn = chart({"prior": -9.0, "name": 12.0})

    assert [(step.label, step.bar and step.bar.text) for step in drawn.steps] == [
        ("Name", "+12.0"),
        ("Profile", None),
        ("City", None),
    ]


def test_bars_float_from_the_sum_before_to_the_sum_after():
    # The axis reaches from -9 to 9, with a point of room at either end: 5 % each.
    drawn = chart({"prior": -9.0, "name": 18.0, "city": -3.0})

    name, _, city = (step.bar for step in drawn.steps)
    assert (drawn.prior.left, drawn.prior.width, drawn.prior.tone) == (5.0, 45.0, "against")
    assert (name.left, name.width, name.tone) == (5.0, 90.0, "for")
    assert (city.left, city.width, city.tone, city.text) == (80.0, 15.0, "against", "−3.0")
    assert (drawn.total.left, drawn.total.width, drawn.total.text) == (50.0, 30.0, "+6.0")


def test_what_was_weighed_beside_the_fields_comes_last_and_is_named():
    drawn = chart({"prior": -9.0, "reviews": 2.0, "name": 12.0, "phones": 0.0})

    assert [step.label for step in drawn.steps] == ["Name", "Profile", "City", "Earlier answers"]
    assert drawn.steps[-1].contrast is None


def test_the_verdict_says_where_the_cuts_lie():
    cuts = {"new_to": -6.63, "same_from": 6.63}

    assert chart({"prior": -9.0, "name": 18.0}, **cuts).verdict == "joined from +6.6"
    assert chart({"prior": -9.0, "name": 1.0}, **cuts).verdict == "kept apart up to −6.6"
    assert chart({"prior": -9.0, "name": 9.0}, **cuts).verdict == "kept apart up to −6.6, joined from +6.6"
    assert chart({"prior": -9.0, "name": 9.0}).verdict == ""


def test_the_cuts_stand_on_the_axis():
    drawn = chart({"prior": -9.0, "name": 18.0}, new_to=-5.0, same_from=5.0)

    assert (drawn.new_to.at, drawn.zero, drawn.same_from.at) == (25.0, 50.0, 75.0)
