"""Invented deals whose records are written in many styles, faithful statements about them, and corrupted ones."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from deals.briefs.claims import Claim
from deals.briefs.evidence import Evidence, evidence

GIVEN = (
    "Ada", "Björn", "Chloé", "Dmitri", "Eun-ji", "Fatima", "Giulia", "Håkon", "Inês", "João", "Katarzyna", "Li",
    "Mark", "Nguyệt", "Olu", "Priya", "Rosa", "Søren", "Tomáš", "Will", "Xiaoyu", "Yusuf", "Zoë", "Anna-Lena",
    "Jean-Paul", "Grace", "Mohammed", "Sean", "Ingrid", "Paolo", "Beatriz", "Kwame", "Leszek", "May", "Rich",
)  # fmt: skip
FAMILY = (
    "Okafor", "Müller", "van der Berg", "O'Brien", "García-López", "de Souza", "Ivanova", "Nowak", "Kim", "Þórsson",
    "Al-Rashid", "Price", "Young", "Lindqvist", "D'Angelo", "Schmidt-Weber", "Tanaka", "McDonald", "Ng", "Fernández",
    "Brown", "Horváth", "Nwosu", "Bell", "Çelik", "Grünwald", "Ferrari", "Dubois", "Sørensen", "Wiśniewski",
)  # fmt: skip
STRANGERS = (
    "Bob Miller", "Alice Cooper", "Tanja Hoff", "Carlos Ruiz", "Wei Zhang", "Marek Dvořák", "Ebba Holm", "Ravi Menon",
    "Noor Haddad", "Peggy-Sue Lane", "L. Fontaine", "Hugo Stern", "Trent Wade", "Sofía Paz", "Ulrike Böhm", "Jo Frost",
    "Mo Salah-Din", "Kenji Mori", "Ana Vidal", "Oskar Lund", "Niamh Doyle", "Tess Archer", "Gus Hale", "Ida Vinter",
)  # fmt: skip
COMPANIES = (
    "Brightwater Foods", "Nordhavn Logistik", "Kestrel & Sons", "Alto Dente Group", "Steinfeld Anlagenbau",
    "Green Harbour Energy", "Tri-Star Metals", "Lumen Optics", "Orchard Row", "Vantage Rail", "Ocre Mining",
)  # fmt: skip
RIVALS = ("Fieldly", "OptiCrew", "Dispatchr", "Planwerk", "SureRoute", "Mandaro", "TaskHive", "Veloplan")
OTHER_RIVALS = ("Zenboard", "CrewLogic", "Rostera", "Plexity", "Fastlane Systems", "Quovia")
TITLES = ("COO", "Head of Service", "CFO", "Plant Manager", "IT Director", "Procurement Lead", "Operations Manager")
THINGS = (
    "a security review",
    "offline mode",
    "single sign-on",
    "a pilot in one depot",
    "shorter notice",
    "training on site",
)
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
CURRENCIES = {"EUR": "€", "USD": "$", "GBP": "£", "CHF": "CHF "}


@dataclass(frozen=True, kw_only=True)
class Person:
    given: str
    family: str
    title: str
    email: str
    phone: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


@dataclass(frozen=True, kw_only=True)
class Told:
    """A faithful statement and what it is made of: kind of atom → its text in the statement."""

    claim: Claim
    parts: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class World:
    """A deal's records by ref, its people, and the statements its records bear out."""

    records: dict[str, Evidence]
    people: tuple[Person, ...]
    told: tuple[Told, ...]
    currency: str


def day_in(style: int, day: date) -> str:
    month = MONTHS[day.month - 1]
    suffix = "th" if 10 < day.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return (
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        day.isoformat(),
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day} {month[:3]} {day.year}",
        f"{month} {day.day}{suffix}",
        f"{day.day}{suffix} of {month}",
        f"{day.day} {month}",
    )[style]


def money_in(style: int, amount: int, currency: str) -> str:
    sign = CURRENCIES[currency]
    thousands = f"{amount:,}"
    return (
        f"{sign}{thousands}",
        f"{thousands} {currency}",
        f"{currency} {thousands}",
        f"{sign}{amount // 1000}k",
        f"{currency} {thousands.replace(',', '.')}",
        f"{currency} {thousands.replace(',', ' ')}",
        f"{amount // 1000}k {currency}",
    )[style]


def percent_in(style: int, value: int) -> str:
    return (f"{value} %", f"{value}%", f"{value} percent", f"{value} per cent")[style]


def phone_in(style: int, digits: str) -> str:
    local = f"0{digits[2:]}"
    return (
        f"+{digits[:2]} {digits[2:5]} {digits[5:]}",
        f"+{digits[:2]} ({digits[2:5]}) {digits[5:8]}-{digits[8:]}",
        f"00{digits}",
        f"{local[:4]} {local[4:]}",
    )[style]


def build(rng: Random) -> World:
    """One deal with four people and nine things that happened."""
    people = _people(rng)
    currency = rng.choice(tuple(CURRENCIES))
    company, rival = rng.choice(COMPANIES), rng.choice(RIVALS)
    close = date(2026, 1, 1) + timedelta(days=rng.randrange(700))
    amount = rng.randrange(12, 990) * 1000
    records = {
        "deal:1": evidence(
            "deal", 1, 1, name=f"{company} – {rng.choice(('renewal', 'dispatch roll-out', 'Phase Two'))}",
            stage=rng.choice(("Proposal", "Discovery", "Negotiation")), amount=money_in(0, amount, currency),
            close_date=day_in(4, close),
        ),
        "account:1": evidence("account", 1, 1, name=company, city=rng.choice(("Leeds", "Graz", "Turin", "Malmö"))),
        **{
            f"contact:{i}": evidence("contact", i, i, name=one.name, title=one.title)
            for i, one in enumerate(people, 1)
        },
    }  # fmt: skip
    told: list[Told] = []
    for number in range(1, 10):
        kind = rng.choice(("email", "call", "meeting", "note"))
        writer = _Writer(rng, people, company, rival, currency, f"{kind}:{number}")
        record, statements = writer.happening(number, kind)
        records[record.ref] = record
        told += statements
    told += _structured(rng, records, currency, amount, close)
    return World(records=records, people=people, told=tuple(told), currency=currency)


def _people(rng: Random) -> tuple[Person, ...]:
    given, family = rng.sample(GIVEN, 4), rng.sample(FAMILY, 4)
    made = []
    for one, other in zip(given, family, strict=True):
        digits = f"{rng.choice((44, 49, 33, 46))}{rng.randrange(200, 999)}{rng.randrange(100000, 999999)}"
        local = "".join(c for c in f"{one}.{other}".lower().replace(" ", "") if c.isascii())
        email = f"{local}@{rng.choice(('brightwater', 'nordhavn', 'lumen-optics'))}.example"
        made.append(Person(given=one, family=other, title=rng.choice(TITLES), email=email, phone=digits))
    return tuple(made)


class _Writer:
    """Writes one record and statements that it bears out."""

    def __init__(self, rng: Random, people: tuple[Person, ...], company: str, rival: str, currency: str, ref: str):
        self.rng, self.people, self.company, self.rival, self.currency, self.ref = (
            rng, people, company, rival, currency, ref,
        )  # fmt: skip

    def happening(self, number: int, kind: str) -> tuple[Evidence, list[Told]]:
        topics = [
            self.wish, self.money, self.count, self.rivalry, self.reach, self.refusal, self.approval, self.talk,
            self.share,
        ]  # fmt: skip
        chosen = self.rng.sample(topics, 2)
        pairs = [topic() for topic in chosen]
        filler = ("Will call again.", "Short chat.", "See attachment.", "Good mood in the room.", "More next week.")
        sentences = [sentence for sentence, _ in pairs]
        sentences.insert(self.rng.randrange(3), self.rng.choice(filler))
        happened = date(2026, 1, 1) + timedelta(days=self.rng.randrange(300))
        record = evidence(
            kind, number, 100 + number, on=day_in(4, happened),
            subject=self.rng.choice(("Update", "Call", "Follow-up")),
            text=self.rng.choice((" ", "\n")).join(sentences),
        )  # fmt: skip
        statements = []
        for (sentence, options), _ in zip(pairs, chosen, strict=True):
            text, parts = self.rng.choice(options)
            statements.append(
                Told(
                    claim=Claim(slot="situation", text=text, evidence=[self.ref], quote=sentence.rstrip(".")),
                    parts=parts,
                )
            )
        return record, statements

    def who(self) -> tuple[Person, str]:
        """A person of the deal and one of the ways to name them."""
        one = self.rng.choice(self.people)
        return one, self.named(one)

    def named(self, one: Person) -> str:
        forms = [one.name, one.name, one.given]
        if not one.family.startswith(("van", "de ")):
            forms += [f"{one.given[0]}. {one.family}", one.family]
        return self.rng.choice(forms)

    def day(self) -> date:
        return date(2026, 1, 1) + timedelta(days=self.rng.randrange(600))

    def wish(self):
        one, thing, day = self.rng.choice(self.people), self.rng.choice(THINGS), self.day()
        style, own = self.rng.randrange(5), self.rng.randrange(8)
        named, when = self.named(one), day_in(own, day)
        parts = {"person": named, "date": when}
        return f"{one.name} wants {thing} before {day_in(style, day)}.", [
            (f"{named} wants {thing} before {when}.", parts),
            (f"Before {when}, {named} expects {thing}", parts),
            (f"A request for {thing}: {named}, by {when}.", parts),
        ]

    def money(self):
        amount, day = self.rng.randrange(12, 900) * 1000, self.day()
        said, when = money_in(self.rng.randrange(7), amount, self.currency), day_in(self.rng.randrange(8), day)
        written, until = money_in(self.rng.randrange(7), amount, self.currency), day_in(self.rng.randrange(5), day)
        source = f"Budget of {written} is there until {until}."
        parts = {"money": said, "date": when}
        return source, [
            (f"Budget of {said} is there until {when}.", parts),
            (f"They have {said} to spend by {when}", parts),
            (f"Until {when} a budget of {said} is set aside.", parts),
        ]

    def count(self):
        number, weeks = self.rng.randrange(14, 400), self.rng.choice(("three", "five", "eight", "nine"))
        digit = {"three": "3", "five": "5", "eight": "8", "nine": "9"}[weeks]
        said = self.rng.choice((weeks, digit))
        parts = {"number": str(number), "span": f"{said} weeks"}
        return f"About {number} technicians would use it, roll-out in {weeks} weeks.", [
            (f"Roll-out to {number} technicians in {said} weeks.", parts),
            (f"Some {number} people would use it within {said} weeks", parts),
        ]

    def share(self):
        value, day = self.rng.randrange(3, 60), self.day()
        said = percent_in(self.rng.randrange(4), value)
        weekday = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[day.weekday()]
        parts = {"percent": said, "weekday": weekday}
        return f"They ask for {percent_in(self.rng.randrange(4), value)} off and want an answer by {weekday}.", [
            (f"A discount of {said} is asked for, answer due on {weekday}.", parts),
            (f"They want {said} off by {weekday}", parts),
        ]

    def rivalry(self):
        one = self.rng.choice(self.people)
        named = self.named(one)
        parts = {"company": self.rival, "person": named}
        return f"{one.name} also looks at {self.rival}.", [
            (f"{named} also looks at {self.rival}.", parts),
            (f"{self.rival} is in the race, says {named}", parts),
            (f"Competing vendor: {self.rival} ({named}).", parts),
        ]

    def reach(self):
        one = self.rng.choice(self.people)
        named, phone = self.named(one), phone_in(self.rng.randrange(4), one.phone)
        parts = {"person": named, "email": one.email, "phone": phone}
        return f"Reach {one.name} at {one.email} or {phone_in(self.rng.randrange(3), one.phone)}.", [
            (f"{named} can be reached at {one.email} or {phone}.", parts),
            (f"Write to {one.email} or ring {phone} for {named}", parts),
        ]

    def refusal(self):
        one, thing = self.rng.choice(self.people), self.rng.choice(THINGS)
        named = self.named(one)
        parts = {"person": named, "negation": "not"}
        return f"{one.name} does not need {thing} this year.", [
            (f"{named} does not need {thing} this year.", parts),
            (f"{thing.capitalize()} is not needed this year, says {named}", parts),
        ]

    def approval(self):
        day = self.day()
        when = day_in(self.rng.randrange(8), day)
        parts = {"date": when, "verb": "approved"}
        return f"The board approved the paper on {day_in(self.rng.randrange(5), day)}.", [
            (f"The board approved the paper on {when}.", parts),
            (f"Their paper was approved by the board on {when}", parts),
        ]

    def talk(self):
        one, other = self.rng.sample(self.people, 2)
        hour, minute = self.rng.randrange(8, 18), self.rng.choice((0, 15, 30, 45))
        named, second = self.named(one), self.named(other)
        parts = {"person": named, "time": f"{hour}:{minute:02}"}
        return f"{one.name} and {other.name} meet us at {hour}:{minute:02}, room {self.rng.randrange(2, 90)}.", [
            (f"{named} and {second} meet us at {hour}:{minute:02}.", parts),
            (f"At {hour}:{minute:02} we meet {named} and {second}", parts),
        ]


def _structured(rng: Random, records: dict[str, Evidence], currency: str, amount: int, close: date) -> list[Told]:
    """Statements on the deal itself, with placeholders or literal."""
    said, when = money_in(rng.randrange(7), amount, currency), day_in(rng.randrange(8), close)
    company = records["account:1"].values["name"]
    return [
        Told(
            claim=Claim(
                slot="situation", text="{deal:1.amount} for {account:1.name}, to close on {deal:1.close_date}.",
                evidence=["deal:1", "account:1"],
            ),
            parts={"placeholder": "{deal:1.amount}"},
        ),
        Told(
            claim=Claim(slot="situation", text=f"{company}: {said}, closing {when}.", evidence=["deal:1", "account:1"]),
            parts={"money": said, "date": when, "company": company},
        ),
        Told(
            claim=Claim(slot="people", text="{contact:1.name} is {contact:1.title}.", evidence=["contact:1"]),
            parts={"placeholder": "{contact:1.name}"},
        ),
    ]  # fmt: skip


# Corruptions: each takes a faithful statement and returns a false one, or None where it does not apply.


def corrupt(world: World, told: Told, rng: Random) -> tuple[str, Claim] | None:
    """A false version of a statement with the name of what was done to it."""
    name = rng.choice(tuple(CORRUPTIONS))
    made = CORRUPTIONS[name](world, told, rng)
    return (name, made) if made is not None and made != told.claim else None


def _swapped(told: Told, part: str, new: str, **changes: object) -> Claim | None:
    old = told.parts.get(part)
    if old is None or old not in told.claim.text or old == new:
        return None
    text = told.claim.text.replace(old, new)
    return _changed(told.claim, text=text, **changes) if len(text) <= 240 else None


def _changed(claim: Claim, **changes: object) -> Claim:
    return claim.model_copy(update=changes)


def invented_person(world: World, told: Told, rng: Random) -> Claim | None:
    stranger = rng.choice(STRANGERS)
    known = {part for one in world.people for part in one.name.split()}
    parts = stranger.split()
    form = rng.choice(
        (stranger, parts[0] if not parts[0].endswith(".") else stranger, parts[-1], f"{parts[0][0]}. {parts[-1]}")
    )
    return None if set(form.split()) & known else _swapped(told, "person", form)


def wrong_surname(world: World, told: Told, rng: Random) -> Claim | None:
    one = _meant(world, told)
    if one is None:
        return None
    other = rng.choice([o.family for o in world.people if o.family != one.family] + [s.split()[-1] for s in STRANGERS])
    return _swapped(told, "person", f"{one.given} {other}")


def swapped_person(world: World, told: Told, rng: Random) -> Claim | None:
    others = _uninvolved(world, told)
    return _swapped(told, "person", rng.choice(others).name) if others else None


def wrongly_attributed(world: World, told: Told, rng: Random) -> Claim | None:
    """Another person of the deal by placeholder, properly cited: only who said it is wrong."""
    others = _uninvolved(world, told)
    if not others or "person" not in told.parts:
        return None
    ref = f"contact:{world.people.index(rng.choice(others)) + 1}"
    return _swapped(told, "person", f"{{{ref}.name}}", evidence=[*told.claim.evidence, ref])


def changed_number(world: World, told: Told, rng: Random) -> Claim | None:
    old = told.parts.get("number", "0")
    return _swapped(told, "number", str(int(old) + rng.choice((1, 7, 10, 100, -3))))


def changed_span(world: World, told: Told, rng: Random) -> Claim | None:
    return _swapped(
        told, "span", rng.choice(("six weeks", "2 weeks", "four months", "10 days", "two weeks", "ten years"))
    )


def changed_money(world: World, told: Told, rng: Random) -> Claim | None:
    taken = {int(v) for one in world.records.values() for v in _digits(" ".join(one.values.values()))}
    amount = rng.choice(
        [a for a in (7_000, 18_500, 95_000, 1_240_000, 333_000, 61_000) if a not in taken and a // 1000 not in taken]
    )
    return _swapped(told, "money", money_in(rng.choice((0, 1, 2, 5)), amount, world.currency))


def changed_currency(world: World, told: Told, rng: Random) -> Claim | None:
    old = told.parts.get("money", "")
    other = rng.choice([c for c in CURRENCIES if c != world.currency])
    for sign in (world.currency, CURRENCIES[world.currency].strip()):
        if sign in old:
            return _swapped(told, "money", old.replace(sign, other))
    return None


def changed_percent(world: World, told: Told, rng: Random) -> Claim | None:
    old = int("".join(c for c in told.parts.get("percent", "0") if c.isdigit()))
    return _swapped(told, "percent", percent_in(rng.randrange(4), old + rng.choice((1, 5, 40))))


def changed_date(world: World, told: Told, rng: Random) -> Claim | None:
    day = date(2026, 1, 1) + timedelta(days=rng.randrange(900))
    cited = " ".join(" ".join(world.records[ref].values.values()) for ref in told.claim.evidence)
    spellings = {day_in(style, day) for style in range(5)}
    return None if any(text in cited for text in spellings) else _swapped(told, "date", day_in(rng.randrange(8), day))


def changed_weekday(world: World, told: Told, rng: Random) -> Claim | None:
    cited = " ".join(" ".join(world.records[ref].values.values()) for ref in told.claim.evidence)
    days = [d for d in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday") if d not in cited]
    new = rng.choice(days)
    return None if _is_weekday_of_a_date(new, cited) else _swapped(told, "weekday", new)


def changed_time(world: World, told: Told, rng: Random) -> Claim | None:
    return _swapped(told, "time", rng.choice(("7:05", "19:20", "8:50 pm")))


def changed_email(world: World, told: Told, rng: Random) -> Claim | None:
    others = [one.email for one in world.people if one.email != told.parts.get("email")]
    return _swapped(told, "email", rng.choice([*others, "bob@evil.example", "ceo@brightwater.example"]))


def changed_phone(world: World, told: Told, rng: Random) -> Claim | None:
    digits = "".join(c for c in told.parts.get("phone", "") if c.isdigit())
    if not digits:
        return None
    place = rng.randrange(len(digits) - 7, len(digits))
    changed = f"{digits[:place]}{(int(digits[place]) + rng.randrange(1, 9)) % 10}{digits[place + 1 :]}"
    return _swapped(
        told,
        "phone",
        rng.choice((f"+{changed}" if not changed.startswith("0") else changed, f"{changed[:4]} {changed[4:]}")),
    )


def changed_company(world: World, told: Told, rng: Random) -> Claim | None:
    own = world.records["account:1"].values["name"]
    cited = " ".join(" ".join(world.records[ref].values.values()) for ref in told.claim.evidence)
    others = [one for one in (*OTHER_RIVALS, *RIVALS, *COMPANIES) if one != own and one not in cited]
    return _swapped(told, "company", rng.choice(others))


def planted_link(world: World, told: Told, rng: Random) -> Claim | None:
    extra = rng.choice((" See www.evil.example/x.", " More at https://evil.example.", " Details: pay-here.io"))
    return _changed(told.claim, text=told.claim.text.rstrip(".") + "." + extra)


def added_stranger(world: World, told: Told, rng: Random) -> Claim | None:
    """The statement is true; a sentence about somebody who stands in no record follows or goes before."""
    stranger = rng.choice(STRANGERS).split()[-1]
    if any(stranger in one.name for one in world.people):
        return None
    extra = rng.choice(
        (f"{stranger} decides.", f"The champion is {stranger}.", f"{stranger.upper()} signs.", f"{stranger}: yes.")
    )
    text = told.claim.text.rstrip(".")
    return _changed(told.claim, text=rng.choice((f"{text}. {extra}", f"{extra} {text}")))


def foreign_record(world: World, told: Told, rng: Random) -> Claim | None:
    return _changed(
        told.claim, evidence=[*told.claim.evidence, rng.choice(("note:99", "deal:2", "contact:7", "email:0"))]
    )


def wrong_record(world: World, told: Told, rng: Random) -> Claim | None:
    """A statement that cites another record of the same deal."""
    if told.claim.quote == "":
        return None
    others = [
        ref
        for ref, one in world.records.items()
        if ref not in told.claim.evidence and told.claim.quote not in one.values.get("text", "")
    ]
    return _changed(told.claim, evidence=[rng.choice(others)])


def negated(world: World, told: Told, rng: Random) -> Claim | None:
    text = told.claim.text
    for old, new in ((" wants ", " does not want "), (" wants ", " no longer wants "), (" is there ", " is not there "),
                     (" looks at ", " never looked at "), (" meet ", " won't meet "),
                     (" would use ", " refuse to use "),
                     (" is asked for", " is not asked for"), (" approved ", " has not approved "),
                     (" have ", " lack ")):  # fmt: skip
        if old in text and rng.random() < 0.7:
            return _changed(told.claim, text=text.replace(old, new, 1), quote=rng.choice((told.claim.quote, "")))
    return None


def affirmed(world: World, told: Told, rng: Random) -> Claim | None:
    """The "not" of the record is left out, with the whole quote, one cut short, or none."""
    if "negation" not in told.parts:
        return None
    text = told.claim.text.replace("does not need", "needs").replace("is not needed", "is needed")
    cut = told.claim.quote.split(" not ")[-1]
    return _changed(told.claim, text=text, quote=rng.choice((told.claim.quote, cut, "")))


def reversed_verb(world: World, told: Told, rng: Random) -> Claim | None:
    return _swapped(told, "verb", rng.choice(("rejected", "postponed", "declined", "cancelled", "stopped")))


def false_quote(world: World, told: Told, rng: Random) -> Claim | None:
    words = told.claim.quote.split()
    if len(words) < 4:
        return None
    words[rng.randrange(len(words))] = rng.choice(("surely", "tomorrow", "Bob", "99"))
    quote = " ".join(words)
    return None if quote == told.claim.quote else _changed(told.claim, quote=quote)


def invented_field(world: World, told: Told, rng: Random) -> Claim | None:
    return _swapped(
        told, "placeholder", rng.choice(("{deal:1.margin}", "{deal:9.amount}", "{contact:2.salary}", "{note:1.text}"))
    )


CORRUPTIONS = {
    made.__name__: made
    for made in (
        invented_person, wrong_surname, swapped_person, wrongly_attributed, changed_number, changed_span, changed_money,
        changed_currency, changed_percent, changed_date, changed_weekday, changed_time, changed_email, changed_phone,
        changed_company, planted_link, added_stranger, foreign_record, wrong_record, negated, affirmed, reversed_verb,
        false_quote, invented_field,
    )
}  # fmt: skip


def _meant(world: World, told: Told) -> Person | None:
    said = told.parts.get("person")
    return next((one for one in world.people if said and (said in one.name or said.split()[-1] == one.family)), None)


def _uninvolved(world: World, told: Told) -> list[Person]:
    text = " ".join(world.records[ref].values.get("text", "") for ref in told.claim.evidence)
    return [one for one in world.people if one.given not in text and one.family not in text]


def _digits(text: str) -> list[str]:
    return [
        part
        for part in "".join(c if c.isdigit() else " " for c in text.replace(",", "").replace(".", "")).split()
        if part
    ]


def _is_weekday_of_a_date(weekday: str, text: str) -> bool:
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    start = date(2025, 12, 1)
    days = (start + timedelta(days=i) for i in range(1200))
    return any(names[day.weekday()] == weekday and any(day_in(s, day) in text for s in range(5)) for day in days)
