"""Salesforce: the tables of its data export (and of tools that write the same columns)."""

from collections.abc import Mapping
from typing import Any

from deals.imports.formats.layout import columns, joined
from deals.imports.formats.message_head import with_people
from pipeline.ingest.formats import Emit, Format

SYSTEM = "Salesforce"
_NULL_IDS = frozenset({"000000000000000AAA", "000000000000000"})
_CHECKSUM_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"

# What an id's first three characters say its record is.
_CONTACT, _ACCOUNT, _DEAL = "003", "001", "006"


def full_id(text: str) -> str:
    """The 18-character form of an id: reports give 15 characters, where upper and lower case differ.

    Each of the last three characters encodes which of five characters are capitals.
    """
    if len(text) != 15 or not (text.isascii() and text.isalnum()):
        return text
    blocks = (text[0:5], text[5:10], text[10:15])
    return text + "".join(
        _CHECKSUM_LETTERS[sum(1 << place for place, letter in enumerate(block) if letter.isupper())] for block in blocks
    )


def _table(name: str, label: str, needs: tuple[str, ...], emit: Emit | None, **more: Any) -> Format:
    return Format(
        name=f"salesforce_{name}",
        label=label,
        system=SYSTEM,
        needs=needs,
        hints=("SystemModstamp", "LastModifiedById", "CreatedById", "IsDeleted", "CurrencyIsoCode"),
        emits=(emit,) if emit else (),
        null_values=_NULL_IDS,
        time_zone="UTC",
        deleted_column="IsDeleted",
        read_id=full_id,
        **more,
    )


def _skipped(name: str, label: str, needs: tuple[str, ...], reason: str) -> Format:
    return _table(name, label, needs, None, skip_reason=reason)


_ACCOUNTS = Emit(
    kind="account",
    key="Id",
    columns=columns(
        name="Name", domain="Website", phone="Phone", street=("BillingStreet", "ShippingStreet"),
        city=("BillingCity", "ShippingCity"), state=("BillingState", "ShippingState"),
        postcode=("BillingPostalCode", "ShippingPostalCode"), country=("BillingCountry", "ShippingCountry"),
        industry="Industry", employees="NumberOfEmployees", revenue="AnnualRevenue", parent_key="ParentId",
        owner="OwnerId", description="Description", type="Type", linkedin="LinkedIn__c", created_at="CreatedDate",
        modified_at="LastModifiedDate", last_activity_at="LastActivityDate",
    ),
)  # fmt: skip

_CONTACTS = Emit(
    kind="contact",
    key="Id",
    columns=columns(
        given_name="FirstName", family_name="LastName", full_name="Name", email="Email", phone=("Phone", "OtherPhone"),
        mobile=("MobilePhone", "HomePhone"), title="Title", department="Department", account_key="AccountId",
        street=("MailingStreet", "OtherStreet"), city=("MailingCity", "OtherCity"), state=("MailingState",
        "OtherState"),
        postcode=("MailingPostalCode", "OtherPostalCode"), country=("MailingCountry", "OtherCountry"),
        linkedin="LinkedIn__c", owner="OwnerId", source="LeadSource", opted_out="HasOptedOutOfEmail",
        description="Description", created_at="CreatedDate", modified_at="LastModifiedDate",
        last_activity_at="LastActivityDate", bounced="EmailBouncedReason",
    ),
)  # fmt: skip

_OPPORTUNITIES = Emit(
    kind="deal",
    key="Id",
    columns=columns(
        name="Name", stage="StageName", account_key="AccountId", contact_keys="ContactId", amount="Amount",
        currency="CurrencyIsoCode", close_date="CloseDate", created_at="CreatedDate", owner="OwnerId",
        next_step="NextStep", forecast_category=("ForecastCategoryName", "ForecastCategory"), probability="Probability",
        is_closed="IsClosed", is_won="IsWon", lost_reason=("Loss_Reason__c", "LossReason__c"), type="Type",
        source="LeadSource", description="Description", modified_at="LastModifiedDate",
        last_activity_at="LastActivityDate", last_stage_change_at="LastStageChangeDate",
    ),
)  # fmt: skip

_STAGE_CHANGES = Emit(
    kind="stage_change",
    key="Id",
    columns=columns(
        deal_key="OpportunityId", stage="StageName", previous_stage="FromOpportunityStageName", amount="Amount",
        previous_amount="PrevAmount", currency="CurrencyIsoCode", probability="Probability", close_date="CloseDate",
        previous_close_date="PrevCloseDate", forecast_category="ForecastCategory", changed_at="CreatedDate",
        changed_by="CreatedById",
    ),
)  # fmt: skip


def _linked(values: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    """Who and what an activity is about: the first characters of an id tell which kind of record it names."""
    linked = dict(values)
    what, who = full_id(row.get("whatid", "")), full_id(row.get("whoid", ""))
    if what.startswith(_DEAL):
        linked["deal_key"] = what
    elif what.startswith(_ACCOUNT):
        linked["account_key"] = what
    if who.startswith(_CONTACT):
        linked["contact_keys"] = [who]
    return linked


def _task(values: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    task = _linked(values, row)
    if "direction" in task or row.get("calldisposition"):
        task["kind"] = "call"
        # That the task is done says nothing about whether anybody picked up.
        task["status"] = row.get("calldisposition") or task.get("status", "")
    elif row.get("emailmessageid"):
        task["kind"] = "email"
    if row.get("isclosed"):
        task["is_future"] = row["isclosed"].casefold() in ("0", "false")
    return with_people(task) if task.get("kind") == "email" else task


def _event(values: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    event = _linked(values, row)
    minutes = row.get("durationinminutes", "")
    if minutes.isascii() and minutes.isdigit():
        event["duration_s"] = str(60 * int(minutes[:7]))
    return event


_TASKS = Emit(
    kind="activity",
    key="Id",
    constants={"kind": "task"},
    columns=columns(
        kind=("TaskSubtype", "Type"), direction="CallType", subject="Subject", body="Description",
        happened_at=("CompletedDateTime", "ActivityDate", "CreatedDate"), duration_s="CallDurationInSeconds",
        account_key="AccountId", owner="OwnerId", status="Status", created_at="CreatedDate",
    ),
    refine=_task,
)  # fmt: skip

_EVENTS = Emit(
    kind="activity",
    key="Id",
    constants={"kind": "meeting"},
    columns=columns(
        subject="Subject", body="Description", happened_at=("ActivityDateTime", "StartDateTime", "ActivityDate"),
        ended_at="EndDateTime", account_key="AccountId", owner="OwnerId", created_at="CreatedDate",
    ),
    refine=_event,
)  # fmt: skip


def _user(values: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    name = joined(row.get("firstname"), row.get("lastname")) or values.get("name")
    return {**values, "name": name} if name else dict(values)


_USERS = Emit(
    kind="colleague",
    key="Id",
    columns=columns(
        name="Name", email="Email", title="Title", department="Department", manager_key="ManagerId",
        region="Division", phone=("Phone", "MobilePhone"), is_active="IsActive",
    ),
    refine=_user,
)  # fmt: skip

_ACTIVITY_LINKS = "Links between activities and people are read from the activities themselves."

FORMATS = (
    _table("account", "Salesforce accounts", ("Id", "Name", "BillingCity", "OwnerId"), _ACCOUNTS),
    _table("contact", "Salesforce contacts", ("Id", "AccountId", "LastName", "ReportsToId", "OwnerId"), _CONTACTS),
    _table(
        "opportunity",
        "Salesforce opportunities",
        ("Id", "AccountId", "StageName", "CloseDate", "OwnerId"),
        _OPPORTUNITIES,
    ),
    _table(
        "opportunityhistory",
        "Salesforce opportunity history",
        ("Id", "OpportunityId", "StageName", "CreatedDate"),
        _STAGE_CHANGES,
    ),
    _table("task", "Salesforce tasks", ("Id", "WhoId", "WhatId", "Subject", "Status", "ActivityDate"), _TASKS),
    _table("event", "Salesforce events", ("Id", "WhoId", "WhatId", "Subject", "ActivityDateTime"), _EVENTS),
    _table("user", "Salesforce users", ("Id", "Username", "LastName", "ProfileId"), _USERS),
    _skipped(
        "emailmessage",
        "Salesforce e-mail messages",
        ("Id", "FromAddress", "ToAddress", "MessageDate", "Subject"),
        "E-mails are read from the tasks that stand for them.",
    ),
    _skipped(
        "campaign", "Salesforce campaigns", ("Id", "Name", "NumberOfLeads", "IsActive"), "Campaigns are not kept here."
    ),
    _skipped("eventrelation", "Salesforce event relations", ("Id", "RelationId", "EventId"), _ACTIVITY_LINKS),
    _skipped("taskrelation", "Salesforce task relations", ("Id", "RelationId", "TaskId"), _ACTIVITY_LINKS),
)
