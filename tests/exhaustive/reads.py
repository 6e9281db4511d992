"""Records which settings fields are read, after validation, while stacks are checked and built."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from falaj.components.core.node_pools.aws_options import AwsPoolOptions
from falaj.components.core.site.args import site_args
from falaj.components.core.validation.args import Spec
from falaj.components.settings.addon_arguments import observability_args, queues
from falaj.components.settings.arguments import run_args
from falaj.components.settings.experiment_arguments import experiment_args, promotion_args

Field = tuple[str, str]
"""The class that first declares a field, and the field's name."""

PASSES_ON = frozenset(
    one.__code__
    for one in (site_args, run_args, queues, experiment_args, promotion_args, observability_args, AwsPoolOptions.given)
)
"""Functions that pass on fields which settings share with arguments, or list them; that does not count as a use."""


def fields_of(model: type[BaseModel]) -> set[Field]:
    """Returns all fields of a model and of its nested models."""
    result: set[Field] = set()
    recording: set[type[BaseModel]] = set()

    def walk(one: Any) -> None:
        if isinstance(one, type) and issubclass(one, BaseModel):
            if one in recording:
                return
            recording.add(one)
            for name, field in one.model_fields.items():
                result.add((owner(one.__mro__, name), name))
                walk(field.annotation)
        for item in get_args(one):
            walk(item)

    walk(model)
    return result


@cache
def owner(bases: tuple[type, ...], name: str) -> str:
    """Returns the name of the class that first declares a field: settings and arguments that share a specification
    share it.
    """
    declaring = [base for base in bases if issubclass(base, BaseModel) and name in base.model_fields]
    return declaring[-1].__name__


@contextmanager
def recorded_reads() -> Iterator[set[Field]]:
    """Records the fields of specifications that are read inside the context, except to pass them on or to list them."""
    reads: set[Field] = set()
    original = Spec.__getattribute__

    def reading(self: Spec, name: str) -> Any:
        code = sys._getframe(1).f_code
        model: type[BaseModel] = type(self)
        if name in model.__pydantic_fields__ and code not in PASSES_ON and "/pydantic/" not in code.co_filename:
            reads.add((owner(model.__mro__, name), name))
        return original(self, name)

    Spec.__getattribute__ = reading  # type: ignore[method-assign]
    try:
        yield reads
    finally:
        del Spec.__getattribute__
