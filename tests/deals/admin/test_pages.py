"""The page of an account, a contact, a deal: every value names its file and line; what people enter is held."""

import pytest
from django.urls import reverse

from deals.models import Contact, DealRole, FieldChange
from pipeline.models import Decision, Subject
from tests.deals.admin.reading import url, words
from tests.deals.factories import (
    later,
    make_account,
    make_colleague,
    make_contact,
    make_deal,
    make_entity,
    make_file,
    make_record,
    make_source,
)


def form_of(page):
    """The page's form as a browser would send it back."""
    form = page.context["adminform"].form
    sent = {}
    for bound in form:
        value = bound.value()
        sent[bound.html_name] = "" if value is None else value
        sent[bound.html_initial_name] = sent[bound.html_name]
    return {name: value for name, value in sent.items() if value is not False}


@pytest.fixture
def ada(db):
    """Two records: an old one with a phone, a newer one with another title."""
    old = make_record(
        "contact",
        "101",
        make_file("hubspot.csv"),
        14,
        given_name="Ada",
        family_name="Okafor",
        title="Buyer",
        phone="030 1",
    )
    new = make_record(
        "contact", "003A", make_file("salesforce.csv", make_source("Salesforce", "salesforce")), 203,
        given_name="Ada", family_name="Okafor", title="Head of Purchasing", recorded_at=later(30),
    )  # fmt: skip
    return make_entity(
        "contact", [old, new], full_name="Ada Okafor", given_name="Ada", family_name="Okafor",
        title="Head of Purchasing", phone="030 1",
    )  # fmt: skip


def test_every_value_names_file_and_line_and_what_else_was_seen(viewer, ada):
    said = words(viewer.get(url(ada)))

    assert "Job title Head of Purchasing salesforce.csv , line 203 31 Mar 2026 Buyer hubspot.csv , line 14" in said
    assert "Phone 030 1 hubspot.csv , line 14 1 Mar 2026" in said


def test_a_viewer_is_offered_nothing_to_change(viewer, ada):
    page = viewer.get(url(ada), {"edit": 1}).content.decode()

    assert "Edit values" not in page
    assert "Separate again" not in page
    assert viewer.post(url(ada), {"title": "x"}).status_code == 403


@pytest.mark.parametrize("view", ["join", "release", "separate"])
def test_a_viewer_may_not_join_release_or_separate(viewer, ada, view):
    more = {"join": (), "release": ("title",), "separate": (1,)}[view]

    assert viewer.post(url(ada, view, *more)).status_code == 403


def test_what_a_person_enters_is_held_and_on_record(operator, ada):
    page = operator.get(url(ada), {"edit": 1})

    answer = operator.post(url(ada), {**form_of(page), "title": "CPO"}, follow=True)

    ada.refresh_from_db()
    assert (ada.title, ada.held["title"]["value"], ada.held["title"]["by"]) == ("CPO", "CPO", "operator")
    assert list(ada.held) == ["title"]
    assert [(c.field, c.old, c.new, c.by.username) for c in FieldChange.objects.all()] == [
        ("title", "Head of Purchasing", "CPO", "operator")
    ]
    assert "Held by operator since" in words(answer)


def test_what_an_import_changed_meanwhile_does_not_count_as_entered(operator, ada):
    sent = {**form_of(operator.get(url(ada), {"edit": 1})), "phone": "030 2"}
    Contact.objects.filter(pk=ada.pk).update(title="Changed by an import")

    operator.post(url(ada), sent)

    ada.refresh_from_db()
    assert list(ada.held) == ["phone"]


def test_a_released_value_is_what_the_records_say_again(operator, ada):
    operator.post(url(ada), {**form_of(operator.get(url(ada), {"edit": 1})), "title": "CPO"})

    operator.post(url(ada, "release", "title"))

    ada.refresh_from_db()
    assert (ada.title, ada.held) == ("Head of Purchasing", {})
    assert FieldChange.objects.first().new == "Head of Purchasing"


def test_releasing_takes_more_than_a_look(operator, ada):
    assert operator.get(url(ada, "release", "title")).status_code == 404


def test_an_owner_that_a_person_chose_stays(operator, ada):
    marta = make_colleague(email="marta@us.example")

    operator.post(url(ada), {**form_of(operator.get(url(ada), {"edit": 1})), "owner": marta.pk})

    ada.refresh_from_db()
    assert (ada.owner, ada.held["owner"]["value"]) == (marta, "marta@us.example")


def test_a_wrong_address_is_named_on_its_field(operator, ada):
    answer = operator.post(url(ada), {**form_of(operator.get(url(ada), {"edit": 1})), "email": "ada at home"})

    assert "Enter a valid email address." in words(answer)
    assert Contact.objects.get().held == {}


def test_an_amount_needs_its_currency(operator, db):
    deal = make_deal()
    sent = {**form_of(operator.get(url(deal), {"edit": 1})), "amount": "1200"}
    sent |= {"roles-TOTAL_FORMS": 0, "roles-INITIAL_FORMS": 0}

    assert "An amount needs its currency." in words(operator.post(url(deal), sent))


def test_a_person_named_by_hand_is_confirmed_and_follows_their_record(operator, db):
    deal, ada = make_deal(), make_contact(file=make_file("people.csv"))
    sent = form_of(operator.get(url(deal), {"edit": 1}))
    sent |= {"roles-TOTAL_FORMS": 1, "roles-INITIAL_FORMS": 0, "roles-0-contact": ada.pk, "roles-0-role": "Sponsor"}

    operator.post(url(deal), sent)

    role = DealRole.objects.get()
    assert (role.role, role.is_confirmed, role.contact_record) == ("Sponsor", True, ada.records.get())


def test_a_person_is_named_once_per_part(operator, db):
    deal, ada = make_deal(), make_contact(file=make_file("people.csv"))
    sent = form_of(operator.get(url(deal), {"edit": 1})) | {"roles-TOTAL_FORMS": 2, "roles-INITIAL_FORMS": 0}
    for number in (0, 1):
        sent |= {f"roles-{number}-contact": ada.pk, f"roles-{number}-role": "Sponsor"}

    assert "Ada Okafor is named twice as Sponsor." in words(operator.post(url(deal), sent))
    assert not DealRole.objects.exists()


def test_an_account_shows_its_people_and_deals(viewer, db):
    account = make_account(file=make_file("accounts.csv"))
    for number in range(12):
        make_contact(
            "Ada", f"Number {number:02}", "", str(number), make_file("people.csv"), number + 2, account=account
        )
    make_deal(account=account, file=make_file("deals.csv"))

    said = words(viewer.get(url(account)))

    assert "Ada Number 07" in said
    assert "Ada Number 08" not in said
    assert "All contacts" in said
    assert "Cold store extension" in said


@pytest.mark.parametrize("records", [1, 12])
def test_more_records_cost_no_more_queries(viewer, db, django_assert_max_num_queries, records):
    file = make_file()
    found = [make_record("contact", str(n), file, n + 2, given_name="Ada", title=f"Title {n}") for n in range(records)]
    ada = make_entity("contact", found, full_name="Ada")

    # Four for session, user and rights; the contact, its records, decisions, links; one or two per section.
    with django_assert_max_num_queries(22):
        viewer.get(url(ada))


def test_an_entity_without_records_says_where_they_went(viewer, operator, ada):
    gone = make_contact("A.", "Okafor", key="9", file=make_file("other.csv"))
    gone.links.update(closed_at=later(40))
    Contact.objects.filter(pk=gone.pk).update(is_current=False, record_count=0)
    ada.links.create(record=gone.records.get())

    assert "Its records are now part of Ada Okafor" in words(viewer.get(url(gone)))
    assert "Edit values" not in words(operator.get(url(gone)))


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "x" * 255, "\u202eegnartS\u200b"])
def test_hostile_values_render_as_text(operator, db, name):
    record = make_record("contact", "1", given_name=name, title=name, linkedin="javascript:alert(1)")
    made = make_entity(
        "contact", [record], full_name=name, given_name=name[:120], title=name[:160], linkedin="javascript:alert(1)"
    )

    for query in ({}, {"edit": 1}):
        page = operator.get(url(made), query).content.decode()
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page


def test_every_entity_has_a_page_from_its_record(viewer, ada):
    record = ada.records.first()

    assert viewer.get(reverse("record_home_contact", args=[record.pk])).url == url(ada)


def test_why_a_record_is_here_leads_to_its_case(viewer, ada):
    old, new = (record.pk for record in ada.records.order_by("pk"))
    subject = Subject.objects.create(pipeline="match-contacts", object_id=new)
    subject.decision = Decision.objects.create(
        subject=subject, label="same", anchor=old, layer="identifiers", reason="same_email", created_at=later(31)
    )
    subject.save()

    page = viewer.get(url(ada))

    assert reverse("case_page", args=[subject.pk]) in page.content.decode()
    assert "The same e-mail address" in words(page)
