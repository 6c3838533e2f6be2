"""Who must not be contacted stays so; who asks to be erased is gone, with proof."""

import pytest
from django.contrib.auth.models import User

from leads import erasure, suppression
from leads.models import Erasure, Lead, Suppression
from leads.suppression import Suppressions, normalised
from pipeline.models import Decision, Dossier, FilePart, Record, Row, Run, Subject, Version
from tests.deals.factories import make_contact, make_file
from tests.leads.factories import NOW, make_event, make_lead, record_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db):
    return User.objects.create_user("ana")


def is_listed(**values):
    return Suppressions().of({"emails": [], **values}) is not None


@pytest.mark.parametrize(
    ("kind", "value", "normal"),
    [
        ("email", " Ada+fair@Mill.example ", "ada@mill.example"),
        ("email", "a.da@googlemail.com", "ada@gmail.com"),
        ("email", "a.da@mill.example", "a.da@mill.example"),
        ("email", "no address", ""),
        ("domain", "https://www.shop.mill.example/x", "mill.example"),
        ("profile", "https://uk.linkedin.com/in/Ada-Okafor/?x=1", "linkedin.com/in/ada-okafor"),
        ("phone", "+44 20 7946 0123", "+442079460123"),
    ],
)
def test_spellings_of_one_address_are_one(kind, value, normal):
    assert normalised(kind, value) == normal


def test_the_list_keeps_no_address_in_the_clear():
    found = suppression.suppress("email", "ada@mill.example", reason="objected", now=NOW)

    assert len(found.keyed_hash) == 64
    assert "mill" not in f"{found.keyed_hash}{found.note}{found.source}"


def test_other_spellings_and_the_domain_are_recognised():
    assert not is_listed(email="ada@mill.example")
    suppression.suppress("email", "ada@mill.example", reason="objected", now=NOW)
    suppression.suppress("domain", "works.example", reason="legal", now=NOW)

    assert is_listed(email="ADA+x@mill.example")
    assert is_listed(email="anybody@mail.works.example")
    assert not is_listed(email="ben@mill.example")


def test_an_entry_taken_off_counts_no_more_and_an_import_does_not_put_it_back(ana):
    found = suppression.suppress("email", "ada@mill.example", reason="opted_out", now=NOW)

    assert suppression.lift(found, by=ana, now=NOW)
    suppression.suppress("email", "ada@mill.example", reason="opted_out", now=NOW)

    assert not is_listed(email="ada@mill.example")


def test_a_person_s_new_word_puts_it_back(ana):
    found = suppression.suppress("email", "ada@mill.example", reason="opted_out", now=NOW)
    suppression.lift(found, by=ana, now=NOW)

    suppression.suppress("email", "ada@mill.example", reason="objected", now=NOW, by=ana)

    assert is_listed(email="ada@mill.example")


@pytest.fixture
def known(db):
    """Ada on a lead list and among the contacts, compared once, with the uploaded file still there."""
    file = make_file("leads.csv", header=["first name", "last name", "email"])
    FilePart.objects.create(file=file, idx=0, body=b"Ada,Okafor,ada@mill.example")
    lead = make_lead(file=file)
    make_lead("Ben", "Ito", "ben@mill.example", key="L2", file=file, line=3)
    make_event(lead)
    make_contact("Ada", "Okafor", "ada@mill.example", key="c1")
    subject = Subject.objects.create(pipeline="qualify-leads", object_id=record_of(lead).pk)
    run = Run.objects.create(pipeline="qualify-leads", state="finished")
    Dossier.objects.create(run=run, subject=subject, case_hash="x", case={"values": {"given_name": "Ada"},
                                                                          "candidates": []})  # fmt: skip
    subject.decision = Decision.objects.create(
        subject=subject, run=run, label="A", layer="points", reason="points", evidence={"said": "Ada"}, created_at=NOW
    )
    subject.save()
    return lead


def everything_kept():
    rows = [str(row.cells) for row in Row.objects.all()]
    records = [f"{one.key} {one.values}" for one in Record.objects.all()]
    versions = [str(one.values) for one in Version.objects.all()]
    cases = [str(one.case) for one in Dossier.objects.all()]
    said = [f"{one.evidence} {one.path}" for one in Decision.objects.all()]
    return " ".join([*rows, *records, *versions, *cases, *said])


def test_an_erased_person_is_nowhere_any_more_and_others_stay(known, ana):
    found = erasure.traces("ada@mill.example")

    erasure.erase(found, by=ana, now=NOW)

    assert "Ada" not in everything_kept()
    assert "ada@mill" not in everything_kept()
    assert [str(lead) for lead in Lead.objects.all()] == ["Ben Ito"]
    assert not FilePart.objects.exists()
    assert "ben@mill.example" in everything_kept()


def test_the_proof_counts_what_went_and_names_nobody(known, ana):
    proof = erasure.erase(erasure.traces("ada@mill.example"), by=ana, now=NOW, requested_by="letter of 3 May")

    assert (proof.counts["leads"], proof.counts["contacts"], proof.counts["records"]) == (1, 1, 2)
    assert (proof.counts["decisions"], proof.counts["comparisons"]) == (1, 1)
    assert len(proof.digest) == 64
    # Her first name alone is one that a hash may spell.
    assert not [word for word in ("ada@", "okafor", "mill") if word in f"{proof.hashes}{proof.counts}".lower()]


def test_an_erased_person_stays_suppressed(known, ana):
    erasure.erase(erasure.traces("ada@mill.example"), by=ana, now=NOW)

    assert is_listed(email="Ada@mill.example")
    assert Suppression.objects.get().reason == "erased"


def test_nothing_is_found_of_a_stranger(known):
    assert erasure.traces("carla@mill.example").is_empty
    assert erasure.traces("not an address").is_empty


def test_a_lead_past_its_time_is_one_that_did_nothing_since(ana):
    idle, active = make_lead(key="L1"), make_lead("Ben", email="ben@mill.example", key="L2", line=3)
    make_event(active, at=NOW)
    make_lead("Cy", email="cy@mill.example", key="L3", line=4, status="accepted")
    later = NOW.replace(year=2028)

    assert erasure.expired(24, later) == [idle.pk]
    assert erasure.expired(48, later) == []
    assert Erasure.objects.count() == 0


def test_a_listed_number_is_recognised_among_several_of_a_lead():
    suppression.suppress("phone", "+49 30 1234567", reason="objected", now=NOW)

    found = suppression.Suppressions().of({"phones": ["+49 30 7654321", "+49301234567"]})

    assert found == ("asked not to be contacted", NOW)
