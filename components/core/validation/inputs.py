"""Functions of inputs that may be Outputs of other resources."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, overload

import pulumi

A = TypeVar("A")
B = TypeVar("B")
T = TypeVar("T")


@overload
def map_inputs(function: Callable[[A], T], first: pulumi.Input[A], /) -> pulumi.Input[T]: ...
@overload
def map_inputs(
    function: Callable[[A, B], T], first: pulumi.Input[A], second: pulumi.Input[B], /
) -> pulumi.Input[T]: ...
def map_inputs(function: Callable[..., Any], /, *inputs: Any) -> Any:
    """Returns the value of a function of inputs: at once if all are known, otherwise as an Output.

    The function must create no resources, because a preview does not call it for values that are still unknown.
    """
    if any(isinstance(value, pulumi.Output) for value in inputs):
        return pulumi.Output.all(*inputs).apply(lambda known: function(*known))
    return function(*inputs)


def outputs_by_name(outputs: Mapping[str, pulumi.Input[T]]) -> pulumi.Output[dict[str, T]]:
    """Returns an Output of a mapping. `pulumi.Output.all` alone returns a list where the mapping is empty."""
    return pulumi.Output.all(**outputs).apply(dict)
