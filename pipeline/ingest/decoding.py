"""Bytes to text: what a file is, its encoding, and what had to be repaired."""

import re
from dataclasses import dataclass

import chardet

from pipeline.ingest.faults import UnreadableFile

_SAMPLE_BYTES = 200_000
_MAX_BINARY_SHARE = 0.1
_MAX_NUL_SHARE = 0.3
# A file is still UTF-8 when at most one in so many of its accented letters is damaged.
_GOOD_PER_BAD_LETTER = 10

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SAVE_AS_CSV = "Open it in the program it comes from and save it as CSV."
_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"{\\rtf", "a rich text document (RTF)"),
)
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|table|head|body|\?xml|meta|style)", re.IGNORECASE)
_VCARD = re.compile(rb"\s*BEGIN:VCARD", re.IGNORECASE)
_JSON = re.compile(rb'\s*(?:\{\s*"|\[\s*[\[{"])')
_CONTROLS = bytes(code for code in range(1, 32) if code not in (9, 10, 12, 13)) + b"\x7f"

_FOREIGN = re.compile(r"[^\x00-\x7f]")
_MIXED = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f]|[^\x00-\x7f](?=[A-Za-z])")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_HIGH_BYTES = bytes(range(128, 256))
_LATIN = re.compile(
    r"(?i)^(ascii|utf-?\d|windows-125[0247]|cp125[0247]|iso-?8859-(1|2|3|4|9|1[0-6])$|mac|cp(437|85\d)|ibm)"
)
# What a wrong Latin code page leaves behind: a symbol inside a word, or a capital after a small letter.
_ODD = re.compile(r"(?<=[a-zß-ÿ])[¡-¬¯-¿×÷ˆ˜†‡•…‰‹›€„‚ƒÀ-ÞŠŒŽŸ�](?=\w)|[£¹²³¼½¾¿](?=[a-zß-ÿ])")


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """A file's text, the encoding it was read with, and what had to be repaired (one sentence each)."""

    text: str
    encoding: str
    has_bom: bool
    problems: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Read bytes as text: byte order mark, then UTF-8, then a guess.

    Raises UnreadableFile, naming what the file is, when it is empty or not text.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("The file is empty.")
    _refuse_binary(data)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, has_bom=True)
    return _decoded(data, _wide_encoding(data) or _narrow_encoding(data), has_bom=False)


def _refuse_binary(data: bytes) -> None:
    name = _binary_name(data)
    if name:
        raise UnreadableFile(f"This is {name}, not a CSV file. {_SAVE_AS_CSV}")
    if any(data.startswith(mark) for mark, _ in _BOMS) or _wide_encoding(data):
        return
    sample = data[:_SAMPLE_BYTES]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > _MAX_BINARY_SHARE * len(sample) or sample.count(0) > _MAX_NUL_SHARE * len(sample):
        raise UnreadableFile(f"This is not a text file. {_SAVE_AS_CSV}")


def _binary_name(data: bytes) -> str:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        is_workbook = b"xl/" in data[:_SAMPLE_BYTES] or b"xl/" in data[-_SAMPLE_BYTES:]
        return "an Excel workbook (.xlsx)" if is_workbook else "a zip archive"
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    start = data[:500].removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(start):
        return "a web page (HTML), which some programs save with the ending .xls"
    if _VCARD.match(start):
        return "an address book (vCard)"
    return "a JSON file" if _JSON.match(start) else ""


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without a mark shows as NUL at every other byte."""
    sample = data[: 4096 - 4096 % 2]
    half = max(len(sample) // 2, 1)
    if sample[1::2].count(0) > 0.6 * half and sample[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.6 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""


def _narrow_encoding(data: bytes) -> str:
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    repaired = data.decode("utf-8", "replace")
    bad = repaired.count("\ufffd")
    good = len(repaired) - bad - len(data.translate(None, _HIGH_BYTES))
    return "utf-8" if good >= _GOOD_PER_BAD_LETTER * bad else _code_page(data)


def _code_page(data: bytes) -> str:
    sample = _accented_lines(data)
    named = chardet.detect(sample).get("encoding") or ""
    if named and not _LATIN.match(named) and _is_plausible(sample, named):
        return named.lower()
    return _latin_code_page(sample)


def _accented_lines(data: bytes) -> bytes:
    """The lines that tell encodings apart, for a detector that reads only the beginning."""
    lines: list[bytes] = []
    size = 0
    for line in data.splitlines(keepends=True):
        if _HIGH_BYTE.search(line):
            lines.append(line[:_SAMPLE_BYTES])
            size += len(line)
            if size > _SAMPLE_BYTES:
                break
    return b"".join(lines)[: 2 * _SAMPLE_BYTES]


def _is_plausible(sample: bytes, encoding: str) -> bool:
    """Letters of other scripts make words of their own; a few among plain letters are misread Western accents."""
    try:
        text = sample.decode(encoding, "replace")
    except LookupError:
        return False
    foreign = len(_FOREIGN.findall(text))
    return text.count("\ufffd") * 1000 <= len(text) and len(_MIXED.findall(text)) <= 0.3 * foreign


def _latin_code_page(sample: bytes) -> str:
    """cp1252 unless another code page leaves far fewer symbols inside words."""
    odd = {name: _oddities(sample.decode(name, "replace")) for name in ("cp1252", "cp1250", "mac_roman")}
    best = min(odd, key=lambda name: odd[name])
    return best if odd[best] * 4 < odd["cp1252"] else "cp1252"


def _oddities(text: str) -> int:
    return len(_ODD.findall(text)) + text.count("\ufffd")


def _decoded(data: bytes, encoding: str, *, has_bom: bool) -> Decoded:
    text = data.decode(encoding, "replace")
    problems = []
    lost = text.count("\ufffd")
    if lost:
        problems.append(f"Characters that could not be read as {encoding} and show as \ufffd: {lost:,}.")
    nuls = text.count("\0")
    if nuls:
        text = text.replace("\0", "")
        problems.append(f"NUL characters that were removed: {nuls:,}.")
    return Decoded(text=text.removeprefix("\ufeff"), encoding=encoding, has_bom=has_bom, problems=tuple(problems))
