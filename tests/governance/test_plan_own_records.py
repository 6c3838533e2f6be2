"""When a draft agrees with what its owner says about a record."""

import pytest

from governance.models import PlanOwnAnswer
from governance.plan_own_records import OwnRecord


@pytest.mark.parametrize(
    ("label", "anchor", "said", "said_anchor", "is_agreed"),
    [
        ("same", 7, "same", 7, True),
        ("same", 7, "same", 8, False),
        ("same", 7, "new", None, False),
        ("new", None, "same", 7, False),
        ("new", None, "new", None, True),
        ("disqualified", None, "new", None, True),
        ("D", None, "same", 7, False),
    ],
)
def test_a_draft_agrees_where_it_finds_the_same_record_or_as_little_as_the_owner_any(
    label, anchor, said, said_anchor, is_agreed
):
    answer = PlanOwnAnswer(label=said, anchor=said_anchor)

    record = OwnRecord(task="t", object_id=1, label=label, anchor=anchor, layer="x", case={}, said=answer)

    assert record.is_agreed is is_agreed
