"""Titles in several languages, read by their words."""

import pytest

from leads.qualification.titles import function, seniority


@pytest.mark.parametrize(
    ("title", "level", "work"),
    [
        ("Wizard of Light", "", ""),
        ("", "", ""),
        ("Chief Executive Officer", "executive", "general management"),
        ("Geschäftsführerin", "executive", "general management"),
        ("VP Operations", "executive", "operations"),
        ("Director of Procurement", "director", "purchasing"),
        ("Leiter Einkauf", "director", "purchasing"),
        ("Directeur des achats", "director", "purchasing"),
        ("Responsabile acquisti", "director", "purchasing"),
        ("Jefe de compras", "director", "purchasing"),
        ("IT Manager", "manager", "it"),
        ("Werkstudent Marketing", "staff", "marketing"),
        ("Software Engineer", "staff", "it"),
        ("Buyer", "staff", "purchasing"),
    ],
)
def test_a_title_says_how_senior_and_what_work(title, level, work):
    assert (seniority(title), function(title)) == (level, work)


def test_the_department_speaks_where_the_title_is_silent():
    assert function("Head", "Purchasing") == "purchasing"
