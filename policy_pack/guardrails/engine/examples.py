"""A bad and a good example for each guardrail. The reference shows them, and a test evaluates them.

`data/examples/*.yaml`: rule -> bad and good, each of them one resource or several resources of one plan.
"""

from functools import cache
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict

from .data_folder import DATA

FOLDER = DATA / "examples"


class ExampleResource(BaseModel):
    """A resource as a program declares it. `links`: property -> names of the resources that its value comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    type: str
    name: str = "it"
    props: dict[str, Any] = {}
    provider: dict[str, Any] | None = None
    links: dict[str, tuple[str, ...]] = {}


def _as_sequence(value: object) -> object:
    """Wraps a single resource in a tuple."""
    return value if isinstance(value, list | tuple) else (value,)


ExamplePlan = Annotated[tuple[ExampleResource, ...], BeforeValidator(_as_sequence)]


class Example(BaseModel):
    """Resources that a guardrail refuses, and their compliant form; none where the resource type itself is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    bad: ExamplePlan
    good: ExamplePlan = ()


@cache
def examples() -> dict[str, Example]:
    """Returns the examples by rule id."""
    by_rule: dict[str, Example] = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        for rule, example in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            by_rule[rule] = Example.model_validate(example)
    return by_rule
