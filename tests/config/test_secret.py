"""The generated key: one for all processes, readable by its owner alone."""

import stat
from concurrent.futures import ThreadPoolExecutor

from config.secret import read_or_create


def test_an_existing_key_is_left_alone(tmp_path):
    (tmp_path / "secret-key").write_text("kept\n")

    assert read_or_create(tmp_path / "secret-key") == "kept"


def test_a_new_key_is_long_and_readable_by_its_owner_alone(tmp_path):
    key = read_or_create(tmp_path / "var" / "secret-key")

    assert len(key) == 64
    assert stat.S_IMODE((tmp_path / "var" / "secret-key").stat().st_mode) == 0o600


def test_processes_that_start_together_get_the_same_key(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(read_or_create, [tmp_path / "secret-key"] * 64))

    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
