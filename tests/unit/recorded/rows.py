"""Recorded rows: a key, what people read, and a digest of all else."""

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
Rows = dict[tuple[str, ...], str]
"""Key -> digest of the content."""


_LONG_NUMBER = re.compile(r"-?\d+\.\d{9,}(?:e-?\d+)?")


def same_everywhere(text: str) -> str:
    """Returns an output without what differs between machines: spaces at the ends of lines, because tables are as wide
    as the names of folders, and the last digits of numbers, because processors compute sums in another order."""
    text = re.sub(" +$", "", text, flags=re.MULTILINE)
    return _LONG_NUMBER.sub(lambda found: f"{float(found[0]):.9g}", text)


def digest(content: Any) -> str:
    """Returns the first 12 hexadecimal digits of the SHA-256 of a JSON-like content."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def digests(contents: Mapping[tuple[str, ...], Any]) -> Rows:
    """Returns the row of each content."""
    return {key: digest(content) for key, content in contents.items()}


def recorded(file: str) -> Rows:
    """Returns the rows of a file."""
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        return {tuple(key): value for *key, value in csv.reader(lines)}


def record(file: str, rows: Rows) -> None:
    """Writes the rows of a file, sorted."""
    with (FOLDER / file).open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows((*key, value) for key, value in sorted(rows.items()))


def changes(before: Mapping[tuple[str, ...], str], now: Mapping[tuple[str, ...], str]) -> list[str]:
    """Returns the keys that are gone, new or different, one line each."""
    return [
        *_lines("gone", before.keys() - now.keys()),
        *_lines("new", now.keys() - before.keys()),
        *_lines("different", {key for key in before.keys() & now.keys() if before[key] != now[key]}),
    ]


def _lines(what: str, keys: Iterable[tuple[str, ...]]) -> list[str]:
    return [f"{what}: {' '.join(key)}" for key in sorted(keys)]
