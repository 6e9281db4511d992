"""Tells whether a setting stands beside another one, so that it can excuse it: in the same program of a resource.

Two settings in different items of a list are of different things: containers of a pod, services, listeners, objects.
Two items of a list of settings are settings of one thing: variables with a name and a value, arguments, lines.
"""

from functools import lru_cache

from ..engine.lazy_regex import lazy_regex

_PART = lazy_regex(r"\[\d+\]|[^.\[\]]+|[.\[\]]")
_CONTAINERS = frozenset({"containers", "initContainers", "ephemeralContainers", "sidecars"})
"""Lists whose items are programs of one pod, each with settings of its own (Kubernetes, PodSpec; values of charts)."""
_OF_A_PAIR = frozenset(
    {
        "name", "Name", "key", "Key", "value", "Value", "valueFrom", "secretRef", "defaultValue", "optionName",
        "parameterName", "parameterValue", "ParameterKey", "ParameterValue", "parameterKey", "option", "setting",
        "propertyName", "namespace",
    }
)  # fmt: skip
"""Properties of an item that is one setting with its value."""
_OF_WORDS = frozenset({"args", "argv", "arguments", "command", "commands", "entryPoint", "entryPoints", "env", "envs"})
"""Lists of words of one command, or of variables, whose texts may have settings inside."""
_LONGEST = 2_000
MOST = 100
"""Settings of one resource that are compared with each other: no program has as many that excuse one."""


def is_beside(path: str, other: str) -> bool:
    """Returns whether the settings at two paths of a resource are of the same program, as far as the paths say."""
    one, two = _parts(path), _parts(other)
    for index, (part, counterpart) in enumerate(zip(one, two, strict=False)):
        if part == counterpart:
            continue
        if part.startswith("[") and counterpart.startswith("["):
            name = one[index - 1] if index else ""
            return name in _OF_WORDS or _is_setting(one[index + 1 :]) or _is_setting(two[index + 1 :])
        return not {part, counterpart} <= _CONTAINERS
    return True


@lru_cache(maxsize=4_096)
def _parts(path: str) -> tuple[str, ...]:
    return tuple(part for part in _PART.findall(path[:_LONGEST]) if part not in ".[]")


def _is_setting(rest: tuple[str, ...]) -> bool:
    """Returns whether an item of a list is one setting, by what of its path is left: a text, or a name and a value."""
    return not rest or rest[0] in _OF_A_PAIR
