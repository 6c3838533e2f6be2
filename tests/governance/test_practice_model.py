"""The stand-in endpoint: what it answers, what it counts, and how it is set up."""

import json
import urllib.error
import urllib.request
from typing import Literal

import pytest
from django.core.management import CommandError, call_command
from pydantic import BaseModel, Field

from governance import gateway
from governance.fingerprints import reply_schema
from governance.models import Budget, LanguageModel, PlanVersion
from governance.practice import ensure_practice_setup
from governance.practice_answers import answer_text, smallest_value, wrong_answer_text
from governance.questions import Tier
from tests.governance.factories import question, this_month


class SameReply(BaseModel):
    answer: Literal["same", "different", "unsure"]
    candidate: str = ""
    confidence: float = Field(ge=0, le=1)
    reason: str = Field(max_length=200)


ADA = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@analytical.example"}


def prompt(case, candidates, examples=()):
    block = json.dumps({"task": "match-contacts", "case": case, "candidates": candidates})
    messages = [{"role": "system", "content": "Who is this?"}]
    if examples:
        messages.append({"role": "user", "content": f"```json\n{json.dumps({'examples': list(examples)})}\n```"})
    return [*messages, {"role": "user", "content": f"<data x>\n```json\n{block}\n```\n</data x>"}]


def answer(case, candidates, examples=()):
    text = answer_text(prompt(case, candidates, examples), reply_schema(SameReply))
    return SameReply.model_validate_json(text)


def candidate(ref, levels=None, **values):
    return {"ref": ref, "values": values, "levels": levels or {}}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"first_name": "Grace", "last_name": "Hopper", "email": "grace@navy.example"}, "different"),
        ({"first_name": "Ada", "last_name": "Lovelace", "email": "ada@other.example"}, "same"),
        ({"first_name": "A.", "last_name": "Lovelace", "email": "lovelace@analytical.example"}, "unsure"),
        ({"first_name": "Augusta", "last_name": "King", "email": "ada@analytical.example"}, "same"),
    ],
)
def test_names_and_addresses_decide(values, expected):
    assert answer(ADA, [candidate("c1", **values)]).answer == expected


def test_without_candidates_the_case_is_new():
    assert answer(ADA, []).answer == "different"


def test_the_best_candidate_is_named():
    replied = answer(ADA, [candidate("c1", first_name="Grace", last_name="Hopper"), candidate("c2", **ADA)])

    assert (replied.answer, replied.candidate) == ("same", "c2")


def test_an_example_of_the_same_shape_is_copied():
    levels = {"name": "exact", "email": "different"}
    example = {"left": ADA, "right": ADA, "levels": levels, "answer": "different"}

    assert answer(ADA, [candidate("c1", levels, **ADA)], [example]).answer == "different"


def test_an_example_of_another_shape_is_ignored():
    example = {"left": ADA, "right": ADA, "levels": {"name": "close"}, "answer": "different"}

    assert answer(ADA, [candidate("c1", {"name": "exact"}, **ADA)], [example]).answer == "same"


def test_a_prompt_gets_the_same_answer_every_time():
    messages = prompt(ADA, [candidate("c1", **ADA)])

    assert len({answer_text(messages, reply_schema(SameReply)) for _ in range(5)}) == 1


def test_a_lie_has_the_agreed_form():
    text = answer_text(prompt(ADA, [candidate("c1", **ADA)]), reply_schema(SameReply))

    lie = SameReply.model_validate_json(wrong_answer_text(text, reply_schema(SameReply)))

    assert (lie.answer, lie.confidence) == ("different", 0.99)


class Sentence(BaseModel):
    text: str
    sources: list[int]
    kind: Literal["risk", "next step"] | None


class Brief(BaseModel):
    sentences: list[Sentence] = Field(min_length=1)
    is_complete: bool


def test_an_unknown_form_gets_its_plainest_value():
    schema = Brief.model_json_schema()

    value = smallest_value(schema, schema)

    assert Brief.model_validate(value) == Brief(
        sentences=[Sentence(text="practice answer", sources=[], kind=None)], is_complete=False
    )


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=5) as response:
        return json.load(response)


def test_the_endpoint_counts_calls_tokens_and_money(practice_endpoint):
    body = {"model": "practice-light", "messages": [{"role": "user", "content": "x" * 400}]}
    reply = post(f"{practice_endpoint.base_url}/chat/completions", body)

    with urllib.request.urlopen(practice_endpoint.base_url.replace("/v1", "/counts"), timeout=5) as response:
        counts = json.load(response)

    assert counts["calls"] == 1
    assert counts["by_status"] == {"200": 1}
    assert counts["input_tokens"] == reply["usage"]["prompt_tokens"] > 100


def test_faults_can_be_set_while_it_runs(practice_endpoint):
    assert post(practice_endpoint.base_url.replace("/v1", "/faults"), {"429": 0.5}) == {"429": 0.5}


@pytest.mark.parametrize("faults", [{"gremlins": 0.1}, {"429": 2}, {"429": 0.6, "500": 0.6}, {"429": "often"}])
def test_unknown_faults_are_refused(practice_endpoint, faults):
    with pytest.raises(urllib.error.HTTPError) as refused:
        post(practice_endpoint.base_url.replace("/v1", "/faults"), faults)

    assert refused.value.code == 400


def test_an_answer_is_cut_at_its_limit(practice_endpoint):
    body = {"model": "practice-light", "messages": [], "max_completion_tokens": 0.5}

    reply = post(f"{practice_endpoint.base_url}/chat/completions", {**body, "max_completion_tokens": 1})

    assert reply["choices"][0]["finish_reason"] in {"stop", "length"}
    assert reply["usage"]["completion_tokens"] <= 1


def test_a_wrong_fault_ends_the_command_with_a_sentence():
    with pytest.raises(CommandError, match="Faults are timeout, disconnect, 429"):
        call_command("practice_model", "--fault", "gremlins=0.1")


@pytest.mark.django_db
def test_the_setup_makes_tasks_ready_and_can_be_repeated():
    ensure_practice_setup(8799, ["match-accounts"])
    Budget.objects.set_limit(LanguageModel.objects.get(name="practice-light"), this_month(), 123)
    ensure_practice_setup(8800, ["match-accounts", "match-contacts"])
    ensure_practice_setup(8800, ["match-accounts", "match-contacts"])

    assert gateway.is_ready("match-accounts", Tier.LIGHT).is_ready
    assert gateway.is_ready("match-contacts", Tier.STRONG).is_ready
    assert not gateway.is_ready("match-contacts", Tier.LIGHT, allow_practice=False).is_ready
    assert PlanVersion.objects.count() == 2
    assert Budget.objects.get(model__name="practice-light").limit_microusd == 123
    assert LanguageModel.objects.get(name="practice-light").base_url == "http://127.0.0.1:8800/v1"


@pytest.mark.django_db
def test_a_practice_answer_is_marked_as_such(practice_endpoint):
    ensure_practice_setup(practice_endpoint.server_address[1], ["match-contacts"])

    reply = gateway.ask([question()], gateway.CallContext(run_key="run:1"))[0]

    assert reply.is_practice
