"""A request trace: arrival time, input tokens and output tokens of each request.

The form is that of the Azure LLM inference trace of 2023 (TIMESTAMP, ContextTokens, GeneratedTokens).
"""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from falaj.finops.errors import BadInput

COLUMNS = ("timestamp", "contexttokens", "generatedtokens")

MOST_REQUESTS = 1_000_000
"""Of more a replay takes too long; a part of the trace says the same."""


@dataclass(frozen=True, slots=True)
class Request:
    """`at` is in seconds from the first request."""

    at: float
    context: int
    generated: int


def load(path: Path, faster: float = 1.0) -> tuple[Request, ...]:
    """The requests of a file, `faster` times as close together. Raises `BadInput`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as unreadable:
        raise BadInput(str(path), f"cannot be read: {unreadable}") from None
    return read(text, str(path), faster)


def read(text: str, location: str, faster: float = 1.0) -> tuple[Request, ...]:
    """The same of a text."""
    lines = csv.reader(io.StringIO(text))
    head = [name.strip().lower() for name in next(lines, [])]
    if any(name not in head for name in COLUMNS):
        raise BadInput(location, "is not a trace: its header must name TIMESTAMP, ContextTokens and GeneratedTokens")
    columns = [head.index(name) for name in COLUMNS]
    result: list[tuple[datetime, int, int]] = []
    for fields in lines:
        if not any(fields):
            continue
        result.append(_request(fields, columns, f"{location}: line {lines.line_num}"))
        if len(result) > MOST_REQUESTS:
            raise BadInput(location, f"has more than {MOST_REQUESTS:,} requests; take a part of it")
    if len(result) < 2:
        raise BadInput(location, f"has {len(result)} requests, and a replay needs two")
    for (before, *_), (after, *_) in pairwise(result):
        if after < before:
            raise BadInput(
                location, f"a request of {after} comes after one of {before}: the trace is not in order of time"
            )
    first = result[0][0]
    return tuple(Request((at - first).total_seconds() / faster, context, out) for at, context, out in result)


def _request(fields: list[str], columns: list[int], location: str) -> tuple[datetime, int, int]:
    if len(fields) <= max(columns):
        raise BadInput(location, "has too few fields")
    at, context, generated = (fields[index].strip() for index in columns)
    try:
        moment = datetime.fromisoformat(at).replace(tzinfo=None)
    except ValueError:
        raise BadInput(location, f"{at!r} is not a time such as 2023-11-16 18:15:46.68") from None
    if not (context.isdecimal() and generated.isdecimal()):
        raise BadInput(location, f"{context!r} and {generated!r} must be numbers of tokens")
    return moment, int(context), int(generated)
