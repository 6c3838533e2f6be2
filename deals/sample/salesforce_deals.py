"""The tables of Salesforce's data export about selling: Opportunity, OpportunityHistory, Task, Event."""

from collections.abc import Iterable, Iterator

from deals.sample import salesforce_headers as headers
from deals.sample.activity import Activity, location
from deals.sample.deals import Change, Deal
from deals.sample.ids import NULL_ID, salesforce_id
from deals.sample.pipelines import FORECAST_LABELS, LOST, SALESFORCE_STAGES, WON
from deals.sample.salesforce import day_stamp, stamp, trail, user_id
from deals.sample.table import all_quoted
from deals.sample.world import World


def files(world: World) -> dict[str, bytes]:
    """Opportunity.csv, OpportunityHistory.csv, Task.csv and Event.csv."""
    deals = world.deals_in("salesforce")
    done = world.activities_in("salesforce")
    return {
        "Opportunity.csv": all_quoted(headers.OPPORTUNITY, (_opportunity(deal, world) for deal in deals)),
        "OpportunityHistory.csv": all_quoted(headers.HISTORY, _history(deals)),
        "Task.csv": all_quoted(headers.TASK, _numbered("task", (_task(a) for a in done if a.kind != "meeting"))),
        "Event.csv": all_quoted(headers.EVENT, _numbered("event", (_event(a) for a in done if a.kind == "meeting"))),
    }


def _numbered(kind: str, rows: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    for number, row in enumerate(rows):
        row["Id"] = salesforce_id(kind, number)
        if row.get("Type") == "Email":
            row["EmailMessageId"] = salesforce_id("email", number)
        yield row


def _opportunity(deal: Deal, world: World) -> dict[str, str]:
    now, stage = deal.now, SALESFORCE_STAGES[deal.now.stage]
    last = world.dates.last.get(deal.id)
    moved = max(
        c.when for b, c in zip((None, *deal.changes), deal.changes, strict=False) if not b or b.stage != c.stage
    )
    return {
        "Id": deal.id,
        "IsDeleted": "0",
        "AccountId": deal.account.id,
        "IsPrivate": "0",
        "Name": deal.name,
        "StageName": stage.name,
        "StageSortOrder": str(now.stage + 1),
        "Amount": _money(now.amount),
        "Probability": str(stage.probability),
        "ExpectedRevenue": _money(now.amount and now.amount * stage.probability // 100),
        "CloseDate": day_stamp(now.close),
        "Type": deal.kind,
        "NextStep": deal.next_step,
        "IsClosed": str(int(deal.is_closed)),
        "IsWon": str(int(now.stage == WON)),
        "ForecastCategory": stage.forecast,
        "ForecastCategoryName": FORECAST_LABELS[stage.forecast],
        "CurrencyIsoCode": deal.currency,
        "CampaignId": NULL_ID,
        "HasOpportunityLineItem": "0",
        "Pricebook2Id": NULL_ID,
        "OwnerId": user_id(deal.owner),
        "Territory2Id": NULL_ID,
        "IsExcludedFromTerritory2Filter": "0",
        "LastActivityDate": day_stamp(last.date() if last else None),
        "LastStageChangeDate": stamp(moved),
        "FiscalYear": str(now.close.year),
        "FiscalQuarter": str((now.close.month + 2) // 3),
        "ContactId": deal.contacts[0].id if deal.plot.name != "stranger" else deal.contacts[-1].id,
        "Loss_Reason__c": deal.loss_reason if now.stage == LOST else "",
        **trail(deal.created, user_id(deal.owner), max(now.when, last or now.when)),
    }


def _history(deals: list[Deal]) -> Iterator[dict[str, str]]:
    number = 0
    for deal in deals:
        following = (*deal.changes[1:], None)
        before: Change | None = None
        for change, after in zip(deal.changes, following, strict=True):
            yield _change(deal, before, change, after, salesforce_id("history", number))
            before, number = change, number + 1


def _change(deal: Deal, before: Change | None, change: Change, after: Change | None, row_id: str) -> dict[str, str]:
    stage = SALESFORCE_STAGES[change.stage]
    previous = SALESFORCE_STAGES[before.stage] if before else None
    return {
        "Id": row_id,
        "OpportunityId": deal.id,
        "CreatedById": user_id(deal.owner),
        "CreatedDate": stamp(change.when),
        "CreatedDateForInsert": stamp(change.when),
        "StageName": stage.name,
        "Amount": _money(change.amount),
        "ExpectedRevenue": _money(change.amount and change.amount * stage.probability // 100),
        "CloseDate": day_stamp(change.close),
        "Probability": str(stage.probability),
        "FromForecastCategory": previous.forecast if previous else "",
        "ForecastCategory": stage.forecast,
        "PrevForecastUpdate": stamp(before.when if before else deal.created),
        "FromOpportunityStageName": previous.name if previous else "",
        "PrevOpportunityStageUpdate": stamp(before.when if before else deal.created),
        "CurrencyIsoCode": deal.currency,
        "ValidThroughDate": stamp(after.when) if after else "",
        "SystemModstamp": stamp(change.when),
        "IsDeleted": "0",
        "PrevAmount": _money(before.amount) if before else "",
        "PrevCloseDate": day_stamp(before.close) if before else "",
    }


def _common(activity: Activity) -> dict[str, str]:
    account = activity.account.id if activity.account else NULL_ID
    return {
        "WhoId": activity.contacts[0].id,
        "WhatId": activity.deal.id if activity.deal else account,
        "WhoCount": str(len(activity.contacts)),
        "WhatCount": str(int(bool(activity.deal or activity.account))),
        "Subject": activity.subject,
        "ActivityDate": day_stamp(activity.when.date()),
        "OwnerId": user_id(activity.owner),
        "Description": activity.text,
        "CurrencyIsoCode": activity.contacts[0].person.firm.country.currency,
        "IsDeleted": "0",
        "AccountId": account,
        "IsArchived": "0",
        "RecurrenceActivityId": NULL_ID,
        "IsRecurrence": "0",
        "IsReminderSet": "0",
        **trail(activity.entered, user_id(activity.owner)),
    }


def _task(activity: Activity) -> dict[str, str]:
    row = _common(activity) | {
        "Status": "Not Started" if activity.is_planned else "Completed",
        "Priority": "High" if activity.is_planned else "Normal",
        "IsClosed": str(int(not activity.is_planned)),
        "CompletedDateTime": "" if activity.is_planned else stamp(activity.when),
    }
    if activity.kind == "email":
        row |= {"Type": "Email", "Subject": f"Email: {activity.subject}", "Description": _message(activity)}
    elif activity.kind == "call":
        row |= {
            "Type": "Call",
            "CallType": "Inbound" if activity.is_inbound else "Outbound",
            "CallDurationInSeconds": str(activity.minutes * 60 + activity.when.second),
            "CallDisposition": activity.outcome,
        }
    return row


def _message(activity: Activity) -> str:
    """An e-mail logged by the mail client: who wrote to whom stands in the text."""
    ours, theirs = activity.owner.email, activity.contacts[0].email
    sender, recipient = (theirs, ours) if activity.is_inbound else (ours, theirs)
    return f"From: {sender}\nTo: {recipient}\nCC: \nBCC: \nSubject: {activity.subject}\nBody:\n{activity.text}"


def _event(activity: Activity) -> dict[str, str]:
    return _common(activity) | {
        "Location": location(activity),
        "IsAllDayEvent": "0",
        "ActivityDateTime": stamp(activity.when),
        "DurationInMinutes": str(activity.minutes),
        "Type": "Meeting",
        "IsPrivate": "0",
        "ShowAs": "Busy",
        "IsChild": "0",
        "IsGroupEvent": str(int(len(activity.contacts) > 1)),
        "ProposedEventTimeframe": "",
    }


def _money(amount: int | None) -> str:
    return f"{amount}.0" if amount else ""
