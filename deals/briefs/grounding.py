"""The verifier: no model, no network. Whatever a statement says must stand in the records it cites."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, partial

from deals.briefs import dates, numbers, rendering
from deals.briefs.atoms import NAME_LIKE, Atoms, Word, atoms, folded, names, same_phone
from deals.briefs.claims import Claim
from deals.briefs.evidence import FREE_TEXT, Evidence
from deals.briefs.instructions import gives_orders
from deals.briefs.people import Known, known_people, people_in, taking_part
from deals.briefs.polarity import contradicts, polarity

MOST_RENDERED = 500
# A quote of fewer words proves nothing: "the" stands everywhere.
LEAST_QUOTE_WORDS = 3
# Values in which no person is named: a job title may stand before a name that another record field holds.
_NO_PERSON = ("title", "stage", "product", "role", "kind", "department")
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
_MOST_REPEATS = 4
# A person's part in a deal, and how long the short form of a title (COO) may be.
_PART = re.compile(r"\b(?:champion|economic buyer|decision[ -]maker|sponsor|signator|signs|approver)", re.IGNORECASE)
_LONGEST_TITLE = 4


class Kind(StrEnum):
    """Why a statement is refused."""

    UNKNOWN_RECORD = "unknown record"
    TOO_LONG = "too long"
    UNKNOWN_FIELD = "unknown field"
    INVENTED = "invented"
    MISCITED = "stands in another record"
    QUOTE = "quote not found"
    UNQUOTED = "needs a quote"
    POLARITY = "says the opposite or more"
    PERSON = "said of another person"
    GENERIC = "says nothing about this deal"
    ORDERS = "rests on a text that gives orders to a machine"


@dataclass(frozen=True, kw_only=True)
class Fault:
    kind: Kind
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.kind.value}: {self.detail}" if self.detail else self.kind.value


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A statement as it would be shown, and what speaks against showing it; `quoted` is the record of the quote."""

    claim: Claim
    text: str
    faults: tuple[Fault, ...] = ()
    quoted: str = ""

    @property
    def is_grounded(self) -> bool:
        return not self.faults


@dataclass(frozen=True)
class Index:
    """What one record holds, ready to be looked up."""

    record: Evidence

    @cached_property
    def by_field(self) -> Mapping[str, Atoms]:
        return {name: atoms(value) for name, value in self.record.values.items()}

    @cached_property
    def all(self) -> tuple[Atoms, ...]:
        return tuple(self.by_field.values())

    @cached_property
    def gives_orders(self) -> bool:
        return gives_orders(self.record)

    @cached_property
    def quotable(self) -> str:
        return " \n ".join(_folded(self.record.values[name]) for name in FREE_TEXT if name in self.record.values)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        texts = (self.record.values[name] for name in FREE_TEXT if name in self.record.values)
        return tuple(part for text in texts for part in _SENTENCES.split(text) if part.strip())

    @cached_property
    def years(self) -> frozenset[int]:
        return frozenset(year for found in self.all for moment in found.moments for year in dates.years_of(moment))

    @cached_property
    def currencies(self) -> frozenset[str]:
        return frozenset(number.unit for found in self.all for number in found.numbers if number.is_money)


class Grounds:
    """The records of one deal that statements are held against. `records` by the refs that the statements use.

    What reads like an order to a machine bears out nothing, unless its key is among the `cleared`.
    """

    def __init__(self, records: Mapping[str, Evidence], cleared: Collection[str] = ()) -> None:
        self._cleared = frozenset(cleared)
        self.records = {ref: replace(record, ref=ref) for ref, record in records.items()}
        self.indexes = {ref: Index(record) for ref, record in self.records.items()}
        self.people: tuple[Known, ...] = known_people(list(self.records.values()))
        self.values = {(ref, name): value for ref, one in self.records.items() for name, value in one.values.items()}

    def check(self, claim: Claim) -> Checked:
        """The statement rendered, with every fault found; one without faults may be shown."""
        text = rendering.render(claim.text, self.values)
        unknown = [ref for ref in claim.evidence if ref not in self.records]
        if unknown:
            return Checked(claim=claim, text=text, faults=(Fault(kind=Kind.UNKNOWN_RECORD, detail=", ".join(unknown)),))
        if len(text) > MOST_RENDERED:
            return Checked(claim=claim, text=text[:MOST_RENDERED], faults=(Fault(kind=Kind.TOO_LONG),))
        cited = [self.indexes[ref] for ref in dict.fromkeys(claim.evidence)]
        faults = [*self._orders(cited), *self._placeholders(claim), *self._atoms(text, cited)]
        quoted = self._quoted(claim, cited)
        faults += self._quote(claim, text, cited, quoted)
        faults += self._generic(claim, text)
        return Checked(
            claim=claim, text=text, faults=tuple(dict.fromkeys(faults)), quoted=quoted.record.ref if quoted else ""
        )

    def _orders(self, cited: Sequence[Index]) -> Iterable[Fault]:
        for index in cited:
            if index.gives_orders and index.record.key not in self._cleared:
                yield Fault(kind=Kind.ORDERS, detail=index.record.ref)

    # Placeholders

    def _placeholders(self, claim: Claim) -> Iterable[Fault]:
        for ref, name in rendering.placeholders(claim.text):
            if ref not in claim.evidence:
                yield Fault(kind=Kind.MISCITED, detail=f"{{{ref}.{name}}}")
            elif name in FREE_TEXT or (ref, name) not in self.values:
                yield Fault(kind=Kind.UNKNOWN_FIELD, detail=f"{{{ref}.{name}}}")
        if rendering.has_stray_brace(claim.text):
            yield Fault(kind=Kind.UNKNOWN_FIELD, detail="a brace that belongs to no placeholder")

    # Atoms

    def _atoms(self, text: str, cited: Sequence[Index]) -> Iterable[Fault]:
        everywhere = list(self.indexes.values())
        for detail, is_in in _wanted(text):
            if not is_in(cited):
                kind = Kind.MISCITED if is_in(everywhere) else Kind.INVENTED
                yield Fault(kind=kind, detail=detail)

    # Quotes, and what only they can prove

    def _quoted(self, claim: Claim, cited: Sequence[Index]) -> Index | None:
        wanted = _folded(claim.quote)
        if len(wanted.split()) < LEAST_QUOTE_WORDS:
            return None
        return next((index for index in cited if wanted in index.quotable), None)

    def _quote(self, claim: Claim, text: str, cited: Sequence[Index], quoted: Index | None) -> Iterable[Fault]:
        own_words = rendering.literal(claim.text)
        if claim.quote and quoted is None:
            yield Fault(kind=Kind.QUOTE, detail=claim.quote[:80])
        elif quoted is not None:
            source = _around(claim.quote, quoted)
            if contradicts(own_words, source):
                yield Fault(kind=Kind.POLARITY, detail=", ".join(sorted(polarity(own_words) ^ polarity(source))))
            yield from self._persons(text, source, quoted)
        elif polarity(own_words) or any(index.record.is_happening for index in cited):
            yield Fault(kind=Kind.UNQUOTED)

    def _persons(self, text: str, source: str, quoted: Index) -> Iterable[Fault]:
        named = people_in(text, self.people)
        meant = people_in(source, self.people)
        authors = people_in(quoted.record.values.get("from", ""), self.people)
        allowed = meant | authors if meant else taking_part(quoted.record, self.people)
        for ref in sorted(named - allowed):
            yield Fault(kind=Kind.PERSON, detail=self.records[ref].values.get("name", ref))
        if _PART.search(text):
            yield from self._strangers(text)

    def _strangers(self, text: str) -> Iterable[Fault]:
        """Nobody gets a part in the deal by a text alone: names there must stand in a field of some record."""
        fields = [(name, one.words) for index in self.indexes.values() for name, one in index.by_field.items()]
        known = [(name, words) for name, words in fields if name not in FREE_TEXT]
        for run in names(atoms(text)):
            is_title = all(word.text.isupper() and len(word.text) <= _LONGEST_TITLE for word in run)
            if not is_title and not _stands(run, known):
                yield Fault(kind=Kind.PERSON, detail=f"{' '.join(word.text for word in run)} is not known in this deal")

    def _generic(self, claim: Claim, text: str) -> Iterable[Fault]:
        if not claim.quote and not rendering.placeholders(claim.text) and not any(_wanted(text)):
            yield Fault(kind=Kind.GENERIC)


# Whether an atom stands in any of some records.
Lookup = Callable[[Sequence[Index]], bool]


def _wanted(text: str) -> Iterable[tuple[str, Lookup]]:
    """Every atom of a text with the way to look it up."""
    found = atoms(text)
    plain: list[tuple[str, Callable[[Atoms], bool]]] = [
        *((email, partial(_has_email, email)) for email in sorted(found.emails)),
        *((url, partial(_has_url, url)) for url in sorted(found.urls)),
        *((phone, partial(_has_phone, phone)) for phone in sorted(found.phones)),
        *((f"{hour}:{minute:02}", partial(_has_time, (hour, minute))) for hour, minute in sorted(found.times)),
        *((code, partial(_has_code, code)) for code in sorted(found.codes)),
    ]
    yield from ((text, Finder(is_in)) for text, is_in in plain)
    yield from ((moment.text, MomentFinder(moment)) for moment in found.moments)
    yield from ((number.text, NumberFinder(number)) for number in found.numbers)
    yield from ((" ".join(word.text for word in run), NameFinder(run)) for run in names(found))


class Finder:
    """Looks for one atom in any field of any of the records."""

    def __init__(self, is_in: Callable[[Atoms], bool]) -> None:
        self._is_in = is_in

    def __call__(self, cited: Sequence[Index]) -> bool:
        return any(self._is_in(one) for index in cited for one in index.all)


class MomentFinder:
    def __init__(self, moment: dates.Moment) -> None:
        self._moment = moment

    def __call__(self, cited: Sequence[Index]) -> bool:
        years = frozenset().union(*(index.years for index in cited))
        known = (moment for index in cited for one in index.all for moment in one.moments)
        return any(dates.supports(moment, self._moment, years) for moment in known)


class NumberFinder:
    def __init__(self, number: numbers.Number) -> None:
        self._number = number

    def __call__(self, cited: Sequence[Index]) -> bool:
        currencies = frozenset().union(*(index.currencies for index in cited))
        known = (number for index in cited for one in index.all for number in one.numbers)
        return self._is_year(cited) or any(numbers.supports(one, self._number, currencies) for one in known)

    def _is_year(self, cited: Sequence[Index]) -> bool:
        years = frozenset().union(*(index.years for index in cited))
        return not self._number.unit and bool({int(value) for value in self._number.values} & years)


class NameFinder:
    """Looks for a run of names as it stands: "Ada Lind" is not in "Ada Okafor, Tom Lind"."""

    def __init__(self, run: Sequence[Word]) -> None:
        self._run = run

    def __call__(self, cited: Sequence[Index]) -> bool:
        fields = [(name, one.words) for index in cited for name, one in index.by_field.items()]
        if _stands(self._run, fields):
            return True
        titles = [(name, words) for name, words in fields if name in _NO_PERSON]
        for cut in range(1, len(self._run)):
            left, right = self._run[:cut], self._run[cut:]
            if (_stands(left, titles) and _stands(right, fields)) or (_stands(left, fields) and _stands(right, titles)):
                return True
        # An ordinary word that only opens the sentence, written small in the record.
        return (
            len(self._run) > 1
            and self._run[0].is_opening
            and _is_small(self._run[0], fields)
            and NameFinder(self._run[1:])(cited)
        )


def _stands(run: Sequence[Word], fields: Sequence[tuple[str, tuple[Word, ...]]]) -> bool:
    return any(_stands_in(run, words) for _, words in fields)


def _stands_in(run: Sequence[Word], words: Sequence[Word]) -> bool:
    for start in range(len(words) - len(run) + 1):
        part = words[start : start + len(run)]
        if all(_same(one, other) for one, other in zip(run, part, strict=True)) and all(w.follows for w in part[1:]):
            return True
    return False


def _same(said: Word, known: Word) -> bool:
    if said.keys & known.keys:
        # "Will" is somebody only where the record writes it so.
        return known.is_capital or said.keys.isdisjoint(NAME_LIKE)
    return said.text.endswith(".") and len(said.key) == 1 and known.is_capital and known.key.startswith(said.key)


def _is_small(word: Word, fields: Sequence[tuple[str, tuple[Word, ...]]]) -> bool:
    return any(word.keys & other.keys and not other.is_capital for _, words in fields for other in words)


def _has_email(email: str, one: Atoms) -> bool:
    return email in one.emails


def _has_url(url: str, one: Atoms) -> bool:
    return url in one.urls or url in {email.rpartition("@")[2] for email in one.emails}


def _has_phone(phone: str, one: Atoms) -> bool:
    written_as_number = (str(int(v)) for number in one.numbers for v in number.values if v >= 10**6)
    return any(same_phone(phone, other) for other in (*one.phones, *written_as_number))


def _has_time(time: tuple[int, int], one: Atoms) -> bool:
    return time in one.times


def _has_code(code: str, one: Atoms) -> bool:
    return code in one.codes


def _folded(text: str) -> str:
    """Text for comparing quotes: accents, case, quotation marks and blanks don't count."""
    words = (min(folded(word)) for word in text.replace("—", "-").replace("–", "-").split())
    return " ".join(word.strip("\"'“”„«».,;:!?()[]") for word in words if word.strip("\"'“”„«».,;:!?()[]"))


def _around(quote: str, quoted: Index) -> str:
    """The sentences of the record that hold the quote: a quote cut short can't hide the "not" before it."""
    wanted = _folded(quote)
    sentences = quoted.sentences
    for length in range(1, _MOST_REPEATS + 1):
        for start in range(len(sentences) - length + 1):
            part = " ".join(sentences[start : start + length])
            if wanted in _folded(part):
                return part
    return " ".join(sentences)
