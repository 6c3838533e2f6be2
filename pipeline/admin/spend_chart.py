"""Stacked bars of what was spent by day (by month over long times) and model, as figures for an SVG."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from governance.months import following_month
from governance.spending import Day

WIDTH, HEIGHT = 640, 150
_MOST_BARS = 100
# In the order of spending; models beyond the last share one colour, as nobody tells ten apart.
_COLOURS = ("var(--w-heavy)", "var(--w-light)", "var(--w-rules)", "var(--w-people)", "var(--color-primary-500)")
_OTHERS = "var(--w-none)"


@dataclass(frozen=True, kw_only=True)
class Block:
    """One model's part of a bar, in the chart's units from its upper left corner."""

    y: float
    height: float
    colour: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A day or month; `label` is empty where there is no room for one."""

    x: float
    width: float
    label: str
    blocks: Sequence[Block]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """`highest` is what the top of the chart stands for, in micro-dollars; `legend` pairs models with colours."""

    bars: Sequence[Bar]
    legend: Sequence[tuple[str, str]]
    highest: int


def chart(days: Iterable[Day], first: date, until: date) -> Chart:
    """The spending of the days from `first` up to, not including, `until`."""
    by_month = (until - first).days > _MOST_BARS
    places = _months(first, until) if by_month else [first + timedelta(days=n) for n in range((until - first).days)]
    sums: dict[date, dict[str, int]] = {place: {} for place in places}
    totals: dict[str, int] = {}
    for day in days:
        name = f"{day.model} (practice)" if day.is_practice else day.model
        parts = sums[day.day.replace(day=1) if by_month else day.day]
        parts[name] = parts.get(name, 0) + day.cost_microusd
        totals[name] = totals.get(name, 0) + day.cost_microusd
    models = sorted(totals, key=lambda name: -totals[name])
    colours = {name: _COLOURS[place] if place < len(_COLOURS) else _OTHERS for place, name in enumerate(models)}
    highest = max((sum(parts.values()) for parts in sums.values()), default=0)
    step = WIDTH / max(1, len(places))
    every = max(1, len(places) // 8)
    bars = [
        Bar(
            x=round(place * step, 2),
            width=round(step * 0.8, 2),
            label=_label(when, by_month=by_month) if place % every == 0 else "",
            blocks=_blocks(when, sums[when], models, colours, highest, by_month=by_month),
        )
        for place, when in enumerate(places)
    ]
    return Chart(bars=bars, legend=list(colours.items()), highest=highest)


def _blocks(
    when: date, parts: dict[str, int], models: Sequence[str], colours: dict[str, str], highest: int, *, by_month: bool
) -> Sequence[Block]:
    from_top, blocks = float(HEIGHT), []
    for name in models:
        height = round(HEIGHT * parts.get(name, 0) / highest, 2) if highest else 0.0
        if height:
            from_top -= height
            words = f"{_label(when, by_month=by_month)}: {name}"
            blocks.append(Block(y=round(from_top, 2), height=height, colour=colours[name], words=words))
    return blocks


def _months(first: date, until: date) -> list[date]:
    months = [first.replace(day=1)]
    while following_month(months[-1]) < until:
        months.append(following_month(months[-1]))
    return months


def _label(when: date, *, by_month: bool) -> str:
    return f"{when:%b %Y}" if by_month else f"{when.day} {when:%b}"
