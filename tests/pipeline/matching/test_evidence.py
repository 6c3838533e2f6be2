import numpy as np

from pipeline.matching.evidence import Evidence
from pipeline.matching.fields import encode
from pipeline.matching.keys import parts
from pipeline.matching.kinds import Kind
from pipeline.matching.table import Column, Table

KINDS = {"given": Kind.GIVEN_NAME, "family": Kind.FAMILY_NAME, "tel": Kind.PHONE, "mail": Kind.EMAIL}


def crowd(first):
    numbers = range(first, first + 800)
    return [(f"ora{n}", f"int{n}", f"2025550{n:04}", f"{n}@fern.example") for n in numbers]


def is_evident(one, other):
    left, right = [one, *crowd(0)], [other, *crowd(5000)]
    own, others = (
        Table(ids=list(range(len(rows))), columns=tuple(
            Column(name=name, kind=kind, values=[row[place] for row in rows])
            for place, (name, kind) in enumerate(KINDS.items())))
        for rows in (left, right)
    )  # fmt: skip
    fields = encode(own, others, "US")
    found = Evidence.of(fields, parts(fields), len(right)).evident(rows(0), rows(len(left)))
    return found.tolist() == [0]


def rows(*numbers):
    return np.array(numbers, dtype=np.int32)


def test_colleagues_who_share_phone_and_mailbox_are_not_evident():
    ada = ("Ada", "Nowak", "+1 646 555 0101", "office@birch.example")

    assert not is_evident(ada, ("Bruno", "Castell", *ada[2:]))


def test_a_shared_name_alone_is_not_evident():
    assert not is_evident(("Ada", "Nowak", None, None), ("Ada", "Nowak", "+1 646 555 0101", None))


def test_a_slip_in_one_column_beside_three_equal_ones_is_evident():
    ada = ("Ada", "Nowak", "+1 646 555 0101", "ada@birch.example")

    assert is_evident(ada, ("Ada", "Novak", *ada[2:]))
