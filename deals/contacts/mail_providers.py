"""Mail providers that no list knows, told by who uses them: people of many companies, none of which owns the domain."""

from collections import Counter
from collections.abc import Sequence

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
        for domain in {email.rpartition("@")[2].lower() for email in case.values["emails"]}:
            companies.setdefault(domain, Counter())[case.values["company"]] += 1
    # Most domains have one company; their names are not worth reading.
    return frozenset(d for d, used in companies.items() if len(used) >= FEWEST_COMPANIES and _is_provider(d, used))


def _is_provider(domain: str, used: Counter[str]) -> bool:
    employers: Counter[str] = Counter()
    for name, count in used.items():
        if company := company_core(name):
            employers[_employer(company, domain)] += count
    return len(employers) >= FEWEST_COMPANIES and max(employers.values()) < LARGEST_SHARE * employers.total()


def _employer(company: str, domain: str) -> str:
    """The company, or the domain where the company is named like it."""
    label = folded((registrable(domain) or "").partition(".")[0]).replace(" ", "")
    first = company.split(" ")[0]
    is_own = len(first) > 2 and (label.startswith(first) or company.replace(" ", "").startswith(label))
    return domain if is_own else company
