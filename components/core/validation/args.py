"""From loose component arguments to a frozen, validated object, with every error told at once.

A component's public arguments are a TypedDict (the only form that works natively and through the plug-in host), and a
TypedDict checks nothing at run time. So the first line of every constructor is `Checked.of(name, args)`.
"""

from typing import TYPE_CHECKING, Annotated, Any, Self

import pulumi
from pydantic import BaseModel, ConfigDict, ValidationError

from falaj.components.core.validation.problems import Problem, problems_of

if TYPE_CHECKING:
    Passed = pulumi.Input
else:
    # At run time a passed-through value may be an Output, which only the engine can resolve: it is not looked into.
    class Passed:
        """`Passed[T]`: a `pulumi.Input[T]` that is handed on, never inspected."""

        def __class_getitem__(cls, _item: object) -> object:
            return Annotated[Any, "passed through"]


class BadArguments(pulumi.RunError):
    """Arguments that a component refuses. The message holds one line a problem: where, given, allowed, fix."""

    def __init__(self, component: str, problems: list[Problem]) -> None:
        super().__init__(f"{component}: " + "; ".join(str(problem) for problem in problems))


class Checked(BaseModel):
    """Base of the validated form of a component's arguments."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    @classmethod
    def of(cls, component: str, args: Any) -> Self:
        """Validate `args` (a mapping); raises `BadArguments` naming every problem."""
        try:
            return cls.model_validate(dict(args))
        except ValidationError as refused:
            raise BadArguments(component, problems_of(refused)) from None
