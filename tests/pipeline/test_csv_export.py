"""CSV that a spreadsheet opens as text."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.csv_export import csv_lines, neutralise


@pytest.mark.parametrize(
    "cell", ["Ada Okafor", "", "+49 30 5550 101", "-12.50", "+1 (555) 010-77", "a=b", "- 3", "2026-03-01"]
)
def test_ordinary_cells_numbers_and_phones_stay_as_they_are(cell):
    assert neutralise(cell) == cell


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "@SUM(A1)",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|x",
        '=HYPERLINK("http://x")',
        " =1",
        "\u200b=1",
        "\uff1d1",
        "\ttab",
        "\rx",
    ],
)
def test_formulas_are_neutralised(cell):
    assert neutralise(cell) == f"'{cell}"


def test_nothing_is_an_empty_cell():
    assert neutralise(None) == ""


def test_a_file_begins_with_the_mark_of_utf_8_and_its_header():
    assert list(csv_lines(["Name", "=Sum"], [["Ada, Okafor", 3]])) == ["\ufeffName,'=Sum\r\n", '"Ada, Okafor",3\r\n']


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8), min_size=2, max_size=2),
        max_size=4,
    )
)
def test_every_cell_comes_back_from_the_file(rows):
    text = "".join(csv_lines(["a", "b"], rows)).removeprefix("\ufeff")

    read = list(csv.reader(io.StringIO(text, newline="")))[1:]

    assert read == [[neutralise(cell) for cell in row] for row in rows]
