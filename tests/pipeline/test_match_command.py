import csv
import json

import pytest
from django.core.management import CommandError, call_command

LEFT = """id,who,mail
a1,Ada Nowak,ada@birchline.example
a2,Bruno Castell,b.castell@quillmark.example
a3,Chiara Dossi,cdossi@tarnfield.example
"""
RIGHT = """id,f2,f1
b1,cdossi@tarnfield.example,Chiara Dosi
b2,esther@havn.example,Esther Lindqvist
b3,ada@birchline.example,A. Nowak
"""


@pytest.fixture
def lists(tmp_path):
    (tmp_path / "left.csv").write_text(LEFT)
    (tmp_path / "right.csv").write_text(RIGHT)
    return tmp_path


def rows(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_two_lists_with_other_headers_are_matched_and_told_as_json(lists, capsys):
    call_command(
        "match", str(lists / "left.csv"), str(lists / "right.csv"),
        output=str(lists / "pairs.csv"), clusters=str(lists / "clusters.csv"), json=True,
    )  # fmt: skip

    told = json.loads(capsys.readouterr().out)
    same = {(row["left_id"], row["right_id"]) for row in rows(lists / "pairs.csv") if row["decision"] == "same"}
    assert same == {("a1", "b3"), ("a3", "b1")}
    assert (told["rows"], told["same"], told["clusters"], told["calls"]) == (6, 2, 4, 0)
    assert told["kinds"] == {"who = f1": "person", "mail = f2": "email"}
    assert [row["id"] for row in rows(lists / "clusters.csv")] == ["a1", "a2", "a3", "b1", "b2", "b3"]


def test_given_pairs_are_weighed_one_by_one(tmp_path):
    (tmp_path / "given.csv").write_text(
        "l_name,r_name\nAnn Lee,Ann Lee\nAnn Lee,Bob Ray\nCy Dow,Cyrus Dow\nDi Fox,Ed Orr\n"
    )

    call_command("match", pairs=str(tmp_path / "given.csv"), output=str(tmp_path / "pairs.csv"))

    assert [row["decision"] == "same" for row in rows(tmp_path / "pairs.csv")] == [True, False, True, False]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The file is empty."),
        ("x\nsame\nsame\n", "No column tells rows apart: every column is empty or has one value only."),
    ],
)
def test_a_list_that_cannot_be_matched_is_a_sentence(tmp_path, text, message):
    (tmp_path / "list.csv").write_text(text)

    with pytest.raises(CommandError) as caught:
        call_command("match", str(tmp_path / "list.csv"), output=str(tmp_path / "pairs.csv"))

    assert str(caught.value).endswith(message)


def test_an_unknown_kind_is_named(lists):
    with pytest.raises(CommandError, match=r"'who=alien' names no kind"):
        call_command("match", str(lists / "left.csv"), kinds="who=alien", output=str(lists / "pairs.csv"))
