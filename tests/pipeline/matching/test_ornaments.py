"""Names without ornaments, and with lost letters put back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.matching.ornaments import bare_name, restored


@pytest.mark.parametrize(
    "name",
    [
        "", "Okafor", "O'Neill", "de la Cruz", "Jean-Luc", "Stępień", "김안나", "Ma", "Nguyen Do", "NGUYEN DO",
        "Wu, Chi", "Garcia, Ma", "King Jr.", "King, III", "J. R.", "MBA", "PhD", "?",
    ],
)  # fmt: skip
def test_a_plain_name_stays(name):
    assert bare_name(name) == name


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Okafor, PhD", "Okafor"),
        ("Okafor, Ph.D.", "Okafor"),
        ("OKAFOR, PHD", "OKAFOR"),
        ("Okafor PhD, MBA", "Okafor"),
        ("Ito PMP®", "Ito"),
        ("Ito, PMP® CPA/CFA", "Ito"),
        ("⭐ Anna Kim", "Anna Kim"),
        ("Anna 👩🏽‍💻 Kim ✔️", "Anna Kim"),
        ("Kim™", "Kim"),
        ("Anna Kim (She/Her)", "Anna Kim"),
        ("King Jr., MD", "King Jr."),
        ("⭐ Anna Kim, PMP®", "Anna Kim"),
    ],
)
def test_ornaments_go(name, bare):
    assert bare_name(name) == bare


@given(st.text(max_size=40))
def test_a_bare_name_has_nothing_left_to_take_off(name):
    assert bare_name(bare_name(name)) == bare_name(name)


def test_names_without_lost_letters_are_not_restored():
    assert restored(["Stępień", "Kim", "?", "Why ? Kim"]) == {}


def test_a_lost_letter_is_the_one_of_the_only_name_it_can_have_been():
    assert restored(["St?pie?", "Stępień", "Kowalski"]) == {"St?pie?": "Stępień"}


def test_letters_the_export_could_write_must_agree():
    assert restored(["K?l?ç", "Kılıç", "Kulic"]) == {"K?l?ç": "Kılıç"}


def test_where_several_names_fit_the_marks_only_go():
    assert restored(["M?ller", "Müller", "Møller"]) == {"M?ller": "Mller"}


def test_a_name_nobody_else_bears_loses_its_marks():
    assert restored(["Micha?", "Michal"]) == {"Micha?": "Micha"}
