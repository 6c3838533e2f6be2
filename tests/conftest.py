"""What many tests need: people by group, and processes that are ended whatever happens."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from tests import processes

# One password for all: hashing a new one per user is the slowest part of a small test.
PASSWORD = "a long enough password"


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
