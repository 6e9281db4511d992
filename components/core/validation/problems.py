"""Problems in what a person wrote, told the same way everywhere: path, given, allowed, fix."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import Enum
from typing import Self

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from falaj.components.core.validation.declarations import Location, fields_at, limits_at
from falaj.components.core.validation.expectations import expectation


@dataclass(frozen=True)
class Problem:
    """One thing to correct. `path` is dotted from the top of what was written. `given` is None where a required field
    is missing; `allowed` is empty where that needs no more words, and for an unknown field. `condition` says when a
    missing field is required."""

    path: str
    given: object
    allowed: str
    fix: str
    condition: str = ""

    @classmethod
    def missing(cls, path: str, condition: str, fix: str) -> Self:
        """A field that is missing and required where a condition holds."""
        return cls(path, None, "", fix, condition)

    def __str__(self) -> str:
        return f"{self.path}: {self._reason}. Fix: {self.fix}."

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


def refusal(allowed: str, fix: str, path: str = "", given: object = None) -> PydanticCustomError:
    """An error for a pydantic validator to raise. `path` and `given` narrow it to a part of the value validated."""
    context: dict[str, object] = {"allowed": allowed, "fix": fix, "subpath": path}
    if path:
        context["given"] = given
    return PydanticCustomError("refused", "allowed: {allowed}; fix: {fix}", context)


def refuse_if(problems: Iterable[Problem]) -> None:
    """For a pydantic validator: raises one error that carries every problem, if there is any. Paths are inside the
    value validated."""
    if found := list(problems):
        raise PydanticCustomError("refused_parts", "{count} problems", {"count": len(found), "problems": found})


def below(path: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems of a part, with paths from above it."""
    return (replace(problem, path=_dotted(path, problem.path)) for problem in problems)


def problems_of(error: ValidationError, root: str = "", model: type[BaseModel] | None = None) -> list[Problem]:
    """Every problem of a failed validation, in the order of the paths.

    With `model`, the class that was validated, an unknown field is told with the known one that is closest to it.
    """
    return [problem for detail in error.errors(include_url=False) for problem in _problems(detail, root, model)]


def _problems(detail: ErrorDetails, root: str, model: type[BaseModel] | None) -> Iterator[Problem]:
    context, kind, location = detail.get("ctx", {}), detail["type"], detail["loc"]
    path = _dotted(root, *location)
    if kind == "refused_parts":
        for part in context["problems"]:
            yield replace(part, path=_dotted(path, part.path))
    elif kind == "refused":
        given = context.get("given", detail["input"])
        yield Problem(_dotted(path, context["subpath"]), given, context["allowed"], context["fix"])
    elif kind == "missing":
        yield Problem(path, None, "", f"add `{location[-1]}`")
    elif kind == "extra_forbidden":
        yield Problem(path, detail["input"] or "a value", "", _closest(str(location[-1]), model, location[:-1]))
    elif kind in ("enum", "literal_error"):
        words = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        yield Problem(path, _plain(detail["input"]), words, "choose one of these")
    else:
        yield Problem(path, _plain(detail["input"]), *expectation(detail, limits_at(model, location)))


def _dotted(*parts: object) -> str:
    return ".".join(str(part) for part in parts if part not in ("", None, "[key]"))


def _plain(value: object) -> object:
    """None says that a field is missing; here it was given."""
    return "null" if value is None else value


def _closest(name: str, model: type[BaseModel] | None, location: Location) -> str:
    fields = fields_at(model, location)
    if close := get_close_matches(name, fields, 1, 0.6):
        return f"did you mean `{close[0]}`? If not, remove `{name}`"
    known = f": known are {', '.join(sorted(fields))}" if fields else ""
    return f"remove `{name}` or correct its spelling{known}"


def _shown(value: object) -> str:
    text = json.dumps(value.value if isinstance(value, Enum) else value, default=str, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "..."
