import pytest

from pipeline import registry


@pytest.fixture(autouse=True)
def match_people(settings, db):
    """Installs the pipeline of this folder's small world."""
    settings.PIPELINES = ["tests.pipeline.admin.world.match_people"]
    registry.pipelines.cache_clear()
    yield
    registry.pipelines.cache_clear()
