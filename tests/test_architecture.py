"""The shape of the code: import order, purity, the one door to language models."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ORDER = ("governance", "pipeline", "deals", "leads", "config")

# No Django, no clock, no file, no setting: such values come in as arguments. A folder stands for all files in it.
PURE = (
    "governance/questions.py",
    "governance/plan_checks",
    "governance/pricing.py",
    "governance/forecast.py",
    "governance/whatif.py",
    "pipeline/pipeline.py",
    "pipeline/candidates.py",
    "pipeline/data_audit.py",
    "pipeline/leaving.py",
    "pipeline/people.py",
    "pipeline/survivorship.py",
    "pipeline/untrusted.py",
    "pipeline/ingest/addresses.py",
    "pipeline/ingest/amounts.py",
    "pipeline/ingest/cells.py",
    "pipeline/ingest/columns.py",
    "pipeline/ingest/dates.py",
    "pipeline/ingest/decoding.py",
    "pipeline/ingest/extract.py",
    "pipeline/ingest/faults.py",
    "pipeline/ingest/formats.py",
    "pipeline/ingest/mapping.py",
    "pipeline/ingest/rows.py",
    "pipeline/ingest/sniff.py",
    "pipeline/matching",
    "pipeline/layers",
    "pipeline/learning",
    "deals/imports/formats",
    "deals/accounts/case.py",
    "deals/accounts/near.py",
    "deals/contacts/case.py",
    "deals/contacts/mail_providers.py",
    "deals/contacts/names.py",
    "deals/contacts/near.py",
    "deals/relationships/strength.py",
    "deals/signals/case.py",
    "deals/signals/finding.py",
    "deals/signals/health.py",
    "deals/signals/judging.py",
    "deals/signals/registry.py",
    "deals/signals/rules",
    "deals/signals/settings.py",
    "deals/signals/signal.py",
    "deals/signals/stages.py",
    "deals/signals/wording.py",
    "deals/briefs/asking.py",
    "deals/briefs/atoms.py",
    "deals/briefs/case.py",
    "deals/briefs/claims.py",
    "deals/briefs/evidence.py",
    "deals/briefs/finding.py",
    "deals/briefs/rules.py",
    "deals/briefs/writing.py",
    "deals/briefs/grounding.py",
    "deals/briefs/instructions.py",
    "deals/briefs/numbers.py",
    "deals/briefs/dates.py",
    "deals/briefs/ordinary.py",
    "deals/briefs/people.py",
    "deals/briefs/polarity.py",
    "deals/briefs/rendering.py",
    "leads/imports/formats",
    "leads/learning/table.py",
    "leads/learning/columns.py",
    "leads/learning/accuracy.py",
    "leads/learning/leaks.py",
    "leads/learning/design.py",
    "leads/learning/score.py",
    "leads/learning/rules.py",
    "leads/learning/proposals.py",
    "leads/learning/study.py",
    "leads/learning/telling.py",
    "leads/network/drafts.py",
    "leads/network/paths.py",
    "leads/qualification/profile.py",
    "leads/qualification/grade.py",
    "leads/qualification/spend.py",
    "leads/qualification/heat.py",
    "leads/qualification/titles.py",
    "leads/qualification/assessment.py",
    "leads/qualification/case.py",
    "leads/qualification/layers.py",
    "leads/qualification/reading.py",
    "leads/qualification/fit.py",
    "leads/qualification/disqualifiers.py",
    "leads/routing.py",
)
IMPURE_MODULES = {"django", "os", "pathlib", "subprocess", "socket", "tempfile"}
# A stopwatch (time.perf_counter) tells no time of day, and no result depends on it.
IMPURE_CALLS = {"open", "now", "utcnow", "today", "time_ns", "monotonic", "sleep", "localtime", "gmtime"}


def files_of(places: Iterable[str]) -> list[str]:
    found = (
        path for place in places for path in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))
    )
    return sorted(str(path.relative_to(ROOT)) for path in found if path.exists() and "migrations" not in path.parts)


@cache
def tree_of(file: str) -> ast.Module:
    return ast.parse((ROOT / file).read_text(encoding="utf-8"))


def imports(node: ast.AST, file: str) -> Iterator[str]:
    """Dotted names that `node` imports: "a.b" for `import a.b`, "a.b.c" for `from a.b import c`."""
    package = Path(file).parent.parts
    for found in ast.walk(node):
        if isinstance(found, ast.Import):
            yield from (name.name for name in found.names)
        elif isinstance(found, ast.ImportFrom):
            base = package[: len(package) + 1 - found.level] if found.level else ()
            yield from (".".join(filter(None, (*base, found.module, name.name))) for name in found.names)


def app_of(name: str) -> str:
    return name.split(".")[0]


def offenders(places: Iterable[str], is_wrong: Callable[[str, str], bool]) -> dict[str, set[str]]:
    """Per file of `places` the imports for which `is_wrong(file, name)`."""
    found = {file: {name for name in imports(tree_of(file), file) if is_wrong(file, name)} for file in files_of(places)}
    return {file: names for file, names in found.items() if names}


def test_an_app_imports_only_what_stands_to_its_left():
    def stands_right(file: str, name: str) -> bool:
        is_theme_in_admin = name.startswith("config.theme") and Path(file).parts[1] in {"admin", "admin.py"}
        return app_of(name) in ORDER[ORDER.index(Path(file).parts[0]) + 1 :] and not is_theme_in_admin

    assert offenders(ORDER, stands_right) == {}


def test_leads_reads_only_the_models_of_deals():
    assert offenders(["leads"], lambda _, name: app_of(name) == "deals" and not name.startswith("deals.models")) == {}


def test_no_import_hides_in_a_function_to_dodge_the_order():
    hidden = {
        (file, node.name)
        for file in files_of(ORDER)
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and any(app_of(name) in ORDER for name in imports(node, file))
    }

    # Django calls `ready` when models may be imported, and not before.
    assert {(file, name) for file, name in hidden if not (file.endswith("/apps.py") and name == "ready")} == set()


def test_a_pure_module_knows_no_django_clock_file_or_setting():
    calls = {
        (file, called)
        for file in files_of(PURE)
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call)
        and (called := getattr(node.func, "id", getattr(node.func, "attr", ""))) in IMPURE_CALLS
    }

    assert offenders(PURE, lambda _, name: app_of(name) in IMPURE_MODULES) == {}
    assert calls == set()


def test_a_pure_module_imports_only_pure_modules_of_ours():
    pure = {file.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for file in files_of(PURE)}

    def is_impure(file: str, name: str) -> bool:
        return app_of(name) in ORDER and name not in pure and name.rpartition(".")[0] not in pure

    assert offenders(PURE, is_impure) == {}


def test_only_the_asking_step_of_the_runner_knows_the_one_door():
    outside = [app for app in ORDER if app != "governance"]

    knowing = offenders(outside, lambda _, name: name.startswith("governance.gateway"))

    assert set(knowing) <= {"pipeline/runner/ask.py"}


def test_only_the_providers_know_a_vendors_library():
    knowing = offenders(ORDER, lambda _, name: app_of(name) == "openai")

    assert {file for file in knowing if not file.startswith("governance/providers/")} == set()


def test_only_the_theme_module_knows_the_theme_and_it_imports_no_app():
    assert set(offenders(ORDER, lambda _, name: app_of(name) == "unfold")) == {"config/theme.py"}
    assert offenders(["config/theme.py"], lambda _, name: app_of(name) in ORDER) == {}
