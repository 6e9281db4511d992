"""A request trace: arrival time, input tokens and output tokens of each request.

The format is that of the Azure LLM inference trace of 2023 (TIMESTAMP, ContextTokens, GeneratedTokens).
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from falaj.finops.errors import BadInput, shown
from falaj.finops.input_files import csv_rows, read_text

COLUMNS = ("timestamp", "contexttokens", "generatedtokens")

MAX_REQUESTS = 1_000_000
"""A replay of more requests takes too long; a section of the trace is sufficient."""

MAX_TOKENS = 10_000_000
"""No request has more input or output tokens."""

MAX_SECONDS = 31 * 24 * 3600
"""A replay of more than 31 days takes too long, as the autoscaler decides every few seconds."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `at` is in seconds since the first request."""

    at: float
    context: int
    generated: int


def load(path: Path, faster: float = 1.0) -> tuple[Request, ...]:
    """Reads the requests of a file, sped up by the factor `faster`. Raises `BadInput`."""
    return read(read_text(path), str(path), faster)


def read(text: str, location: str, faster: float = 1.0) -> tuple[Request, ...]:
    """Parses the requests of a text, sped up by the factor `faster`. Raises `BadInput`."""
    rows = csv_rows(text, location)
    header = [name.strip().lower() for name in next(rows, (0, []))[1]]
    if any(name not in header for name in COLUMNS):
        raise BadInput(location, "is not a trace: its header must name TIMESTAMP, ContextTokens and GeneratedTokens")
    columns = [header.index(name) for name in COLUMNS]
    requests: list[tuple[datetime, int, int]] = []
    for number, fields in rows:
        if not any(fields):
            continue
        requests.append(_request(fields, columns, f"{location}: line {number}"))
        if len(requests) > MAX_REQUESTS:
            raise BadInput(location, f"has more than {MAX_REQUESTS:,} requests; use a section of it")
    if len(requests) < 2:
        raise BadInput(location, f"has {len(requests)} requests, and a replay needs at least two")
    for (previous, *_), (following, *_) in pairwise(requests):
        if following < previous:
            raise BadInput(
                location, f"a request of {following} follows one of {previous}: the trace is not in chronological order"
            )
    first = requests[0][0]
    seconds = (requests[-1][0] - first).total_seconds() / faster
    if seconds > MAX_SECONDS:
        raise BadInput(location, f"the replay would last {seconds / 86400:,.1f} days, and at most 31 are replayed")
    return tuple(
        Request((time - first).total_seconds() / faster, context, generated) for time, context, generated in requests
    )


def _request(fields: list[str], columns: list[int], location: str) -> tuple[datetime, int, int]:
    if len(fields) <= max(columns):
        raise BadInput(location, "has too few fields")
    timestamp, context, generated = (fields[index].strip() for index in columns)
    try:
        moment = datetime.fromisoformat(timestamp).replace(tzinfo=None)
    except ValueError:
        raise BadInput(location, f"{timestamp!r} is not a time such as 2023-11-16 18:15:46.68") from None
    return moment, _tokens(context, location), _tokens(generated, location)


def _tokens(text: str, location: str) -> int:
    if not text.isdecimal() or len(text) > len(str(MAX_TOKENS)) or int(text) > MAX_TOKENS:
        raise BadInput(location, f"{shown(text)} is not a number of tokens from 0 to {MAX_TOKENS:,}")
    return int(text)
