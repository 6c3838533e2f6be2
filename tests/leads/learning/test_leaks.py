"""Columns that know how it ended: named by what their cells say, whatever they are called."""

import numpy as np
import pytest

from leads.learning.columns import Column, read
from leads.learning.leaks import leaks
from tests.leads.learning.lists import leads


def found(table, **options):
    columns = [read(name, cells) for name, cells in table.columns.items()]
    return leaks([one for one in columns if isinstance(one, Column)], table.won, **options)


def of(cell, **options):
    """What is said of one more column."""
    return found(leads(thing=cell), **options).get("thing")


def test_facts_known_beforehand_are_left_alone_even_where_they_tell_much():
    assert found(leads(chances={"Referral": 0.85, "Fair": 0.4, "Web form": 0.12})) == {}


def test_a_small_source_that_nearly_always_wins_is_no_leak():
    assert of(lambda r, won, _: "Partner" if won and r.random() < 0.05 else r.choice(("Ads", "Search"))) is None


def test_a_column_filled_in_at_random_is_left_alone():
    assert of(lambda r, won, _: r.choice(("Small", "Large", ""))) is None


def test_what_nearly_decides_the_outcome_is_left_out():
    leak = of(lambda r, won, _: "Good" if won == (r.random() < 0.9) else "Poor")

    assert (leak.code, leak.is_left_out) == ("decides", True)


def test_a_number_that_only_won_leads_get_is_left_out():
    assert of(lambda r, won, _: str(r.randrange(500, 900)) if won else "0").code == "decides"


def test_a_reason_given_only_for_lost_leads_is_left_out():
    leak = of(lambda r, won, _: r.choice(("Price", "Timing")) if not won and r.random() < 0.3 else "")

    assert leak.code == "decisive"
    assert leak.because.endswith("leads were lost.")


def test_a_column_filled_in_for_most_won_and_few_lost_leads_is_left_out():
    leak = of(lambda r, won, _: r.choice(("Ann", "Ben", "Cy")) if r.random() < (0.75 if won else 0.3) else "")

    assert leak.code == "filled"
    assert "of the won" in leak.because


def test_a_column_filled_in_somewhat_oftener_for_won_leads_counts_but_is_noted():
    leak = of(lambda r, won, _: r.choice(("Ann", "Ben", "Cy")) if r.random() < (0.8 if won else 0.55) else "")

    assert (leak.code, leak.is_left_out) == ("blanks", False)


def test_what_is_filled_in_long_after_a_lead_came_is_left_out():
    assert of(lambda r, won, place: r.choice(("7", "8", "9", "x")) if place < 250 else "").code == "late"


def test_words_of_things_that_happen_to_a_lead_are_left_out():
    good, poor = ("Email opened", "Call scheduled"), ("Bounced", "Not reached")

    leak = of(lambda r, won, _: r.choice(good if won == (r.random() < 0.72) else poor))

    assert leak.code == "state"


def test_two_columns_that_say_the_same_kind_of_thing_at_different_times_are_left_out():
    steps = []

    def first(r, won, _):
        steps.append(f"Step {r.randrange(3) + (2 if won == (r.random() < 0.8) else 0)}")
        return steps[-1]

    said = found(leads(first=first, second=lambda r, won, _: steps[-1] if r.random() < 0.6 else first(r, won, _)))

    assert {name: leak.code for name, leak in said.items()} == {"first": "twin", "second": "twin"}


def test_what_is_filled_in_for_the_same_leads_as_a_left_out_column_goes_with_it():
    both = leads(
        mark=lambda r, won, place: ("Good" if won else "Bad") if place % 3 else "",
        depth=lambda r, won, place: r.choice(("a", "b", "c")) if place % 3 else "",
    )

    assert found(both)["depth"].code == "echo"


def test_a_column_that_changed_with_the_outcome_is_left_out():
    leak = of(lambda r, won, _: r.choice(("a", "b", "c")), edited={"thing": (40, 120)})

    assert leak.because == "It changed in 40 of 120 leads when their outcome became known."


@pytest.mark.parametrize(
    ("cells", "because"),
    [
        ([f"id-{n}" for n in range(300)], "It says something else for nearly every lead."),
        ([str(10_000 + n) for n in range(300)], "It numbers the leads."),
        (["yes"] * 300, "It says the same for every lead."),
        (["", "Select"] * 150, "It is hardly ever filled in."),
        ([f"2026-01-{n % 28 + 1:02d}" for n in range(300)], "It says when, not who."),
    ],
)
def test_a_column_nothing_can_be_learned_from_says_why(cells, because):
    assert read("x", cells).because == because


def test_a_blank_in_a_drop_down_is_a_blank():
    assert not read("x", ["Select", "North", "South"] * 20).is_filled[::3].any()


def test_numbers_are_read_with_their_marks():
    column = read("x", [f"{n},{n:03d}.5 " for n in range(1, 60)])

    assert column.is_number
    assert np.all(np.diff(column.codes) >= 0)
