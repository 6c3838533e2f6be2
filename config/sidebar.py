"""The sidebar: seven places for everybody, the rest under Operator. Shows only what exists and the user may see."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from governance.pages import may


@dataclass(frozen=True, kw_only=True)
class Place:
    """One link: the URL names to try in turn, the right needed to see it, and a dotted function for its number.

    It is marked on the page it leads to, on those below, and on those below `parts`.
    """

    title: str
    icon: str
    urls: tuple[str, ...]
    right: str = ""
    badge: str = ""
    parts: tuple[str, ...] = ()


MAIN = (
    Place(title="Home", icon="home", urls=("admin:index",)),
    Place(
        title="Import",
        icon="upload_file",
        urls=("import_files", "admin:pipeline_batch_changelist"),
        right="pipeline.view_batch",
    ),
    Place(
        title="Review",
        icon="rule",
        urls=("review", "admin:pipeline_review_changelist"),
        right="pipeline.view_review",
        badge="config.home.open_questions",
    ),
    Place(
        title="Deals",
        icon="handshake",
        urls=("deals", "admin:deals_deal_changelist"),
        right="deals.view_deal",
        parts=("/deals/deal/", "/quarter/", "/week/"),
    ),
    Place(
        title="Leads",
        icon="person_search",
        urls=("leads", "admin:leads_lead_changelist"),
        right="leads.view_lead",
        parts=("/leads/",),
    ),
    Place(
        title="Money",
        icon="payments",
        urls=("money", "admin:governance_budget_changelist"),
        right="governance.view_budget",
    ),
    Place(
        title="Plan", icon="fact_check", urls=("plan", "admin:governance_plan_changelist"), right="governance.view_plan"
    ),
)
RECORDS = (
    Place(title="Duplicates", icon="join_inner", urls=("duplicates",), right="deals.view_contact"),
    Place(title="Accounts", icon="apartment", urls=("admin:deals_account_changelist",), right="deals.view_account"),
    Place(title="Contacts", icon="contacts", urls=("admin:deals_contact_changelist",), right="deals.view_contact"),
    Place(
        title="Activities", icon="event_note", urls=("admin:deals_activity_changelist",), right="deals.view_activity"
    ),
)
OPERATOR = (
    Place(
        title="Runs",
        icon="play_circle",
        urls=("admin:pipeline_run_changelist",),
        right="pipeline.view_run",
        parts=("/runs/",),
    ),
    Place(
        title="Files",
        icon="description",
        urls=("admin:pipeline_importfile_changelist",),
        right="pipeline.view_importfile",
    ),
    Place(title="Rows", icon="table_rows", urls=("admin:pipeline_row_changelist",), right="pipeline.view_row"),
    Place(
        title="Decisions", icon="gavel", urls=("admin:pipeline_decision_changelist",), right="pipeline.view_decision"
    ),
    Place(title="Answers", icon="how_to_reg", urls=("admin:pipeline_answer_changelist",), right="pipeline.view_answer"),
    Place(
        title="Attempts",
        icon="receipt_long",
        urls=("admin:governance_attempt_changelist",),
        right="governance.view_attempt",
        parts=("/attempts/",),
    ),
    Place(
        title="Models",
        icon="memory",
        urls=("admin:governance_languagemodel_changelist",),
        right="governance.view_languagemodel",
    ),
    Place(title="Colleagues", icon="badge", urls=("admin:deals_colleague_changelist",), right="deals.view_colleague"),
    Place(title="Signals", icon="notification_important", urls=("signals",), right="deals.view_signalsettings"),
    Place(
        title="Exchange rates",
        icon="currency_exchange",
        urls=("admin:deals_exchangerate_changelist",),
        right="deals.view_exchangerate",
    ),
    Place(title="Sources", icon="database", urls=("admin:pipeline_source_changelist",), right="pipeline.view_source"),
    Place(
        title="Background jobs", icon="schedule", urls=("admin:django_q_ormq_changelist",), right="django_q.view_ormq"
    ),
    Place(title="Users", icon="group", urls=("admin:auth_user_changelist",), right="auth.view_user"),
)


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The groups of links for the user of `request`, in the theme's form."""
    groups = (("", MAIN, False), ("Records", RECORDS, False), ("Operator", OPERATOR, True))
    return [
        {"title": title, "separator": bool(title), "collapsible": is_collapsible, "items": items}
        for title, places, is_collapsible in groups
        if (items := [item for place in places if (item := _link(place, request))])
    ]


def _link(place: Place, request: HttpRequest) -> dict[str, Any] | None:
    if place.right and not may(request, place.right):
        return None
    address = _address(place.urls)
    if address is None:
        return None
    return {
        "title": place.title,
        "icon": place.icon,
        "link": address,
        "active": _is_here(place, address, request),
        **_badge(place, request),
    }


def _is_here(place: Place, address: str, request: HttpRequest) -> bool:
    # Every address lies below that of Home.
    if address == reverse("admin:index"):
        return request.path == address
    return request.path.startswith(address) or request.path_info.startswith(place.parts)


def _badge(place: Place, request: HttpRequest) -> dict[str, Any]:
    number = import_string(place.badge)(request) if place.badge else 0
    return {"badge": f"{number:,}", "badge_variant": "primary"} if number else {}


def _address(names: tuple[str, ...]) -> str | None:
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return None
