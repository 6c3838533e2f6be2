"""What the free layers leave alone, and what they decide."""

from pipeline.layers import Aliases, MatchWeight, SharedIdentifiers
from pipeline.pipeline import Candidate, Case, Example, Memory, Terms, Work


def make_candidate(object_id=1, weight=12.0, probability=0.9998, **fields):
    return Candidate(
        object_id=object_id, values=fields.pop("values", {}), weight=weight, probability=probability, **fields
    )


def make_case(*candidates, **values):
    return Case(object_id=9, values=values, candidates=candidates)


def judge(layer, case, memory=None):
    (verdict,) = layer.judge(Work(cases=(case,), memory=memory or Memory()))
    return verdict


def by_email(case, candidate):
    return "same_email" if case.values["email"] == candidate.values["email"] else None


def by_name(case, candidate):
    return "same_name" if case.values["name"] == candidate.values["name"] else None


def test_identifiers_leave_a_guarded_candidate_alone():
    guarded = make_candidate(values={"email": "a@x.example"}, guards=("generation",))

    assert judge(SharedIdentifiers(identify=by_email), make_case(guarded, email="a@x.example")) is None


def test_identifiers_leave_a_case_alone_that_shares_nothing():
    other = make_candidate(values={"email": "b@x.example"})

    assert judge(SharedIdentifiers(identify=by_email), make_case(other, email="a@x.example")) is None


def test_of_two_records_with_the_same_address_the_older_is_the_anchor():
    older, newer = (make_candidate(i, values={"email": "a@x.example"}, group=i) for i in (3, 5))

    verdict = judge(SharedIdentifiers(identify=by_email), make_case(newer, older, email="a@x.example"))

    assert (verdict.label, verdict.anchor, verdict.score) == ("same", 3, 1.0)


def test_a_reason_that_must_be_sole_does_not_decide_between_two_people():
    layer = SharedIdentifiers(identify=by_name, sole=frozenset({"same_name"}))
    first, second = (make_candidate(i, values={"name": "Chris"}, group=i) for i in (3, 5))

    assert judge(layer, make_case(first, second, name="Chris")) is None
    assert judge(layer, make_case(first, name="Chris")).anchor == 3


def test_match_weight_has_no_opinion_where_two_candidates_are_rivals():
    case = make_case(make_candidate(1, weight=12.0, group=1), make_candidate(2, weight=10.0, group=2))

    assert judge(MatchWeight(), case) is None


def test_two_records_of_one_entity_are_no_rivals():
    case = make_case(make_candidate(1, weight=12.0, group=1), make_candidate(2, weight=11.0, group=1))

    assert judge(MatchWeight(), case).anchor == 1


def test_match_weight_has_no_opinion_where_only_likeness_speaks_for_a_link():
    layer = MatchWeight(corroborated=lambda candidate: candidate.levels.get("emails") == "equal")

    assert judge(layer, make_case(make_candidate(levels={"emails": "missing"}))) is None
    assert judge(layer, make_case(make_candidate(levels={"emails": "equal"}))).label == "same"


def test_a_case_without_candidates_is_new():
    verdict = judge(MatchWeight(), make_case())

    assert (verdict.label, verdict.reason, verdict.score) == ("new", "no_candidate", 1.0)


def test_several_unlikely_candidates_add_up_against_being_new():
    case = make_case(*(make_candidate(i, weight=-5.0, probability=0.1, group=i) for i in range(3)))

    assert round(judge(MatchWeight(), case).score, 3) == 0.729


def test_a_certain_but_guarded_pair_goes_to_a_person_without_a_question_to_a_model():
    verdict = judge(MatchWeight(), make_case(make_candidate(guards=("same_source",))))

    assert (verdict.label, verdict.reason) == ("unsure", "guard:same_source")


def make_example(answer_id, label, left, right):
    return Example(
        answer_id=answer_id, label=label, reason="", note="", author="Ana", left={"name": left}, right={"name": right},
        features={},
    )  # fmt: skip


def aliases():
    return Aliases(key=lambda values: values["name"])


def test_one_answer_makes_no_alias():
    memory = Memory(examples=(make_example(1, "same", "IBM", "International Business Machines"),))
    case = make_case(make_candidate(values={"name": "International Business Machines"}), name="IBM")

    assert judge(aliases(), case, memory) is None


def test_contradicting_answers_make_no_alias():
    answers = [make_example(i, label, "IBM", "Big Blue") for i, label in enumerate(("same", "same", "new"))]
    case = make_case(make_candidate(values={"name": "Big Blue"}), name="IBM")

    assert judge(aliases(), case, Memory(examples=tuple(answers))) is None


def test_two_identical_answers_make_an_alias_in_both_directions():
    memory = Memory(examples=tuple(make_example(i, "same", "IBM", "Big Blue") for i in (1, 2)))
    case = make_case(make_candidate(4, values={"name": "IBM"}), name="Big Blue")

    verdict = judge(aliases(), case, memory)

    assert (verdict.label, verdict.anchor, verdict.reason) == ("same", 4, "alias")


def test_the_plan_says_how_many_answers_make_an_alias():
    memory = Memory(
        examples=tuple(make_example(i, "same", "IBM", "Big Blue") for i in (1, 2)), terms=Terms(alias_after=3)
    )
    case = make_case(make_candidate(4, values={"name": "IBM"}), name="Big Blue")

    assert judge(aliases(), case, memory) is None


def test_answers_that_contradict_each_other_often_enough_are_disputed():
    agreed = [make_example(i, "same", "IBM", "Big Blue") for i in (1, 2)]
    disputed = [make_example(i, label, "HP", "Hewlett") for i, label in enumerate(("new", "new", "same"), start=3)]

    assert aliases().disputed(Memory(examples=(*agreed, *disputed))) == 1
