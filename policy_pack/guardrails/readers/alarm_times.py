"""At which hours and on which days an expression of an alarm may ring.

An expression is evaluated for each hour, and for each day, with everything else unknown: what metrics have is any
number, and what counts have is none below nought. CloudWatch: HOUR, and DAY from Monday, 1, to Sunday, 7; a condition
of IF that does not hold gives no value, and arithmetic takes the one that is missing of two for 0
(awsdocs/amazon-cloudwatch-user-guide 20a560c1 doc_source/using-metric-math.md, read 2026-12-03). PromQL: hour() and
day_of_week() in UTC, from Sunday, 0 (Prometheus, "Query functions", copied by libraries for it, found as a string on
2026-12-03); a comparison drops what is false, without `bool`, and an alert rings for whatever is left
(prometheus/prometheus docs/querying/operators.md, as known).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..engine.lazy_regex import lazy_regex
from .alarm_expressions import Node

Value = float | str
NOTHING, ANY, COUNT = "nothing", "any", "count"
"""No value, any one or none, and any number from nought on, or none."""
_COUNTING = frozenset({"increase", "rate", "irate", "count", "count_over_time", "changes", "resets"})
_KEEPING = frozenset({"sum", "avg", "max", "min", "abs", "ceil", "floor", "fill", "vector", "scalar", "round", "toint",
                      "tolong", "todouble", "toreal", "runningsum", "rate", "sum_over_time", "max_over_time",
                      "avg_over_time"})  # fmt: skip
"""Functions of a count that are one, and of nothing that are nothing. RATE of CloudWatch is below nought where a count
falls, and FILL gives a value for nothing (the same page)."""
_OF_COUNTER = lazy_regex(r"\w{1,200}_(?:total|count)")
_CLOCK = frozenset({"time", "vector", "hour", "timestamp"})
_DEEPEST = 150


@dataclass(frozen=True)
class Moment:
    """What is known of a moment, and how the language of an expression decides."""

    functions: Mapping[str, float]
    """Function of the time, in small letters -> what it gives."""
    drops: bool = True
    """Whether comparisons drop what is false, as in PromQL; otherwise they give 0 or 1."""
    names: Mapping[str, Value | Node] = field(default_factory=dict)
    """Name -> what it has, or for what it stands."""
    known: dict[str, Value] = field(default_factory=dict)
    """Name that stands for an expression -> what this gives, so that each is evaluated once."""


def value_of(node: Node, moment: Moment, depth: int = 0) -> Value:
    """Returns what an expression gives at a moment."""
    if depth > _DEEPEST:
        return ANY
    if node.kind == "number":
        return node.number
    if node.kind == "text":
        return float(node.name) if node.name.isdecimal() else ANY
    if node.kind == "name":
        return _named(node.name, moment, depth)
    if node.kind == "call":
        return _called(node, moment, depth + 1)
    if node.kind == "operation":
        return _operated(node, moment, depth + 1)
    return value_of(node.parts[0], moment, depth + 1) if node.kind == "chosen" else ANY


def _named(name: str, moment: Moment, depth: int) -> Value:
    """Returns what a name has, or what the expression gives for which it stands."""
    named = moment.names.get(name, COUNT if _OF_COUNTER.fullmatch(name) else ANY)
    if not isinstance(named, Node):
        return named
    if name not in moment.known:
        moment.known[name] = ANY  # of an expression that reads itself nothing is known
        moment.known[name] = value_of(named, moment, depth + 1)
    return moment.known[name]


def may_ring(node: Node, moment: Moment) -> bool:
    """Returns whether an alarm on an expression may ring at a moment."""
    value = value_of(node, moment)
    return value != NOTHING and (moment.drops or value != 0.0)


def is_met(operator: str, value: Value, threshold: float) -> bool:
    """Returns whether a value may meet the comparison of an alarm with its threshold."""
    return _compared(operator, value, threshold) != 0.0


def _called(node: Node, moment: Moment, depth: int) -> Value:
    """Returns what a function gives."""
    name = node.name.lower()
    if name in moment.functions:
        return moment.functions[name] if _is_of_clock(node, moment) else ANY
    values = [value_of(part, moment, depth) for part in node.parts]
    if name in ("if", "iff"):
        return _chosen(values)
    if name == "not" and len(values) == 1:
        return ANY if isinstance(values[0], str) else float(not values[0])
    if name in ("min", "max") and len(node.parts) == 1 and node.parts[0].kind == "list":
        return _extreme(name, [value_of(part, moment, depth) for part in node.parts[0].parts])
    if name in _COUNTING and values:
        return NOTHING if NOTHING in values else COUNT if moment.drops or name != "rate" else ANY
    if name == "fill" and values[:1] == [NOTHING]:
        return ANY if isinstance(values[-1], str) else values[-1]
    if name in _KEEPING and values:
        return values[0]
    return ANY


def _is_of_clock(node: Node, moment: Moment) -> bool:
    """Returns whether a function of the time is of the present one: in PromQL an argument may be another."""
    below = list(node.parts) if moment.drops else []
    for part in below:
        below.extend(part.parts)
    return all(part.kind in ("number", "operation") or (part.kind == "call" and part.name in _CLOCK) for part in below)


def _chosen(values: list[Value]) -> Value:
    """Returns what IF gives by the values of its condition and of its branches."""
    if not 2 <= len(values) <= 3:
        return ANY
    first, last = values[1], values[2] if len(values) == 3 else NOTHING
    if not isinstance(values[0], str):
        return first if values[0] else last
    return first if first == last or {first, last} == {0.0, NOTHING} else ANY


def _extreme(name: str, values: list[Value]) -> Value:
    """Returns the least or the largest of a list."""
    known = [value for value in values if isinstance(value, float)]
    is_counted = all(isinstance(value, float) or value == COUNT for value in values)
    if not known or not is_counted:
        return COUNT if is_counted else ANY
    least = min(known)
    return least if name == "min" and (least <= 0 or len(known) == len(values)) else COUNT


def _operated(node: Node, moment: Moment, depth: int) -> Value:
    """Returns what an operation gives."""
    name, _, flag = node.name.partition(" ")
    values = [value_of(part, moment, depth) for part in node.parts]
    if name.endswith("between") and len(values) == 3:
        inside = _both(_compared(">=", values[0], values[1]), _compared("<=", values[0], values[2]))
        return inside if isinstance(inside, str) or name == "between" else 1.0 - inside
    if name in ("and", "&&", "or", "||", "unless"):
        return _joined(name, values, moment)
    if name in ("in", "!in"):
        return _listed(name, values[0], node.parts[1], moment)
    if name in (">", "<", ">=", "<=", "==", "!=", "<>"):
        return _kept(_compared(name, *values), node, values, drops=moment.drops and not flag)
    is_hour = name == "%" and values[1] == 24.0 and "%" in moment.functions
    return moment.functions["%"] if is_hour else _computed(name, values, node, drops=moment.drops)


def _listed(name: str, value: Value, choice: Node, moment: Moment) -> Value:
    """Returns whether a value is one of a list."""
    parts = choice.parts if choice.kind == "list" else (choice,)
    found = [_compared("==", value, value_of(part, moment)) for part in parts]
    is_in = 1.0 if 1.0 in found else 0.0 if all(item == 0.0 for item in found) else ANY
    return is_in if isinstance(is_in, str) or name == "in" else 1.0 - is_in


def _compared(name: str, left: Value, right: Value) -> Value:
    """Returns 1 if a comparison holds and 0 if it does not, or what is not known of it."""
    if NOTHING in (left, right):
        return NOTHING
    if isinstance(left, float) and isinstance(right, float):
        order = (left > right) - (left < right)
        holds = {">": order > 0, "<": order < 0, ">=": order >= 0, "<=": order <= 0, "==": order == 0}
        return float(holds.get(name, order != 0))
    if left == COUNT and isinstance(right, float) and (right < 0 or (right == 0 and name == "<")):
        return float(name in (">", ">=", "!=", "<>"))
    return ANY


def _kept(held: Value, node: Node, values: list[Value], *, drops: bool) -> Value:
    """Returns what a comparison gives: in PromQL the value of the side that is no number."""
    if not drops or held == NOTHING:
        return held
    kept = values[1] if node.parts[0].kind == "number" else values[0]
    return NOTHING if held == 0.0 else kept if held == 1.0 or isinstance(kept, str) else ANY


def _both(first: Value, second: Value) -> Value:
    """Returns whether two conditions hold."""
    if 0.0 in (first, second) or NOTHING in (first, second):
        return 0.0
    return ANY if isinstance(first, str) or isinstance(second, str) else 1.0


def _joined(name: str, values: list[Value], moment: Moment) -> Value:
    """Returns what two sides give that and, or, or unless joins."""
    left, right = values
    if not moment.drops:
        if name in ("and", "&&"):
            return _both(left, right)
        known = [value for value in values if isinstance(value, float)]
        return 1.0 if any(known) else ANY if len(known) < len(values) and NOTHING not in values else 0.0
    if name == "or":
        return right if left == NOTHING else left if isinstance(left, float) or right == NOTHING else ANY
    if left == NOTHING or (name == "and" and right == NOTHING):
        return NOTHING
    if name == "unless":
        return left if right == NOTHING else NOTHING if isinstance(right, float) else ANY
    return left if isinstance(left, str) or isinstance(right, float) else ANY


def _computed(name: str, values: list[Value], node: Node, *, drops: bool) -> Value:
    """Returns what an operation on numbers gives."""
    if NOTHING in values:
        if drops or values[0] == values[1]:
            return NOTHING
        values = [0.0 if value == NOTHING else value for value in values]
    left, right = values
    if isinstance(left, float) and isinstance(right, float):
        results = {"+": left + right, "-": left - right, "*": left * right}
        if name in ("/", "%") and right:
            results = {"/": left / right, "%": left % right}
        return results.get(name, ANY)
    if (name == "*" and 0.0 in values) or (name == "-" and node.parts[0] == node.parts[1]):
        return 0.0
    is_counted = all(value == COUNT or (isinstance(value, float) and value > 0) for value in values)
    return COUNT if is_counted and name in ("+", "*", "/") else ANY
