"""A few new records beside many known ones: what they touch is judged, the rest stays as it was."""

import pytest
from django.core.management import call_command

from deals.contacts.pipeline import match_contacts
from deals.models import Contact
from pipeline import tasks
from pipeline.models import Decision, Record, Run
from pipeline.runner import growth
from tests.deals.factories import make_contact, make_file, make_source

GIVEN = ("Ada", "Ben", "Cleo", "Dora", "Emil", "Fritz", "Gina", "Hugo")
FAMILY = ("Okafor", "Lang", "Maar", "Prinz", "Tauber", "Rossi")


@pytest.fixture
def known(transactional_db, monkeypatch):
    """Forty-eight people, compared once; from here on that counts as many."""
    monkeypatch.setattr(tasks, "async_task", lambda *args, **options: None)
    file = make_file("known.csv")
    people = [
        make_contact(given, family, f"{given}.{family}@{family}.example".lower(), f"{given}{family}", file, 2 + n)
        for n, (given, family) in enumerate((given, family) for given in GIVEN for family in FAMILY)
    ]
    run()
    monkeypatch.setattr(growth, "FEWEST_KNOWN", 10)
    return people


def run():
    call_command("run", "match-contacts", "--wait", "--json")
    return Run.objects.latest("id")


def add(given, family, email, key, line):
    return make_contact(given, family, email, key, make_file("new.csv", make_source("List", "csv")), line)


def decided(contact):
    return Decision.objects.filter(subject__object_id=record_of(contact)).order_by("id")


def record_of(contact):
    """The record a contact was made for."""
    return contact.links.order_by("id").first().record_id


def test_nothing_new_judges_nothing(known):
    second = run()

    assert (second.cases, second.unchanged) == (0, 48)


def test_new_rows_find_their_match_among_the_known_and_leave_the_others_alone(known, monkeypatch):
    before = set(Decision.objects.values_list("id", flat=True))
    same = add("Ada", "Okafor", "ada.okafor@okafor.example", "n1", 2)
    other = add("Zora", "Quist", "zora@quist.example", "n2", 3)
    loaded = []
    from_scan = growth._scan
    monkeypatch.setattr(growth, "_scan", lambda found: loaded.append(1) or from_scan(found))

    second = run()

    assert (second.cases, second.unchanged, loaded) == (2, 48, [1])
    assert (decided(same).get().label, decided(same).get().anchor) == ("same", record_of(known[0]))
    assert decided(other).get().label == "new"
    assert Decision.objects.exclude(id__in=before).count() == 2
    assert Contact.objects.filter(is_current=True).count() == 49


def test_what_hangs_on_a_record_that_changed_is_judged_again(known):
    same = add("Ada", "Okafor", "ada.okafor@okafor.example", "n1", 2)
    first = run()
    Record.objects.filter(pk=record_of(known[0])).update(
        values={"given_name": "Walter", "family_name": "Unruh", "email": "walter@unruh.example"},
        recorded_at=first.finished_at,
    )  # fmt: skip

    run()

    assert [one.label for one in decided(same)] == ["same", "new"]
    assert decided(known[1]).count() == 1


def test_much_that_is_new_has_everything_judged(known):
    for line in range(12):
        add(f"Neu{line}", f"Name{line}", f"n{line}@n{line}.example", f"n{line}", 2 + line)

    assert growth.scope_of(match_contacts) is None
    assert run().cases >= 12


def test_without_a_finished_run_everything_is_judged(transactional_db, monkeypatch):
    monkeypatch.setattr(growth, "FEWEST_KNOWN", 0)

    assert growth.scope_of(match_contacts) is None
