"""Which of many records could be the same as one of a few."""

import json

import polars as pl
import pytest

from deals.accounts.near import keys as company_keys
from deals.contacts.near import keys as person_keys
from pipeline.matching import near as module
from pipeline.matching.fields import Field
from pipeline.matching.kinds import Kind
from pipeline.matching.match import Settings, match
from pipeline.matching.near import near, read
from pipeline.matching.remembered import from_json, to_json
from pipeline.matching.table import Column, Table


def texts(*values):
    return pl.Series([json.dumps(value) for value in values])


def are_near(keys, left, right):
    return near(pl.Series([1, 2]), keys(texts(left, right)), {2}) == {1, 2}


def test_strangers_are_not_near():
    ada = {"given_name": "Ada", "family_name": "Okafor", "email": "ada@x.example", "phone": "+43 1 234 56 78"}
    ben = {"given_name": "Ben", "family_name": "Lang", "email": "ben@y.example", "phone": "+43 1 999 88 77"}

    assert not are_near(person_keys, ada, ben)
    assert not are_near(person_keys, {}, {})
    assert not are_near(company_keys, {"name": "Acme"}, {"name": "Brightwater"})


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"email": "Ada@x.example"}, {"email": "ada@X.example", "given_name": "A."}),
        ({"phone": "+43 660 1234567"}, {"mobile": "0660/123 45 67"}),
        ({"linkedin": "https://l.example/in/ada/"}, {"linkedin": "https://l.example/in/ada"}),
        ({"given_name": "Ada", "family_name": "Okafor"}, {"given_name": "Okafor", "family_name": "Ada"}),
        ({"full_name": "Jürgen Müller"}, {"given_name": "Jurgen", "family_name": "Muller"}),
        ({"given_name": "Ada", "family_name": "Okafor"}, {"given_name": "Ada", "family_name": "Okafro"}),
        (
            {"given_name": "Bob", "family_name": "Miller", "company": "Acme Ltd"},
            {"given_name": "Robert", "family_name": "Miller", "company": "ACME"},
        ),
        ({"given_name": "Ada", "email": "a.okafor@x.example"}, {"given_name": "Ada", "email": "okafor.ada@x.example"}),
    ],
)
def test_people_who_may_be_the_same_share_a_key(left, right):
    assert are_near(person_keys, left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"domain": "acme.example"}, {"website": "https://www.acme.example/home"}),
        ({"name": "Acme Foods Ltd"}, {"name": "ACME-Foods"}),
        ({"name": "The Acme Group"}, {"name": "Acme"}),
        ({"name": "Brightwater Foods"}, {"name": "BrightWater foods Inc", "city": "Leeds"}),
        ({"name": "Brightwater"}, {"domain": "brightwater.example"}),
    ],
)
def test_companies_that_may_be_the_same_share_a_key(left, right):
    assert are_near(company_keys, left, right)


def test_values_that_are_no_texts_are_read_all_the_same():
    odd = {"given_name": ["Ada"], "family_name": {"x": 1}, "email": "ada@x.example", "phone": 123}

    assert are_near(person_keys, odd, {"email": "ada@x.example"})
    assert read(texts(odd, {"email": " "}), ["email"])["email"].to_list() == ["ada@x.example", None]


def test_of_a_key_that_many_share_the_first_few_are_enough():
    ids = pl.Series(range(1, 101))
    keys = {"city": pl.Series(["Graz"] * 100), "missing": pl.Series([""] * 100)}

    assert near(ids, keys, {50}, most=3) == {1, 2, 3, 50}
    assert near(ids, {"missing": keys["missing"]}, {50}) == {50}
    assert len(near(ids, keys, {50}, samples={"city"})) == module.MOST_PER_SAMPLE + 1
    assert module.MOST_PER_KEY > 20  # guards count up to twenty candidates of one key


def test_what_was_learnt_is_used_again_by_the_name_of_the_field():
    names = ["Ana Berg", "Ana Berg", "Ben Lang", "Cleo Maar", "Cleo Maar", "Dora Prinz"] * 3
    column = Column(name="who", kind=Kind.PERSON, values=names)
    learnt = match(Table(ids=range(18), columns=(column,)))
    known = to_json(learnt.names, learnt.parameters)

    few = match(Table(ids=range(2), columns=(Column(name="who", kind=Kind.PERSON, values=names[:2]),)),
                settings=Settings(known=json.loads(json.dumps(known))))  # fmt: skip

    assert abs(few.prior_bits - learnt.prior_bits) < 1e-6
    assert from_json(known, (Field("other", Kind.PERSON, column.values, pl.Series([])),)) is None
    assert from_json(known, (Field("who", Kind.TEXT, column.values, pl.Series([])),)) is None
