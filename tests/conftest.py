"""What many tests need: people by group, and processes that are ended whatever happens."""

from collections.abc import Callable, Iterator

import hypothesis
import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from tests import processes

# Properties are about values, not about how busy the machine is that draws them.
hypothesis.settings.register_profile("suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("suite")

# One password for all: hashing a new one per user is the slowest part of a small test.
PASSWORD = "a long enough password"


DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "_django_db_helper"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="leave out what cannot differ between databases")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--only-database"):
        return
    needless = [item for item in items if not _touches_database(item)]
    config.hook.pytest_deselected(items=needless)
    items[:] = [item for item in items if _touches_database(item)]


def _touches_database(item: pytest.Item) -> bool:
    return bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))) or bool(
        item.get_closest_marker("django_db")
    )


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """`person("Reviewer", "Operator")` makes a member of staff in these groups."""

    def make(*groups: str, username: str = "") -> User:
        name = username or "-".join(groups).lower().replace(" ", "-") or "nobody"
        user = User.objects.create_user(name, f"{name}@example.com", PASSWORD, is_staff=True)
        user.groups.set(Group.objects.filter(name__in=groups))
        assert user.groups.count() == len(groups), f"one of the groups {groups} does not exist"
        return user

    return make


@pytest.fixture
def client_of(person: Callable[..., User]) -> Callable[..., Client]:
    """`client_of("Reviewer")` is a browser-less client with somebody of these groups logged in."""

    def make(*groups: str) -> Client:
        client = Client()
        client.force_login(person(*groups))
        return client

    return make


@pytest.fixture
def start_process(transactional_db: None) -> Iterator[Callable[..., object]]:
    """`start_process("worker")` runs a command of manage.py on the test's database until the test ends."""
    started = []

    def start(*arguments: str, **environment: str) -> object:
        process = processes.start(*arguments, **environment)
        started.append(process)
        return process

    yield start
    for process in started:
        processes.end(process)
