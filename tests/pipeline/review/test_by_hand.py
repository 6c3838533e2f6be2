"""Joining and separating without being asked."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.models import Answer, PairFact, Record, Subject
from pipeline.review import by_hand
from pipeline.review.groups import edges_around, group_of

from .world import case_of, grouping, later, match_people, parted, people, question, settled, subject_of


def join(record, anchor, by, now=None):
    return by_hand.join(match_people, record.pk, anchor.pk, by, now=now or later(1))


def separate(record, by, **said):
    return by_hand.separate("match-people", record.pk, by, now=later(2), **said)


def anchors():
    same = Subject.objects.filter(decision__label="same")
    return dict(same.values_list("object_id", "decision__anchor"))


def facts():
    return set(PairFact.objects.filter(withdrawn_at=None).values_list("low", "high"))


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("contact", "These two are joined already."),
        ("account", "Records of different kinds can't be the same: account and contact."),
    ],
)
def test_what_can_not_be_joined_is_refused(ana, kind, sentence):
    a, b = people("A", "B")
    if kind == "contact":
        settled(b, "same", a)
    Record.objects.filter(pk=b.pk).update(kind=kind)

    with pytest.raises(by_hand.CannotJoin) as error:
        join(a, b, ana)

    assert str(error.value) == sentence


def test_a_record_is_not_joined_with_itself_or_with_one_that_is_gone(ana):
    a, b = people("A", "B")
    Record.objects.filter(pk=b.pk).update(is_withdrawn=True)

    with pytest.raises(by_hand.CannotJoin, match="with itself"):
        join(a, a, ana)
    with pytest.raises(by_hand.CannotJoin, match="not there any more"):
        join(a, b, ana)


def test_a_record_that_stands_alone_can_not_be_separated(ana):
    (a,) = people("A")

    with pytest.raises(by_hand.CannotSeparate) as error:
        separate(a, ana)

    assert str(error.value) == "This record stands alone already."


def test_joining_two_records_no_run_has_seen(ana):
    a, b = people("A", "B")

    decision = join(b, a, ana)

    assert grouping() == parted("AB")
    assert (decision.label, decision.anchor, decision.by, decision.layer) == ("same", a.pk, ana, "person")


def test_joining_takes_all_that_is_joined_with_either(ana):
    a, b, c, d = people("A", "B", "C", "D")
    settled(b, "same", a)
    settled(d, "same", c)

    join(d, b, ana)

    assert grouping() == parted("ABCD")


def test_joining_overrules_that_they_were_kept_apart_and_undo_restores_it(ana):
    a, b = people("A", "B")
    settled(b, "same", a)
    separate(b, ana)
    decision = join(b, a, ana, now=later(3))
    assert facts() == set()

    by_hand.undo(decision, ana, now=later(4))

    assert facts() == {(a.pk, b.pk)}
    assert grouping() == parted("A", "B")


def test_joining_answers_an_open_question_and_undo_opens_it_again(ana):
    a, b = people("A", "B")
    question(b, a)

    decision = join(b, a, ana)
    assert Subject.objects.get(object_id=b.pk).state == "decided"
    restored = by_hand.undo(decision, ana, now=later(2))

    assert (restored.label, Subject.objects.get(object_id=b.pk).state) == ("unsure", "review")


def test_a_join_that_a_later_one_rests_on_is_not_taken_back_and_the_later_one_is_named(ana, ben):
    a, b, c = people("A", "B", "C")
    first = join(b, a, ana)
    second = join(c, a, ben, now=later(2))

    with pytest.raises(by_hand.CannotUndo) as error:
        by_hand.undo(first, ana, now=later(3))

    assert str(error.value) == "ben joined “C” to these on 7 Sep 2026; take that back first."
    assert grouping() == parted("ABC")
    by_hand.undo(second, ben, now=later(4))
    by_hand.undo(first, ana, now=later(5))
    assert grouping() == parted("A", "B", "C")


def test_later_joins_elsewhere_and_those_of_a_run_do_not_keep_a_join_from_being_taken_back(ana):
    a, b, c, d, e = people("A", "B", "C", "D", "E")
    decision = join(b, a, ana)
    join(d, c, ana, now=later(2))
    settled(e, "same", a)

    by_hand.undo(decision, ana, now=later(3))

    assert grouping() == parted("AE", "B", "CD")


def test_exactly_the_separated_record_leaves(ana):
    a, b, c = people("A", "B", "C")
    settled(b, "same", a)
    settled(c, "same", a)

    separate(c, ana)

    assert grouping() == parted("AB", "C")
    assert facts() == {(a.pk, c.pk), (b.pk, c.pk)}


def test_those_that_hung_on_the_separated_record_move_to_what_it_hung_on(ana):
    a, b, c, d = people("A", "B", "C", "D")
    settled(b, "same", a)
    settled(c, "same", b)
    settled(d, "same", b)

    separate(b, ana)

    assert grouping() == parted("ACD", "B")
    assert anchors() == {c.pk: a.pk, d.pk: a.pk}


def test_the_oldest_can_leave_and_the_next_oldest_leads(ana):
    a, b, c, d = people("A", "B", "C", "D")
    for record in (b, c, d):
        settled(record, "same", a)

    decision = separate(a, ana)

    assert grouping() == parted("A", "BCD")
    assert anchors() == {c.pk: b.pk, d.pk: b.pk}
    assert (decision.subject.object_id, decision.label) == (a.pk, "new")
    assert facts() == {(a.pk, b.pk), (a.pk, c.pk), (a.pk, d.pk)}


def test_taking_a_separation_back_restores_every_anchor(ana):
    a, b, c, d = people("A", "B", "C", "D")
    settled(a, "new")
    for record in (b, c, d):
        settled(record, "same", a)
    decision = separate(a, ana)

    restored = by_hand.undo(decision, ana, now=later(3))

    assert grouping() == parted("ABCD")
    assert anchors() == {b.pk: a.pk, c.pk: a.pk, d.pk: a.pk}
    assert (restored.label, restored.layer, restored.by) == ("new", "match_weight", None)
    assert facts() == set()


def test_a_separation_can_not_be_taken_back_once_a_record_of_it_moved_on(ana, ben):
    a, b, c = people("A", "B", "C")
    settled(b, "same", a)
    settled(c, "same", a)
    decision = separate(a, ana)
    by_hand.separate(match_people, c.pk, ben, now=later(3))

    with pytest.raises(by_hand.CannotUndo) as error:
        by_hand.undo(decision, ana, now=later(4))

    assert str(error.value) == ("ben has decided about a record that moved along with it since; take that back first.")
    assert grouping() == parted("A", "B", "C")


def test_what_a_layer_decided_can_not_be_taken_back_by_hand(ana):
    a, b = people("A", "B")

    with pytest.raises(by_hand.CannotUndo, match="Only what a person decided"):
        by_hand.undo(settled(b, "same", a), ana)


def test_a_hand_decision_is_an_answer_with_the_comparison_once_made(ana):
    a, b = people("A", "B")
    question(b, a)
    settled(b, "same", a)

    decision = separate(b, ana, reason="other_firm", note="Moved to Acme in May")

    kept = Answer.objects.get()
    assert (kept.label, kept.anchor, kept.reason, kept.note) == ("new", a.pk, "other_firm", "Moved to Acme in May")
    assert (kept.decision, kept.is_correction, kept.features) == (decision, True, {"name": 0.9})


def test_separating_the_oldest_keeps_an_answer_for_each_pair_that_was_joined(ana):
    a, b, c = people("A", "B", "C")
    question(c, a)
    settled(b, "same", a)
    settled(c, "same", a)

    separate(a, ana)

    kept = Answer.objects.order_by("subject__object_id").values_list("subject__object_id", "anchor", "features")
    assert list(kept) == [(b.pk, a.pk, {}), (c.pk, a.pk, {"name": 0.9})]


def test_a_pair_that_was_never_compared_is_an_answer_without_features(ana):
    a, b = people("A", "B")

    join(b, a, ana)

    assert (Answer.objects.get().features, Answer.objects.get().dossier) == ({}, None)
    assert case_of(b, [a]).candidates[0].features == {"name": 0.9}
    assert subject_of(b).decision.label == "same"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(anchors=st.lists(st.integers(0, 5), min_size=5, max_size=5), leaving=st.integers(0, 5))
def test_whatever_hangs_on_what_only_the_leaving_record_leaves_and_undo_restores_all(ana, anchors, leaving):
    records = people(*(f"{i}" for i in range(6)))
    for i, anchor in enumerate(anchors, start=1):
        if anchor != i:
            settled(records[i], "same", records[anchor])
    ids = [record.pk for record in records]
    before = edges_around("match-people", ids)
    group = group_of(ids[leaving], before)
    if len(group) == 1:
        return

    decision = by_hand.separate(match_people, ids[leaving], ana, now=later(1))

    after = edges_around("match-people", ids)
    assert group_of(ids[leaving], after) == {ids[leaving]}
    rest = group - {ids[leaving]}
    assert group_of(min(rest), after) == rest
    by_hand.undo(decision, ana, now=later(2))
    assert edges_around("match-people", ids) == before
