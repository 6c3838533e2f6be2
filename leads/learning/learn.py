"""Learns when there is something new, and keeps what came out: the study, and rules for a person to accept."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from leads import profile_versions
from leads.learning import rules, telling
from leads.learning.outcomes import basis, cells_of, outcomes
from leads.learning.proposals import Proposal, figures_of
from leads.learning.rules import LearnedRule
from leads.learning.score import Score, from_json, points
from leads.learning.study import FEWEST, is_enough, study
from leads.learning.table import Table
from leads.models import ColumnChoice, Lead, OutcomeStudy, ProfileVersion, ProposedRule
from pipeline.models import Record

SUBJECTS = tuple(OutcomeStudy.Subject.values)
_REASONS = 3


class NotPossible(Exception):
    """What was asked for can't be done; the message says why."""


def newest(subject: str) -> OutcomeStudy | None:
    return OutcomeStudy.objects.filter(subject=subject).first()


def learn(subject: str, now: datetime) -> OutcomeStudy | None:
    """The study of what is known now: the last one where nothing is new, None where outcomes are too few."""
    stamp = basis(subject)
    if found := OutcomeStudy.objects.filter(subject=subject, basis=stamp).first():
        return found
    known = outcomes(subject)
    number, won = len(known.table), int(known.table.won.sum())
    if not is_enough(number, won):
        return None
    said = dict(ColumnChoice.objects.filter(subject=subject).values_list("name", "is_counted"))
    found_now = study(
        known.table,
        put_back=[name for name, is_counted in said.items() if is_counted],
        taken_out=[name for name, is_counted in said.items() if not is_counted],
    )
    with transaction.atomic():
        made, is_new = OutcomeStudy.objects.get_or_create(
            subject=subject, basis=stamp,
            defaults={"made_at": now, "outcomes": number, "won": won, "is_sample": known.is_sample,
                      "result": telling.to_json(found_now)},
        )  # fmt: skip
        if is_new and subject == OutcomeStudy.Subject.LEAD:
            _propose(found_now.proposals, known.table, now)
    return made


def _propose(found: Sequence[Proposal], table: Table, now: datetime) -> None:
    """New rules wait for a person; what a person said of a rule stays, only its figures are brought up to date."""
    standing = {one.rule.key: one for one in found}
    for known in ProposedRule.objects.all():
        one = standing.pop(known.key, None)
        known.is_standing = one is not None
        if one is not None and known.state == ProposedRule.State.PROPOSED:
            known.rule = _worded(one)
        known.figures |= _figures(rules.from_json(known.rule), one, table)
        known.save()
    ProposedRule.objects.bulk_create(
        ProposedRule(key=key[:400], rule=_worded(one), figures=_figures(one.rule, one, table), found_at=now)
        for key, one in standing.items()
    )


def _worded(one: Proposal) -> dict[str, Any]:
    return replace(one.rule, because=telling.because(one)).to_json()


def _figures(rule: LearnedRule, one: Proposal | None, table: Table) -> dict[str, Any]:
    every = figures_of(rule, table.columns, table.won)
    return {**(telling.figures(one) if one else {}), "all": asdict(every)}


def accept(rule: ProposedRule, *, by: User, now: datetime) -> ProfileVersion:
    """Let the rule count from the next qualification on, as a new version of the profile. Raises NotPossible."""
    with transaction.atomic():
        _move(rule, ProposedRule.State.ACCEPTED, by, now)
        _, profile = profile_versions.current(now)
        counted = rules.from_json(rule.rule)
        others = tuple(one for one in profile.learned if one.key != counted.key)
        version = profile_versions.save(
            replace(profile, learned=(*others, counted)), by=by, now=now, note=f"Learned: {counted.condition}"
        )
        ProposedRule.objects.filter(pk=rule.pk).update(version=version)
    return version


def switch_off(rule: ProposedRule, *, by: User, now: datetime) -> ProfileVersion:
    """Take a rule in force out of the profile again. Raises NotPossible."""
    with transaction.atomic():
        _move(rule, ProposedRule.State.OFF, by, now)
        _, profile = profile_versions.current(now)
        key = rules.from_json(rule.rule).key
        return profile_versions.save(
            replace(profile, learned=tuple(one for one in profile.learned if one.key != key)), by=by, now=now,
            note=f"Switched off: {rules.from_json(rule.rule).condition}",
        )  # fmt: skip


def refuse(rule: ProposedRule, *, by: User, now: datetime) -> None:
    """It is not proposed again. Raises NotPossible."""
    _move(rule, ProposedRule.State.REFUSED, by, now)


def reconsider(rule: ProposedRule, *, by: User, now: datetime) -> None:
    """A refused rule is proposed again. Raises NotPossible."""
    _move(rule, ProposedRule.State.PROPOSED, by, now)


_FROM = {
    ProposedRule.State.ACCEPTED: (ProposedRule.State.PROPOSED, ProposedRule.State.OFF),
    ProposedRule.State.OFF: (ProposedRule.State.ACCEPTED,),
    ProposedRule.State.REFUSED: (ProposedRule.State.PROPOSED, ProposedRule.State.OFF),
    ProposedRule.State.PROPOSED: (ProposedRule.State.REFUSED,),
}


def _move(rule: ProposedRule, state: str, by: User, now: datetime) -> None:
    # Two people may press at once; one of them is first.
    moved = ProposedRule.objects.filter(pk=rule.pk, state__in=_FROM[ProposedRule.State(state)])
    if not moved.update(state=state, by=by, decided_at=now):
        raise NotPossible("Somebody has decided about this rule already.")


def choose(subject: str, name: str, *, is_counted: bool | None, by: User, now: datetime) -> None:
    """Count a column, leave it out, or (None) leave that to what its cells show."""
    if is_counted is None:
        ColumnChoice.objects.filter(subject=subject, name=name).delete()
        return
    ColumnChoice.objects.update_or_create(
        subject=subject, name=name, defaults={"is_counted": is_counted, "by": by, "made_at": now}
    )


def score_in_force(subject: str = "lead") -> tuple[OutcomeStudy, Score] | None:
    """The newest study's score, where it found a pattern."""
    found = newest(subject)
    if found is None or not found.result.get("score"):
        return None
    return found, from_json(found.result["score"])


def expected(lead: Lead, record: Record) -> dict[str, Any] | None:
    """What outcomes say of a lead: its chance in percent, what they would do with it, and the reasons in points."""
    found = score_in_force()
    if found is None:
        return None
    _, score = found
    cells = cells_of(record)
    adds = {name: points(value) for name, value in score.contributions(cells).items()}
    chance = score.chance(cells)
    told = sorted((one for one in adds.items() if one[1]), key=lambda one: -abs(one[1]))[:_REASONS]
    said = "accept" if score.accept is not None and chance >= score.accept else (
        "reject" if score.reject is not None and chance <= score.reject else "open")  # fmt: skip
    return {"percent": round(100 * chance), "says": said,
            "reasons": [(name, cells.get(name) or "not filled in", value) for name, value in told]}  # fmt: skip


__all__ = ["FEWEST", "NotPossible", "accept", "choose", "expected", "learn", "newest", "reconsider", "refuse",
           "score_in_force", "switch_off"]  # fmt: skip
