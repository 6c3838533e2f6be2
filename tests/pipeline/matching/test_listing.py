import io
import zipfile
from xml.sax.saxutils import escape

import pytest

from pipeline.matching import listing
from pipeline.matching.listing import UnreadableList, read

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relationship(kind, target):
    return (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/>'
        "</Relationships>"
    )


def cell(value):
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>' if value else "<c/>"


def workbook(*rows):
    """The smallest file that spreadsheets take for a workbook of one sheet."""
    sheet = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    book = '<sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", relationship("officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{SHEETS}" xmlns:r="{OFFICE}">{book}</workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", relationship("worksheet", "worksheets/sheet1.xml"))
        archive.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{SHEETS}"><sheetData>{sheet}</sheetData></worksheet>'
        )
    return packed.getvalue()


def test_a_csv_of_another_delimiter_and_encoding_is_read():
    assert read("name;city\nJürgen;Köln\n".encode("cp1252")).rows() == [("Jürgen", "Köln")]


def test_the_first_sheet_of_a_workbook_is_read_as_texts():
    found = read(workbook(["name", "zip", "share"], ["Ada & Co", 1012, 0.5], ["", 20099, ""]))

    assert found.columns == ["name", "zip", "share"]
    assert found.rows() == [("Ada & Co", "1012", "0.5"), (None, "20099", None)]


def test_a_column_without_a_name_is_called_by_its_place():
    assert read(workbook(["name", "", "x"], ["Ada", "b", "c"])).columns == ["name", "column 2", "x"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04 no archive", "The workbook cannot be read: File is not a zip file."),
        (workbook(), "The workbook's first sheet is empty."),
        (
            workbook(["name", "name"], ["a", "b"]),
            "The workbook's first row names two columns 'name'; give each a name of its own.",
        ),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(data, message):
    with pytest.raises(UnreadableList) as refused:
        read(data)

    assert str(refused.value) == message


def test_an_archive_that_is_no_workbook_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "hello")

    with pytest.raises(UnreadableList, match="The workbook cannot be read"):
        read(packed.getvalue())


def test_a_small_workbook_that_unpacks_without_end_is_refused_unread(monkeypatch):
    monkeypatch.setattr(listing, "_MOST_UNPACKED", 1_000_000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(3_000_000))

    with pytest.raises(UnreadableList, match="unpacks to 3 MB; at most 1 MB are read"):
        read(packed.getvalue())
