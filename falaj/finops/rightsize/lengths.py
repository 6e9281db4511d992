"""Token lengths of the requests of a language model: from a trace, from the profile, or assumed.

Speed follows the mean lengths, latency the 95th percentiles. A request holds its prompt and what it has generated so
far, for as long as it generates: so at a random moment a running request of p prompt and g generated tokens is met in
proportion to g, and holds p + g/2 tokens on average.

A trace is a CSV file with a header and one request a line: columns `ContextTokens` and `GeneratedTokens`, as in the
Azure LLM inference traces of 2023 (AzurePublicDataset, CC-BY 4.0), or `prompt_tokens` and `output_tokens`. Other
columns are ignored.
"""

import csv
import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from falaj.facts.strict_text import open_bytes
from falaj.finops.errors import BadInput
from falaj.finops.rightsize.profile import Inference, TokenLengths

COLUMNS = (("prompt_tokens", "output_tokens"), ("ContextTokens", "GeneratedTokens"))
MAX_REQUESTS = 250_000
"""Most requests of a trace that is read; a sample of a longer one says as much."""
MAX_TOKENS = 10_000_000
P95 = 0.95
DEVIATIONS_P95 = 1.645
"""Standard deviations above the mean that a normal variable exceeds in 5 % of cases."""

CONVERSATION_PROMPT = TokenLengths(mean=1154.7, p95=4083)
CONVERSATION_OUTPUT = TokenLengths(mean=211.1, p95=451)
"""Lengths in the Azure conversation trace of 2023 (19,366 requests, 2023-11-16), assumed where a profile has none."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """Lengths of the requests that are accepted. `resident` is the mean number of tokens that a running request holds
    in the KV cache, with its standard deviation.
    """

    prompt: TokenLengths
    output: TokenLengths
    resident: float
    resident_deviation: float
    notes: tuple[str, ...]
    """Where the lengths come from, in sentences."""

    def resident_tokens(self, batch: int, limit: int) -> float:
        """Returns the tokens in the cache that `batch` running requests exceed 5 % of the time, at least one of the
        greatest length `limit`. Models that generate nothing keep no cache.
        """
        if not self.output.mean:
            return 0
        together = batch * self.resident + DEVIATIONS_P95 * self.resident_deviation * math.sqrt(batch)
        return max(limit, min(batch * limit, together))


def lengths_of(profile: Inference) -> Lengths:
    """Returns the lengths that a profile states, or those of its trace. Raises `BadInput`."""
    if profile.trace is not None:
        return of_trace(Path(profile.trace), profile.context_tokens)
    limit = profile.context_tokens
    output = _stated(profile.output_tokens, CONVERSATION_OUTPUT, limit)
    prompt = _stated(profile.prompt_tokens, CONVERSATION_PROMPT, max(0, limit - int(output.mean)))
    assumed = [
        f"{what} of {length.mean:,.0f} tokens on average, 95 % up to {length.p95:,.0f}"
        for what, length, stated in (
            ("prompts", prompt, profile.prompt_tokens),
            ("answers", output, profile.output_tokens),
        )
        if stated is None
    ]
    notes = (f"assumed: {' and '.join(assumed)} (Azure conversation trace, 2023-11-16)",) if assumed else ()
    return Lengths(prompt, output, prompt.mean + output.mean / 2, _deviation(prompt) + _deviation(output) / 2, notes)


def _stated(given: TokenLengths | None, default: TokenLengths, limit: int) -> TokenLengths:
    """Returns what the profile states, or the default as far as requests of the greatest length allow it."""
    if given is not None:
        return given
    return TokenLengths(mean=min(default.mean, limit), p95=min(default.p95, limit))


def _deviation(length: TokenLengths) -> float:
    """Returns the standard deviation of a normal variable with that mean and 95th percentile."""
    return max(0.0, length.p95 - length.mean) / DEVIATIONS_P95


def of_trace(path: Path, limit: int) -> Lengths:
    """Returns the lengths of the requests of a trace that are not longer than `limit`. Raises `BadInput`."""
    try:
        with TextIOWrapper(open_bytes(path), encoding="utf-8-sig", newline="") as file:
            requests = list(_requests(csv.reader(file), str(path)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput(str(path), f"cannot be read as a trace: {error}") from None
    accepted = [(prompt, output) for prompt, output in requests if prompt + output <= limit]
    if not accepted:
        raise BadInput(str(path), f"has no request of at most {limit:,} context_tokens")
    prompts, outputs = sorted(item[0] for item in accepted), sorted(item[1] for item in accepted)
    notes = [f"trace {path.name}: {len(requests):,} requests"]
    notes += [f"{what}: {_summary(values)} tokens" for what, values in (("prompts", prompts), ("answers", outputs))]
    if refused := len(requests) - len(accepted):
        notes.append(f"{refused / len(requests):.2%} of the trace's requests exceed context_tokens and are refused")
    mean, deviation = _resident(accepted)
    return Lengths(_token_lengths(prompts), _token_lengths(outputs), mean, deviation, tuple(notes))


def _requests(reader: Iterator[list[str]], location: str) -> Iterator[tuple[int, int]]:
    header = next(reader, [])
    columns = next((pair for pair in COLUMNS if {*pair} <= {*header}), None)
    if columns is None:
        needed = " or ".join(" and ".join(pair) for pair in COLUMNS)
        raise BadInput(f"{location}: line 1", f"has no columns {needed}, but {', '.join(header) or 'none'}")
    at_prompt, at_output = (header.index(column) for column in columns)
    for number, row in enumerate(reader, start=1):
        if number > MAX_REQUESTS:
            raise BadInput(location, f"has more than {MAX_REQUESTS:,} requests: take a sample")
        try:
            prompt, output = int(row[at_prompt]), int(row[at_output])
        except (IndexError, ValueError):
            raise BadInput(f"{location}: request {number}", "has no whole numbers of tokens") from None
        if prompt < 0 or output < 0 or prompt > MAX_TOKENS or output > MAX_TOKENS:
            raise BadInput(f"{location}: request {number}", f"tokens are 0 to {MAX_TOKENS:,}")
        yield prompt, output


def _resident(requests: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """Returns mean and standard deviation of the tokens that a running request holds, met at a random moment. While it
    generates g tokens it holds p to p + g, each for the same time.
    """
    weight = sum(output for _, output in requests)
    if not weight:
        return 0.0, 0.0
    mean = sum(output * (prompt + output / 2) for prompt, output in requests) / weight
    square = sum(output * (prompt**2 + prompt * output + output**2 / 3) for prompt, output in requests) / weight
    return mean, math.sqrt(max(0.0, square - mean**2))


def _percentile(ordered: Sequence[int], share: float) -> int:
    return ordered[math.ceil(len(ordered) * share) - 1]


def _token_lengths(ordered: Sequence[int]) -> TokenLengths:
    return TokenLengths(mean=statistics.fmean(ordered), p95=_percentile(ordered, P95))


def _summary(ordered: Sequence[int]) -> str:
    percentiles = ", ".join(f"p{round(share * 100)} {_percentile(ordered, share):,}" for share in (0.5, 0.95, 0.99))
    return f"mean {statistics.fmean(ordered):,.0f}, {percentiles}, most {ordered[-1]:,}"
