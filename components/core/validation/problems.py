"""Problems in settings and arguments, reported in one format: path, given value, allowed values, fix."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from enum import Enum
from typing import Self

import pulumi
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from falaj.components.core.validation.declarations import Location, fields_at, limits_at
from falaj.components.core.validation.expectations import expectation
from falaj.components.core.validation.set_once import WHERE, sources_of
from falaj.facts.markup import one_line

KNOWN_BEFORE_DEPLOYMENT = "a value known before the deployment (it decides which resources are created)"
"""What is allowed instead of an Output, in a field that is not an `Input`."""


@dataclass(frozen=True)
class Problem:
    """One invalid value. `path` is the dotted path from the root of the document. `given` is None if a required field
    is missing. `allowed` is empty for an unknown field, and for a missing field without further constraints.
    `condition` says when a missing field is required."""

    path: str
    given: object
    allowed: str
    fix: str
    condition: str = ""

    @classmethod
    def missing(cls, path: str, condition: str, fix: str) -> Self:
        """Returns the problem of a missing field that is required where a condition holds."""
        return cls(path, None, "", fix, condition)

    def __str__(self) -> str:
        return one_line(f"{shortened(self.path, _LONGEST_PATH)}: {self.advice}")

    @property
    def advice(self) -> str:
        """What is wrong with the value, and how to mend it."""
        return f"{self._reason}. Fix: {self.fix}."

    @property
    def _reason(self) -> str:
        if self.condition:
            return f"required where {self.condition}"
        if self.given is None:
            return (
                f"required field is missing; allowed: {self.allowed}" if self.allowed else "required field is missing"
            )
        if not self.allowed:
            return "unknown field"
        return f"{_shown(self.given)} is not allowed; allowed: {self.allowed}"


_LONGEST_PATH = 300
"""Characters of a path in a message: keys that nobody meant may have thousands."""


def shortened(text: str, length: int = 60) -> str:
    """Returns a text, cut to a number of characters if it has more."""
    return text if len(text) <= length else f"{text[:length]}..."


class BadArguments(pulumi.RunError):
    """Raised for invalid arguments of a component. The message has one line per problem: path, value, allowed, fix."""

    def __init__(self, component: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{component}: " + "\n  ".join(str(problem) for problem in problems))


def refusal(allowed: str, fix: str, path: str = "", given: object = None) -> PydanticCustomError:
    """Returns an error for a pydantic validator to raise. `path` and `given` refer to a part of the validated value."""
    context: dict[str, object] = {"allowed": allowed, "fix": fix, "subpath": path}
    if path or given is not None:
        context["given"] = given
    return PydanticCustomError("refused", "allowed: {allowed}; fix: {fix}", context)


def refuse_if(problems: Iterable[Problem]) -> None:
    """Raises one error with all problems, if there are any, for use in pydantic validators.

    Paths are relative to the validated value.
    """
    if collected := list(problems):
        raise PydanticCustomError("refused_parts", "{count} problems", {"count": len(collected), "problems": collected})


def below(path: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yields the problems with `path` prepended to their paths."""
    return (replace(problem, path=_dotted(path, problem.path)) for problem in problems)


def problems_of(error: ValidationError, root: str = "", model: type[BaseModel] | None = None) -> list[Problem]:
    """Returns all problems of a failed validation, in the order of pydantic's errors.

    With `model`, the validated class, the fix of an unknown field suggests the most similar field.
    """
    return [problem for detail in error.errors(include_url=False) for problem in _problems(detail, root, model)]


def _problems(detail: ErrorDetails, root: str, model: type[BaseModel] | None) -> Iterator[Problem]:
    context, error_type, location = detail.get("ctx", {}), detail["type"], detail["loc"]
    path = _dotted(root, *location)
    if _is_output(detail["input"]):
        yield Problem(path, detail["input"], KNOWN_BEFORE_DEPLOYMENT, "give the value itself")
    elif error_type == "refused_parts":
        for problem in context["problems"]:
            yield replace(problem, path=_dotted(path, problem.path))
    elif error_type == "refused":
        given = context.get("given", detail["input"])
        # YAML reads 1.36 without quotes as a number, and 2026-12-01 as a date: the value alone does not show what is
        # wrong.
        quotes = ", in quotes" if context.get("text") and isinstance(given, int | float | date) else ""
        yield Problem(_dotted(path, context["subpath"]), given, context["allowed"], context["fix"] + quotes)
    elif error_type == "missing":
        yield Problem(path, None, "", _addition(str(location[-1]), model, location[:-1]))
    elif error_type == "extra_forbidden":
        yield Problem(path, detail["input"] or "a value", "", _closest(str(location[-1]), model, location[:-1]))
    elif error_type in ("enum", "literal_error"):
        choices = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        yield Problem(path, _plain(detail["input"]), choices, "choose one of these")
    else:
        yield Problem(path, _plain(detail["input"]), *expectation(detail, limits_at(model, location)))


def _addition(name: str, model: type[BaseModel] | None, location: Location) -> str:
    may_be_set_once = model is not None and not location and name in sources_of(model)
    return f"add `{name}`, or set it once for all components in `{WHERE}`" if may_be_set_once else f"add `{name}`"


def _dotted(*parts: object) -> str:
    return ".".join(str(part) for part in parts if part not in ("", None, "[key]"))


class _Null:
    """A value of null. None in a `Problem` would mean that the field is missing."""


def _plain(value: object) -> object:
    return _Null() if value is None else value


def _closest(name: str, model: type[BaseModel] | None, location: Location) -> str:
    fields = fields_at(model, location)
    if matches := get_close_matches(name, fields, 1, 0.6):
        return f"did you mean `{matches[0]}`? If not, remove `{shortened(name)}`"
    known_fields = f": known are {', '.join(sorted(fields))}" if fields else ""
    return f"remove `{shortened(name)}` or correct its spelling{known_fields}"


def _is_output(value: object) -> bool:
    return isinstance(value, pulumi.Output)


def _shown(value: object) -> str:
    if _is_output(value):
        return "an Output"
    if isinstance(value, _Null):
        return "null"
    text = json.dumps(value.value if isinstance(value, Enum) else value, default=str, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "..."
