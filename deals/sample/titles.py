"""What people at customers do: titles in two spellings, their level, and the part they play in buying."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, kw_only=True)
class Title:
    """A job; `level` is c, vp, director, manager or staff; `role` the HubSpot buying role that goes with it."""

    text: str
    otherwise: str
    level: str
    department: str
    role: str


def _title(line: str) -> Title:
    text, otherwise, level, department, role = line.split("|")
    return Title(text=text, otherwise=otherwise or text, level=level, department=department, role=role)


TITLES: tuple[Title, ...] = tuple(
    map(
        _title,
        (
            "Chief Operating Officer|COO|c|Operations|Budget Holder",
            "Managing Director|Managing Dir.|c|Management|Decision Maker",
            "Chief Financial Officer|CFO|c|Finance|Budget Holder",
            "VP Operations|Vice President, Operations|vp|Operations|Decision Maker",
            "VP Field Services|Vice President Field Service|vp|Service|Decision Maker",
            "Director of Maintenance|Maintenance Director|director|Maintenance|Decision Maker",
            "Director IT|IT Director|director|IT|Influencer",
            "Head of Service|Service Lead|director|Service|Champion",
            "Head of Procurement|Procurement Lead|director|Procurement|Blocker",
            "Head of Asset Management|Asset Management Lead|director|Maintenance|Champion",
            "Operations Manager|Ops Manager|manager|Operations|Champion",
            "Maintenance Manager|Mgr Maintenance|manager|Maintenance|Champion",
            "Plant Manager|Works Manager|manager|Production|Decision Maker",
            "Fleet Manager|Manager, Fleet|manager|Operations|End User",
            "IT Manager|Manager IT|manager|IT|Influencer",
            "Finance Manager|Manager Finance|manager|Finance|Influencer",
            "Facilities Manager|Facility Manager|manager|Facilities|End User",
            "Procurement Manager|Purchasing Manager|manager|Procurement|Blocker",
            "Quality Manager|QA Manager|manager|Quality|Influencer",
            "Project Manager|Sr. Project Manager|manager|Projects|Influencer",
            "Dispatcher|Dispatch Coordinator|staff|Service|End User",
            "Service Planner|Planner, Field Service|staff|Service|End User",
            "Maintenance Engineer|Engineer Maintenance|staff|Maintenance|End User",
            "Business Analyst|Sr Business Analyst|staff|IT|Influencer",
            "Buyer|Senior Buyer|staff|Procurement|Blocker",
            "Office Manager|Office Mgr|staff|Administration|Other",
            "Team Lead Dispatch|Teamleader Dispatch|staff|Service|Champion",
            "Health & Safety Officer|H&S Officer|staff|Quality|Influencer",
            "SAP Consultant|SAP PM Consultant|staff|IT|Influencer",
            "Controller|Financial Controller|staff|Finance|Influencer",
        ),
    )
)
_WEIGHTS = tuple({"c": 3, "vp": 4, "director": 4, "manager": 5, "staff": 3}[title.level] for title in TITLES)


def draw(rng: Random) -> Title:
    """Any title, middle managers most often."""
    return rng.choices(TITLES, _WEIGHTS)[0]
