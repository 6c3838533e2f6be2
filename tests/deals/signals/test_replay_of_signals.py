"""Every signal of a past day: replayed as it was shown, and moved by a row told late, while what was shown stays.

A late row is true of a day before the one looked at and recorded after it: a mail in next month's export, or a list
imported in April whose row says that it was changed in March.
"""

from dataclasses import dataclass
from datetime import date

import pytest

from deals.models import Account, Colleague, Contact, Deal, DealRole, FieldChange, Qualification, SignalSettings
from deals.signals.assessing import as_it_was, as_shown
from deals.signals.registry import SIGNALS
from deals.signals.replay import write_role
from deals.signals.settings import Settings
from tests.deals.factories import IMPORTED, make_account, make_colleague, make_contact, make_file, make_record
from tests.deals.signals.recorded import DAY, assess, at, changed, findings, happened, open_deal

pytestmark = pytest.mark.django_db

ALL = frozenset(signal.code for signal in SIGNALS)
LEARNT = at(date(2026, 4, 1))


def march(day):
    return date(2026, 3, day)


@dataclass
class World:
    """A deal of which enough is known that no signal but those of its history is unknown, and its people."""

    deal: Deal
    account: Account
    ada: Contact
    tom: Contact

    # Known all along

    def forget_talks(self, **of_kind):
        self.deal.activities.filter(**of_kind).delete()

    def twin(self, **fields):
        key = f"{self.deal.pk} twin"
        return open_deal("Second hall", key, account=self.account, owner=self.deal.owner, **fields)

    def enter_proposal(self, day):
        Deal.objects.filter(pk=self.deal.pk, created_on__gt=day).update(created_on=day)
        FieldChange.objects.filter(deal=self.deal, new="Proposal").update(happened_at=at(day))

    # Told late

    def talk(self, day, who=None, **fields):
        happened(self.deal, day, people=[who or self.ada], recorded_at=LEARNT, **fields)

    def write(self, *days, **fields):
        for day in days:
            self.talk(day, direction="out", **fields)

    def change(self, field, value, day, of=None):
        deal = Deal.objects.get(pk=(of or self.deal).pk)
        changed(deal, field, as_text(getattr(deal, field)), as_text(value), day, LEARNT)
        Deal.objects.filter(pk=deal.pk).update(**{field: value})

    def join(self, who, role):
        DealRole.objects.create(deal=self.deal, contact=who, role=role)
        changed(self.deal, "role", "", write_role(who.pk, role), march(5), LEARNT)

    def leave(self, who):
        for role in DealRole.objects.filter(deal=self.deal, contact=who):
            changed(self.deal, "role", write_role(who.pk, role.role), "", march(5), LEARNT)
            role.delete()

    def bounce(self, who):
        FieldChange.objects.create(
            contact=who, field="bounced", new="550", happened_at=at(march(5)), recorded_at=LEARNT
        )
        Contact.objects.filter(pk=who.pk).update(bounced="550")


def as_text(value):
    return "" if value is None else str(value)


def stranger(world):
    key = f"{world.deal.pk} stranger"
    return make_contact("Eve", "Novak", "eve@elsewhere.example", key, make_file(f"{key}.csv"))


def nothing(world):
    """The world as it is."""


# Signal → what is known of its deal before, and what is told late.
LATE = {
    "S01": (nothing, lambda w: w.talk(march(9))),
    "S02": (nothing, lambda w: w.write(date(2026, 2, 25), date(2026, 2, 26))),
    "S03": (lambda w: w.forget_talks(), lambda w: w.write(*(date(2026, 2, day) for day in range(2, 9)))),
    "S04": (lambda w: w.enter_proposal(date(2025, 12, 1)), lambda w: w.change("stage", "Negotiation", march(5))),
    "S05": (nothing, lambda w: Deal.objects.filter(pk=w.deal.pk).update(created_on=date(2025, 2, 1))),
    "S06": (nothing, lambda w: w.change("close_date", march(6), march(5))),
    "S07": (
        nothing,
        lambda w: [w.change("close_date", date(2026, month, 20), march(month - 6)) for month in (8, 10, 12)],
    ),
    "S08": (nothing, lambda w: w.change("close_date", march(12), march(5))),
    "S09": (nothing, lambda w: (w.change("next_step", "", march(3)), w.change("next_activity_at", None, march(3)))),
    "S10": (lambda w: w.forget_talks(), lambda w: (w.talk(march(2)), w.talk(march(2), w.tom))),
    "S11": (nothing, lambda w: w.leave(w.tom)),
    "S12": (lambda w: w.forget_talks(), lambda w: w.talk(march(2), w.tom)),
    "S13": (nothing, lambda w: w.leave(w.ada)),
    "S14": (lambda w: w.forget_talks(), lambda w: w.talk(march(2))),
    "S15": (nothing, lambda w: w.bounce(w.ada)),
    "S16": (nothing, lambda w: w.talk(march(2))),
    "S17": (nothing, lambda w: w.write(*(march(day) for day in range(1, 10) for _ in range(2)))),
    "S18": (nothing, lambda w: w.change("amount", 20_000, march(5))),
    "S19": (nothing, lambda w: w.change("amount", None, march(5))),
    "S20": (lambda w: w.enter_proposal(date(2026, 2, 3)), lambda w: w.change("stage", "Discovery", march(5))),
    "S21": (lambda w: w.forget_talks(kind="meeting"), lambda w: w.talk(march(2), kind="meeting", direction="")),
    "S22": (nothing, lambda w: w.change("stage", "Negotiation", march(5))),
    "S23": (lambda w: w.forget_talks(kind="meeting"), lambda w: w.talk(march(2), kind="meeting", direction="")),
    "S24": (nothing, lambda w: w.write(date(2026, 2, 25), subject="Our proposal")),
    "S25": (nothing, lambda w: w.change("probability", 0.95, march(5))),
    "S26": (nothing, lambda w: changed(w.deal, "owner", "Somebody Else", w.deal.owner.name, march(5), LEARNT)),
    "S27": (
        lambda w: Qualification.objects.filter(deal=w.deal, element="paper_process").delete(),
        lambda w: w.change("close_date", march(15), march(5)),
    ),
    "S28": (nothing, lambda w: w.join(stranger(w), "Champion")),
    "S29": (
        lambda w: w.twin(amount=9_000),
        lambda w: w.change("amount", 50_000, march(5), of=Deal.objects.exclude(pk=w.deal.pk).get(account=w.account)),
    ),
    "S30": (nothing, lambda w: w.talk(march(4), kind="note", direction="", body="Told them of our on-site service")),
}


@pytest.fixture
def staff(django_user_model):
    return django_user_model.objects.create_user("marta", is_staff=True)


@pytest.fixture
def watching(staff):
    """All signals are on, and the history of deals is known from files."""
    chosen = Settings(enabled=ALL, strengths=("on-site service",), small_below=0)
    SignalSettings.objects.create(values=chosen.to_json(), valid_from=IMPORTED, by=staff)
    make_record("stage_change", "h1", make_file("history.csv"), stage="Discovery", amount="1", close_date="2026-04-01")
    make_colleague()
    return staff


def watched_deal(by, name="Cold store", number=1):
    """In proposal since 20 February, spoken with until the 24th."""
    domain, file = f"k{number}.example", make_file(f"k{number}.csv")
    account = make_account(name, domain, f"{number} account", file, 2)
    ada, tom = (
        make_contact(given, family, f"{given}@{domain}", f"{number} {given}", file, line, account=account)
        for line, (given, family) in enumerate([("Ada", "Okafor"), ("Tom", "Reyes")], 3)
    )
    deal = open_deal(
        name, f"{number} deal", account=account, owner=Colleague.objects.get(),
        forecast_category="Commit", next_activity_at=at(date(2026, 3, 25)),
    )  # fmt: skip
    for person, role in ((ada, "Champion"), (tom, "Economic buyer")):
        DealRole.objects.create(deal=deal, contact=person, role=role)
    changed(deal, "stage", "", "Discovery", date(2026, 2, 1), IMPORTED)
    changed(deal, "stage", "Discovery", "Proposal", date(2026, 2, 20), IMPORTED)
    for day in (3, 8, 12, 18, 22):
        happened(deal, date(2026, 2, day), people=[ada, tom])
    happened(deal, date(2026, 2, 24), kind="meeting", direction="", people=[ada, tom])
    for element in ("competition", "paper_process"):
        Qualification.objects.create(
            deal=deal, element=element, value="Northgate", level="quoted", by=by, created_at=at(march(1))
        )
    return World(deal, account, ada, tom)


def by_code(assessed):
    return {one["code"]: one for one in findings(assessed)}


def test_every_signal_of_a_past_day_is_replayed_as_it_was_shown(transactional_db, watching):
    world = watched_deal(watching)
    world.twin(close_date=date(2026, 9, 1), amount=9_000)
    assess()
    shown = by_code(as_shown(world.deal.pk, DAY))
    assert {code for code, one in shown.items() if one["state"] == "unknown"} <= {"S07", "S18", "S20", "S26"}

    deal, ada, tom = world.deal, world.ada, world.tom
    for day in range(12, 20):
        happened(deal, march(day), direction="out", people=[ada], recorded_at=at(march(day)))
    changed(deal, "stage", "Proposal", "Negotiation", march(20))
    changed(deal, "amount", "50000", "20000", march(20))
    changed(deal, "close_date", "2026-06-01", "2026-12-01", march(21))
    changed(deal, "role", write_role(tom.pk, "Economic buyer"), "", march(22))
    DealRole.objects.filter(contact=tom).delete()
    FieldChange.objects.create(
        contact=ada, field="bounced", new="550", happened_at=at(march(22)), recorded_at=at(march(22))
    )
    Contact.objects.filter(pk=ada.pk).update(bounced="550")
    Deal.objects.filter(pk=deal.pk).update(stage="Negotiation", amount=20_000, close_date=date(2026, 12, 1))

    assert by_code(as_it_was(deal.pk, DAY)) == shown
    assert set(shown) == ALL


def test_a_late_row_moves_each_signal_of_the_day_as_it_was_and_never_as_it_was_shown(transactional_db, watching):
    """One deal for each signal, so that no late row hides another's."""
    worlds = {}
    for number, (code, (before, _)) in enumerate(LATE.items(), 1):
        worlds[code] = watched_deal(watching, f"{code} hall", number)
        before(worlds[code])
    assess()
    shown = {code: by_code(as_shown(world.deal.pk, DAY)) for code, world in worlds.items()}

    for code, (_, tell) in LATE.items():
        tell(worlds[code])

    was = {code: by_code(as_it_was(world.deal.pk, DAY)) for code, world in worlds.items()}
    assert {code for code in worlds if was[code][code] != shown[code][code]} == ALL
    assert {code: by_code(as_shown(world.deal.pk, DAY)) for code, world in worlds.items()} == shown
