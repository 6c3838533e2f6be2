import pytest

from pipeline import registry


@pytest.fixture(autouse=True)
def match_people(settings, db):
    """Installs the pipeline of this folder's small world."""
    settings.PIPELINES = ["tests.pipeline.review.world.match_people"]
    registry.pipelines.cache_clear()
    yield
    registry.pipelines.cache_clear()


@pytest.fixture
def ana(person):
    return person("Reviewer", username="ana")


@pytest.fixture
def ben(person):
    return person("Reviewer", username="ben")
