"""Mutants of any file that a command reads: one fault each, drawn from a seed, so that each can be made again."""

import copy
import csv
import io
import json
import random
from collections.abc import Callable, Mapping
from typing import Any

from tests.unit.settings.mutants import DAMAGES, NUMBERS, OTHERS, PLACE, RAW, TEXTS

FIGURES = (
    "1e308", "-1e308", "1e999999999", "1e-999999", "nan", "-inf", "sNaN", "9" * 400, "-1", "0", "-0", "0.1", "1e30",
    "Infinity", "0x10", "1_000", "٣", "1,5",
)  # fmt: skip
"""Texts that stand in the place of a number in a table."""

CELLS = (*FIGURES, *TEXTS, "NULL", "[" * 5000, '{"a":' * 5000, "x" * 200_000, "0001-01-01", "9999-12-31T23:59:59Z")

TRAILS = (b"PAR1", b"\x1f\x8b", b"\xed\xa0\x80", b"\r", b"\x00" * 64, b"%s", b"'; DROP TABLE x; --", b"[" * 20_000)
"""Bytes that stand anywhere in a file."""

Place = tuple[Any, ...]


def places(content: Any, path: Place = ()) -> list[Place]:
    """Returns the path of every value in a nested structure."""
    items = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    return [(*path, key, *rest) for key, item in items for rest in ((), *places(item))]


def mutant(seed: str, number: int, content: Any, text: Callable[[Any], bytes]) -> tuple[str, bytes]:
    """Returns what was changed, and the bytes of a file. `text` writes content: nested, a table, or bytes."""
    draw = random.Random(f"{seed}/{number}")  # noqa: S311 - not for secrets
    is_nested = isinstance(content, dict | list) and not is_table(content)
    kinds = _NESTED if is_nested else _TABLES if is_table(content) else _BYTES
    kind = draw.choice(sorted(kinds))
    change, data = kinds[kind](draw, copy.deepcopy(content), text)
    return f"{kind}: {change}", data


def is_table(content: Any) -> bool:
    """Whether content is rows of texts, of which a file is CSV."""
    return isinstance(content, tuple)


def as_table(content: Any) -> bytes:
    """Returns rows as CSV."""
    opened = io.StringIO()
    csv.writer(opened, lineterminator="\n").writerows(content)
    return opened.getvalue().encode("utf-8", "surrogatepass")


def as_json(content: Any) -> bytes:
    """Returns content as JSON, which is YAML too."""
    return json.dumps(content, default=str).encode()


def _put(content: Any, path: Place, value: Any) -> None:
    for step in path[:-1]:
        content = content[step]
    content[path[-1]] = value


def _at(content: Any, path: Place) -> Any:
    for step in path:
        content = content[step]
    return content


def _value(draw: random.Random, content: Any, text: Callable[[Any], bytes]) -> tuple[str, bytes]:
    path, junk = draw.choice(places(content)), draw.choice(draw.choice((TEXTS, NUMBERS, OTHERS, FIGURES)))
    _put(content, path, junk)
    return f"{path} = {junk!r:.60}", text(content)


def _raw(draw: random.Random, content: Any, text: Callable[[Any], bytes]) -> tuple[str, bytes]:
    path, raw = draw.choice(places(content)), draw.choice((*RAW, *FIGURES))
    _put(content, path, PLACE)
    return f"{path} = {raw:.40}", text(content).replace(json.dumps(PLACE).encode(), raw.encode())


def _number(draw: random.Random, content: Any, text: Callable[[Any], bytes]) -> tuple[str, bytes]:
    numbers = [path for path in places(content) if type(_at(content, path)) in (int, float)]
    if not numbers:
        return _value(draw, content, text)
    path = draw.choice(numbers)
    value = _at(content, path) * draw.choice((0, -1, 2, 10, 1000, 10**6, 10**12, 0.001)) + draw.choice((0, 0.5, 1))
    _put(content, path, value)
    return f"{path} = {value}", text(content)


def _key(draw: random.Random, content: Any, text: Callable[[Any], bytes]) -> tuple[str, bytes]:
    named = [path for path in places(content) if isinstance(path[-1], str)]
    if not named:
        return _value(draw, content, text)
    path = draw.choice(named)
    holder = _at(content, path[:-1])
    key = draw.choice((None, f"{path[-1]}s", path[-1].upper(), "", draw.choice(TEXTS)))
    value = holder.pop(path[-1])
    if key is not None:
        holder[key] = value
    return f"{path} -> {key!r:.60}", text(content)


def _structure(draw: random.Random, content: Any, text: Callable[[Any], bytes]) -> tuple[str, bytes]:
    all_places = places(content)
    path, other = draw.choice(all_places), draw.choice(all_places)
    value = _at(content, path)
    new = draw.choice(([value], {"a": value}, str(value), _at(content, other), [value] * 2000, {"": value}))
    _put(content, path, copy.deepcopy(new))
    return f"{path} = {new!r:.60}", text(content)


def _twice(draw: random.Random, content: Any, text: Callable[[Any], bytes]) -> tuple[str, bytes]:
    """Writes a key twice."""
    named = [path for path in places(content) if isinstance(path[-1], str)]
    if not named:
        return _value(draw, content, text)
    path = draw.choice(named)
    holder = _at(content, path[:-1])
    holder[PLACE] = holder[path[-1]]
    return f"{path} twice", text(content).replace(json.dumps(PLACE).encode(), json.dumps(path[-1]).encode())


def _damage(draw: random.Random, content: Any, text: Callable[[Any], bytes]) -> tuple[str, bytes]:
    data = text(content)
    at = draw.randrange(len(data) + 1)
    if draw.random() < 0.3:
        piece = draw.choice(TRAILS)
        return f"{piece[:10]!r} at {at}", data[:at] + piece + data[at + draw.choice((0, len(piece))) :]
    name = draw.choice(sorted(DAMAGES))
    return f"{name} at {at}", DAMAGES[name](data, at)


def _cell(draw: random.Random, content: Any, text: Callable[[Any], bytes]) -> tuple[str, bytes]:
    rows = [list(row) for row in content]
    row, junk = draw.randrange(len(rows)), draw.choice(CELLS)
    column = draw.randrange(len(rows[row]))
    rows[row][column] = junk
    return f"row {row}, column {column} = {junk!r:.60}", text(rows)


def _column(draw: random.Random, content: Any, text: Callable[[Any], bytes]) -> tuple[str, bytes]:
    """Gives every row the same junk, drops a column or writes one twice."""
    rows = [list(row) for row in content]
    column, junk = draw.randrange(len(rows[0])), draw.choice(CELLS)
    kind = draw.choice(("filled", "dropped", "twice"))
    for row in rows[1:] if kind == "filled" else rows:
        if column < len(row):
            row[column : column + 1] = {"filled": [junk], "dropped": [], "twice": [row[column]] * 2}[kind]
    return f"column {column} {kind} {junk!r:.40}", text(rows)


def _rows(draw: random.Random, content: Any, text: Callable[[Any], bytes]) -> tuple[str, bytes]:
    rows = list(content)
    row = draw.randrange(len(rows))
    changes = {"without": rows[:row] + rows[row + 1 :], "short": [*rows[:row], rows[row][:1], *rows[row + 1 :]],
               "long": [*rows[:row], [*rows[row], "x"], *rows[row + 1 :]], "twice": [*rows, *rows[1:]],
               "head only": rows[:1], "no head": rows[1:], "backwards": [rows[0], *rows[:0:-1]],
               "empty": []}  # fmt: skip
    kind = draw.choice(sorted(changes))
    return f"row {row} {kind}", text(changes[kind])


Change = Callable[[random.Random, Any, Callable[[Any], bytes]], tuple[str, bytes]]
_NESTED: Mapping[str, Change] = {
    "value": _value, "raw": _raw, "number": _number, "key": _key, "structure": _structure, "twice": _twice,
    "bytes": _damage,
}  # fmt: skip
_TABLES: Mapping[str, Change] = {"cell": _cell, "column": _column, "rows": _rows, "bytes": _damage}
_BYTES: Mapping[str, Change] = {"bytes": _damage}
