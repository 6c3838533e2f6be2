"""Each of the plan's 32 lines: a case it leaves alone, a case it finds, and in what words."""

from datetime import date

import pytest

from governance.plan_checks import BY_LINE, At, Facts, Member, PlanFacts, SourceFacts, checks_at, failures
from governance.plan_checks.classes import classes_in
from governance.plan_checks.models import is_same_model
from governance.plan_checks.risk import risk

TODAY = date(2026, 6, 1)
OWNER, DEPUTY, AUTHOR = 1, 2, 3
PEOPLE = {OWNER: Member(name="Ana"), DEPUTY: Member(name="Ben"), AUTHOR: Member(name="Cleo")}
GONE = {**PEOPLE, DEPUTY: Member(name="Ben", is_active=False)}
AWAY = {**PEOPLE, OWNER: Member(name="Ana", idle_days=61)}


def plan(**answers):
    values = {
        "name": "Plan",
        "number": 2,
        "state": "approved",
        "is_unchanged": True,
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2026, 12, 31),
        "tasks": frozenset({"match"}),
        **answers,
    }
    return PlanFacts(**values)


def names(*of):
    return frozenset(of)


def facts(at, terms, **observed):
    values = {"task": "" if at in (At.SAVING, At.NIGHTLY) else "match", **observed}
    return Facts(at=at, day=TODAY, plan=plan(**terms), **values)


S, R, C, O, N = At.SAVING, At.RUN, At.CALL, At.OUTPUT, At.NIGHTLY  # noqa: E741

# line, moment, the plan's terms, what is fine, what is not, the sentence
CASES = [
    (1, S, {"purpose": "Find doubles"}, {"known_tasks": names("match")}, {"known_tasks": names("brief")},
     "Your plan says that it covers match; the program has no such task."),
    (1, R, {}, {"other_plans": {"brief": "Other"}}, {"other_plans": {"match": "Other"}},
     "Your plan says that it covers match; the plan “Other” covers it too, and a task belongs to one plan."),
    (2, N, {"owner": OWNER, "deputy": DEPUTY}, {"members": PEOPLE}, {"members": GONE},
     "Your plan says that Ben is its deputy; that account is not active."),
    (2, N, {"owner": OWNER, "deputy": DEPUTY, "login_days": 60}, {"members": PEOPLE}, {"members": AWAY},
     "Your plan says that its owner looks in every 60 days; Ana has not been here for 61 days."),
    (2, S, {"owner": OWNER, "deputy": OWNER}, {}, {"members": PEOPLE},
     "Your plan says that Ana owns it; the deputy has to be somebody else."),
    (3, S, {}, {"author": AUTHOR, "approvers": (OWNER,)}, {"author": AUTHOR, "approvers": (AUTHOR,)},
     "A plan is approved by somebody other than its author."),
    (5, S, {"writes_records": True, "sends_outside": True}, {"approvers": (OWNER, DEPUTY)}, {"approvers": (OWNER,)},
     "Your plan says that its risk is high, which takes 2 approvers; it has 1."),
    (7, R, {"expected_ai_percent": 30}, {"items": 100, "ai_items": 34}, {"items": 100, "ai_items": 46},
     "Your plan says that AI is asked about at most 30 % of the items; this run would ask about 46 %."),
    (7, N, {"expected_ai_percent": 30}, {"items": 29, "ai_items": 29}, {"items": 100, "ai_items": 35},
     "Your plan says that AI is asked about at most 30 % of the items; in the last 7 days it was 35 %."),
    (8, C, {"sources": names("crm")}, {"sources": names("crm")}, {"sources": names("crm", "list")},
     "Your plan says that AI sees records from crm only; this case has list."),
    (8, R, {"source_max_age_days": 90}, {"source_facts": (SourceFacts(name="crm", age_days=90),)},
     {"source_facts": (SourceFacts(name="crm", age_days=91),)},
     "Your plan says that a source is at most 90 days old; the last import from crm is 91 days old."),
    (8, R, {"max_import_error_percent": 5}, {"source_facts": (SourceFacts(name="crm", error_percent=5),)},
     {"source_facts": (SourceFacts(name="crm", error_percent=8),)},
     "Your plan says that at most 5 % of a file's rows fail; of the last file from crm 8 % did."),
    (9, C, {"fields_out": names("name")}, {"fields": names("name")}, {"fields": names("name", "phone")},
     "Your plan lets only name leave the house; this question holds phone."),
    (9, C, {"never_send": names("card")}, {"text": "order 4111"}, {"text": "pay with 4111 1111 1111 1111"},
     "Your plan says that card and bank account numbers never leave the house; this question seems to hold some."),
    (10, O, {"out_of_scope": names("rate_people")}, {"purposes": names("find_doubles")},
     {"purposes": names("rate_people")},
     "Your plan says that AI is not used for rating employees; this would be used for it."),
    (11, O, {"human_fields": names("deal.stage")}, {"written_fields": names("deal.next_step")},
     {"written_fields": names("deal.stage")},
     "Your plan says that people own deal.stage; AI proposed a value for it."),
    (11, O, {"ai_fields": names("deal.next_step")}, {"written_fields": names("deal.next_step")},
     {"written_fields": names("deal.note")},
     "Your plan says that AI may suggest deal.next_step; it suggested deal.note."),
    (12, O, {"actions": names("show")}, {"action": "show"}, {"action": "draft"},
     "Your plan says that AI may show; this would draft."),
    (12, O, {}, {"action": "merge", "has_human": True}, {"action": "merge"},
     "Your plan says that nobody but a person may merge; no person stands behind this."),
    (13, C, {"models": names("small")}, {"model": "small"}, {"model": "large"},
     "Your plan allows the models small; large is not among them."),
    (13, O, {}, {"model": "small", "response_model": "small-2026-01-01"}, {"model": "small", "response_model": "tiny"},
     "Your plan says that small is asked; tiny answered."),
    (14, R, {"prompts": {"match": "aaaaaaaa1"}}, {"prompt": "aaaaaaaa1"}, {"prompt": "bbbbbbbb1"},
     "Your plan says that the prompt of “match” is the one that was approved (aaaaaaaa); the program now has another "
     "(bbbbbbbb), which needs a new version of the plan."),
    (15, C, {"max_output_tokens": 200}, {"max_output_tokens": 200}, {"max_output_tokens": 201},
     "Your plan allows answers of 200 tokens; this question asks for up to 201."),
    (15, C, {"max_input_tokens": 1000}, {"input_tokens": 1000}, {"input_tokens": 1001},
     "Your plan says that a question has at most 1,000 tokens; this one has 1,001."),
    (15, C, {"max_timeout_s": 30}, {"timeout_s": 30.0}, {"timeout_s": 60.0, "model": "small"},
     "Your plan says that a call takes at most 30 seconds; small is waited for 60 seconds."),
    (15, C, {"max_retries": 2}, {"retries": 2}, {"retries": 3},
     "Your plan says that a call is repeated at most 2 times; this is number 3."),
    (16, C, {"max_call_microusd": 1_000_000}, {"worst_case_microusd": 1_000_000}, {"worst_case_microusd": 1_500_000},
     "Your plan says that a question costs at most $1.00; this question could come to $1.50."),
    (16, C, {"max_day_microusd": 1_000_000}, {"worst_case_microusd": 400_000, "day_microusd": 600_000},
     {"worst_case_microusd": 400_000, "day_microusd": 700_000},
     "Your plan says that a day costs at most $1.00; this day could come to $1.10."),
    (16, R, {"max_run_microusd": 1_000_000}, {"run_microusd": 1_000_000}, {"run_microusd": 2_000_000},
     "Your plan says that a run costs at most $1.00; this run will likely cost $2.00."),
    (17, C, {"monthly_microusd": 1_000_000}, {"worst_case_microusd": 10_000, "month_microusd": 990_000},
     {"worst_case_microusd": 10_000, "month_microusd": 1_000_000},
     "Your plan says that a month costs at most $1.00; with this question it could be $1.01."),
    (17, N, {"monthly_microusd": 1_000_000}, {"month_microusd": 790_000}, {"month_microusd": 800_000},
     "Your plan says that a month costs at most $1.00; $0.80 is spent already."),
    (17, N, {"monthly_microusd": 1_000_000}, {"month_forecast_microusd": 1_000_000},
     {"month_forecast_microusd": 1_200_000},
     "Your plan says that a month costs at most $1.00; at this rate it will be $1.20."),
    (18, O, {}, {"is_wellformed": True}, {"is_wellformed": False},
     "Your plan says that an answer has the agreed form; this one did not."),
    (18, O, {"max_output_characters": 50}, {"output_characters": 50}, {"output_characters": 51},
     "Your plan says that an answer has at most 50 characters; this one has 51."),
    (19, O, {"max_unfounded_percent": 20}, {"sentences": 5, "unfounded": 0}, {"sentences": 5, "unfounded": 2},
     "Your plan says that no sentence stands without a source; 2 of 5 had none."),
    (20, O, {"accept_percent": 95}, {"score_percent": 80.0}, {"score_percent": 94.9, "is_accepted": True},
     "Your plan says that a result is accepted from 95 % on; this one has 94.9 %."),
    (21, O, {"always_review": names("merge")}, {"traits": names("merge"), "is_accepted": True, "has_human": True},
     {"traits": names("merge"), "is_accepted": True},
     "Your plan says that a person always sees joining two records that each stand for several; this result is one "
     "of them."),
    (21, O, {"review_amount": 1_000_000_000}, {"amount": 1_000_000_000, "is_accepted": True},
     {"amount": 2_000_000_000, "is_accepted": True},
     "Your plan says that a person sees everything above $1,000.00; this is about $2,000.00."),
    (22, N, {"audit_percent": 5, "audit_minimum": 30}, {"audits_due": 1000, "audits_drawn": 50},
     {"audits_due": 1000, "audits_drawn": 49},
     "Your plan says that 5 % of the accepted results are checked, 30 at least; of 1,000 accepted 49 were checked, 50 "
     "are due."),
    (23, N, {"max_silent_error_percent": 5}, {"silent_error_percent": 4.9}, {"silent_error_percent": 9.5},
     "Your plan says that at most 5 % of accepted results are wrong unnoticed; the checks prove no more than “at most "
     "9.5 %”."),
    (24, N, {"min_reviewers": 2}, {"reviewers": 2}, {"reviewers": 0},
     "Your plan says that 2 people can review; 0 can."),
    (24, N, {"review_days": 5}, {"overdue_reviews": 0}, {"overdue_reviews": 3},
     "Your plan says that a question is answered within 5 days; 3 questions wait longer."),
    (25, N, {"metric": "acceptance", "target": 90.0, "target_date": TODAY}, {"metric_value": 90.0},
     {"metric_value": 71.0},
     "Your plan says that by 2026-06-01 the share of results accepted without correction is at least 90 %; it is "
     "71 %."),
    (26, N, {"max_reject_percent": 30}, {"judged": 50, "rejected": 15}, {"judged": 50, "rejected": 16},
     "Your plan says that people reject at most 30 % of AI's results; they rejected 32 % of the last 50."),
    (26, C, {"max_provider_error_percent": 20}, {"calls": 9, "failed_calls": 9}, {"calls": 10, "failed_calls": 3},
     "Your plan says that at most 20 % of calls fail; 3 of 10 did in the last ten minutes."),
    (26, N, {"max_accepted_microusd": 10_000}, {"accepted_microusd": 10_000}, {"accepted_microusd": 20_000},
     "Your plan says that an accepted result costs at most $0.01; it costs $0.02."),
    (26, C, {}, {}, {"is_stopped": True},
     "Your plan says that anybody in charge can stop AI; it was stopped."),
    (27, S, {"fallback": "person"}, {"known_fallbacks": names("person")}, {"known_fallbacks": names("rules")},
     "For the days without AI the plan names “person”, which the program does not know."),
    (27, N, {"drill_days": 30}, {"drill_age_days": 30}, {"drill_age_days": 31},
     "Your plan says that working without AI is tried every 30 days; the last try is 31 days old."),
    (28, C, {"max_examples": 8}, {"examples": 8}, {"examples": 9},
     "Your plan says that a question quotes at most 8 earlier answers; this one quotes 9."),
    (28, C, {"correction_months": 12}, {"oldest_example_months": 12}, {"oldest_example_months": 13},
     "Your plan says that a correction counts for 12 months; one is 13 months old."),
    (29, N, {"alias_after": 2}, {"repeated_corrections": 0}, {"repeated_corrections": 1},
     "Your plan says that 2 equal corrections become a rule; 1 was given so often but contradicted."),
    (30, N, {"retention_days": 90}, {"overdue_purges": 0}, {"overdue_purges": 12},
     "Your plan says that prompts and answers are deleted after 90 days; 12 are kept longer."),
    (30, C, {}, {}, {"is_opted_out": True},
     "Your plan says that nobody is asked about who objected or was deleted; this case is about one."),
    (31, O, {"known_limits": "Twins."}, {"are_limits_shown": True}, {"are_limits_shown": False},
     "Your plan says that its known limits stand beside every result; here they are missing."),
    (31, O, {"known_limits": "Twins."}, {"limits_unread_by": 0}, {"limits_unread_by": 2},
     "Your plan says that whoever judges results knows its limits; 2 reviewers have not confirmed reading them."),
    (32, N, {"triggers": names("price")}, {"changes": names("schema")}, {"changes": names("price", "schema")},
     "Your plan says that it is looked at again when a model's price changes; that changed since it was approved."),
]  # fmt: skip
IDS = [f"line-{line}-{at}-{number}" for number, (line, at, *_) in enumerate(CASES)]


@pytest.mark.parametrize(("line", "at", "terms", "fine", "wrong", "sentence"), CASES, ids=IDS)
def test_a_line_leaves_alone_what_it_allows(line, at, terms, fine, wrong, sentence):
    assert BY_LINE[line][0](facts(at, terms, **fine)) is None


@pytest.mark.parametrize(("line", "at", "terms", "fine", "wrong", "sentence"), CASES, ids=IDS)
def test_a_line_says_what_it_found(line, at, terms, fine, wrong, sentence):
    finding = BY_LINE[line][0](facts(at, terms, **wrong))

    assert finding is not None
    assert (finding.line, finding.sentence) == (line, sentence)
    assert finding.action


LIMITED = [case for case in CASES if case[0] not in (1, 2, 27)]


@pytest.mark.parametrize(("line", "at", "terms", "fine", "wrong", "sentence"), LIMITED)
def test_where_the_plan_sets_no_limit_nothing_is_found(line, at, terms, fine, wrong, sentence):
    assert BY_LINE[line][0](facts(at, {}, **fine)) is None


def test_a_target_worse_than_before_is_no_success():
    terms = {"metric": "false_links", "target": 5.0, "target_date": TODAY, "baseline": 3.0}

    found = BY_LINE[25][0](facts(S, terms))

    assert found.sentence == "Your plan says that the target is 5 %; before it was 3, so the target is no improvement."
    assert BY_LINE[25][0](facts(S, {**terms, "target": 2.0})) is None


@pytest.mark.parametrize("line", sorted(BY_LINE))
def test_what_was_not_observed_is_no_finding(line):
    assert BY_LINE[line][0](facts(O, {})) is None


def test_every_line_is_checked_at_some_moment_and_has_its_cases():
    assert sorted(BY_LINE) == list(range(1, 33))
    assert {line for line, *_ in CASES} | {4, 6} == set(BY_LINE)
    assert len(checks_at(At.CALL)) == 13


CONTRADICTIONS = [
    (7, {"expected_ai_percent": 100, "modes": {"match": "always"}}, {"expected_ai_percent": 30,
     "modes": {"match": "always"}}, {},
     "Your plan says that AI is asked about at most 30 % of the items; it also says that AI is always asked."),
    (7, {"expected_ai_percent": 30, "modes": {"match": "ambiguous"}}, {"expected_ai_percent": 30,
     "modes": {"match": "rules"}}, {},
     "Your plan says that AI is asked about at most 30 % of the items; it also says that AI is asked about none."),
    (8, {"sources": names("crm")}, {"sources": names("crm", "erp")}, {"known_sources": names("crm")},
     "Your plan says that AI sees records from erp; nothing was imported from there."),
    (11, {"ai_fields": names("a"), "human_fields": names("b")}, {"ai_fields": names("a"), "human_fields": names("a")},
     {}, "Your plan says that AI may suggest a; it also says that only people fill it."),
    (13, {"models": names("small")}, {"models": names("small", "old")}, {"known_models": names("small")},
     "Your plan says that old may be asked; no such model is switched on."),
    (16, {"max_call_microusd": 1_000_000, "max_day_microusd": 1_000_000},
     {"max_run_microusd": 2_000_000, "monthly_microusd": 1_000_000}, {},
     "Your plan says that a run costs at most $2.00; a month costs at most $1.00, which is less."),
    (24, {"min_reviewers": 1}, {"min_reviewers": 2}, {"reviewers": 1},
     "Your plan says that 2 people can review; 1 can."),
    (25, {"metric": "acceptance", "target": 95.0, "target_date": TODAY, "before_error_percent": 6},
     {"metric": "acceptance", "target": 94.0, "target_date": TODAY, "before_error_percent": 6}, {},
     "Your plan says that the target is 94 %; before it was 94, so the target is no improvement."),
]  # fmt: skip


@pytest.mark.parametrize(("line", "fine", "wrong", "observed", "sentence"), CONTRADICTIONS)
def test_a_plan_that_contradicts_itself_or_the_program_is_told_when_it_is_saved(line, fine, wrong, observed, sentence):
    found = BY_LINE[line][0](facts(S, wrong, **observed))

    assert BY_LINE[line][0](facts(S, fine, **observed)) is None
    assert (found.sentence, found.action == "to the deputy" or found.action == "unfinished") == (sentence, True)
    assert [one.line for one in failures(facts(S, wrong, **observed)) if one.line == line] == [line]


APPROVAL = [
    ({"state": "draft"}, "The plan “Plan” (version 2) is not approved yet."),
    ({"state": "suspended"}, "The plan “Plan” (version 2) is suspended."),
    ({"is_unchanged": False}, "The plan “Plan” (version 2) was changed after approval."),
    ({"valid_until": date(2026, 5, 31)}, "The plan “Plan” (version 2) expired on 2026-05-31."),
    ({"valid_from": date(2026, 6, 2)}, "The plan “Plan” (version 2) begins on 2026-06-02."),
    ({"review_date": date(2026, 5, 31)},
     "Your plan says that it is reviewed by 2026-05-31; no newer version was approved since."),
    ({"modes": {"match": "rules"}},
     "Your plan says that for “match” only rules decide; so no model is asked about it."),
    ({"modes": {"match": "forbidden"}},
     "Your plan says that for “match” AI is forbidden; so no model is asked about it."),
    ({"modes": {"brief": "always"}},
     "Your plan says that for “match” only rules decide; so no model is asked about it."),
]  # fmt: skip


@pytest.mark.parametrize("at", [At.RUN, At.CALL])
def test_a_valid_plan_lets_runs_and_calls_pass(at):
    assert failures(facts(at, {"modes": {"match": "ambiguous"}, "review_date": TODAY})) == []


@pytest.mark.parametrize("at", [At.RUN, At.CALL])
@pytest.mark.parametrize(("terms", "sentence"), APPROVAL)
def test_a_plan_that_is_not_valid_stops_runs_and_calls(at, terms, sentence):
    assert [finding.sentence for finding in failures(facts(at, terms))] == [sentence]


def test_without_a_plan_only_that_is_found():
    found = failures(Facts(task="match", day=TODAY, plan=None, text="password: correct horse"))

    assert [finding.sentence for finding in found] == ["No plan covers “match”, so no model is asked."]


def test_a_case_the_rules_were_sure_about_is_not_asked():
    found = failures(facts(C, {"modes": {"match": "ambiguous"}}, is_left_open=False))

    assert [(finding.line, finding.action) for finding in found] == [(6, "not asked")]


@pytest.mark.parametrize(
    ("days", "notice"), [(31, []), (30, ["30-day notice"]), (8, ["30-day notice"]), (7, ["7-day notice"]),
                         (1, ["7-day notice"]), (0, ["0-day notice"])]
)  # fmt: skip
def test_a_review_is_announced_three_times(days, notice):
    due = date.fromordinal(TODAY.toordinal() + days)

    found = failures(facts(N, {"review_date": due}))

    assert [finding.observed for finding in found if finding.line == 4] == notice


def test_a_review_is_due_within_half_a_year():
    found = failures(facts(S, {"review_date": date(2026, 11, 29)}))

    assert "a review is due by 2026-11-28 at the latest." in next(one.sentence for one in found if one.line == 4)


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({}, "low"),
        ({"writes_records": True}, "medium"),
        ({"affects_people": True}, "medium"),
        ({"affects_people": True, "sends_outside": True}, "high"),
        ({"writes_records": True, "sends_outside": True}, "high"),
    ],
)
def test_the_risk_follows_from_the_answers(answers, level):
    assert risk(plan(**answers)) == level


HARMLESS = (
    "Call Ana on +43 660 1234567890, reference 4111 1111 1111 1112, Sick GmbH, order 123-45-678, VAT ATU12345678, "
    "id 5555555555554445, https://example.com/4111111111111111, Depression Awareness Ltd, password reset mail sent"
)


def test_numbers_and_words_that_only_look_alike_may_leave():
    assert classes_in(HARMLESS, ["card", "national_id", "health", "secret"]) == frozenset()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("card 5500-0000-0000-0004", "card"),
        ("378282246310005", "card"),
        ("4111\u00a01111\u00a01111\u00a01111", "card"),
        ("４１１１ １１１１ １１１１ １１１１", "card"),
        ("4111 1111 1111 11\u200b11", "card"),
        ("IBAN DE89 3704 0044 0532 0130 00", "card"),
        ("SSN 123-45-6789", "national_id"),
        ("NI number AB 12 34 56 C", "national_id"),
        ("DNI 12345678Z", "national_id"),
        ("RSSMRA85T10A562S", "national_id"),
        ("she is on sick leave until May", "health"),
        ("ist seit März krankgeschrieben", "health"),
        ("key sk-abcdefghijklmnopqrstuvwx", "secret"),
        ("Passwort: geheim123", "secret"),
        ("-----BEGIN RSA PRIVATE KEY-----", "secret"),
    ],
)
def test_what_must_not_leave_is_recognised(text, found):
    assert classes_in(text, ["card", "national_id", "health", "secret"]) == {found}
    assert classes_in(text, []) == frozenset()


@pytest.mark.parametrize(
    ("requested", "returned", "is_same"),
    [
        ("gpt-4o", "gpt-4o", True),
        ("gpt-4o", "gpt-4o-2024-08-06", True),
        ("openai/gpt-4o", "gpt-4o", True),
        ("gpt-4o", "gpt-4o-mini", False),
        ("gpt-4o-mini", "gpt-4o", False),
    ],
)
def test_a_dated_name_is_the_same_model_and_a_smaller_one_is_not(requested, returned, is_same):
    assert is_same_model(requested, returned) is is_same


def test_what_was_found_is_never_repeated_in_the_finding():
    found = failures(facts(C, {"never_send": names("secret")}, text="password: hunter2hunter2"))

    assert "hunter2" not in repr(found)
