"""The sample company: export files of two CRMs and a network, and which of their records mean the same."""

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from deals.sample import attendees, hubspot, hubspot_activities, leads, linkedin, salesforce, salesforce_deals
from deals.sample.account_records import AccountRecord
from deals.sample.contact_records import ContactRecord
from deals.sample.people import DOUBTFUL
from deals.sample.world import World, build_world

# (kind, left id, right id): kind is account or contact; the left record stands in the file imported earlier.
Link = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Two contacts' record ids that only a person (or a model) can judge, why, and the truth about them."""

    left_id: str
    right_id: str
    story: str
    is_same: bool


@dataclass(frozen=True, kw_only=True)
class Sample:
    """File name → CSV bytes in import order; all pairs of records that mean one account or contact; the hard ones."""

    files: dict[str, bytes]
    truth: tuple[Link, ...]
    doubts: tuple[Doubt, ...] = ()


def build(*, as_of: date, scale: int = 1, seed: int = 7) -> Sample:
    """The exports as of a day: 60 firms, 250 people, 80 deals and 2,000 activities, times `scale` (1 up to 100).

    The same arguments give the same bytes. HubSpot's files come first, then Salesforce's, then LinkedIn's.
    """
    world = build_world(as_of=as_of, scale=scale, seed=seed)
    connections, connected = linkedin.file(world, seed=seed)
    files = {
        **hubspot.files(world),
        **hubspot_activities.files(world),
        **salesforce.files(world),
        **salesforce_deals.files(world),
        "Connections.csv": connections,
    }
    mentions = _mentions(world.contacts)
    truth = _account_links(world.accounts) + _contact_links(mentions)
    truth += [("contact", left, url) for person, url in connected for left in mentions[person.key]]
    return Sample(files=files, truth=tuple(truth), doubts=tuple(_doubts(world)))


def build_second(*, as_of: date, scale: int = 1, seed: int = 7) -> Sample:
    """A trade fair's list for a later import: 40 people × `scale`, linked to the records of `build` by their badge."""
    world = build_world(as_of=as_of, scale=scale, seed=seed)
    fair = attendees.file(world, scale=scale, seed=seed)
    mentions = _mentions(world.contacts)
    truth = [("contact", left, badge) for badge, person in fair.badges for left in mentions[person.key]]
    doubts = [
        Doubt(left_id=left, right_id=badge, story="trade_fair", is_same=True)
        for _, left, badge in truth
        if badge in fair.doubtful
    ]
    return Sample(files={attendees.FILE_NAME: fair.content}, truth=tuple(truth), doubts=tuple(doubts))


def build_leads(*, as_of: date, scale: int = 1, seed: int = 7) -> dict[str, bytes]:
    """Lead lists of the same vendor, file name → CSV bytes: 164 leads × `scale`, and what some of them did."""
    return leads.files(build_world(as_of=as_of, scale=scale, seed=seed), scale=scale, seed=seed)


def truth_csv(sample: Sample) -> bytes:
    """The links as a CSV with the columns kind, left_id and right_id."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("kind", "left_id", "right_id"))
    writer.writerows(sample.truth)
    return buffer.getvalue().encode()


def _mentions(contacts: list[ContactRecord]) -> dict[int, list[str]]:
    """Record ids by person, HubSpot's before Salesforce's."""
    mentions: dict[int, list[str]] = defaultdict(list)
    for record in contacts:
        mentions[record.person.key].append(record.id)
    return mentions


def _account_links(accounts: list[AccountRecord]) -> list[Link]:
    mentions: dict[int, list[str]] = defaultdict(list)
    for record in accounts:
        mentions[record.firm.key].append(record.id)
    return [("account", left, right) for ids in mentions.values() for left, right in combinations(ids, 2)]


def _contact_links(mentions: dict[int, list[str]]) -> list[Link]:
    return [("contact", left, right) for ids in mentions.values() for left, right in combinations(ids, 2)]


def _doubts(world: World) -> list[Doubt]:
    """The pair each doubtful story is about; duplicates within one CRM are another matter."""
    first = {(r.person.key, r.system): r.id for r in world.contacts if not r.is_duplicate}
    doubts: list[Doubt] = []
    for person in world.people:
        story, _, side = person.story.partition("/")
        if story not in DOUBTFUL or side == "hubspot":
            continue
        other = person.key if person.other is None else person.other
        doubts.append(
            Doubt(
                left_id=first[other, "hubspot"],
                right_id=first[person.key, "salesforce"],
                story=story,
                is_same=other == person.key,
            )
        )
    return doubts
