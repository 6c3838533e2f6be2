import pytest

from pipeline.ingest.decoding import decode
from pipeline.ingest.faults import UnreadableFile


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        ("Name,Ort\nMüller,Köln\n", "utf-8", "utf-8"),
        ("Name,Ort\nMüller,Köln\n", "utf-8-sig", "utf-8"),
        ("Name,Ort\nMüller,Köln\n", "utf-16", "utf-16-le"),
        ("Name,Ort\nMuster,Berlin\n", "utf-16-be", "utf-16-be"),
        ("Compañía,Ciudad\nPeña e Hijos,Málaga\n", "cp1252", "cp1252"),
        ("Société,Ville\nL’Atelier – Côté Sud,Orléans\n", "cp1252", "cp1252"),
        ("Firma,Miasto\nŁódzka Spółka,Kraków\nWałęsa,Żory\n", "cp1250", "cp1250"),
        ("Société,Ville\nCôté Sud,Orléans\nHélène,Besançon\n", "mac_roman", "mac_roman"),
        ("Имя,Город\nИванов,Москва\nПетров,Казань\n", "cp1251", "windows-1251"),
    ],
)
def test_text_comes_back_from_the_encoding_it_was_saved_in(text, codec, encoding):
    decoded = decode(text.encode(codec))

    assert (decoded.text, decoded.encoding, decoded.problems) == (text, encoding, ())


def test_one_damaged_letter_does_not_change_the_encoding_of_a_file():
    decoded = decode(("é,ü\n" * 100).encode() + b"caf\xe9\n")

    assert decoded.encoding == "utf-8"
    assert decoded.problems == ("Characters that could not be read as utf-8 and show as \ufffd: 1.",)


def test_a_mark_at_the_beginning_is_no_text():
    decoded = decode(b"\xef\xbb\xbfName\nAnna\n")

    assert (decoded.text, decoded.has_bom) == ("Name\nAnna\n", True)


def test_nul_characters_are_removed_and_counted():
    decoded = decode(b"Name\nAn\x00na\x00\n")

    assert (decoded.text, decoded.problems) == ("Name\nAnna\n", ("NUL characters that were removed: 2.",))


@pytest.mark.parametrize("data", [b"", b"  \r\n \n", b"\xef\xbb\xbf\n", b"\x00\x00\x00"])
def test_an_empty_file_is_called_empty(data):
    with pytest.raises(UnreadableFile, match=r"^The file is empty\.$"):
        decode(data)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"PK\x03\x04...xl/workbook.xml", "an Excel workbook (.xlsx), not a CSV file."),
        (b"PK\x03\x04...readme.txt", "a zip archive, not a CSV file."),
        (b"%PDF-1.7 ...", "a PDF document, not a CSV file."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Excel workbook (.xls), not a CSV file."),
        (b"\x1f\x8b\x08\x00abc", "a gzip archive, not a CSV file."),
        (b"<html><table><tr>", "a web page (HTML), which some programs save with the ending .xls, not a CSV file."),
        (b"BEGIN:VCARD\nVERSION:3.0\n", "an address book (vCard), not a CSV file."),
        (b'[{"id": 1}]', "a JSON file, not a CSV file."),
    ],
)
def test_a_file_of_another_type_is_named(data, name):
    with pytest.raises(UnreadableFile) as refusal:
        decode(data)

    assert str(refusal.value).startswith(f"This is {name}")


def test_noise_is_not_text():
    with pytest.raises(UnreadableFile, match=r"^This is not a text file\."):
        decode(bytes(range(1, 32)) * 50)
