"""The one door: plan, recorded answers, money, sending, and what comes of each fault."""

from dataclasses import replace

import pytest

from governance import gateway
from governance.models import Attempt, Budget, LanguageModel, Organisation, PlanFinding, Rollup
from governance.questions import Message, Outcome, Tier
from tests.governance.factories import TASK, make_model, make_plan, question, sums, this_month

pytestmark = pytest.mark.django_db

CONTEXT = gateway.CallContext(run_key="run:1", deadline_s=20)


def ask_one(asked=None, context=CONTEXT):
    return gateway.ask([asked or question()], context)[0]


def calls(endpoint):
    return endpoint.state.report()["calls"]


# What must not be asked.


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        (None, f"No plan covers “{TASK}”, so no model is asked."),
        ({"tasks": ["brief-deals"]}, f"No plan covers “{TASK}”, so no model is asked."),
        ({"state": "draft"}, "The plan “Plan” (version 1) is not approved yet."),
        ({"state": "suspended"}, "The plan “Plan” (version 1) is suspended."),
        ({"sources": ["crm-a"]}, "Your plan says that AI sees records from crm-a only; this case has crm-b."),
        ({"max_examples": 1}, "Your plan says that a question quotes at most 1 earlier answers; this one quotes 2."),
        ({"correction_months": 12}, "Your plan says that a correction counts for 12 months; one is 13 months old."),
        ({"fields_out": ["name"]}, "Your plan lets only name leave the house; this question holds phone."),
    ],
)
def test_without_the_plans_leave_nothing_is_asked(practice_endpoint, plan, sentence):
    make_model(practice_endpoint.base_url)
    if plan is not None:
        make_plan(**plan)

    asked = {"sources": frozenset({"crm-b"}), "fields": frozenset({"name", "phone"})}
    reply = ask_one(question(**asked, example_ids=(1, 2), oldest_example_months=13))

    assert (reply.outcome, reply.detail) == (Outcome.BLOCKED, sentence)
    assert calls(practice_endpoint) == 0
    assert PlanFinding.objects.get().sentence == sentence


def test_an_expired_plan_stops_every_call(practice_endpoint):
    make_model(practice_endpoint.base_url)
    version = make_plan(ends_in=-1)

    reply = ask_one()

    assert reply.detail == f"The plan “Plan” (version 1) expired on {version.valid_until}."
    assert calls(practice_endpoint) == 0


def test_a_plan_that_was_edited_after_approval_stops_every_call(practice_endpoint):
    make_model(practice_endpoint.base_url)
    version = make_plan(sources=["crm-a"])
    version.fields["sources"].append("crm-b")
    version.save()

    reply = ask_one()

    assert reply.detail == "The plan “Plan” (version 1) was changed after approval."
    assert calls(practice_endpoint) == 0


def test_a_model_the_plan_does_not_name_is_not_asked(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_plan(models=["other"])

    reply = ask_one()

    assert reply.outcome is Outcome.UNAVAILABLE
    assert reply.detail == "Your plan allows the models other; practice-light is not among them."
    assert calls(practice_endpoint) == 0


def test_the_stop_switch_stops_every_call(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_plan()
    Organisation.current()
    Organisation.objects.update(is_ai_stopped=True)

    reply = ask_one()

    assert reply.outcome is Outcome.UNAVAILABLE
    assert reply.detail == "All AI is stopped. The rules go on working; a budget owner can switch it on again."
    assert calls(practice_endpoint) == 0


def test_a_model_without_a_price_is_refused_instead_of_free(practice_endpoint):
    make_model(practice_endpoint.base_url, input_rate=None)
    make_plan()

    reply = ask_one()

    assert reply.detail == "The price of practice-light is unknown, so it is not asked."
    assert calls(practice_endpoint) == 0


def test_a_model_without_a_budget_is_not_asked(practice_endpoint):
    make_model(practice_endpoint.base_url, limit_microusd=None)
    make_plan()

    reply = ask_one()

    assert reply.outcome is Outcome.UNAVAILABLE
    assert reply.detail.startswith("practice-light has no budget for ")


def test_the_practice_model_never_answers_where_practice_is_not_allowed(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_plan()

    reply = ask_one(context=replace(CONTEXT, allow_practice=False))

    assert reply.outcome is Outcome.UNAVAILABLE
    assert reply.detail == "Only the practice model is set up, and its answers never decide about your own records."
    assert calls(practice_endpoint) == 0


def test_the_practice_model_steps_back_for_a_real_one(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_model(practice_endpoint.base_url, name="real", is_practice=False)
    make_plan()

    reply = ask_one()

    assert (reply.model, reply.is_practice) == ("real", False)


def test_a_real_model_without_its_key_is_not_asked(practice_endpoint, monkeypatch):
    monkeypatch.delenv("SOME_KEY", raising=False)
    make_model(practice_endpoint.base_url, name="real", is_practice=False, api_key_variable="SOME_KEY")
    make_plan()

    assert ask_one().detail == "No key is set: the environment variable SOME_KEY is empty."


# What is asked, and what it costs.


def test_an_answer_is_paid_and_recorded(practice_endpoint):
    model = make_model(practice_endpoint.base_url)
    version = make_plan()

    reply = ask_one(question(subject_key="7", example_ids=(3, 4)))

    attempt = Attempt.objects.get()
    assert reply.outcome is Outcome.ANSWERED
    assert reply.answer.answer == "practice answer"
    assert reply.attempt_ids == (attempt.pk,)
    assert (attempt.state, attempt.model, attempt.plan_version) == ("settled", model, version)
    assert (attempt.run_key, attempt.layer, attempt.subject_key) == ("run:1", "ask-light", "7")
    assert attempt.example_ids == [3, 4]
    assert attempt.exchange.messages == [{"role": "user", "text": "Are these the same?"}]
    assert attempt.exchange.answer == '{"answer": "practice answer"}'
    # 13 input tokens at $0.10 and 8 output tokens at $0.40 per million: 4.5 micro-dollars, rounded up.
    assert (attempt.input_tokens, attempt.output_tokens, attempt.cost_microusd) == (13, 8, 5)
    assert reply.cost_microusd == 5


def test_every_budget_a_call_falls_under_pays(practice_endpoint):
    model = make_model(practice_endpoint.base_url)
    Budget.objects.set_limit(None, this_month(), 500_000)
    make_plan()

    reply = ask_one()

    paid = dict(Budget.objects.values_list("model", "spent_microusd"))
    assert paid == {model.pk: reply.cost_microusd, None: reply.cost_microusd}
    assert set(Budget.objects.values_list("reserved_microusd", flat=True)) == {0}
    assert Rollup.objects.get().cost_microusd == reply.cost_microusd


def test_the_same_question_is_not_bought_twice(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_plan()
    first = ask_one()

    second = ask_one(context=replace(CONTEXT, run_key="run:2"))

    assert (second.answer, second.is_cached, second.cost_microusd) == (first.answer, True, 0)
    assert second.attempt_ids == first.attempt_ids
    assert calls(practice_endpoint) == 1


def test_identical_questions_in_one_batch_are_bought_once(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_plan()
    same = question()

    replies = gateway.ask([same, question("Another?"), same], CONTEXT)

    assert calls(practice_endpoint) == 2
    assert [reply.is_cached for reply in replies] == [False, False, True]
    assert replies[0].answer == replies[2].answer


def test_replies_stand_in_the_order_of_the_questions(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_model(practice_endpoint.base_url, name="practice-strong", tier="strong")
    make_plan(tasks=["a", "b"])
    asked = [question(str(n), task="ab"[n % 2], tier=list(Tier)[n % 2], subject_key=str(n)) for n in range(20)]

    replies = gateway.ask(asked, CONTEXT)

    subjects = dict(Attempt.objects.values_list("pk", "subject_key"))
    assert [subjects[reply.attempt_ids[0]] for reply in replies] == [str(n) for n in range(20)]


def test_progress_ends_with_every_question_answered(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_plan()
    heard = []

    gateway.ask([question(str(n)) for n in range(5)], CONTEXT, lambda done, total: heard.append((done, total)))

    assert heard[-1] == (5, 5)


def test_answers_are_no_longer_than_the_plan_allows(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_plan(max_output_tokens=50)

    reply = ask_one()

    assert Attempt.objects.get().max_output_tokens == 50
    assert reply.facts["shortened_to_tokens"] == 50
    assert PlanFinding.objects.get().action == "shortened"


# Faults.


def test_a_malformed_answer_is_repaired_once_then_left(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_plan()
    practice_endpoint.state.set_faults({"malformed": 1})

    reply = ask_one()

    assert (reply.outcome, reply.detail) == (Outcome.MALFORMED, "answer: json_invalid.")
    assert list(Attempt.objects.order_by("pk").values_list("is_repair", "error")) == [
        (False, "malformed"),
        (True, "malformed"),
    ]
    assert reply.cost_microusd == sums()[0]["spent"] > 0


def test_a_repaired_answer_counts(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_plan()
    practice_endpoint.state.set_faults({"malformed": 1})
    practice_endpoint.state.draw_fault = iter(["malformed", ""]).__next__

    reply = ask_one()

    assert reply.outcome is Outcome.ANSWERED
    assert reply.facts["repaired"] == "answer: json_invalid."
    assert len(reply.attempt_ids) == 2


def test_a_recorded_malformed_answer_is_not_bought_again_in_the_same_run(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_plan()
    practice_endpoint.state.set_faults({"malformed": 1})
    ask_one()

    again = ask_one()

    assert again.outcome is Outcome.MALFORMED
    assert calls(practice_endpoint) == 2


def test_a_refusal_is_recognised_and_paid(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_plan()
    practice_endpoint.state.set_faults({"refusal": 1})

    reply = ask_one()

    assert (reply.outcome, reply.detail) == (Outcome.REFUSED, "The model declined to answer.")
    assert Attempt.objects.get().cost_microusd > 0


def test_a_429_is_tried_three_times_and_costs_nothing(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_plan()
    practice_endpoint.state.set_faults({"429": 1})

    reply = ask_one()

    assert (reply.outcome, reply.facts["retries"], reply.cost_microusd) == (Outcome.FAILED, 2, 0)
    assert list(Attempt.objects.order_by("pk").values_list("state", "error", "retry_number")) == [
        ("failed", "rate_limited", 0),
        ("failed", "rate_limited", 1),
        ("failed", "rate_limited", 2),
    ]
    assert sums()[1] == {"spent": 0, "held": 0}


@pytest.mark.parametrize(("fault", "error"), [("500", "server_error"), ("disconnect", "disconnected")])
def test_what_may_have_been_billed_stays_held_at_its_worst_case(practice_endpoint, fault, error):
    make_model(practice_endpoint.base_url)
    make_plan()
    practice_endpoint.state.set_faults({fault: 1})

    reply = ask_one()

    attempts = Attempt.objects.all()
    assert reply.outcome is Outcome.FAILED
    assert [(attempt.state, attempt.error) for attempt in attempts] == [("unknown", error)] * 3
    assert sums()[1] == {"spent": 0, "held": sum(attempt.reserved_microusd for attempt in attempts)}


def test_a_time_out_is_tried_once_more(practice_endpoint):
    make_model(practice_endpoint.base_url, timeout_s=0.3)
    make_plan()
    practice_endpoint.state.set_faults({"timeout": 1})

    reply = ask_one()

    assert reply.outcome is Outcome.TIMEOUT
    assert list(Attempt.objects.values_list("state", "error")) == [("unknown", "timeout")] * 2


def test_an_endpoint_that_is_not_there_costs_nothing():
    make_model("http://127.0.0.1:9/v1")
    make_plan()

    reply = ask_one()

    assert (reply.outcome, reply.detail) == (Outcome.FAILED, "practice-light can't be reached.")
    assert sums()[1] == {"spent": 0, "held": 0}


def test_an_answer_without_usage_counts_at_its_worst_case(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_plan()
    practice_endpoint.state.set_faults({"missing_usage": 1})

    reply = ask_one()

    attempt = Attempt.objects.get()
    assert reply.outcome is Outcome.ANSWERED
    assert attempt.is_estimated
    assert reply.cost_microusd == attempt.cost_microusd == attempt.reserved_microusd


# Money that does not reach.


def test_a_spent_budget_asks_nothing_and_names_the_limit(practice_endpoint):
    make_model(practice_endpoint.base_url, limit_microusd=0, label="Light one")
    make_plan()

    replies = gateway.ask([question(str(n)) for n in range(12)], CONTEXT)

    month = this_month()
    assert {reply.outcome for reply in replies} == {Outcome.UNAFFORDABLE}
    assert replies[0].detail == f"The limit of $0.00 for Light one in {month:%B} is used up; 12 cases wait."
    assert calls(practice_endpoint) == 0


def test_the_whole_months_limit_binds_too(practice_endpoint):
    make_model(practice_endpoint.base_url)
    Budget.objects.set_limit(None, this_month(), 0)
    make_plan()

    reply = ask_one()

    assert reply.detail == f"The limit of $0.00 for all models together in {this_month():%B} is used up; 1 case waits."
    assert sums()[1] == {"spent": 0, "held": 0}


def test_short_money_clamps_the_answer_before_it_refuses(practice_endpoint):
    # The prompt's bound is 136 tokens: 14 micro-dollars, so that 26 are left for an answer of 65 tokens.
    make_model(practice_endpoint.base_url, limit_microusd=40)
    make_plan()

    reply = ask_one()

    assert reply.outcome is Outcome.ANSWERED
    assert reply.facts["clamped_to_tokens"] == Attempt.objects.get().max_output_tokens < 100


def test_the_next_model_of_the_same_strength_steps_in_when_money_runs_out(practice_endpoint):
    make_model(practice_endpoint.base_url, limit_microusd=0, priority=1)
    make_model(practice_endpoint.base_url, name="second", priority=2)
    make_plan()

    reply = ask_one()

    assert (reply.model, reply.facts["fallback_from"]) == ("second", "practice-light")


def test_nobody_is_refused_while_money_is_merely_held(practice_endpoint):
    practice_endpoint.state.latency_ms = 30
    make_model(practice_endpoint.base_url, limit_microusd=200)
    make_plan()

    replies = gateway.ask([question(str(n)) for n in range(20)], CONTEXT)

    assert {reply.outcome for reply in replies} == {Outcome.ANSWERED}
    assert any(reply.facts.get("waited_for_money") for reply in replies)


# Readiness and estimates.


def test_a_task_is_ready_when_plan_model_price_and_budget_are_there(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_plan()

    assert gateway.is_ready(TASK, Tier.LIGHT) == gateway.Readiness(
        is_ready=True, model="practice-light", is_practice=True
    )
    assert gateway.is_ready(TASK, Tier.STRONG).reason == "No strong model is switched on."
    assert gateway.is_ready("other", Tier.LIGHT).reason == "No plan covers “other”, so no model is asked."


def test_an_estimate_counts_each_distinct_unrecorded_question_once(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_plan()
    gateway.ask([question("known")], CONTEXT)

    estimate = gateway.estimate([question("known"), question("new"), question("new")], CONTEXT)

    assert (estimate.questions, estimate.to_ask) == (3, 1)
    assert 0 < estimate.expected_microusd < estimate.ceiling_microusd
    assert calls(practice_endpoint) == 1


def test_prompts_and_keys_never_reach_the_log(practice_endpoint, caplog, monkeypatch):
    monkeypatch.setenv("SOME_KEY", "sk-secret")
    caplog.set_level("DEBUG")
    make_model(practice_endpoint.base_url, api_key_variable="SOME_KEY", is_practice=False)
    make_plan()
    practice_endpoint.state.set_faults({"500": 0.5})

    gateway.ask([question("Ada Lovelace")], CONTEXT)

    assert "sk-secret" not in caplog.text
    assert "Lovelace" not in caplog.text


def test_a_model_that_is_switched_off_is_not_asked(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_plan()
    LanguageModel.objects.update(is_enabled=False)

    assert ask_one().detail == "No light model is switched on."


def test_the_prompt_reaches_the_endpoint_in_order(practice_endpoint):
    make_model(practice_endpoint.base_url)
    make_plan()
    asked = replace(question(), messages=(Message(role="system", text="Be brief."), Message(role="user", text="So?")))

    ask_one(asked)

    assert [message["role"] for message in Attempt.objects.get().exchange.messages] == ["system", "user"]
