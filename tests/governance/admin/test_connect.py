"""Connect a model: presets, a real test of the connection, price and limit, and then it is asked."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse
from django.utils import timezone

from governance import gateway
from governance.admin.connect import listed_values
from governance.connection import Report, blank_call
from governance.models import Budget, LanguageModel, Price
from governance.providers.presets import BY_KEY
from tests.governance.factories import make_model, make_plan, question, this_month

pytestmark = pytest.mark.django_db

FORM = {
    "preset": "other", "request_model": "small-1", "tier": "light", "key_header": "bearer",
    "length_parameter": "max_completion_tokens", "has_schema": "on", "api_key_variable": "",
}  # fmt: skip
PRICED = {"input_usd": "0.1", "output_usd": "0.4", "budget_usd": "5", "connect": "1"}


class Server(ThreadingHTTPServer):
    """An endpoint with habits: `refuses` names request fields it answers with 400, `key` the only one it takes,
    `is_capping` whether it keeps to the longest answer, `text` what it always says."""

    daemon_threads = True

    def __init__(self, refuses=(), key="", is_capping=True, text='{"colour":"blue"}', usage=True, status=0):
        super().__init__(("127.0.0.1", 0), Handler)
        self.refuses, self.key, self.is_capping, self.text = refuses, key, is_capping, text
        self.usage, self.status, self.bodies, self.headers = usage, status, [], []

    @property
    def base_url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        server, body = self.server, json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server.bodies.append(body)
        server.headers.append({name.lower(): value for name, value in self.headers.items()})
        given = (self.headers.get("Authorization", "").removeprefix("Bearer ")) or self.headers.get("api-key", "")
        refused = [name for name in server.refuses if name in body]
        if server.status:
            return self.send(server.status, {"error": {"message": "No such <b>model</b>."}})
        if server.key and given != server.key:
            return self.send(401, {"error": {"message": "Wrong key."}})
        if refused:
            return self.send(400, {"error": {"message": f"Unknown: {refused[0]}"}})
        limit = body.get("max_completion_tokens") or body.get("max_tokens")
        out = min(limit, 40) if server.is_capping else 400
        reply = {"model": "small-1-2026", "choices": [{"finish_reason": "stop", "message": {"content": server.text}}]}
        usage = {"usage": {"prompt_tokens": 30, "completion_tokens": out}} if server.usage else {}
        return self.send(200, reply | usage)

    def send(self, status, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def serve():
    servers = []

    def start(**habits):
        server = Server(**habits)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def owner(client_of):
    return client_of("Budget owner")


def try_out(client, server, **values):
    data = {**FORM, "base_url": server.base_url, "test": "1", **values}
    return client.post(reverse("connect_model"), data)


def said(response):
    return {line.title: (line.is_good, line.text) for line in response.context["report"].lines}


def test_who_may_not_add_models_is_kept_out(client_of):
    assert client_of("Viewer").get(reverse("connect_model")).status_code == 403


@pytest.mark.parametrize("preset", ["openai", "azure", "openrouter", "vllm", "ollama", "lmstudio", "other"])
def test_every_preset_has_its_form(owner, preset):
    html = owner.get(reverse("connect_model"), {"preset": preset}).content.decode()

    assert "Test connection" in html


def test_a_good_server_is_reported_in_words(owner, serve):
    report = said(try_out(owner, serve()))

    assert report["Key"] == (True, "None is needed.")
    assert report["Structured answers"] == (True, "Yes, by a JSON schema.")
    assert report["Usage"] == (True, "Reported: 30 in, 40 out.")
    assert report["Longest answer"] == (True, "Kept, as max_completion_tokens.")
    assert report["Model"] == (True, "Calls itself “small-1-2026”.")


def test_a_server_that_refuses_the_newer_name_of_the_limit_gets_the_older(owner, serve):
    server = serve(refuses=("max_completion_tokens",))

    response = try_out(owner, server)

    assert response.context["form"]["length_parameter"].value() == "max_tokens"
    assert said(response)["Longest answer"] == (True, "Kept, as max_tokens.")


def test_a_server_that_takes_no_schema_is_told_the_form_in_words(owner, serve):
    server = serve(refuses=("response_format", "max_completion_tokens"))

    response = try_out(owner, server)

    assert response.context["report"].is_usable
    assert not response.context["form"]["has_schema"].value()
    assert '"enum":["red","blue","none"]' in server.bodies[-2]["messages"][-1]["content"]


def test_a_server_that_ignores_the_limit_is_named(owner, serve):
    good, text = said(try_out(owner, serve(is_capping=False)))["Longest answer"]

    assert (good, text.split(":")[0]) == (False, "Ignored")


def test_a_server_that_reports_no_usage_is_named(owner, serve):
    assert said(try_out(owner, serve(usage=False)))["Usage"][0] is False


def test_an_answer_out_of_form_is_not_usable(owner, serve):
    response = try_out(owner, serve(text="Blue, I think."))

    assert not response.context["report"].is_usable
    assert said(response)["Structured answers"][0] is False


def test_a_refused_key_is_told_apart_from_a_wrong_address(owner, serve, monkeypatch):
    monkeypatch.setenv("SMALL_API_KEY", "wrong")

    refused = said(try_out(owner, serve(key="right"), api_key_variable="SMALL_API_KEY"))
    missing = try_out(owner, serve(status=404))

    assert refused["Key"] == (False, "The key was refused. It says: “Wrong key.”")
    assert said(missing)["Model"][0] is False
    assert "&lt;b&gt;model" in missing.content.decode()


def test_nothing_there_is_said_in_words(owner):
    response = owner.post(reverse("connect_model"), {**FORM, "base_url": "http://127.0.0.1:9/v1", "test": "1"})

    assert said(response) == {"Reachable": (False, "Nothing answers at http://127.0.0.1:9/v1.")}


def test_azure_gets_its_key_in_its_own_header(owner, serve, monkeypatch):
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "secret")
    server = serve(key="secret")

    response = try_out(owner, server, api_key_variable="AZURE_OPENAI_API_KEY", key_header="api-key")

    assert said(response)["Key"] == (True, "Accepted.")
    assert "authorization" not in server.headers[0]
    assert "secret" not in response.content.decode()


@pytest.mark.parametrize("name", ["WINNOW_SECRET_KEY", "DATABASE_URL", "sk-12345", "PATH", "lower_api_key"])
def test_no_other_secret_can_be_sent_away(owner, serve, name):
    server = serve()

    response = try_out(owner, server, api_key_variable=name)

    assert "api_key_variable" in response.context["form"].errors
    assert server.bodies == []


@pytest.mark.parametrize(
    "address", ["ftp://x/v1", "https://user:key@x.example/v1", "https://x/v1?key=1", "nothing", "http://[bad", ""]
)
def test_what_is_no_address_is_refused(owner, address):
    response = owner.post(reverse("connect_model"), {**FORM, "base_url": address, "test": "1"})

    assert "base_url" in response.context["form"].errors


def test_a_list_price_is_filled_in_with_its_source():
    call = blank_call(base_url="https://api.openai.com/v1", request_model="gpt-4o-mini")
    report = Report(call=call, lines=(), is_usable=True)

    values = listed_values(call.base_url, call.request_model, report, BY_KEY["openai"])

    assert (values["input_usd"], values["cached_usd"], values["output_usd"]) == ("0.15", "0.075", "0.6")
    assert values["source"].startswith("genai-prices ")


def test_a_deployment_of_ones_own_naming_is_priced_by_the_model_that_answered():
    call = blank_call(base_url="https://acme.openai.azure.com/openai/v1", request_model="our-small-one")
    report = Report(call=call, lines=(), is_usable=True, response_model="gpt-4.1-2025-04-14")

    assert listed_values(call.base_url, call.request_model, report, BY_KEY["azure"])["output_usd"] == "8"


def test_an_unknown_model_of_a_provider_gets_no_price():
    call = blank_call(base_url="https://api.openai.com/v1", request_model="nobody-knows-it")
    report = Report(call=call, lines=(), is_usable=True)

    assert listed_values(call.base_url, call.request_model, report, BY_KEY["openai"]) == {}


def test_a_local_server_may_cost_nothing(owner, serve):
    response = try_out(owner, serve(), preset="vllm")

    assert response.context["form"]["input_usd"].value() == "0"


def test_without_a_price_or_a_limit_nothing_is_connected(owner, serve):
    data = {**FORM, "base_url": serve().base_url, "connect": "1"}

    response = owner.post(reverse("connect_model"), data)

    assert set(response.context["form"].errors) == {"input_usd", "output_usd", "budget_usd"}
    assert LanguageModel.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_connected_model_is_asked_without_further_ado(owner, serve):
    server = serve(refuses=("max_completion_tokens",), text='{"answer":"yes"}')
    make_plan()
    data = {**FORM, "base_url": server.base_url, **PRICED, "length_parameter": "max_tokens"}

    owner.post(reverse("connect_model"), data)
    (reply,) = gateway.ask([question()], gateway.CallContext(run_key="run:1"))

    assert (reply.outcome.value, reply.model) == ("answered", "small-1")
    assert server.bodies[-1]["max_tokens"] == 100
    price, budget = Price.objects.get(), Budget.objects.get(month=this_month())
    assert (price.input_microusd, price.output_microusd, price.source) == (100_000, 400_000, "Entered by hand")
    assert price.checked_on == timezone.now().date()
    assert (budget.limit_microusd, budget.owner.username) == (5_000_000, "budget-owner")


def test_the_prices_of_other_service_tiers_come_along_where_the_list_knows_them(owner):
    form = {**FORM, **PRICED, "base_url": "https://api.openai.com/v1", "request_model": "gpt-5"}

    owner.post(reverse("connect_model"), form)

    prices = Price.objects.filter(model__request_model="gpt-5").values_list("service_tier", "input_microusd")
    assert dict(prices) == {"standard": 100_000, "batch": 625_000, "flex": 625_000, "priority": 2_500_000}


def test_a_plan_that_names_other_models_is_pointed_out(owner, serve):
    make_plan(models=["another"])

    response = owner.post(reverse("connect_model"), {**FORM, "base_url": serve().base_url, **PRICED}, follow=True)

    assert "names other models only" in response.content.decode()


def test_the_same_model_is_not_connected_twice(owner, serve):
    server = serve()
    make_model(server.base_url, name="known", request_model="small-1")

    response = owner.post(reverse("connect_model"), {**FORM, "base_url": server.base_url, **PRICED})

    assert "request_model" in response.context["form"].errors
