"""Truth of conditions in CEL, as far as it follows from their text alone.

A condition is always true, or never, whatever the object has, if it is so for every truth of its parts: a comparison of
two constants, of something with itself, the size of a list with a negative number, `x || !x`, `x ? true : true`. Parts
that say something about the object may be either. Operators and their order by google/cel-spec 508bd98
(doc/langdef.md, read 2026-11-29).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from ..engine.lazy_regex import lazy_regex
from .cel_constants import constant, possible_combinations

_MOST_PARTS = 14
"""Parts whose truth is tried in every combination; with more, only constants are evaluated."""
_LONGEST = 8_000
"""Characters of a condition that are read; a longer one is taken to say something about the object."""
_MOST_LEVELS = 60
"""Parentheses in each other that are read."""
_TOKEN = lazy_regex(
    r"\s*(?P<text>'(?:[^'\\]|\\.)*+'?|\"(?:[^\"\\]|\\.)*+\"?|`[^`]*+`?)|\s*(?P<sign>\|\||&&|[=!<>]=|[<>!?:()\[\]{},])"
    r"|\s*(?P<word>[^\s'\"`|&=!<>?:()\[\]{},]+)|\s*(?P<other>\S)"
)
_UNREAD = lazy_regex(r"('(?:[^'\\]|\\.)*+'?|\"(?:[^\"\\]|\\.)*+\"?|`[^`]*+`?)|//[^\n]*|\s+|(?<=[.\[{])\?")
"""Texts, and what says nothing: comments, spaces, and the mark of an optional field, which is no ternary."""
_VARIABLE = lazy_regex(r"\bvariables\.(\w+)")
_RELATIONS = ("==", "!=", "<=", ">=", "<", ">", "in")
_OPENING, _CLOSING = "([{", ")]}"
_SIZE = lazy_regex(r"(?:size|count)\(.*\)|.*\.size\(\)")
_EMPTY = lazy_regex(r"(?:size|count)\((?:\[\]|\{\}|''|\"\"|set\(\))\)|(?:\[\]|\{\}|''|\"\").size\(\)")
_NEVER_EMPTY = lazy_regex(
    r"(?:size|count)\(\(*(?:object|input\.review\.object)\.spec\.(?:template\.spec\.)?containers\)*\)"
    r"|object\.spec\.(?:template\.spec\.)?containers\.size\(\)"
)
"""Size of a list that is never empty (Kubernetes, PodSpec: at least one container)."""
_MACRO = lazy_regex(r"(?P<list>.*?)\.(?P<name>all|exists)\(\w+,(?P<body>.*)\)", re.DOTALL)
_EVERY_TEXT = lazy_regex(
    r"(?:.*\.(?:startsWith|endsWith|contains)\((?:''|\"\")\)|.*\.matches\((['\"])(?:\^?(?:\.\*)+\$?|\^|\$|)\1\))"
)
_WRAPPED = lazy_regex(r"(?:bool|dyn)(?P<inner>\(.*\))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Node:
    """A condition: a constant (`true`, `false`), a part (`part` with its text), or an operator with its operands."""

    operator: str
    operands: tuple["_Node", ...] = ()
    text: str = ""


_TRUE, _FALSE = _Node("true"), _Node("false")


def always_true(expression: str, variables: Mapping[str, str] | None = None) -> bool:
    """Returns whether a condition in CEL is true whatever the object has. `variables`: name -> its expression."""
    return _isconstant(with_variables(expression, variables or {}), wanted=True)


def never_true(expression: str, variables: Mapping[str, str] | None = None) -> bool:
    """Returns whether a condition in CEL is false whatever the object has. `variables`: name -> its expression."""
    return _isconstant(with_variables(expression, variables or {}), wanted=False)


def with_variables(expression: str, variables: Mapping[str, str]) -> str:
    """Returns an expression with those of the variables that it names, in the order in which they are declared."""
    known: dict[str, str] = {}
    for name, text in (*variables.items(), ("", expression)):
        if not name:
            return _replaced(text, known)
        known[name] = _replaced(text, known)
    return expression


def _replaced(text: str, known: Mapping[str, str]) -> str:
    """Returns an expression with the values of its variables, as many as it has room for."""
    room = _LONGEST - len(text)

    def value_of(match: re.Match[str]) -> str:
        nonlocal room
        value = known.get(match[1])
        if value is None or len(value) > room:
            return match[0]
        room -= len(value)
        return f"({value})"

    return _VARIABLE.sub(value_of, text)


def _isconstant(expression: str, *, wanted: bool) -> bool:
    expression = _UNREAD.sub(lambda match: match[1] or ("" if match[0] == "?" else " "), expression)
    if len(expression) > _LONGEST:
        return False
    node = _ternary(_tokens(expression), 0)
    parts = sorted(set(_parts(node)))
    if len(parts) > _MOST_PARTS:
        return _value(node, {}) is wanted
    rows = 1 << len(parts)
    every = (1 << rows) - 1
    truths = {part: every // ((1 << (1 << index)) + 1) for index, part in enumerate(parts)}
    possible = possible_combinations(truths, every)
    return _truths(node, truths, every) & possible == (possible if wanted else 0)


def _truths(node: _Node, parts: Mapping[str, int], every: int) -> int:
    """Returns a bit for each combination of the truths of the parts: whether the condition is true."""
    if node.operator in ("true", "false"):
        return every if node.operator == "true" else 0
    if node.operator == "part":
        return parts[node.text]
    values = [_truths(operand, parts, every) for operand in node.operands]
    if node.operator == "not":
        return every ^ values[0]
    if node.operator == "if":
        return (values[0] & values[1]) | ((every ^ values[0]) & values[2])
    return reduce(or_ if node.operator == "or" else and_, values)


def _parts(node: _Node) -> Iterator[str]:
    if node.operator == "part":
        yield node.text
    for operand in node.operands:
        yield from _parts(operand)


def _value(node: _Node, truth: Mapping[str, bool]) -> bool | None:
    """Returns the value of a condition; None if it depends on a part whose truth is not given."""
    if node.operator in ("true", "false"):
        return node.operator == "true"
    if node.operator == "part":
        return truth.get(node.text)
    values = [_value(operand, truth) for operand in node.operands]
    if node.operator == "not":
        return None if values[0] is None else not values[0]
    if node.operator == "if":
        chosen = values[1:] if values[0] is None else [values[1] if values[0] else values[2]]
        return chosen[0] if len(set(chosen)) == 1 else None
    deciding = node.operator == "or"
    return deciding if deciding in values else None if None in values else not deciding


def _tokens(expression: str) -> list[str]:
    return [match[0].strip() for match in _TOKEN.finditer(expression) if match[0].strip()]


def _split(tokens: list[str], *separators: str) -> list[list[str]]:
    """Returns the tokens between those separators that stand outside brackets."""
    depth, parts = 0, [list[str]()]
    for word in tokens:
        depth += (word in _OPENING) - (word in _CLOSING)
        if depth == 0 and word in separators:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _ternary(tokens: list[str], level: int) -> _Node:
    if level > _MOST_LEVELS:
        return _part(tokens)
    condition, *rest = _split(tokens, "?")
    if not rest:
        return _operator(tokens, level, "or", "||")
    behind = tokens[len(condition) + 1 :]
    depth = nested = 0
    for index, word in enumerate(behind):
        depth += (word in _OPENING) - (word in _CLOSING)
        nested += depth == 0 and word == "?"
        if depth == 0 and word == ":":
            if nested == 0:
                chosen, other = behind[:index], behind[index + 1 :]
                return _Node("if", tuple(_ternary(item, level + 1) for item in (condition, chosen, other)))
            nested -= 1
    return _part(tokens)


def _operator(tokens: list[str], level: int, name: str, sign: str) -> _Node:
    operands = _split(tokens, sign)
    below = _and if name == "or" else _unary
    nodes = tuple(below(operand, level) for operand in operands)
    return nodes[0] if len(nodes) == 1 else _Node(name, nodes)


def _and(tokens: list[str], level: int) -> _Node:
    return _operator(tokens, level, "and", "&&")


def _unary(tokens: list[str], level: int) -> _Node:
    relation = _split(tokens, *_RELATIONS)
    if len(relation) == 2:
        left, right = ("".join(side) for side in relation)
        return _relation(left, tokens[len(relation[0])], right)
    if tokens[:1] == ["!"]:
        return _Node("not", (_unary(tokens[1:], level + 1) if level < _MOST_LEVELS else _part(tokens),))
    if tokens[:1] == ["("] and _closes_at_end(tokens):
        return _ternary(tokens[1:-1], level + 1)
    return _call("".join(tokens), level)


def _closes_at_end(tokens: list[str]) -> bool:
    depth = 0
    for index, word in enumerate(tokens):
        depth += (word in _OPENING) - (word in _CLOSING)
        if depth == 0:
            return index == len(tokens) - 1
    return False


def _call(text: str, level: int) -> _Node:
    """Returns a constant, a macro over a list, a test of a text that every text passes, or a part."""
    if text in ("true", "false"):
        return _Node(text)
    if wrapped := _WRAPPED.fullmatch(text):
        return _ternary(_tokens(wrapped["inner"]), level + 1)
    if _EVERY_TEXT.fullmatch(text):
        return _TRUE
    macro = _MACRO.fullmatch(text)
    if macro is not None:
        is_all = macro["name"] == "all"
        body = _ternary(_tokens(macro["body"]), level + 1)
        if macro["list"] == "[]" or body == (_TRUE if is_all else _FALSE):
            return _TRUE if is_all else _FALSE
    return _Node("part", text=text)


def _part(tokens: list[str]) -> _Node:
    return _Node("part", text="".join(tokens))


def _relation(left: str, sign: str, right: str) -> _Node:
    if sign == "in":
        return _member(left, right)
    left, right = _folded(left), _folded(right)
    if (known := _compare(left, sign, right)) is not None:
        return _TRUE if known else _FALSE
    if sign in ("==", "!="):
        node = _Node("part", text=" == ".join(sorted((left, right))))
        return node if sign == "==" else _Node("not", (node,))
    greater, smaller = (left, right) if sign in (">=", "<") else (right, left)
    node = _Node("part", text=f"{greater} >= {smaller}")
    return node if sign in (">=", "<=") else _Node("not", (node,))


def _folded(side: str) -> str:
    """Returns one side of a comparison without parentheses around it; the size of an empty list is 0."""
    for _ in range(_MOST_LEVELS):
        if not (side.startswith("(") and side.endswith(")") and _closes_at_end(_tokens(side))):
            break
        side = side[1:-1]
    return "0" if _EMPTY.fullmatch(side) else side


def _compare(left: str, sign: str, right: str) -> bool | None:
    if left == right:
        return sign in ("==", "<=", ">=")
    constants = constant(left), constant(right)
    if None not in constants and type(constants[0]) is type(constants[1]):
        first, second = constants
        return {"==": first == second, "!=": first != second, "<": first < second,  # type: ignore[operator]
                "<=": first <= second, ">": first > second, ">=": first >= second}[sign]  # type: ignore[operator] # fmt: skip
    if _is_size(right) and isinstance(constants[0], float):
        turned = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(sign, sign)
        return _compare(right, turned, left)
    if _is_size(left) and isinstance(constants[1], float):
        return _compare_size(sign, constants[1], 1 if _NEVER_EMPTY.fullmatch(left) else 0)
    return None


def _is_size(side: str) -> bool:
    """Returns whether a side is one size, rather than a sum or difference of sizes, which may be negative."""
    depth = 0
    for word in _tokens(side):
        depth += (word in _OPENING) - (word in _CLOSING)
        if depth == 0 and word[0] not in "'\"`" and re.search(r"[-+*/%]", word):
            return False
    return _SIZE.fullmatch(side) is not None


def _compare_size(sign: str, number: float, least: int) -> bool | None:
    """Returns the truth of a comparison of a number with a size of `least` or more; None if it may be either."""
    if number < least:
        return sign in (">", ">=", "!=")
    return {">=": True, "<": False}.get(sign) if number == least else None


def _member(item: str, items: str) -> _Node:
    if items in ("[]", "{}"):
        return _FALSE
    if items.startswith("[") and items.endswith("]"):
        listed = ["".join(part) for part in _split(_tokens(items[1:-1]), ",")]
        if item in listed:
            return _TRUE
        if constant(item) is not None and all(constant(other) is not None for other in listed):
            return _FALSE
    return _Node("part", text=f"{item} in {items}")
