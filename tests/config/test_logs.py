"""Log lines say what they are about, and a value cannot forge one."""

import json
import logging

from governance.logs import JsonFormatter, TextFormatter, logging_about


def record(message: str, *arguments: object) -> logging.LogRecord:
    return logging.LogRecord("pipeline.runner", logging.INFO, __file__, 1, message, arguments, None)


def test_a_line_outside_any_run_names_none():
    assert TextFormatter().format(record("Ready")).endswith("INFO pipeline.runner: Ready")


def test_lines_carry_run_layer_and_case_inside_out():
    with logging_about(run=7), logging_about(layer="light", case=12):
        line = TextFormatter().format(record("Asked"))

    assert line.endswith("INFO pipeline.runner: Asked run=7 layer=light case=12")
    assert TextFormatter().format(record("Done")).endswith("Done")


def test_a_json_line_has_the_same_as_fields():
    with logging_about(run=7):
        line = json.loads(JsonFormatter().format(record("Asked %s", "twice")))

    assert (line["message"], line["level"], line["run"]) == ("Asked twice", "INFO", "7")


def test_a_line_break_in_a_value_does_not_start_a_line():
    line = TextFormatter().format(record("Read %s", "a\r\n2026-01-01 ERROR forged"))

    assert "Read a\\r\\n2026-01-01 ERROR forged" in line
    assert len(line.splitlines()) == 1
