"""Commands that share groups of options, and refuse bad input in one sentence."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Any, get_type_hints

from falaj.cli.common import EXIT_INVALID, CommandError


def cost_command(function: Callable[..., None]) -> Callable[..., None]:
    """Returns a command whose parameters that are dataclasses of options are these options, each declared once.

    Bad input becomes a `CommandError` with exit status 2.
    """
    hints = get_type_hints(function, include_extras=True)
    groups: dict[str, Any] = {name: hint for name, hint in hints.items() if is_dataclass(hint)}

    @wraps(function)
    def command(**given: Any) -> None:
        from falaj.finops.errors import BadInput

        built = {
            name: group(**{option.name: given.pop(option.name) for option in fields(group)})
            for name, group in groups.items()
        }
        try:
            function(**given, **built)
        except BadInput as error:
            raise CommandError(str(error), EXIT_INVALID) from None

    parameters: list[Parameter] = []
    for parameter in signature(function).parameters.values():
        if parameter.name in groups:
            parameters += _options(groups[parameter.name])
        else:
            parameters.append(parameter.replace(kind=Parameter.KEYWORD_ONLY, annotation=hints[parameter.name]))
    command.__annotations__ = {each.name: each.annotation for each in parameters}
    command.__dict__["__signature__"] = Signature(parameters)
    return command


def _options(group: Any) -> list[Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        Parameter(option.name, Parameter.KEYWORD_ONLY, default=option.default, annotation=hints[option.name])
        for option in fields(group)
    ]
