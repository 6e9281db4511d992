"""A trace of requests: when each came, how many tokens it brought and how many it was answered with.

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


def read(text: str, place: str, faster: float = 1.0) -> tuple[Request, ...]:
    """The same of a text."""
    lines = csv.reader(io.StringIO(text))
    head = [name.strip().lower() for name in next(lines, [])]
    if any(name not in head for name in COLUMNS):
        raise BadInput(place, "is no trace: its first line must name TIMESTAMP, ContextTokens and GeneratedTokens")
    columns = [head.index(name) for name in COLUMNS]
    found: list[tuple[datetime, int, int]] = []
    for fields in lines:
        if not any(fields):
            continue
        found.append(_request(fields, columns, f"{place}: line {lines.line_num}"))
        if len(found) > MOST_REQUESTS:
            raise BadInput(place, f"has more than {MOST_REQUESTS:,} requests; take a part of it")
    if len(found) < 2:
        raise BadInput(place, f"has {len(found)} requests, and a replay needs two")
    for (before, *_), (after, *_) in pairwise(found):
        if after < before:
            raise BadInput(
                place, f"a request of {after} comes after one of {before}: the trace is not in order of time"
            )
    first = found[0][0]
    return tuple(Request((at - first).total_seconds() / faster, context, out) for at, context, out in found)


def _request(fields: list[str], columns: list[int], place: str) -> tuple[datetime, int, int]:
    if len(fields) <= max(columns):
        raise BadInput(place, "has too few fields")
    at, context, generated = (fields[index].strip() for index in columns)
    try:
        moment = datetime.fromisoformat(at).replace(tzinfo=None)
    except ValueError:
        raise BadInput(place, f"{at!r} is no time such as 2023-11-16 18:15:46.68") from None
    if not (context.isdecimal() and generated.isdecimal()):
        raise BadInput(place, f"{context!r} and {generated!r} must be numbers of tokens")
    return moment, int(context), int(generated)
