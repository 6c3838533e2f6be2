import json
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.cells import MAX_TEXT_CHARS, ColumnContext, ReadingSettings, column_context, read_cell
from pipeline.ingest.faults import BadCell
from pipeline.ingest.formats import Shape

SHAPES = get_args(Shape)


def read(text, shape, **context):
    return read_cell(text, shape, context=ColumnContext(**context))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("text", ["", "   ", "-", "N/A", "#N/A", "NULL", "(No value)"])
def test_an_empty_cell_is_none(shape, text):
    assert read(text, shape) is None


def test_a_person_may_be_called_null_or_none():
    assert [read(text, "name") for text in ("Null", "None", "Na")] == ["Null", "None", "Na"]


def test_the_null_of_a_system_is_empty():
    assert read("000000000000000AAA", "id", null_values=frozenset({"000000000000000AAA"})) is None


def test_invisible_characters_are_left_out_and_lines_kept():
    assert read(" a\x07b\u202ec\r\nd ", "text") == "abc\nd"


def test_a_name_stands_on_one_line():
    assert read("Acme\n  Inc ", "name") == "Acme Inc"


def test_a_long_text_is_cut_and_says_so():
    with pytest.raises(BadCell, match=r"^The text is longer than 20,000 characters and was cut\.$") as refusal:
        read("x" * (MAX_TEXT_CHARS + 1), "text")

    assert len(refusal.value.kept) == MAX_TEXT_CHARS


@pytest.mark.parametrize(
    ("text", "value"), [("0012", "0012"), ('="0012"', "0012"), ("12.0", "12"), ("'12", "12"), ("1E5", "1E5")]
)
def test_an_id_keeps_its_digits(text, value):
    assert read(text, "id") == value


def test_an_id_cut_by_a_spreadsheet_is_refused():
    with pytest.raises(
        BadCell, match=r"^“1\.23E\+10” is an id a spreadsheet has shortened; its last digits are lost\.$"
    ):
        read("1.23E+10", "id")


@pytest.mark.parametrize(("text", "value"), [("1", True), ("Yes", True), ("FALSE", False), ("nein", False)])
def test_a_flag_is_yes_or_no(text, value):
    assert read(text, "flag") is value


def test_a_list_is_split_and_has_no_repeats():
    assert read("b; a;b;", "list") == ["b", "a"]


def test_the_country_settles_what_a_column_leaves_open():
    american = column_context(["03/04/2024"], "date", settings=ReadingSettings(country="US"))
    german = column_context(["1.234", "900"], "money", settings=ReadingSettings(country="DE"))

    assert read_cell("03/04/2024", "date", context=american) == "2024-03-04"
    assert read_cell("1.234", "money", context=german) == "1234"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("piece", [" ", "a.", "a@", "1/1/2024" + " " * 50, "1,", "; ", "<", "-", "9"])
def test_a_cell_of_a_hundred_thousand_characters_is_dealt_with(shape, piece):
    text = f"1/1/2024{piece * (100_000 // len(piece))}@"

    try:
        value = read(text, shape, country="US")
    except BadCell as refusal:
        value = refusal.kept

    assert value is None or len(value) <= MAX_TEXT_CHARS


@settings(deadline=None)  # the first call loads tables
@given(st.text(max_size=60), st.sampled_from(SHAPES), st.sampled_from(["", "US", "DE"]))
def test_any_cell_gives_a_value_for_json_or_a_sentence(text, shape, country):
    try:
        value = read(text, shape, country=country)
    except BadCell as refusal:
        assert str(refusal)
    else:
        json.dumps(value, ensure_ascii=False).encode()
