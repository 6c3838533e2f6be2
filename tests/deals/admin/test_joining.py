"""Joining two by hand after a preview, separating a record again, and taking either back."""

import pytest
from django.urls import reverse

from deals.contacts.values import recompute
from deals.joining import NothingToJoin, joining_record, preview
from deals.models import Account, Contact, Deal
from pipeline.models import Decision, PairFact, Subject
from tests.deals.admin.reading import url, words
from tests.deals.factories import IMPORTED, later, make_account, make_contact, make_deal, make_file, make_source

NAME = "match-contacts"


@pytest.fixture
def pair(db):
    """The same person in two systems: Ada came first."""
    salesforce = make_file("salesforce.csv", make_source("Salesforce", "salesforce"))
    ada = make_contact("Ada", "Okafor", "ada@x.example", "1", make_file("hubspot.csv"), 2)
    adaeze = make_contact("Adaeze", "Okafor", "", "9", salesforce, 7)
    adaeze.records.update(recorded_at=later(30))
    return ada, adaeze


def decide(record, anchor):
    subject = Subject.objects.create(pipeline=NAME, object_id=record)
    subject.decision = Decision.objects.create(
        subject=subject, label="same", anchor=anchor, layer="weight", reason="weight", created_at=IMPORTED
    )
    subject.save()


def undo_of(answer):
    return answer.content.decode().split('method="post" action="/deals/contact/undo/')[1].split("/")[0]


def test_one_can_not_be_joined_with_itself(pair):
    with pytest.raises(NothingToJoin, match="These are one and the same already"):
        preview(NAME, pair[0], pair[0])


def test_what_has_no_records_is_not_joined(pair):
    pair[1].links.update(closed_at=later(40))

    with pytest.raises(NothingToJoin, match="“Adaeze Okafor” has no records any more"):
        preview(NAME, *pair)


def test_the_page_of_the_older_record_stays_whatever_the_order(pair):
    found = preview(NAME, pair[1], pair[0])

    assert (found.stays.entity, found.goes.entity) == pair
    assert (found.record_id, found.anchor_id) == (pair[1].records.get().pk, pair[0].records.get().pk)


def test_the_preview_names_what_survives_and_from_where(pair):
    fields = {field.label: field for field in preview(NAME, *pair).fields}

    assert (fields["First name"].result.value, fields["First name"].result.origin.line) == ("Adaeze", 7)
    assert fields["First name"].is_different
    assert (fields["E-mail"].result.value, fields["E-mail"].is_different) == ("ada@x.example", False)


def test_the_preview_says_why_a_value_wins(pair):
    pair[0].records.update(values={"given_name": "Ada", "family_name": "Okafor", "email": "ada@x.example",
                                   "city": "Accra", "opted_out": True})  # fmt: skip
    pair[1].records.update(values={"given_name": "Adaeze", "family_name": "Okafor", "country": "Ghana"})
    Contact.objects.filter(pk=pair[1].pk).update(held={"title": {"value": "CPO", "by": "Ana", "at": ""}})
    recompute([contact.pk for contact in pair], later(40))
    for contact in pair:
        contact.refresh_from_db()

    said = {field.label: field.why for field in preview(NAME, *pair).fields}

    assert said["First name"] == "the newest import"
    assert said["Last name"] == "both say so"
    assert said["E-mail"] == "the only one filled"
    assert said["Job title"] == "entered by hand; imports leave it"
    assert said["Country"] == said["City"] == "the address is taken whole, from the newest record that has one"
    assert said["Opted out"] == "said once is enough"


def test_nothing_is_joined_by_looking(operator, pair):
    said = words(operator.get(url(pair[0], "join"), {"with": pair[1].pk}))

    assert "Join these two contacts?" in said
    assert "Adaeze Okafor becomes part of Ada Okafor" in said
    assert not Decision.objects.exists()


def test_two_records_of_one_system_are_named_as_a_conflict(db):
    file = make_file()
    found = preview(NAME, make_contact(key="1", file=file, line=2), make_contact(key="2", file=file, line=3))

    assert found.conflicts == ["HubSpot holds both as different records (1 and 2)."]


def test_an_earlier_no_is_named_as_a_conflict(pair):
    low, high = sorted(contact.records.get().pk for contact in pair)
    PairFact.objects.create(kind="contact", low_id=low, high_id=high)

    assert "are not the same. Joining overrules that." in preview(NAME, *pair).conflicts[0]


def test_an_opt_out_counts_for_the_joined_contact(pair):
    Contact.objects.filter(pk=pair[1].pk).update(opted_out=True)
    pair[1].refresh_from_db()

    assert preview(NAME, *pair).conflicts == ["One of them opted out; the joined contact counts as opted out."]


def test_different_values_entered_by_hand_are_named(pair):
    for contact, title in zip(pair, ("CPO", "CFO"), strict=True):
        contact.held = {"title": {"value": title, "by": "Ana", "at": IMPORTED.isoformat()}}
        contact.save()

    assert preview(NAME, *pair).conflicts == ["Job title was entered by hand on both sides; “CPO” is kept."]


def test_what_moves_along_is_counted(db):
    kept = make_account(file=make_file("a.csv"), key="1")
    gone = make_account(file=make_file("b.csv"), key="2")
    make_deal(account=gone, file=make_file("deals.csv"))
    make_contact(account=gone, file=make_file("people.csv"))

    assert preview("match-accounts", kept, gone).moves == ["1 contact", "1 deal"]


def test_a_group_is_joined_by_the_record_that_hangs_on_no_other(db):
    decide(2, 1)
    decide(3, 2)

    assert joining_record(NAME, [1, 2, 3]) == 1


def test_a_circle_of_anchors_is_opened_on_the_circle(db):
    decide(1, 2)
    decide(2, 3)
    decide(3, 2)

    assert joining_record(NAME, [1, 2, 3]) in (2, 3)


def test_joining_moves_the_records_and_undo_brings_them_back(operator, pair):
    answer = operator.post(url(pair[0], "join"), {"with": pair[1].pk, "join": 1, "note": "by phone"}, follow=True)

    assert answer.redirect_chain[-1][0] == url(pair[0])
    assert "“Adaeze Okafor” is part of “Ada Okafor” now." in words(answer)
    assert Contact.objects.get(is_current=True).record_count == 2
    assert "Joined by operator" in words(answer)

    operator.post(reverse("admin:deals_contact_undo", args=[undo_of(answer)]))

    assert Contact.objects.filter(is_current=True, record_count=1).count() == 2


def test_what_a_person_holds_survives_joining_and_separating(operator, pair):
    pair[1].held = {"title": {"value": "CPO", "by": "Ana", "at": IMPORTED.isoformat()}}
    pair[1].save()

    answer = operator.post(url(pair[0], "join"), {"with": pair[1].pk, "join": 1}, follow=True)

    assert Contact.objects.get(pk=pair[0].pk).title == "CPO"
    assert "Job title CPO Held by Ana" in words(answer)


def test_undoing_twice_says_so(operator, pair):
    answer = operator.post(url(pair[0], "join"), {"with": pair[1].pk, "join": 1}, follow=True)
    address = reverse("admin:deals_contact_undo", args=[undo_of(answer)])
    operator.post(address)

    assert "This was taken back already." in words(operator.post(address, follow=True))


def test_separating_is_announced_done_and_undone(operator, pair):
    operator.post(url(pair[0], "join"), {"with": pair[1].pk, "join": 1})
    record = pair[1].records.get().pk

    asked = operator.get(url(pair[0], "separate", record))
    assert "First name Adaeze Ada" in words(asked)
    assert Contact.objects.filter(is_current=True).count() == 1

    answer = operator.post(url(pair[0], "separate", record), follow=True)
    assert "“Adaeze Okafor” stands on its own now. Open it" in words(answer)
    assert Contact.objects.filter(is_current=True).count() == 2

    operator.post(reverse("admin:deals_contact_undo", args=[undo_of(answer)]))
    assert Contact.objects.filter(is_current=True).count() == 1


def test_separating_the_oldest_record_leads_to_where_the_others_are(operator, pair):
    oldest = pair[0].records.get().pk
    operator.post(url(pair[0], "join"), {"with": pair[1].pk, "join": 1})

    answer = operator.post(url(pair[0], "separate", oldest), follow=True)

    assert answer.redirect_chain[-1][0] == url(pair[1])
    assert "“Ada Okafor” stands on its own now." in words(answer)


def test_the_only_record_has_nothing_to_be_separated_from(operator, pair):
    answer = operator.get(url(pair[0], "separate", pair[0].records.get().pk), follow=True)

    assert "This is the only record here; there is nothing to separate." in words(answer)


def test_two_selected_rows_lead_to_the_preview(operator, pair):
    chosen = {"action": "join_selected", "_selected_action": [contact.pk for contact in pair]}

    answer = operator.post(reverse("admin:deals_contact_changelist"), chosen)

    assert answer.url == f"{url(pair[0], 'join')}?with={pair[1].pk}"


def test_three_selected_rows_are_not_joined(operator, pair):
    third = make_contact("Cora", file=make_file("third.csv"), key="7")
    chosen = {"action": "join_selected", "_selected_action": [contact.pk for contact in (*pair, third)]}

    answer = operator.post(reverse("admin:deals_contact_changelist"), chosen, follow=True)

    assert "Select exactly two contacts to join." in words(answer)


def test_undo_is_not_for_viewers(viewer, pair):
    assert viewer.post(reverse("admin:deals_contact_undo", args=[1])).status_code == 403


def test_accounts_are_joined_with_their_deals(operator, db):
    kept = make_account("Brightwater", file=make_file("a.csv"), key="1")
    gone = make_account("Brightwater Foods", file=make_file("b.csv", make_source("Salesforce", "salesforce")), key="2")
    deal = make_deal(account=gone, account_record=gone.records.get(), file=make_file("deals.csv"))

    operator.post(url(kept, "join"), {"with": gone.pk, "join": 1})

    assert Deal.objects.get(pk=deal.pk).account == kept
    assert Account.objects.get(is_current=True) == kept
