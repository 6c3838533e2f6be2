"""Suggestions become a person's word only by that person's answer."""

import pytest
from django.utils import timezone

from deals.briefs import acts
from deals.models import Brief, DealRole, Qualification, Sentence, SentenceMark, Suggestion
from pipeline.models import Decision, Subject
from tests.deals.briefs.world import make_world

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def deal():
    return make_world()


def decision(deal):
    subject = Subject.objects.get_or_create(pipeline="brief-deals", object_id=deal.pk)[0]
    return Decision.objects.create(subject=subject, label="brief", layer="write-brief", reason="", created_at=NOW)


def suggest(deal, **fields):
    values = {"element": "champion", "value": "Ada Okafor", "quote": "Ada is our champion", "fingerprint": "f1"}
    values["contact"] = deal.roles.get().contact
    return Suggestion.objects.create(deal=deal, decision=decision(deal), created_at=NOW, **{**values, **fields})


def sentence(deal):
    brief = Brief.objects.create(deal=deal, decision=decision(deal), written_at=NOW)
    return Sentence.objects.create(brief=brief, position=1, slot="need", text="Ada wants a review.", template="")


def test_a_suggestion_alone_changes_nothing(deal):
    suggest(deal)

    assert Qualification.objects.count() == 0
    assert DealRole.objects.count() == 1


def test_an_accepted_suggestion_is_the_person_s_own_entry(deal, person):
    ana = person("Reviewer")

    acts.accept(suggest(deal), by=ana, now=NOW)

    entered = Qualification.objects.get()
    assert (entered.by, entered.element, entered.value, entered.level) == (ana, "champion", "Ada Okafor", "quoted")
    assert (entered.role.role, entered.role.is_confirmed) == ("Champion", True)


def test_two_people_at_once_answer_a_suggestion_once(deal, person):
    suggestion = suggest(deal)
    acts.refuse(suggestion, by=person("Reviewer"), now=NOW)

    with pytest.raises(acts.NotTaken, match="answered this suggestion before you"):
        acts.accept(suggestion, by=person("Operator"), now=NOW)


def test_taking_an_answer_back_takes_all_of_it_back(deal, person):
    suggestion = suggest(deal)
    acts.accept(suggestion, by=person("Reviewer"), now=NOW)

    acts.reopen(suggestion, now=NOW)

    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.by) == ("open", None)
    assert Qualification.objects.filter(withdrawn_at=None).count() == 0
    assert not DealRole.objects.filter(role="Champion").exists()


def test_a_second_mark_takes_the_place_of_the_first(deal, person):
    said, ana = sentence(deal), person("Reviewer")
    acts.mark(said, "useful", by=ana, now=NOW)

    acts.mark(said, "wrong", by=ana, correction=" It is  a test. ", now=NOW)

    mark = SentenceMark.objects.get(withdrawn_at=None)
    assert (mark.mark, mark.correction) == ("wrong", "It is a test.")


def test_a_correction_is_short_and_of_a_wrong_sentence(deal, person):
    said, ana = sentence(deal), person("Reviewer")

    with pytest.raises(acts.NotTaken, match="has 201 characters; at most 200 are kept"):
        acts.mark(said, "wrong", by=ana, correction="x" * 201, now=NOW)
    with pytest.raises(acts.NotTaken, match="Only a sentence that is wrong"):
        acts.mark(said, "useful", by=ana, correction="It is.", now=NOW)
