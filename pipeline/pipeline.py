"""The shape of every layered pipeline: cases, layers, verdicts."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, runtime_checkable

from governance.questions import Question, Reply, Tier

UNSURE = "unsure"  # a verdict with this label sends the case to a person at once


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A layer's answer.

    `score` is the layer's raw score in 0..1; only the runner accepts, by threshold per (pipeline, layer, label).
    `reason` is a code that the pipeline words when shown. `anchor` is the object id of the record a "same" points at.
    """

    label: str
    score: float
    reason: str
    anchor: int | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One record the case might be the same as: its values, the comparison with the case, and what blocks a link.

    `weight` is the match weight in bits (log2 odds), `probability` its posterior in 0..1, `levels` the comparison level
    per field, `points` the bits each field added, `features` numbers in 0..1 for learning and for finding similar
    examples, `guards` codes of what forbids linking without a person, `group` the entity it belongs to now (two
    candidates of one group are no rivals).
    """

    object_id: int
    values: Mapping[str, Any]
    source: str = ""
    group: int | None = None
    weight: float
    probability: float
    levels: Mapping[str, str] = field(default_factory=dict)
    points: Mapping[str, float] = field(default_factory=dict)
    features: Mapping[str, float] = field(default_factory=dict)
    guards: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Example:
    """A person's earlier answer to a case of like shape, as quoted in a prompt; `left` and `right` are its sides."""

    answer_id: int
    label: str
    reason: str
    note: str
    author: str
    left: Mapping[str, Any]
    right: Mapping[str, Any]
    features: Mapping[str, float]
    levels: Mapping[str, str] = field(default_factory=dict)
    is_correction: bool = False
    # Whole months since it was given or last quoted.
    age_months: int = 0


@dataclass(frozen=True, kw_only=True)
class Case:
    """What layers see of one subject: its values and, once prepared, candidates and people's similar answers.

    `is_sample` says that everything in it is invented, so that the practice model may decide it. `marker` parts
    untrusted text from instructions in a prompt; nobody outside can guess it. `context` is what is known beside the
    values (the day, what was worked out of them): where nothing else changes, a decision stands.
    """

    object_id: int
    values: Mapping[str, Any]
    source: str = ""
    group: int | None = None
    group_size: int = 1
    is_sample: bool = False
    marker: str = ""
    candidates: tuple[Candidate, ...] = ()
    examples: tuple[Example, ...] = ()
    context: Mapping[str, Any] = field(default_factory=dict)

    def candidate(self, object_id: int | None) -> Candidate | None:
        return next((candidate for candidate in self.candidates if candidate.object_id == object_id), None)

    def but(self, **fields: Any) -> "Case":
        """This case with other values in these fields: what `dataclasses.replace` does, at a fifth of its price, for
        passes over every case there is."""
        other = object.__new__(Case)
        vars(other).update(vars(self), **fields)
        return other


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the plan sets for a run's cases, frozen with it; the defaults are those of no plan at all.

    `fields_out` may stand in a question (None: all that the layer asks with); at most `most_examples` answers are
    quoted; `alias_after` equal answers make an alias; with `asks_always` a model is asked also where rules are sure.
    """

    fields_out: frozenset[str] | None = None
    most_examples: int | None = None
    alias_after: int = 2
    asks_always: bool = False


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What people taught so far, frozen at the start of a run.

    `examples` are answers that may be quoted, newest first; `never_same` pairs of object ids (low, high) that a person
    kept apart; `reviewed` pairs of object ids (low, high) and whether a person said they are the same; `thresholds`
    (layer, label) → score from which an answer is accepted; `terms` the plan's; `learned` what an earlier look at all
    cases taught, where only a part of them is looked at.
    """

    examples: tuple[Example, ...] = ()
    never_same: frozenset[tuple[int, int]] = frozenset()
    reviewed: tuple[tuple[int, int, bool], ...] = ()
    thresholds: Mapping[tuple[str, str], float] = field(default_factory=dict)
    terms: Terms = Terms()
    learned: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Work:
    """All prepared cases of a pass, in the order they were loaded, and what people taught.

    `facts` carries what a pipeline's `prepare` learnt from the whole (estimated parameters) for display.
    """

    cases: tuple[Case, ...]
    memory: Memory = Memory()
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A question asked about a case and how it ended."""

    question: Question
    reply: Reply


class Layer(Protocol):
    """One way to decide. `is_model` parts the layers that ask a model from the free ones."""

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def is_model(self) -> bool: ...


@runtime_checkable
class FreeLayer(Layer, Protocol):
    def judge(self, work: Work) -> Sequence[Verdict | None]:
        """One verdict or None (abstain) per case, in order."""


@runtime_checkable
class ModelLayer(Layer, Protocol):
    @property
    def tier(self) -> Tier: ...

    @property
    def prompt(self) -> str: ...

    def step(self, case: Case, exchanges: Sequence[Exchange]) -> Question | Verdict | None:
        """The next question, the verdict, or None (abstain). At most three exchanges; the runner asks."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a value stands: `text` for people ("contacts.csv, line 17"), `url` of the raw row."""

    text: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Side:
    """One record on the review page."""

    object_id: int
    title: str
    source: str
    origin: Origin | None = None
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Contrast:
    """One field on both sides; `level` is same, close, different or missing; `points` are bits for (+) or against.

    `name` is what candidates call the field.
    """

    label: str
    left: str
    right: str
    level: str
    points: float | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The case beside one candidate."""

    left: Side
    right: Side
    contrasts: tuple[Contrast, ...]
    probability: float | None = None
    guards: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One thing to read before an answer: a heading, a text, and where it stands."""

    title: str
    text: str
    origin: Origin | None = None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One answer to a question that is not about two records: its label, its words, what it does, its key."""

    label: str
    words: str
    effect: str
    key: str


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """What a person needs to decide a case: the question in words, the pairs (best candidate first), what follows.

    `on_same` and `on_new` say in words what happens on either answer. Where the question is not about two records there
    are `passages` to read and `choices` instead.
    """

    question: str
    pairs: tuple[Pair, ...]
    on_same: str
    on_new: str
    passages: tuple[Passage, ...] = ()
    choices: tuple[Choice, ...] = ()


def no_traits(case: Case, verdict: Verdict) -> frozenset[str]:
    return frozenset()


def no_outcome(run_id: int) -> Sequence[tuple[str, str]]:
    return ()


def as_prepared(case: Case) -> Case:
    return case


def no_amount(case: Case) -> int | None:
    return None


@dataclass(frozen=True, kw_only=True)
class Growth:
    """How new records find what they touch among many known ones of a `kind`.

    `keys` takes all records' values (a column of JSON texts) and gives coarse keys (columns of texts): records that
    could be the same share one; those in `samples` only show what kind of value it is. `moved(since)` names records
    whose case changed though they did not.
    """

    kind: str
    keys: Callable[[Any], Mapping[str, Any]]
    moved: Callable[[datetime], Collection[int]] = lambda since: ()
    samples: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Pipeline:
    """One decision the product makes about one kind of subject; reads like its picture.

    `load(object_ids | None)` gives cases; `prepare(cases, memory)` the whole `Work`, each case beside all others;
    `complete(case)` adds what its layers look at and only the case itself tells, just before they do; `apply(decisions,
    now)` changes the world to fit them (also when one is taken back: a decision is the whole truth, not a step);
    `present(case, anchor)` gives what the review page shows; `reasons` words reason codes; `answers` are the labels a
    person may give; `corrections` are the reasons a person may give for a correction (code → words).

    What a plan may hold against a model's result: the `purposes` it serves, the `action` it comes to (show, suggest or
    draft), the fields it `suggests` values for, the `traits(case, verdict)` a person may always want to see (merge,
    economic_buyer, disqualify), and the `amount(case)` at stake in micro-dollars of the base currency.
    """

    name: str
    title: str
    subject: str
    question: str
    answers: tuple[str, ...]
    load: Callable[..., Sequence[Case]]
    prepare: Callable[..., Work]
    layers: tuple[Layer, ...]
    present: Callable[..., Presentation]
    apply: Callable[..., Any]
    complete: Callable[[Case], Case] = as_prepared
    reasons: Mapping[str, str] = field(default_factory=dict)
    corrections: Mapping[str, str] = field(default_factory=dict)
    thresholds: Mapping[tuple[str, str], float] = field(default_factory=dict)
    # Pipelines whose results this one builds on: its run waits until theirs are over.
    after: tuple[str, ...] = ()
    size_of_ask: int = 24
    # (layer, label) of what stands where no model answered; None: a person decides then.
    fallback: tuple[str, str] | None = None
    # Whether a person's answer holds whatever the records say later, or until the case changes.
    is_answer_final: bool = True
    purposes: frozenset[str] = frozenset()
    action: str = "suggest"
    suggests: frozenset[str] = frozenset()
    traits: Callable[[Case, Verdict], frozenset[str]] = no_traits
    amount: Callable[[Case], int | None] = no_amount
    # How a plan knows that it works: a measure of success by its name → its value now, None where too little is known.
    measures: Mapping[str, Callable[[datetime], float | None]] = field(default_factory=dict)
    # What became of a run's results since: (figure, what it counts), for the run's page.
    outcome: Callable[[int], Sequence[tuple[str, str]]] = no_outcome
    # Whether cases are of a day: `load(object_ids | None, as_of=day | None)`, None for the day it takes by itself.
    is_dated: bool = False
    # How to find what a few new records touch, where subjects are records that look back at earlier ones.
    growth: "Growth | None" = None

    def cases(self, object_ids: Collection[int] | None, as_of: date | None = None) -> Sequence[Case]:
        """All cases (or those named), of a day where the pipeline judges days."""
        return self.load(object_ids, as_of=as_of) if self.is_dated else self.load(object_ids)

    @property
    def free_layers(self) -> tuple[FreeLayer, ...]:
        return tuple(layer for layer in self.layers if not layer.is_model)  # type: ignore[misc]

    @property
    def model_layers(self) -> tuple[ModelLayer, ...]:
        return tuple(layer for layer in self.layers if layer.is_model)  # type: ignore[misc]
