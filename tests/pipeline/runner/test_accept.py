"""What is accepted, what goes on, what only a person may decide."""

from pipeline.pipeline import Candidate, Case, Memory, Verdict
from pipeline.runner.accept import rule


def make_case(*guards):
    candidate = Candidate(object_id=1, values={}, weight=12.0, probability=0.999, guards=guards)
    return Case(object_id=2, values={}, candidates=(candidate,))


def same(score):
    return Verdict(label="same", score=score, reason="weight", anchor=1)


def test_a_score_below_the_default_goes_on_to_the_next_layer():
    ruling = rule(make_case(), "match-weight", same(0.98), Memory())

    assert (ruling.is_accepted, ruling.is_for_person, ruling.reason) == (False, False, "below_threshold")


def test_a_score_at_the_threshold_is_accepted():
    assert rule(make_case(), "match-weight", same(0.99), Memory()).is_accepted


def test_a_threshold_of_its_own_goes_before_the_default():
    memory = Memory(thresholds={("ask-light", "same"): 0.9})

    assert rule(make_case(), "ask-light", same(0.91), memory).is_accepted
    assert not rule(make_case(), "match-weight", same(0.91), memory).is_accepted


def test_a_guarded_pair_is_never_linked_without_a_person_however_sure_a_layer_is():
    ruling = rule(make_case("colleagues"), "ask-strong", same(1.0), Memory())

    assert (ruling.is_accepted, ruling.is_for_person, ruling.reason) == (False, True, "guard:colleagues")


def test_a_guard_does_not_keep_two_records_from_being_told_apart():
    verdict = Verdict(label="new", score=0.995, reason="all_unlikely")

    assert rule(make_case("colleagues"), "match-weight", verdict, Memory()).is_accepted


def test_an_unsure_verdict_goes_to_a_person():
    verdict = Verdict(label="unsure", score=1.0, reason="guard:same_source", anchor=1)

    assert rule(make_case(), "match-weight", verdict, Memory()).is_for_person
