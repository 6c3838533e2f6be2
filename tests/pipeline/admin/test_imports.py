"""Imports as the user meets them: drop, look, import, add up, go on."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pipeline import tasks
from pipeline.models import Batch, ImportFile, Run, Source
from tests.pipeline.admin.world import make_file, match_people

PEOPLE = (
    b"Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Create Date\n"
    b"1,Ana,Berg,ana@example.com,+4366012345,,2026-01-01 10:00\n"
    b"2,Ben,Lang,not a mail,,,2026-01-02 10:00\n"
)
UNKNOWN = b"Alpha,Beta\nAna Berg,ana@example.com\nEva Lang,eva@example.com\n"


@pytest.fixture(autouse=True)
def _the_queue_is_quiet(monkeypatch):
    """No worker runs here: tests drain the chunks themselves."""
    monkeypatch.setattr(tasks, "async_task", lambda *args, **options: None)


def upload(client, *files, **more):
    sent = [SimpleUploadedFile(name, body) for name, body in files]
    return client.post(reverse("import_files"), {"files": sent, **more}, follow=True)


def start(client, batch):
    client.post(reverse("import_start", args=[batch.pk]))
    tasks.drain(seconds=60)
    return client.get(reverse("import_batch", args=[batch.pk])).content.decode()


def test_a_viewer_sees_earlier_imports_and_can_not_import(client_of, db):
    make_file(name="<i>old</i>.csv", rows=3, created=3)
    client = client_of("Viewer")

    html = client.get(reverse("import_files")).content.decode()

    assert "&lt;i&gt;old&lt;/i&gt;.csv" in html
    assert 'type="file"' not in html
    assert upload(client, ("people.csv", PEOPLE)).status_code == 403
    assert client.post(reverse("import_sample")).status_code == 403


def test_no_file_is_a_sentence(client_of, db):
    html = client_of("Operator").post(reverse("import_files"), {}).content.decode()

    assert "Choose one or more files first." in html
    assert not Batch.objects.exists()


def test_the_limits_are_named(client_of, settings):
    settings.MAX_UPLOAD_MB = 7

    assert "Up to 7 MB each" in client_of("Operator").get(reverse("import_files")).content.decode()


def test_a_known_file_is_recognised_and_nothing_is_written(client_of, db):
    html = upload(client_of("Operator"), ("people.csv", PEOPLE)).content.decode()

    assert "HubSpot contacts" in html and "2 rows in 1 file can be imported." in html
    assert Batch.objects.get().state == Batch.State.PREVIEW
    assert ImportFile.objects.get().rows == 0


def test_the_preview_shows_rows_and_problems_by_line(client_of, db):
    client = client_of("Operator")
    upload(client, ("people.csv", PEOPLE))

    html = client.get(reverse("import_preview", args=[ImportFile.objects.get().pk])).content.decode()

    assert "2 rows</b> can be read" in html
    assert "ana@example.com" in html
    assert "Line 3, Email:" in html and "is not an e-mail address" in html


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("empty.csv", b"", "The file is empty."),
        ("<img src=x onerror=alert(1)>.csv", b"\x00\x01\x02\x00", "This is not a text file."),
    ],
)
def test_a_file_that_can_not_be_read_is_a_sentence_and_holds_nothing_up(client_of, db, name, body, sentence):
    html = upload(client_of("Operator"), (name, body), ("people.csv", PEOPLE)).content.decode()

    assert sentence in html and "The other files are not held up by it." in html
    assert "2 rows in 1 file can be imported." in html
    assert "<img" not in html


def test_a_file_over_the_limit_names_the_limit(client_of, settings, db):
    settings.MAX_UPLOAD_MB = 0

    html = upload(client_of("Operator"), ("people.csv", PEOPLE)).content.decode()

    assert "larger than the 0.0 MB that can be imported" in html


def test_a_new_source_is_named_by_the_user(client_of, db):
    upload(client_of("Operator"), ("people.csv", PEOPLE), source_name="Old CRM")

    assert Source.objects.get().name == "Old CRM"


def test_a_source_name_that_is_too_long_is_a_sentence(client_of, db):
    html = upload(client_of("Operator"), ("people.csv", PEOPLE), source_name="x" * 81).content.decode()

    assert "at most 80 characters; this one has 81." in html


def test_the_result_adds_up_and_each_number_leads_to_its_rows(client_of, db):
    client = client_of("Operator")
    upload(client, ("people.csv", PEOPLE))

    html = start(client, Batch.objects.get())

    file = ImportFile.objects.get()
    assert file.rows == file.created + file.updated + file.unchanged + file.skipped + file.failed == 2
    assert f'/pipeline/row/?file__id__exact={file.pk}&amp;outcome__exact=created">2</a>' in html
    assert 'data-sum="rows">2<' in html


def test_the_same_file_again_says_so_and_changes_nothing(client_of, db):
    client = client_of("Operator")
    upload(client, ("people.csv", PEOPLE))
    start(client, Batch.objects.get())

    html = upload(client, ("people.csv", PEOPLE)).content.decode()
    start(client, Batch.objects.first())

    assert "The same file was imported" in html
    assert ImportFile.objects.first().unchanged == 2


def test_rows_left_out_are_downloaded_with_their_reason_and_without_formulas(client_of, db):
    client = client_of("Operator")
    upload(client, ("people.csv", PEOPLE + b"=cmd|calc,,,,,,\n,,,,,,\n"))
    start(client, Batch.objects.get())

    sent = client.get(reverse("import_rejected", args=[ImportFile.objects.get().pk]))

    text = b"".join(sent.streaming_content).decode()
    assert text.splitlines()[0].endswith(
        "line,outcome,reason,Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Create Date"
    )
    assert "The row is empty." in text
    assert not any(cell.startswith("=") for line in text.splitlines() for cell in line.split(","))


def test_an_import_is_started_once(client_of, db):
    client = client_of("Operator")
    upload(client, ("people.csv", PEOPLE))
    batch = Batch.objects.get()
    start(client, batch)

    again = client.post(reverse("import_start", args=[batch.pk]), follow=True).content.decode()

    assert "None of these files can be imported" in again or "was started already" in again
    assert ImportFile.objects.get().rows == 2


def test_a_running_import_refreshes_itself_until_it_is_over(client_of, db):
    client = client_of("Operator")
    upload(client, ("people.csv", PEOPLE))
    batch = Batch.objects.get()
    client.post(reverse("import_start", args=[batch.pk]))

    html = client.get(reverse("import_batch", args=[batch.pk])).content.decode()
    going_on = client.get(reverse("import_progress", args=[batch.pk]))
    tasks.drain(seconds=60)

    assert "data-live" in html and "Waiting for a worker" in html
    assert "X-Live" not in going_on
    assert client.get(reverse("import_progress", args=[batch.pk]))["X-Live"] == "over"


def test_files_not_imported_can_be_discarded(client_of, db):
    client = client_of("Operator")
    upload(client, ("people.csv", PEOPLE))

    client.post(reverse("import_discard", args=[Batch.objects.get().pk]))

    assert not Batch.objects.exists()


def test_an_import_that_happened_can_not_be_discarded(client_of, db):
    batch = make_file().batch

    client_of("Operator").post(reverse("import_discard", args=[batch.pk]))

    assert Batch.objects.filter(pk=batch.pk).exists()


def test_the_columns_of_an_unknown_file_are_assigned_by_hand(client_of, db):
    client = client_of("Operator")
    upload(client, ("list.csv", UNKNOWN))
    file = ImportFile.objects.get()
    url = reverse("import_columns", args=[file.pk])

    shown = client.get(url, {"kind": "contact"}).content.decode()
    client.post(url, {"kind": "contact", "column-0": "full_name", "column-1": "email"})
    html = start(client, file.batch)

    assert "Ana Berg · Eva Lang" in shown
    assert 'data-sum="created">2<' in html


def test_a_field_that_is_no_field_is_not_taken(client_of, db):
    client = client_of("Operator")
    upload(client, ("list.csv", UNKNOWN))
    file = ImportFile.objects.get()

    client.post(
        reverse("import_columns", args=[file.pk]), {"kind": "contact", "column-0": "__class__", "column-1": "email"}
    )

    file.refresh_from_db()
    assert "__class__" not in file.mapping["columns"].values()


def test_columns_are_fixed_once_imported(client_of, db):
    client = client_of("Operator")
    upload(client, ("people.csv", PEOPLE))
    start(client, Batch.objects.get())

    html = client.get(reverse("import_columns", args=[ImportFile.objects.get().pk]), follow=True).content.decode()

    assert "can&#x27;t be changed any more" in html


def test_the_sample_is_staged_as_invented(client_of, db):
    client_of("Operator").post(reverse("import_sample"))

    assert Source.objects.get().is_sample
    assert ImportFile.objects.get().state == ImportFile.State.WAITING


def test_without_a_sample_there_is_no_card(client_of, settings, db):
    settings.SAMPLE_FILES = ""
    client = client_of("Operator")

    assert "Take the sample" not in client.get(reverse("import_files")).content.decode()
    assert client.post(reverse("import_sample")).status_code == 404


def test_after_the_import_duplicates_are_looked_for(client_of, db):
    client = client_of("Operator")
    batch = make_file().batch

    html = client.get(reverse("import_batch", args=[batch.pk])).content.decode()
    client.post(reverse("run_start"), {"pipeline": match_people.name})

    assert "Find duplicates, free" in html and f'value="{match_people.name}"' in html
    assert Run.objects.get().pipeline == match_people.name


def test_a_list_of_imports_asks_no_query_per_file(client_of, django_assert_max_num_queries, db):
    for _ in range(10):
        batch = Batch.objects.create(state="done")
        for _ in range(3):
            make_file(batch=batch)
    client = client_of("Operator")
    client.get(reverse("import_files"))

    with django_assert_max_num_queries(12):
        client.get(reverse("import_files"))
