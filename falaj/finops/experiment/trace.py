"""A request trace: arrival time, input tokens and output tokens of each request.

The format is that of the Azure LLM inference trace of 2023 (TIMESTAMP, ContextTokens, GeneratedTokens).
"""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from falaj.finops.errors import BadInput

COLUMNS = ("timestamp", "contexttokens", "generatedtokens")

MAX_REQUESTS = 1_000_000
"""A replay of more requests takes too long; a section of the trace is sufficient."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `at` is in seconds since the first request."""

    at: float
    context: int
    generated: int


def load(path: Path, faster: float = 1.0) -> tuple[Request, ...]:
    """Reads the requests of a file, sped up by the factor `faster`. Raises `BadInput`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(str(path), f"cannot be read: {error}") from None
    return read(text, str(path), faster)


def read(text: str, location: str, faster: float = 1.0) -> tuple[Request, ...]:
    """Parses the requests of a text, sped up by the factor `faster`. Raises `BadInput`."""
    lines = csv.reader(io.StringIO(text))
    header = [name.strip().lower() for name in next(lines, [])]
    if any(name not in header for name in COLUMNS):
        raise BadInput(location, "is not a trace: its header must name TIMESTAMP, ContextTokens and GeneratedTokens")
    columns = [header.index(name) for name in COLUMNS]
    requests: list[tuple[datetime, int, int]] = []
    for fields in lines:
        if not any(fields):
            continue
        requests.append(_request(fields, columns, f"{location}: line {lines.line_num}"))
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
    if not (context.isdecimal() and generated.isdecimal()):
        raise BadInput(location, f"{context!r} and {generated!r} must be numbers of tokens")
    return moment, int(context), int(generated)
