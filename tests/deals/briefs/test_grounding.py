"""What a statement may say: first what must pass, then what must not, kind by kind."""

import pytest

from deals.briefs.claims import Claim
from deals.briefs.evidence import evidence
from deals.briefs.grounding import Grounds, Kind
from tests.benchmarks.grounding import measure

RECORDS = [
    evidence("deal", 1, 1, name="Cold store extension", stage="Proposal", amount="€120,000", close_date="30 Jun 2026"),
    evidence("account", 1, 2, name="Brightwater Foods", city="Leeds"),
    evidence("contact", 1, 3, name="Ada Okafor", title="COO", email="ada.okafor@brightwater.example"),
    evidence("contact", 2, 4, name="Tom Lind", title="IT Director"),
    evidence("contact", 3, 5, name="Jörg van der Müller-Weiß", title="Plant Manager"),
    evidence(
        "note", 1, 6, on="3 Jun 2026",
        text="Ada wants a security review before 15 June. Budget of 50,000 is there. The board does not want a pilot.",
    ),
    evidence("email", 2, 7, on="4 Jun 2026", text="Will sign in Q3, 12 percent less.", **{"from": "Tom Lind"}),
]  # fmt: skip
GROUNDS = Grounds({record.ref: record for record in RECORDS})


def check(text, *cited, quote=""):
    return GROUNDS.check(Claim(slot="situation", text=text, evidence=list(cited), quote=quote))


def faults(text, *cited, quote=""):
    return [fault.kind for fault in check(text, *cited, quote=quote).faults]


@pytest.mark.parametrize(
    ("text", "cited", "quote"),
    [
        ("{deal:1.amount} for {account:1.name}, closing {deal:1.close_date}.", ["deal:1", "account:1"], ""),
        ("Brightwater Foods in Leeds: 120k EUR by June 30th, 2026", ["deal:1", "account:1"], ""),
        ("Closing in Q2 2026, on a Tuesday.", ["deal:1"], ""),
        ("COO Ada Okafor can be reached at ada.okafor@brightwater.example", ["contact:1"], ""),
        ("A. Okafor is {contact:1.title}", ["contact:1"], ""),
        ("Plant manager: Joerg van der Mueller-Weiss", ["contact:3"], ""),
        ("Ada wants a security review by 15.06.2026.", ["note:1"], "ada wants a security  review before 15 June"),
        ("They have €50,000 to spend", ["note:1", "deal:1"], "Budget of 50,000 is there"),
        ("The board does not want a pilot.", ["note:1"], "The board does not want a pilot"),
        ("Tom signs in Q3 for 12 % less.", ["email:2"], "Will sign in Q3, 12 percent less"),
    ],
)
def test_a_statement_whose_every_atom_stands_in_its_records_passes(text, cited, quote):
    assert check(text, *cited, quote=quote).faults == ()


def test_a_placeholder_is_filled_by_us():
    assert check("{deal:1.amount} by {deal:1.close_date}", "deal:1").text == "€120,000 by 30 Jun 2026"


@pytest.mark.parametrize(
    "text",
    [
        "Bob decides about Brightwater Foods.",
        "Brightwater Foods: bob decides.",
        "Brightwater Foods: BOB decides.",
        "Ada Miller of Brightwater Foods",
        "Brightwater Foods pays €130,000.",
        "Brightwater Foods pays $120,000.",
        "Brightwater Foods closes on 31 June 2026.",
        "Brightwater Foods closes in July.",
        "Brightwater Foods: 12 users",
        "Brightwater Foods: write to ada@brightwater.example",
        "Brightwater Foods: call +44 20 7946 0018",
        "Brightwater Foods: see www.evil.example/pay",
        "Brightwater Foods: meet at 14:30",
        "李雷 decides about Brightwater Foods",
    ],
)
def test_what_stands_in_no_record_is_invented(text):
    assert faults(text, "account:1", "deal:1") == [Kind.INVENTED]


def test_what_stands_in_another_record_is_cited_wrongly():
    assert faults("Brightwater Foods: Tom Lind decides.", "account:1") == [Kind.MISCITED]
    assert faults("{contact:2.name} decides.", "contact:1") == [Kind.MISCITED, Kind.MISCITED]


def test_parts_of_two_names_make_no_third_person():
    assert Kind.INVENTED in faults("Ada Lind decides.", "contact:1", "contact:2")


def test_a_record_of_another_deal_is_unknown():
    assert faults("{deal:7.amount} is at stake.", "deal:7") == [Kind.UNKNOWN_RECORD]


def test_free_text_and_missing_fields_fill_no_placeholder():
    assert faults("{note:1.text}", "note:1", quote="Ada wants a security review") == [Kind.UNKNOWN_FIELD]
    assert Kind.UNKNOWN_FIELD in faults("{deal:1.margin} is left.", "deal:1")


def test_what_was_said_or_written_needs_a_quote():
    assert faults("Ada wants a security review.", "note:1") == [Kind.UNQUOTED]


def test_a_quote_must_stand_in_a_cited_record_word_for_word():
    assert Kind.QUOTE in faults("Ada wants a review.", "note:1", quote="Ada needs a security review")
    assert Kind.QUOTE in faults("Ada wants a review.", "email:2", quote="Ada wants a security review")
    assert Kind.QUOTE in faults("Ada wants a review.", "note:1", quote="Ada")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Ada does not want a security review.", "Ada wants a security review"),
        ("The board wants a pilot.", "The board does not want a pilot"),
        ("The board wants a pilot.", "want a pilot"),
        ("Ada approved a security review.", "Ada wants a security review"),
    ],
)
def test_a_statement_turned_round_is_refused_also_with_a_quote_cut_short(text, quote):
    assert faults(text, "note:1", quote=quote) == [Kind.POLARITY]


def test_polar_words_need_a_quote_also_about_plain_values():
    assert faults("{deal:1.name} is lost.", "deal:1") == [Kind.UNQUOTED]


def test_nobody_is_lent_another_person_s_words():
    said = faults(
        "{contact:2.name} wants a security review.", "note:1", "contact:2", quote="Ada wants a security review"
    )

    assert said == [Kind.PERSON]


def test_a_statement_that_fits_any_deal_is_refused():
    assert faults("A follow-up should happen soon.", "deal:1") == [Kind.GENERIC]


def test_a_small_run_of_the_benchmark_holds():
    result = measure(seed=20, number=150)

    assert (result.misses, result.refusals) == ([], [])
