"""Mutants of every stack file of this repository: one fault each, drawn from a seed, so that each can be made again.

`mutant(seed, number)` is a function of its arguments only. `python -m tests.exhaustive.settings_mutants` runs many.
"""

import copy
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from falaj.components.settings.stackfile import MODELS, schema

ROOT = Path(__file__).parents[3]
Place = tuple[Any, ...]

TEXTS = (
    "", " ", "x" * 5000, "<script>alert(1)</script>", "[red]x", "[/x]", "=cmd()", "+1", "@SUM(A1)", "a|b", "`id`",
    "$(id)", "a\nb", "a\u202eb", "\u0000", "\U0001f600", "فلج", "٣", "2026-12-01", "2001-12-01", "9999-12-31", "1e308",
    "nan", "10.0.0.0/0", "0.0.0.0/0", "::/0", "-", "--help", "../../etc/passwd", "${falaj:owner}", "${falaj:platform}",
    "${", "uae", "spot", "a" * 64, "true", "0", "http://169.254.169.254/", "https://[::1", "a@b.ae", "*", "system",
    "me-central-1", "eu-west-1",
)  # fmt: skip
"""Texts that stand in the place of a value: too long, markup, formulas, commands, other scripts, dates, blocks."""

NUMBERS = (
    0, -0.0, 1, 2, 3, 7, 10, 100, 1000, -1, -(10**9), 10**6, 10**9, 10**12, 10**40, 0.5, 1e-9, 1e-300, 1e308, -1e308,
    float("inf"), float("-inf"), float("nan"), 2**63, 101, 365, 730, 0.1, 99.9, True, False,
)  # fmt: skip

OTHERS: tuple[Any, ...] = (
    None, [], {}, [[]], [{}], [None], {"a": 1}, {"a": {"b": {}}}, ["a", "a"], ["x"] * 1001, {1: "x"}, {None: None},
    {f"k{n}": "v" for n in range(1001)}, [1, 2, 3], b"bytes", ["<script>"], {"<script>": "<script>"}, {"x" * 5000: 1},
)  # fmt: skip

RAW = (
    "&x [*x]", "&x {a: *x}", "!!python/object:os.system x", "!!binary aGVsbG8=", "!!set {a, b}", "2026-02-30",
    "2026-13-45", "2026-12-01", "1:60:60", "0x" + "f" * 5000, "9" * 5000, "9" * 4000, "[" * 20_000,
    "[" * 5000 + "]" * 5000, '"\\ud800"', "!!timestamp 2026-99-99", "*nowhere", "? [a]\n: 1", "{a: 1, a: 2}", "{1: 2}",
    ".inf", ".nan", "{<<: {a: 1}}",
    "!secret x", "{secure: v1:abc:def}", "2026-12-01T10:00:00+04:00", "0o17", "017", "1_000", "yes", "~",
)  # fmt: skip
"""YAML that stands in the place of a value as it is."""

PLACE = "the mutated value stands here"


@dataclass(frozen=True)
class Mutant:
    """A stack file with one fault, perhaps a harmless one."""

    base: str
    """The stack file that it was made from."""
    change: str
    """What was changed, and where."""
    data: bytes
    """The content of the file."""


@cache
def stack_files() -> Mapping[str, Any]:
    """Returns every stack file of this repository that has settings: path -> content."""
    places = ("Pulumi.*.yaml", "examples/*/Pulumi.*.yaml", "templates/*/Pulumi.*.yaml", "tests/**/Pulumi.*.yaml")
    files = sorted(file for place in places for file in ROOT.glob(place) if ".venv" not in file.parts)
    contents = {str(file.relative_to(ROOT)): yaml.safe_load(file.read_text(encoding="utf-8")) for file in files}
    return {
        name: content
        for name, content in contents.items()
        if content and set(content.get("config") or ()) & set(MODELS)
    }


@cache
def _schema() -> Any:
    return schema()


def mutant(seed: int, number: int) -> Mutant:
    """Returns mutant `number` of a seed."""
    draw = random.Random(f"{seed}/{number}")  # noqa: S311 - not for secrets
    base = draw.choice(sorted(stack_files()))
    content = copy.deepcopy(stack_files()[base])
    kind = draw.choices(list(_KINDS), [weight for weight, _ in _KINDS.values()])[0]
    change, data = _KINDS[kind][1](draw, content)
    return Mutant(base, f"{kind}: {change}", data)


def _dump(content: Any) -> bytes:
    return yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False).encode("utf-8", "surrogatepass")


_FASTEST: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_FASTEST):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _places(value: Any, path: Place = ()) -> Iterator[Place]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from _places(item, (*path, key))


def _at(content: Any, path: Place) -> Any:
    for step in path:
        content = content[step]
    return content


def _put(content: Any, path: Place, value: Any) -> None:
    _at(content, path[:-1])[path[-1]] = value


def _junk(draw: random.Random) -> Any:
    return copy.deepcopy(draw.choice(draw.choice((TEXTS, NUMBERS, OTHERS))))


def _place(draw: random.Random, content: Any) -> Place:
    """Draws the place of a value, of the settings in nine of ten cases."""
    places = list(_places(content))
    return draw.choice([place for place in places if len(place) > 2 or draw.random() < 0.1] or places)


def _shown(path: Place) -> str:
    return ".".join(map(str, path[1:]))


def _value(draw: random.Random, content: Any) -> tuple[str, bytes]:
    path, junk = _place(draw, content), _junk(draw)
    _put(content, path, junk)
    return f"{_shown(path)} = {junk!r:.60}", _dump(content)


def _raw(draw: random.Random, content: Any) -> tuple[str, bytes]:
    path, text = _place(draw, content), draw.choice(RAW)
    _put(content, path, PLACE)
    return f"{_shown(path)} = {text:.40}", _dump(content).replace(PLACE.encode(), text.encode())


def _number(draw: random.Random, content: Any) -> tuple[str, bytes]:
    """Multiplies a number, so that the value stays plausible for long."""
    numbers = [path for path in _places(content) if type(_at(content, path)) in (int, float)]
    if not numbers:
        return _value(draw, content)
    path = draw.choice(numbers)
    value = _at(content, path) * draw.choice((0, -1, 2, 10, 1000, 10**6, 10**9, 0.5, 0.001)) + draw.choice((0, 0, 1))
    _put(content, path, value)
    return f"{_shown(path)} = {value}", _dump(content)


def _key(draw: random.Random, content: Any) -> tuple[str, bytes]:
    path = draw.choice([path for path in _places(content) if isinstance(path[-1], str)])
    holder = _at(content, path[:-1])
    key = draw.choice((None, path[-1] + "s", path[-1].upper(), path[-1].replace("_", "-"), 5, True, draw.choice(TEXTS)))
    value = holder.pop(path[-1])
    if key is not None:
        holder[key] = value
    return f"{_shown(path)} -> {key!r:.60}", _dump(content)


def _structure(draw: random.Random, content: Any) -> tuple[str, bytes]:
    places = list(_places(content))
    path, other = draw.choice(places), draw.choice(places)
    value = _at(content, path)
    changes: dict[str, Callable[[], Any]] = {
        "other value": lambda: copy.deepcopy(_at(content, other)),
        "list": lambda: [value],
        "mapping": lambda: {"a": value},
        "twice": lambda: [*value, *value] if isinstance(value, list) else value,
        "many": lambda: (
            {f"{key}{n}": item for key, item in value.items() for n in range(300)} if isinstance(value, dict) else value
        ),
        "text": lambda: str(value),
        "number of text": lambda: len(str(value)),
        "renamed keys": lambda: {f"{key}x": item for key, item in value.items()} if isinstance(value, dict) else value,
    }
    change = draw.choice(sorted(changes))
    _put(content, path, changes[change]())
    return f"{_shown(path)} = {change}", _dump(content)


_BOMB = b"\nb0: &b0 [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    f"b{n}: &b{n} [{','.join([f'*b{n - 1}'] * 9)}]\n".encode() for n in range(1, 12)
)
DAMAGES: Mapping[str, Callable[[bytes, int], bytes]] = {
    "cut": lambda data, at: data[:at],
    "not UTF-8": lambda data, at: data[:at] + b"\xff" + data[at + 1 :],
    "NUL": lambda data, at: data[:at] + b"\x00" + data[at:],
    "quote": lambda data, at: data[:at] + b'"' + data[at:],
    "tab": lambda data, at: data[:at] + b"\t" + data[at:],
    "colon": lambda data, at: data[:at] + b": " + data[at:],
    "line break": lambda data, at: data[:at] + b"\n" + data[at:],
    "CR": lambda data, _: data.replace(b"\n", b"\r\n"),
    "BOM": lambda data, _: b"\xef\xbb\xbf" + data,
    "UTF-16": lambda data, _: data.decode("utf-8", "replace").encode("utf-16"),
    "brackets": lambda data, at: data[:at] + b"[" * 20_000 + data[at:],
    "line twice": lambda data, at: data[:at] + data[data.rfind(b"\n", 0, at) + 1 : at] + b"\n" + data[at:],
    "line away": lambda data, at: data[: data.rfind(b"\n", 0, at) + 1] + data[data.find(b"\n", at) + 1 :],
    "indent": lambda data, at: data[: data.rfind(b"\n", 0, at) + 1] + b"  " + data[data.rfind(b"\n", 0, at) + 1 :],
    "second document": lambda data, _: data + b"---\na: 1\n",
    "aliases": lambda data, _: data + _BOMB,
    "aliases in the settings": lambda data, _: _BOMB + data.replace(b"owner: ", b"bomb: *b11\n      owner: ", 1),
    "merged aliases": lambda data, _: data
    + b"m0: &m0 {a: 1}\n"
    + b"".join(f"m{n}: &m{n} {{<<: [{','.join([f'*m{n - 1}'] * 9)}]}}\n".encode() for n in range(1, 10)),
    "large": lambda data, _: data + b"#" * 3_000_000,
    "many keys": lambda data, _: data + b"".join(f"k{n}: {n}\n".encode() for n in range(30_000)),
}  # fmt: skip


def _bytes(draw: random.Random, content: Any) -> tuple[str, bytes]:
    data, damage = _dump(content), draw.choice(sorted(DAMAGES))
    at = draw.randrange(len(data))
    return f"{damage} at {at}", DAMAGES[damage](data, at)


def _added(draw: random.Random, content: Any) -> tuple[str, bytes]:
    """Adds a field that the schema knows and the file does not have: junk, or a value of its form."""
    whole = _schema()
    key = next(key for key in MODELS if key in content["config"])
    found = list(_missing_fields(whole, whole["properties"]["config"]["properties"][key], content["config"][key]))  # type: ignore[index]
    holder, field, form = draw.choice(found)
    value = _junk(draw) if draw.random() < 0.3 else _instance(draw, whole, form, 0)
    holder[field] = value
    return f"{field} = {value!r:.100}", _dump(content)


def _forms(whole: Any, form: Any) -> list[Any]:
    """Returns the alternatives of a schema, with references followed."""
    while "$ref" in form:
        target = whole
        for step in form["$ref"].lstrip("#/").split("/"):
            target = target[step]
        form = target
    alternatives = [*form.get("anyOf", ()), *form.get("oneOf", ())]
    return [item for each in alternatives for item in _forms(whole, each)] if alternatives else [form]


def _missing_fields(whole: Any, form: Any, value: Any) -> Iterator[tuple[dict[str, Any], str, Any]]:
    for each in _forms(whole, form):
        if isinstance(value, list) and "items" in each:
            for item in value:
                yield from _missing_fields(whole, each["items"], item)
        if isinstance(value, dict):
            for key, inner in each.get("properties", {}).items():
                if key not in value:
                    yield value, key, inner
            for key, item in value.items():
                inner = each.get("properties", {}).get(key) or each.get("additionalProperties")
                inner = inner or next(iter(each.get("patternProperties", {}).values()), None)
                if isinstance(inner, dict):
                    yield from _missing_fields(whole, inner, item)


def _instance(draw: random.Random, whole: Any, form: Any, depth: int) -> Any:
    """Returns a value of a schema: an example, a choice, a number between the bounds or just at them."""
    form = draw.choice(_forms(whole, form))
    if "enum" in form:
        return draw.choice(form["enum"])
    kind = form.get("type")
    if kind == "boolean":
        return draw.choice((True, False))
    if kind in ("integer", "number"):
        low = form.get("minimum", form.get("exclusiveMinimum", 0))
        high = form.get("maximum", form.get("exclusiveMaximum", 10**12))
        value = draw.choice((low, high, low + 1, high - 1, (low + high) / 2))
        return int(value) if kind == "integer" else value
    if kind == "array":
        return [_instance(draw, whole, form.get("items", {}), depth + 1) for _ in range(draw.choice((0, 1, 1, 2)))]
    if kind == "object" and depth < 6:
        return _mapping(draw, whole, form, depth)
    return draw.choice(form.get("examples") or [draw.choice(TEXTS)])


def _mapping(draw: random.Random, whole: Any, form: Any, depth: int) -> dict[str, Any]:
    fields, required = form.get("properties", {}), form.get("required", ())
    chosen = [name for name in fields if name in required or draw.random() < 0.2]
    values = {name: _instance(draw, whole, fields[name], depth + 1) for name in chosen}
    others = form.get("additionalProperties") or next(iter(form.get("patternProperties", {}).values()), None)
    return values | ({"a1": _instance(draw, whole, others, depth + 1)} if isinstance(others, dict) else {})


_KINDS: Mapping[str, tuple[int, Callable[[random.Random, Any], tuple[str, bytes]]]] = {
    "value": (30, _value),
    "raw": (8, _raw),
    "number": (12, _number),
    "key": (10, _key),
    "structure": (10, _structure),
    "bytes": (8, _bytes),
    "added field": (30, _added),
}
"""Kind of mutation -> how often it is drawn, and what makes it."""
