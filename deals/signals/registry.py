"""All signals in the order they are listed in."""

from collections.abc import Mapping

from deals.signals.rules.ahead_of_evidence import AHEAD_OF_EVIDENCE
from deals.signals.rules.amount_fell import AMOUNT_FELL
from deals.signals.rules.amount_missing import AMOUNT_MISSING
from deals.signals.rules.buyer_not_met import BUYER_NOT_MET
from deals.signals.rules.champion_silent import CHAMPION_SILENT
from deals.signals.rules.close_date_passed import CLOSE_DATE_PASSED
from deals.signals.rules.close_date_pushed import CLOSE_DATE_PUSHED
from deals.signals.rules.competitor import COMPETITOR
from deals.signals.rules.engagement_halves import ENGAGEMENT_HALVES
from deals.signals.rules.few_people import FEW_PEOPLE
from deals.signals.rules.forecast_mismatch import FORECAST_MISMATCH
from deals.signals.rules.key_person_left import KEY_PERSON_LEFT
from deals.signals.rules.looks_like_another import LOOKS_LIKE_ANOTHER
from deals.signals.rules.moved_back import MOVED_BACK
from deals.signals.rules.never_answered import NEVER_ANSWERED
from deals.signals.rules.no_activity import NO_ACTIVITY
from deals.signals.rules.no_champion import NO_CHAMPION
from deals.signals.rules.no_economic_buyer import NO_ECONOMIC_BUYER
from deals.signals.rules.no_meeting_lately import NO_MEETING_LATELY
from deals.signals.rules.no_next_step import NO_NEXT_STEP
from deals.signals.rules.one_sided import ONE_SIDED
from deals.signals.rules.owner_problem import OWNER_PROBLEM
from deals.signals.rules.paper_work_late import PAPER_WORK_LATE
from deals.signals.rules.proposal_unanswered import PROPOSAL_UNANSWERED
from deals.signals.rules.qualification_gap import QUALIFICATION_GAP
from deals.signals.rules.slower_than_won import SLOWER_THAN_WON
from deals.signals.rules.stuck_in_stage import STUCK_IN_STAGE
from deals.signals.rules.unanswered import UNANSWERED
from deals.signals.rules.unrealistic_date import UNREALISTIC_DATE
from deals.signals.rules.wrong_company import WRONG_COMPANY
from deals.signals.signal import Signal

SIGNALS: tuple[Signal, ...] = (
    NO_ACTIVITY,
    UNANSWERED,
    NEVER_ANSWERED,
    STUCK_IN_STAGE,
    SLOWER_THAN_WON,
    CLOSE_DATE_PASSED,
    CLOSE_DATE_PUSHED,
    UNREALISTIC_DATE,
    NO_NEXT_STEP,
    FEW_PEOPLE,
    NO_ECONOMIC_BUYER,
    BUYER_NOT_MET,
    NO_CHAMPION,
    CHAMPION_SILENT,
    KEY_PERSON_LEFT,
    ENGAGEMENT_HALVES,
    ONE_SIDED,
    AMOUNT_FELL,
    AMOUNT_MISSING,
    MOVED_BACK,
    AHEAD_OF_EVIDENCE,
    QUALIFICATION_GAP,
    NO_MEETING_LATELY,
    PROPOSAL_UNANSWERED,
    FORECAST_MISMATCH,
    OWNER_PROBLEM,
    PAPER_WORK_LATE,
    WRONG_COMPANY,
    LOOKS_LIKE_ANOTHER,
    COMPETITOR,
)
BY_CODE: Mapping[str, Signal] = {signal.code: signal for signal in SIGNALS}
ON_BY_DEFAULT: frozenset[str] = frozenset(signal.code for signal in SIGNALS if signal.is_on)
