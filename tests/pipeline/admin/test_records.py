"""Raw rows and records: what the file said, what came of it, and how it changed."""

from django.urls import reverse

from pipeline.models import Row, Version
from tests.deals.admin.reading import words
from tests.deals.factories import later, make_contact, make_file, make_record


def test_a_row_shows_its_cells_beside_their_heads_and_its_records(client_of):
    file = make_file(header=["First Name", "Last Name"])
    record = make_contact("Ada", "Okafor", file=file).records.get()
    Row.objects.filter(pk=record.row_id).update(cells=["Ada", "Okafor", "surplus"])

    said = words(client_of("Viewer").get(reverse("admin:pipeline_row_change", args=[record.row_id])))

    assert "First Name Ada Last Name Okafor no column head surplus" in said
    assert "Created" in said
    assert "Open the contact" in said


def test_a_failed_row_says_why(client_of):
    row = Row.objects.create(file=make_file(), line=3, cells=["x"], outcome="failed", reason="The name is missing.")

    said = words(client_of("Viewer").get(reverse("admin:pipeline_row_change", args=[row.pk])))

    assert "Failed The name is missing." in said
    assert "No record came of this line." in said


def test_a_row_leads_to_its_neighbours(client_of):
    rows = [Row.objects.create(file=make_file(), line=2, cells=[], outcome="skipped")]
    rows += [Row.objects.create(file=rows[0].file, line=line, cells=[], outcome="skipped") for line in (3, 9)]

    page = client_of("Viewer").get(reverse("admin:pipeline_row_change", args=[rows[1].pk])).content.decode()

    assert reverse("admin:pipeline_row_change", args=[rows[0].pk]) in page
    assert reverse("admin:pipeline_row_change", args=[rows[2].pk]) in page


def test_a_record_tells_what_each_import_changed(client_of):
    record = make_record("contact", "1", given_name="Ada", title="Buyer", phone="030 1")
    row = Row.objects.create(file=record.row.file, line=90, cells=[], outcome="updated")
    Version.objects.create(
        record=record, row=row, values={"given_name": "Ada", "title": "CPO"}, content_hash="", recorded_at=later(9)
    )

    said = words(client_of("Viewer").get(reverse("admin:pipeline_record_change", args=[record.pk])))

    assert "Job title: Buyer → CPO" in said
    assert "Phone: 030 1 → nothing" in said
    assert "First seen, with 3 values." in said


def test_nobody_changes_a_row_or_a_record(client_of):
    record = make_contact().records.get()
    client = client_of("Operator")

    for model, pk in (("row", record.row_id), ("record", record.pk)):
        assert client.post(reverse(f"admin:pipeline_{model}_change", args=[pk]), {"reason": "x"}).status_code == 403
        assert client.post(reverse(f"admin:pipeline_{model}_delete", args=[pk])).status_code == 403


def test_lists_of_rows_and_records_cost_no_query_per_line(client_of, django_assert_max_num_queries):
    file, client = make_file(), client_of("Viewer")
    for number in range(20):
        make_record("contact", str(number), file, number + 2, given_name="Ada")

    for model in ("row", "record"):
        with django_assert_max_num_queries(10):
            assert client.get(reverse(f"admin:pipeline_{model}_changelist")).status_code == 200
