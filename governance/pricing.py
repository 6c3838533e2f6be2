"""Usage to micro-dollars: exact in Decimal, rounded up to a whole micro-dollar once per attempt."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

_MILLION = Decimal(1_000_000)


@dataclass(frozen=True, kw_only=True)
class Rates:
    """Micro-dollars per million tokens; a missing cached or cache-write rate means the input rate."""

    input: Decimal
    output: Decimal
    cached_input: Decimal | None = None
    cache_write: Decimal | None = None

    @property
    def dearest_input(self) -> Decimal:
        return max(rate for rate in (self.input, self.cached_input, self.cache_write) if rate is not None)


@dataclass(frozen=True, kw_only=True)
class Usage:
    """Token counts ≥ 0. Cached and cache-write tokens are part of the input, reasoning tokens part of the output."""

    input_tokens: int = 0
    cached_tokens: int = 0
    cache_write_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0


def cost_microusd(usage: Usage, rates: Rates) -> int:
    """What a usage costs, in whole micro-dollars, rounded up."""
    plain = usage.input_tokens - usage.cached_tokens - usage.cache_write_tokens
    cached = rates.input if rates.cached_input is None else rates.cached_input
    written = rates.input if rates.cache_write is None else rates.cache_write
    total = plain * rates.input + usage.cached_tokens * cached + usage.cache_write_tokens * written
    return _rounded_up(total + usage.output_tokens * rates.output)


def worst_case_microusd(input_tokens: int, max_output_tokens: int, rates: Rates) -> int:
    """The most an attempt can cost when its input is at most `input_tokens` and its output is capped."""
    return _rounded_up(input_tokens * rates.dearest_input + max_output_tokens * rates.output)


def affordable_output_tokens(left_microusd: int, input_tokens: int, rates: Rates) -> int:
    """The longest output whose worst case still fits into `left_microusd`; 0 when not even the input does."""
    rest = left_microusd * _MILLION - input_tokens * rates.dearest_input
    if rest <= 0:
        return 0
    if not rates.output:
        return 2**31 - 1
    return min(2**31 - 1, int((rest / rates.output).to_integral_value(ROUND_FLOOR)))


def read_usage(raw: Mapping[str, Any]) -> Usage | None:
    """The token counts of a provider's usage object, or None when it has none that can be priced."""
    prompt = _count(raw, "prompt_tokens")
    if prompt is None:
        return _anthropic_usage(raw)
    completion = _count(raw, "completion_tokens")
    total = _count(raw, "total_tokens")
    if completion is None:
        if total is None or total < prompt:
            return None
        completion = total - prompt
    details = _mapping(raw, "prompt_tokens_details")
    cached = _first(
        _count(details, "cached_tokens"), _count(raw, "prompt_cache_hit_tokens"), _count(raw, "cache_read_input_tokens")
    )
    written = _first(
        _count(details, "cache_write_tokens"),
        _count(details, "cache_creation_tokens"),
        _count(raw, "cache_creation_input_tokens"),
    )
    reasoning = _first(
        _count(_mapping(raw, "completion_tokens_details"), "reasoning_tokens"), _count(raw, "reasoning_tokens")
    )
    # xAI and Gemini leave reasoning out of completion_tokens and name it in the total only.
    if total is not None and total > prompt + completion:
        completion = total - prompt
    return _bounded(prompt, cached, written, completion, reasoning)


def _anthropic_usage(raw: Mapping[str, Any]) -> Usage | None:
    """Anthropic's own shape counts cache reads and writes beside `input_tokens`; OpenAI's Responses inside it."""
    plain, output = _count(raw, "input_tokens"), _count(raw, "output_tokens")
    if plain is None or output is None:
        return None
    details = _mapping(raw, "input_tokens_details")
    reasoning = _first(_count(_mapping(raw, "output_tokens_details"), "reasoning_tokens"))
    if details:
        return _bounded(plain, _first(_count(details, "cached_tokens")), 0, output, reasoning)
    cached = _first(_count(raw, "cache_read_input_tokens"))
    written = _first(_count(raw, "cache_creation_input_tokens"))
    return _bounded(plain + cached + written, cached, written, output, reasoning)


def _bounded(prompt: int, cached: int, written: int, output: int, reasoning: int) -> Usage:
    cached = min(cached, prompt)
    return Usage(
        input_tokens=prompt,
        cached_tokens=cached,
        cache_write_tokens=min(written, prompt - cached),
        output_tokens=output,
        reasoning_tokens=min(reasoning, output),
    )


def _count(raw: Mapping[str, Any], key: str) -> int | None:
    value = raw.get(key)
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31
    return value if is_count else None


def _mapping(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = raw.get(key)
    return value if isinstance(value, Mapping) else {}


def _first(*counts: int | None) -> int:
    return next((count for count in counts if count), 0)


def _rounded_up(millionths: Decimal) -> int:
    return int((millionths / _MILLION).to_integral_value(ROUND_CEILING))
