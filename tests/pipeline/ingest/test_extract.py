import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.cells import ReadingSettings
from pipeline.ingest.extract import extractor, mention_key
from pipeline.ingest.formats import Emit, Field, Format
from pipeline.ingest.sniff import read_rows, sniff

FIELDS = {
    "firm": (
        Field(name="name", label="Name", shape="name", is_needed=True),
        Field(name="city", label="City", shape="name"),
        Field(name="size", label="Size", shape="number"),
        Field(name="founded", label="Founded", shape="date"),
        Field(name="seen", label="Seen", shape="instant"),
        Field(name="emails", label="E-mails", shape="emails"),
        Field(name="dates", label="Dates", shape="date"),
        Field(name="state", label="State", shape="name", choices={"o": "open", "c": "closed"}),
    ),
    "person": (
        Field(name="given", label="First name", shape="name", one_of="who"),
        Field(name="email", label="E-mail", shape="email", one_of="who"),
        Field(name="firm", label="Firm", shape="name"),
    ),
}


def firms(**more):
    columns = {
        "name": ("Name",),
        "city": ("City", "Town"),
        "size": ("Size",),
        "founded": ("Founded",),
        "seen": ("Seen",),
    }
    return Emit(kind="firm", columns=columns, **more)


def results(text, *emits, settings=None, **more):
    sniffed = sniff(text.encode())
    layout = Format(name="x", label="X", system="", needs=(), emits=emits, **more)
    reader = extractor(layout, sniffed.header, FIELDS, read_rows(sniffed), settings)
    return [reader.extract(row) for row in read_rows(sniffed)]


def values(text, *emits, **more):
    return [dict(record.values) for result in results(text, *emits, **more) for record in result.records]


def test_a_row_yields_its_filled_fields():
    assert values("Id,Name,City,Size\n7,Norden,,1200\n", firms(key="Id")) == [{"name": "Norden", "size": "1200"}]


def test_the_first_filled_column_wins():
    assert values("Name,City,Town\nNorden,,Oslo\nSouthend,Bonn,Oslo\n", firms()) == [
        {"name": "Norden", "city": "Oslo"},
        {"name": "Southend", "city": "Bonn"},
    ]


def test_a_bad_cell_is_left_out_and_noted_and_the_row_is_kept():
    [result] = results("Name,Size\nNorden,many\n", firms())

    assert (result.outcome, dict(result.records[0].values)) == ("read", {"name": "Norden"})
    assert [(problem.column, problem.sentence) for problem in result.problems] == [("Size", "“many” is not a number.")]


def test_a_row_without_what_a_record_needs_fails():
    [result] = results("Name,City\n,Bonn\n", firms())

    assert (result.outcome, result.reason, result.records) == ("failed", "Name is missing.", ())


def test_one_of_several_fields_is_enough():
    person = Emit(kind="person", columns={"given": ("Given",), "email": ("Mail",), "firm": ("Firm",)})

    found = results("Given,Mail,Firm\nAnna,,\n,anna@norden.com,\n,,Norden\n", person)

    assert [result.outcome for result in found] == ["read", "read", "failed"]
    assert found[2].reason == "First name or E-mail is missing."


def test_a_row_of_nothing_but_a_date_is_skipped_with_that_reason():
    [result] = results("Name,City,Founded\n,,2024-01-02\n", firms(only_if=("Name", "City")))

    assert (result.outcome, result.reason) == ("skipped", "Nothing is filled but “Founded”.")


def test_deleted_rows_are_skipped():
    found = results("Name,IsDeleted\nNorden,0\nSouthend,1\n", firms(), deleted_column="IsDeleted")

    assert [(result.outcome, result.reason) for result in found] == [
        ("read", ""),
        ("skipped", "The record was deleted in the system it comes from."),
    ]


def test_every_row_of_a_table_without_a_target_is_skipped():
    [result] = results("Invoice\n7\n", skip_reason="Invoices are not kept here.")

    assert (result.outcome, result.reason) == ("skipped", "Invoices are not kept here.")


def test_damaged_rows_keep_their_reason():
    assert [result.reason for result in results("Name,City\nNorden\n", firms())] == [
        "The row has 1 cell, the header has 2."
    ]


def test_an_id_a_spreadsheet_has_shortened_fails_the_row():
    [result] = results("Id,Name\n1.23E+10,Norden\n", firms(key="Id"))

    assert (result.outcome, result.reason) == (
        "failed",
        "“1.23E+10” is an id a spreadsheet has shortened; its last digits are lost.",
    )


def test_rows_without_an_id_are_told_apart_by_occurrence():
    keys = [result.records[0].key for result in results("Name,City\nNorden,Oslo\nNorden,Oslo\nNorden,Bonn\n", firms())]

    assert [key.rpartition(":")[2] for key in keys] == ["1", "2", "1"]
    assert len(set(keys)) == 3


def test_a_rows_key_survives_other_columns_and_another_order():
    [first] = results("Name,City\nNorden,Oslo\n", firms())
    [second] = results("Colour,City,Name\nred,Oslo,Norden\n", firms())

    assert first.records[0].key == second.records[0].key


def test_rows_passed_over_are_counted():
    sniffed = sniff(b"Name,City\nNorden,Oslo\nNorden,Oslo\n")
    layout = Format(name="x", label="X", system="", needs=(), emits=(firms(),))
    first, second = read_rows(sniffed)
    reader = extractor(layout, sniffed.header, FIELDS, [first, second])

    reader.pass_over(first)

    assert reader.extract(second).records[0].key.endswith(":2")


def test_a_mention_is_keyed_by_its_normalised_name():
    mention = Emit(kind="firm", columns={"name": ("Firm",)}, key_field="name", only_if=("Firm",))
    person = Emit(kind="person", key="Id", columns={"given": ("Given",), "firm": ("Firm",)})

    found = results("Id,Given,Firm\n1,Anna,Norden  A.S.\n2,Ben,\n3,Eva,NORDEN A.S\n", person, mention)

    assert [[(record.kind, record.key) for record in result.records] for result in found] == [
        [("person", "1"), ("firm", "name:norden a s")],
        [("person", "2")],
        [("person", "3"), ("firm", "name:norden a s")],
    ]


def test_no_mention_where_an_id_says_it_better():
    mention = Emit(kind="firm", columns={"name": ("Firm",)}, key_field="name", unless=("Firm Id",))
    person = Emit(kind="person", key="Id", columns={"given": ("Given",)})

    found = results("Id,Given,Firm,Firm Id\n1,Anna,Norden,77\n2,Ben,Norden,\n", person, mention)

    assert [len(result.records) for result in found] == [1, 2]


def test_matching_columns_are_collected_by_their_group():
    emit = Emit(kind="firm", columns={"name": ("Name",)}, patterns={r'entered "(.+)"': "dates"})

    assert values('Name,"Entered ""Won""","Entered ""Lost"""\nNorden,2024-01-02,\n', emit) == [
        {"name": "Norden", "dates": {"Won": "2024-01-02"}}
    ]


def test_lists_take_all_their_columns():
    emit = Emit(kind="firm", columns={"name": ("Name",), "emails": ("Mail 1", "Mail 2")})

    assert values("Name,Mail 1,Mail 2\nNorden,a@n.com,b@n.com; a@n.com\n", emit)[0]["emails"] == ["a@n.com", "b@n.com"]


def test_constants_stand_unless_a_column_says_otherwise():
    emit = Emit(kind="firm", columns={"name": ("Name",), "state": ("S",)}, constants={"state": "new"})

    assert [value["state"] for value in values("Name,S\nA,o\nB,\nC,zzz\n", emit)] == ["open", "new", "new"]


def test_one_columns_dates_settle_the_order_for_all():
    assert values("Name,Founded,Seen\nA,03/04/2020,12/25/2021\n", firms()) == [
        {"name": "A", "founded": "2020-03-04", "seen": "2021-12-25T00:00:00+00:00"}
    ]


def test_an_open_order_is_noted_for_the_column():
    sniffed = sniff(b"Name,Founded\nA,03/04/2020\n")
    layout = Format(name="x", label="X", system="", needs=(), emits=(firms(),))

    reader = extractor(layout, sniffed.header, FIELDS, read_rows(sniffed), ReadingSettings(country="US"))

    assert [(problem.column, problem.sentence) for problem in reader.problems] == [
        ("Founded", "Dates like 03/04/2024 have two readings here and were read as month before day.")
    ]


@pytest.mark.parametrize(("left", "right"), [("Norden GmbH", "NORDEN  gmbh."), ("O'Neil & Sons", "o neil & sons")])
def test_names_that_differ_in_marks_have_one_key(left, right):
    assert mention_key(left) == mention_key(right)


_CELL = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=15)


@settings(deadline=None)  # the first call loads tables
@given(st.lists(st.tuples(_CELL, _CELL, _CELL), min_size=1, max_size=15))
def test_every_row_has_one_outcome_and_keys_are_unique(table):
    lines = [",".join('"' + cell.replace('"', '""').replace("\0", "") + '"' for cell in row) for row in table]
    text = "\n".join(["Name,Size,Founded", *lines])

    sniffed = sniff(text.encode())
    layout = Format(name="x", label="X", system="", needs=(), emits=(firms(),))
    reader = extractor(layout, sniffed.header, FIELDS, read_rows(sniffed))
    rows = list(read_rows(sniffed))
    found = [reader.extract(row) for row in rows]

    assert all(
        bool(result.records) == (result.outcome == "read") and bool(result.reason) != bool(result.records)
        for result in found
    )
    keys = [record.key for result in found for record in result.records]
    assert len(keys) == len(set(keys))
