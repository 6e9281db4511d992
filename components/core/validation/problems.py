"""Problems in what a person wrote, told the same way everywhere: path, given, allowed, fix."""

import json
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `path` is dotted from the top of what was written."""

    path: str
    given: object
    allowed: str
    fix: str

    def __str__(self) -> str:
        return f"{self.path}: {_shown(self.given)} is not allowed; allowed: {self.allowed}. Fix: {self.fix}."


def refusal(allowed: str, fix: str, path: str = "", given: object = None) -> PydanticCustomError:
    """An error for a pydantic validator to raise. `path` and `given` narrow it to a part of the value validated."""
    context: dict[str, object] = {"allowed": allowed, "fix": fix, "subpath": path}
    if path:
        context["given"] = given
    return PydanticCustomError("refused", "allowed: {allowed}; fix: {fix}", context)


def problems_of(error: ValidationError, root: str = "") -> list[Problem]:
    """Every problem of a failed validation, in the order of the paths."""
    return [_problem(detail, root) for detail in error.errors(include_url=False)]


def _problem(detail: ErrorDetails, root: str) -> Problem:
    context = detail.get("ctx", {})
    parts = [root, *(str(part) for part in detail["loc"]), str(context.get("subpath", ""))]
    path = ".".join(part for part in parts if part)
    kind = detail["type"]
    if kind == "refused":
        given = context.get("given", detail["input"])
        return Problem(path, given, str(context["allowed"]), str(context["fix"]))
    if kind == "missing":
        return Problem(path, None, "a value (the key is required)", f"add `{detail['loc'][-1]}`")
    if kind == "extra_forbidden":
        return Problem(path, detail["input"], "no such key", f"remove `{detail['loc'][-1]}` or correct its spelling")
    return Problem(path, detail["input"], detail["msg"], "write a value of the allowed form")


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    text = json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "..."
