"""Programs in Rego that refuse nothing, as far as it follows from their text alone.

A rule is never met if one of its lines never is: a comparison of constants or of something with itself, an element of
an empty list, `not` before what is always defined and not false, or a helper that is never true. Operators, assignment
and negation by open-policy-agent/opa 01a7104 docs/content/policy-language.md, read 2026-11-30: `not` is met by
what is undefined or false, so that `not count(x)` never is where x is defined, whatever number it is. What is not read,
such as `else` and `with`, may be met.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from ..engine.lazy_regex import lazy_regex
from .cel import always_true, never_true
from .rego_texts import (
    OPENING,
    TEXT_OR_COMMENT,
    are_any,
    brackets,
    is_comprehension,
    is_list,
    is_of_empty,
    names_workloads,
    split,
)

_LONGEST = 100_000
"""Characters of a program without comments that are read; a longer one may be met."""
_LONGEST_LINE = 2_000
"""Characters of a line, and of the head of a rule; a longer one may be met."""
_MOST_LEVELS = 20
"""Helpers that use each other."""
_ANY_ELEMENT = lazy_regex(r"\[\s*_\s*\]")
_DEFAULT = lazy_regex(r"default\s+(?P<name>\w+)\s*:?=\s*(?P<value>.+)", re.DOTALL)
_HEAD = lazy_regex(r"(?P<name>[A-Za-z_]\w*)(?P<rest>.*)", re.DOTALL)
_SINGLE_CONDITION = lazy_regex(r"(?P<head>.*?)\bif\b(?P<body>[^{].*)", re.DOTALL)
_VALUE = lazy_regex(r"(?P<arguments>\(.*?\))?\s*:?=\s*(?P<value>.+)", re.DOTALL)
_BEFORE_A_VALUE = lazy_regex(r"(?:=|\bcontains|\bin|[,|(\[])\s*$")
_ASSIGNED = lazy_regex(r"(?P<name>[A-Za-z_]\w*)\s*:?=(?!=)\s*(?P<value>.+)", re.DOTALL)
_SOME = lazy_regex(r"some\b(?P<names>[^\[{(]*?)(?:\bin\b(?P<list>.*))?", re.DOTALL)
_EMPTY = lazy_regex(r"\(*\s*(?:\[\s*\]|\{\s*\}|set\(\s*\))\s*\)*")
_LITERAL = lazy_regex(r"-?\d+(?:\.\d+)?|\"[^\"]*\"|`[^`]*`|null|true")
"""What is defined, and not false, beside lists, sets and objects."""
_COUNTED = lazy_regex(r"count\((?P<of>.*)\)", re.DOTALL)
_LISTED = lazy_regex(r"\bcount\(\[(?P<items>[^\[\]{}()|\"]*)\]\)")
_UNIFIED = lazy_regex(r"(?<![:=!<>])=(?!=)")
_ALWAYS_THERE = lazy_regex(r"input\.review(?:\.(?:kind|operation|object(?:\.(?:metadata|kind|apiVersion))?))?")
"""Parts of a request that each has (Gatekeeper, "How to use Gatekeeper", and Kubernetes, AdmissionRequest)."""
_CONTAINERS = "input.review.object.spec.containers"
"""What each request for a pod has (Kubernetes, PodSpec), and none for a workload that makes pods."""
_NAME = lazy_regex(r"[A-Za-z_][\w.]*")
_WORD = lazy_regex(r"(\"[^\"]*\"|`[^`]*`)|(?<![\w.\"])([A-Za-z_]\w*)(?![\w\"(])")
_HELPER = lazy_regex(r"(?P<name>[A-Za-z_]\w*)(?P<behind>\(.*\)|\[.*\])?(?P<rest>\s*(?:==|!=)\s*(?:true|false))?")
_REFUSING = ("violation", "deny")


@dataclass(frozen=True)
class _Rule:
    """A rule: what it gives if one of its bodies is met; without a body it always is."""

    arguments: str = ""
    value: str = "true"
    bodies: tuple[str, ...] = ()
    is_read: bool = True
    is_partial: bool = False


@dataclass
class _Program:
    """The rules of a program by their names, and their defaults."""

    rules: dict[str, list[_Rule]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    is_of_pods: bool = True

    @cached_property
    def truths(self) -> dict[str, bool | None]:
        """What is known of helpers; filled while they are read."""
        return {}

    def truth(self, name: str, level: int) -> bool | None:
        """Returns whether a helper is always true, or never; None if it may be either."""
        if name not in self.truths and level < _MOST_LEVELS:
            self.truths[name] = None  # while it is read: a helper of itself may be either
            self.truths[name] = self._truth(name, level)
        return self.truths.get(name)

    def _truth(self, name: str, level: int) -> bool | None:
        found = [self._truth_of_rule(rule, level) for rule in self.rules.get(name, ())]
        if name in self.defaults:
            value = _truth_of_value(self.defaults[name])
            is_other = [result for result in self._results(name, level) if result is not value]
            return value if not is_other else None
        if all(result is False for result in found):
            return False
        return True if True in found else None

    def _results(self, name: str, level: int) -> Iterator[bool | None]:
        """Yields what the rules of a name give where they are met."""
        for rule in self.rules.get(name, ()):
            if not rule.is_read or not rule.bodies or not all(self.is_never_met(body, level) for body in rule.bodies):
                yield _truth_of_value(rule.value) if rule.is_read and not rule.is_partial else None

    def _truth_of_rule(self, rule: _Rule, level: int) -> bool | None:
        if not rule.is_read:
            return None
        is_never = bool(rule.bodies) and all(self.is_never_met(body, level) for body in rule.bodies)
        value = None if rule.is_partial else _truth_of_value(rule.value)
        if is_never or value is False:
            return False
        is_always = not rule.bodies or any(self._is_always_met(body, level) for body in rule.bodies)
        return True if is_always and are_any(rule.arguments) and value else None

    def is_never_met(self, body: str, level: int = 0) -> bool:
        """Returns whether the lines of a body, all of which must be met, can never be."""
        conditions = [f"({text})" for text in self._conditions(body, level) if text]
        return bool(conditions) and never_true(" && ".join(conditions))

    def _is_always_met(self, body: str, level: int) -> bool:
        conditions = list(self._conditions(body, level))
        is_defined = all(text and self._is_there(text, ()) for text in conditions)
        return is_defined and always_true(" && ".join(f"({text})" for text in conditions))

    def _conditions(self, body: str, level: int) -> Iterator[str]:
        """Yields each line as a condition in CEL; empty if nothing is known of it."""
        numbers, values = count(), dict[str, str]()
        for line in split(body, "\n;"):
            text = _ANY_ELEMENT.sub(lambda _: f"[any_{next(numbers)}]", line.strip().rstrip(","))
            if len(text) > _LONGEST_LINE:
                yield ""
                continue
            if text.startswith(("every ", "some ")):
                some = _SOME.fullmatch(text)
                yield "false" if some and some["list"] and _EMPTY.fullmatch(_replaced(some["list"], values)) else ""
                continue
            assigned = _ASSIGNED.fullmatch(text)
            if assigned and not any(assigned["name"] in known for known in (values, self.rules, self.defaults)):
                value = _replaced(assigned["value"].strip(), values)
                values[assigned["name"]] = value
                yield "false" if is_of_empty(value) else ""
            elif text:
                yield self._condition(text, values, level)

    def _condition(self, text: str, values: Mapping[str, str], level: int) -> str:
        is_negated = text.startswith("not ")
        plain = _replaced(text.removeprefix("not ").strip(), values)
        if is_of_empty(plain):
            return "true" if is_negated else "false"
        if is_negated and self._is_defined(text.removeprefix("not ").strip(), plain, values):
            return "false"
        plain = _LISTED.sub(lambda match: str(len([item for item in match["items"].split(",") if item.strip()])), plain)
        plain = self._with_helpers(_UNIFIED.sub("==", plain), level)
        if is_negated and always_true(plain) and not self._is_there(plain, ()):
            return ""  # met where a part is not defined
        return f"!({plain})" if is_negated else plain

    def _is_defined(self, written: str, text: str, values: Mapping[str, str]) -> bool:
        """Returns whether an expression has a value in any case, and one that is not false."""
        counted = _COUNTED.fullmatch(written)
        if counted is not None:
            inner, rules = counted["of"].strip(), self.rules
            is_set = inner in rules and all(rule.is_partial for rule in rules[inner])
            return inner in values or is_set or self._is_defined(inner, _replaced(inner, values), values)
        if is_list(written):
            return is_comprehension(written) or self._is_there(written, values)
        bare = text.strip("() ")
        is_name = _NAME.fullmatch(bare) is not None and bare != "false"
        return _LITERAL.fullmatch(text.strip()) is not None or (is_name and self._is_there(bare, ()))

    def _is_there(self, text: str, variables: Collection[str]) -> bool:
        """Returns whether all that an expression names is defined in any case; `variables` are assigned before it."""
        names = _NAME.findall(TEXT_OR_COMMENT.sub("", text))
        known = {"true", "false", "null", "count", *variables, *([_CONTAINERS] if self.is_of_pods else [])}
        return all(name in known or _ALWAYS_THERE.fullmatch(name) for name in names)

    def _with_helpers(self, text: str, level: int) -> str:
        """Returns a condition with `true` or `false` for each helper of which that is known."""
        match = _HELPER.fullmatch(text)
        if match is None or not (match["name"] in self.rules or match["name"] in self.defaults):
            return text
        behind = match["behind"] or ""
        if behind and not is_list(f"[{behind[1:-1]}]"):
            return text  # `f(x) == g(y)` is no one call
        truth = self.truth(match["name"], level + 1)
        if truth is None or (truth and behind.startswith("[")):
            return text  # an element of a list may be missing, or false
        return f"{str(truth).lower()}{match['rest'] or ''}"


def refuses_nothing(program: str) -> bool:
    """Returns whether each rule of a program by which Gatekeeper refuses an object can never be met."""
    text = TEXT_OR_COMMENT.sub(lambda match: match[1] or "", program)
    if len(text) > _LONGEST:
        return False
    parsed = _parsed(text)
    name = next((name for name in _REFUSING if name in parsed.rules), "")
    rules = parsed.rules.get(name, [])
    return bool(rules) and all(
        rule.is_read and bool(rule.bodies) and all(map(parsed.is_never_met, rule.bodies)) for rule in rules
    )


def _truth_of_value(value: str) -> bool | None:
    plain = value.strip()
    if len(plain) > _LONGEST_LINE:
        return None
    return False if plain == "false" else True if _LITERAL.fullmatch(plain) or is_list(plain) else None


def _replaced(text: str, values: Mapping[str, str]) -> str:
    """Returns a text with the values of its variables, outside texts and behind no dot; one that grows is kept."""
    if not values:
        return text
    result = _WORD.sub(lambda match: f"({values[match[2]]})" if match[2] in values else match[0], text)
    return result if len(result) <= _LONGEST_LINE else text


def _parsed(text: str) -> _Program:
    """Returns the rules of a program without comments."""
    result = _Program(is_of_pods=not names_workloads(text))
    for statement in split(text, "\n"):
        stripped = statement.strip()
        default = _DEFAULT.fullmatch(stripped)
        if default:
            result.defaults[default["name"]] = default["value"]
        elif (head := _HEAD.fullmatch(stripped)) and head["name"] not in ("package", "import"):
            result.rules.setdefault(head["name"], []).append(_rule(head["rest"]))
    return result


def _rule(text: str) -> _Rule:
    """Returns the rule behind its name."""
    head, bodies = _head_and_bodies(text)
    single = _SINGLE_CONDITION.fullmatch(head) if not bodies else None
    if single:
        head, bodies = single["head"], (single["body"],)
    is_partial = head.startswith("[") or re.match(r"\s+contains\b", head) is not None
    if len(head) > _LONGEST_LINE:
        return _Rule(bodies=bodies, is_read=False)
    value = _VALUE.fullmatch(head) if not is_partial else None
    arguments = value["arguments"] if value else head if head.startswith("(") else ""
    is_read = re.search(r"\belse\b", text) is None
    return _Rule((arguments or "").strip(), value["value"] if value else "true", bodies, is_read, is_partial)


def _head_and_bodies(text: str) -> tuple[str, tuple[str, ...]]:
    """Returns what stands before the first body of a rule, and its bodies."""
    depth, start, first, bodies = 0, 0, len(text), list[str]()
    for index, character in brackets(text):
        if character in OPENING:
            if depth == 0:
                is_body = character == "{" and _BEFORE_A_VALUE.search(text[max(0, index - 20) : index]) is None
                start = index if is_body else -1
                first = min(first, index) if is_body else first
            depth += 1
        else:
            depth -= 1
            if depth == 0 and start >= 0:
                bodies.append(text[start + 1 : index])
    return re.sub(r"\bif\s*$", "", text[:first]), tuple(bodies)
