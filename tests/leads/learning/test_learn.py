"""From an imported list to a rule in force: learned without a hand, counted only after a person accepts."""

import numpy as np
import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from leads import profile_versions
from leads.learning import learn
from leads.learning.outcomes import outcomes
from leads.learning.table import Table
from leads.models import Lead, OutcomeStudy, ProposedRule, Rejection
from leads.qualification.profile import Profile, from_json
from pipeline.models import Decision
from tests.leads.learning.lists import as_csv, leads
from tests.leads.world import bring_in, qualify

pytestmark = pytest.mark.django_db(transaction=True)


def bring_list(table, start=1, name="won.csv"):
    text = as_csv(table, start).strip().split("\n")
    return bring_in(*text[1:], header=text[0], name=name, is_sample=False)


def ana():
    return User.objects.get_or_create(username="ana")[0]


def learned(number=500, **more):
    bring_list(leads(number, **more))
    return learn.learn("lead", timezone.now())


def test_too_few_outcomes_are_not_learned_from():
    assert learned(150) is None
    assert not OutcomeStudy.objects.exists()


def test_an_imported_list_with_an_outcome_is_learned_from_as_it_stands():
    made = learned(Note=lambda r, won, _: "Good" if won else "Bad")

    assert (made.outcomes, made.won) == (500, Lead.objects.filter(outcome="won").count())
    assert made.result["has_pattern"]
    assert made.result["leaks"]["Note"]["is_left_out"]
    assert set(made.result["used"]) == {"Source", "Region", "Visits"}


def test_nothing_new_is_not_learned_twice():
    made = learned(400)

    assert learn.learn("lead", timezone.now()) == made
    assert OutcomeStudy.objects.count() == 1


def test_a_lead_handed_back_is_lost_whatever_its_list_says():
    bring_list(leads(30))
    lead = Lead.objects.filter(outcome="won").first()
    Rejection.objects.create(lead=lead, reason="no_need", former_status="owner", by=ana(), created_at=timezone.now())

    known = outcomes("lead")

    assert not known.table.won[known.entities.index(lead.pk)]


def test_values_are_taken_as_they_stood_before_the_outcome_was_known():
    table = leads(30)
    common = {**table.columns, "Campaign": ["Spring"] * 30}
    before = Table(columns={**common, "Mood": ["calm"] * 30}, won=table.won)
    text = as_csv(before).strip().split("\n")
    bring_in(*(line[:-2] + "," for line in text[1:]), header=text[0], name="won.csv", is_sample=False)
    bring_list(Table(columns={**common, "Mood": ["upset"] * 30}, won=table.won))

    known = outcomes("lead").table

    assert set(known.columns["Mood"]) == {"calm"}
    assert known.edited["Mood"] == (30, 30)
    assert known.edited["Source"] == (0, 30)


def test_an_accepted_rule_changes_grades_says_why_and_can_be_switched_off():
    profile_versions.save(Profile(from_c=48, holdout_percent=0), by=ana(), now=timezone.now())  # all have 45 points
    learned()
    rule = ProposedRule.objects.get(key="source is referral")
    assert rule.rule["points"] > 0
    qualify()
    before = dict(Lead.objects.values_list("id", "grade"))
    assert (set(before.values()), Decision.objects.filter(layer="learned-rules").count()) == ({"D"}, 0)

    version = learn.accept(rule, by=ana(), now=timezone.now())
    qualify()

    [counted] = from_json(version.fields).learned
    lead = Lead.objects.filter(source="Referral").first() or Lead.objects.first()
    told = [line for line in lead.decision.evidence["assessment"]["lines"] if line["criterion"].startswith("learned:")]
    changed = {pk for pk, grade in Lead.objects.values_list("id", "grade") if before[pk] != grade}
    decided = set(Lead.objects.filter(decision__layer="learned-rules").values_list("id", flat=True))
    assert counted.condition == "Source is Referral"
    assert told[0]["because"].startswith("Source is Referral: ")
    assert changed == decided != set()

    learn.switch_off(ProposedRule.objects.get(pk=rule.pk), by=ana(), now=timezone.now())
    qualify()

    assert dict(Lead.objects.values_list("id", "grade")) == before


def test_a_rule_is_decided_about_once():
    learned()
    rule = ProposedRule.objects.first()
    learn.refuse(rule, by=ana(), now=timezone.now())

    with pytest.raises(learn.NotPossible):
        learn.accept(rule, by=ana(), now=timezone.now())
    assert profile_versions.current(timezone.now())[1].learned == ()


def test_a_refused_rule_stays_refused_when_more_is_learned():
    learned()
    rule = ProposedRule.objects.first()
    learn.refuse(rule, by=ana(), now=timezone.now())
    bring_list(leads(300, seed=9), start=5000, name="more.csv")

    learn.learn("lead", timezone.now())

    rule.refresh_from_db()
    assert (rule.state, rule.figures["all"]["number"] > 0) == ("refused", True)


def test_a_person_puts_a_column_back_and_takes_another_out():
    learned(Note=lambda r, won, _: "Good" if won else "Bad")
    for name, is_counted in (("Note", True), ("Region", False)):
        learn.choose("lead", name, is_counted=is_counted, by=ana(), now=timezone.now())

    made = learn.learn("lead", timezone.now())

    assert "Note" in made.result["used"]
    assert "Region" not in made.result["used"]


def test_a_lead_is_told_its_chance_and_the_reasons():
    learned()
    lead = Lead.objects.filter(outcome="won").first()
    record = lead.links.get().record

    told = learn.expected(lead, record)

    assert 0 <= told["percent"] <= 100
    assert told["reasons"][0][0] == "Source"


def test_outcomes_are_ordered_by_number_where_there_is_no_date():
    bring_list(leads(30), start=70)

    known = outcomes("lead")

    assert known.table.ordered_by == "import"
    assert np.array_equal(known.table.won, leads(30).won)
