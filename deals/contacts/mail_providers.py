"""Mail providers that no list knows, told by who uses them: people of many companies, none of which owns the domain."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from pipeline.matching.normalise import registrable
from pipeline.matching.single import company_core, folded
from pipeline.pipeline import Case

FEWEST_COMPANIES = 5
# At a company's own domain most people work for that company, whatever others call theirs after a move.
LARGEST_SHARE = 0.5


def mail_providers(cases: Sequence[Case]) -> frozenset[str]:
    """Domains (lower case) used by people of at least five companies, of which none has half of them.

    Companies that bear the domain's own name (subsidiaries, spellings) count as one.
    """
    companies: dict[str, Counter[str]] = {}
    for case in cases:
        company = company_core(case.values["company"])
        for domain in {email.rpartition("@")[2].lower() for email in case.values["emails"]} if company else ():
            companies.setdefault(domain, Counter())[_employer(company, domain)] += 1
    return frozenset(domain for domain, used in companies.items() if _is_provider(used))


def _employer(company: str, domain: str) -> str:
    """The company, or the domain where the company is named like it."""
    label = _label(domain)
    first = company.split(" ")[0]
    is_own = len(first) > 2 and (label.startswith(first) or company.replace(" ", "").startswith(label))
    return domain if is_own else company


@lru_cache(maxsize=65536)
def _label(domain: str) -> str:
    return folded((registrable(domain) or "").partition(".")[0]).replace(" ", "")


def _is_provider(used: Counter[str]) -> bool:
    return len(used) >= FEWEST_COMPANIES and max(used.values()) < LARGEST_SHARE * used.total()
