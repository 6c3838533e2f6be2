"""Which of several records' values an entity shows."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from pipeline.survivorship import Mention, survive

MARCH, APRIL, MAY = (datetime(2026, month, 1, tzinfo=UTC) for month in (3, 4, 5))


def said(recorded_at, record_id=1, **values):
    return Mention(values=values, recorded_at=recorded_at, record_id=record_id)


def shown(mentions, held=None, fields=("phone",)):
    return {name: chosen.value for name, chosen in survive(mentions, held or {}, fields).items()}


def test_a_field_nobody_filled_is_missing():
    assert shown([said(MARCH, phone=""), said(APRIL, phone=None), said(MAY)]) == {}


def test_an_empty_newer_value_never_wins():
    assert shown([said(MARCH, phone="030 1"), said(APRIL, phone="")]) == {"phone": "030 1"}


def test_an_import_leaves_what_a_person_holds():
    held = {"phone": {"value": "030 9", "by": "Ana", "at": "2026-01-01T00:00:00+00:00"}}

    chosen = survive([said(MAY, phone="030 1")], held, ["phone"])["phone"]

    assert (chosen.value, chosen.mention) == ("030 9", None)


def test_a_person_may_hold_that_there_is_none():
    assert shown([said(MAY, phone="030 1")], {"phone": {"value": ""}}) == {"phone": ""}


def test_false_and_zero_are_values():
    assert shown([said(MARCH, employees=0, is_closed=False)], fields=("employees", "is_closed")) == {
        "employees": 0,
        "is_closed": False,
    }


def test_the_newer_import_wins():
    assert shown([said(APRIL, 1, phone="new"), said(MARCH, 2, phone="old")]) == {"phone": "new"}


def test_of_one_moment_the_later_record_wins():
    assert shown([said(MARCH, 2, phone="second"), said(MARCH, 1, phone="first")]) == {"phone": "second"}


def test_the_mention_tells_where_a_value_comes_from():
    origin = object()
    old = Mention(values={"phone": "030 1"}, recorded_at=MARCH, record_id=1, origin=origin)

    chosen = survive([old, said(APRIL, 2, phone="")], {}, ["phone"])["phone"]

    assert chosen.mention.origin is origin


def test_an_address_is_not_put_together_from_two_records():
    whole = said(MARCH, 1, street="Lindenweg 4", city="Berlin", postcode="10115")
    newer = said(APRIL, 2, city="Hamburg")

    assert shown([whole, newer], fields=("street", "city", "postcode")) == {"city": "Hamburg"}


def test_a_record_without_any_address_leaves_the_older_address():
    whole = said(MARCH, 1, street="Lindenweg 4", city="Berlin")

    assert shown([whole, said(APRIL, 2, city="", street="")], fields=("street", "city")) == {
        "street": "Lindenweg 4",
        "city": "Berlin",
    }


def test_saying_no_once_is_enough():
    mentions = [said(MARCH, 1, opted_out=True), said(APRIL, 2, opted_out=False)]

    assert shown(mentions, fields=("opted_out",)) == {"opted_out": True}


def test_nobody_is_opted_out_who_did_not_say_so():
    assert shown([said(MARCH, opted_out=False)], fields=("opted_out",)) == {}


mentions = st.lists(
    st.builds(
        Mention,
        values=st.fixed_dictionaries({"phone": st.sampled_from(["", None, "1", "2", "3"])}),
        recorded_at=st.sampled_from([MARCH, APRIL, MAY]),
        record_id=st.integers(1, 5),
    ),
    max_size=5,
    unique_by=lambda mention: mention.record_id,
)


@given(mentions, st.randoms())
def test_the_order_of_the_records_does_not_matter(found, random):
    shuffled = random.sample(found, len(found))

    assert shown(shuffled) == shown(found)


@given(mentions)
def test_what_is_shown_stands_in_some_record(found):
    assert set(shown(found).values()) <= {mention.values["phone"] for mention in found} - {"", None}
