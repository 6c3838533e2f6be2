import pytest


@pytest.fixture
def viewer(client_of):
    return client_of("Viewer")


@pytest.fixture
def operator(client_of):
    return client_of("Operator")
