"""What the data is like before the first question."""

import pytest
from django.urls import reverse

from governance.plan_checks import SourceFacts
from pipeline.data_audit import audit
from pipeline.pipeline import Candidate, Case
from tests.pipeline.admin.world import make_run


def case(object_id, source="CRM", twin=None, probability=0.95, **values):
    candidates = (Candidate(object_id=99, values={}, source=twin, weight=1.0, probability=probability),) if twin else ()
    return Case(object_id=object_id, source=source, values=values, candidates=candidates)


def found(*cases, due=(), by_rules=(), imports=()):
    return audit(cases, due=due, by_rules=by_rules, imports=imports)


def test_without_cases_there_is_nothing_to_say():
    assert found() == []


def test_sources_stand_apart_by_name():
    assert [(one.source, one.records) for one in found(case(1, "List"), case(2), case(3))] == [("CRM", 2), ("List", 1)]


def test_how_full_the_fields_are_and_which_least():
    (one,) = found(case(1, name="Ana", city="", emails=[]), case(2, name="Ben", city="Graz", emails=[]))

    assert one.filled_percent == 50.0
    assert one.empty_fields == (("emails", 0.0), ("city", 50.0), ("name", 100.0))


def test_a_zero_is_a_value():
    (one,) = found(case(1, amount=0))

    assert one.filled_percent == 100.0


@pytest.mark.parametrize(("twin", "probability", "doubles"), [("List", 0.95, 0), ("CRM", 0.89, 0), ("CRM", 0.9, 1)])
def test_a_double_is_the_same_thing_twice_in_one_source(twin, probability, doubles):
    (one,) = found(case(1, twin=twin, probability=probability))

    assert one.doubles == doubles


def test_rules_decide_so_many_of_those_that_are_due():
    (one,) = found(case(1), case(2), case(3), due=[1, 2], by_rules=[2])

    assert (one.due, one.by_rules) == (2, 1)


def test_a_source_that_was_never_imported_has_no_age():
    crm, other = found(case(1), case(2, "List"), imports=[SourceFacts(name="CRM", age_days=3, error_percent=1.26)])

    assert (crm.age_days, crm.error_percent) == (3, 1.3)
    assert (other.age_days, other.error_percent) == (None, None)


@pytest.mark.django_db
def test_the_run_s_page_shows_it(client_of):
    source = {"source": "CRM <1>", "records": 1200, "filled_percent": 61.4, "empty_fields": [["job_title", 12.0]],
              "doubles": 7, "age_days": 1, "error_percent": None, "due": 900, "by_rules": 700}  # fmt: skip
    run = make_run(audit={"sources": [source]})

    page = client_of("Viewer").get(reverse("run_page", args=[run.pk])).content.decode()

    for words in ("CRM &lt;1&gt;", "1,200", "61 %", "Job title 12 %", "1 day ago", "unknown", "700 of 900"):
        assert words in page
