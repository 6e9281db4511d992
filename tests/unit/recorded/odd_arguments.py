"""What every component makes of sample arguments of which one is odd, and how odd settings of stacks are refused."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from falaj.components.core.validation.problems import BadArguments
from falaj.components.settings.stackfile import KEY, TENANT_KEY, check
from tests.unit.components.mocks import build
from tests.unit.recorded.fixed_day import on_a_fixed_day
from tests.unit.recorded.odd_values import CHANGES, CLOSE, number_of, odd, other, places, with_value
from tests.unit.recorded.plans import SAMPLES, STACKS, resource_content

FILE = "odd_arguments.csv"
ROUNDS = 10
"""Odd arguments of each component."""
SETTINGS = "settings"
GROUPS = (*SAMPLES, SETTINGS)


def contents(group: str) -> dict[tuple[str, ...], Any]:
    """Returns what is planned, or the refusal, for each component; or what is said of the settings of each stack."""
    with on_a_fixed_day():
        if group == SETTINGS:
            return {(group, file): refusals for file, refusals in _settings()}
        return {
            (group, kind.__name__): [_made(kind, _odd(args, f"{kind.__name__} {number}")) for number in range(ROUNDS)]
            for kind, args in SAMPLES[group].COMPONENTS.items()
        }


def _odd(args: dict[str, Any], name: str) -> dict[str, Any]:
    """Returns arguments with one odd value, in each second case a close one; not in the tags, which all have."""
    own = {key: value for key, value in args.items() if key != "tags"}
    return {
        **{key: args[key] for key in args if key == "tags"},
        **odd(own, name, (CHANGES, CLOSE)[number_of(name) % 2]),
    }


def _made(kind: Callable[..., Any], args: Any) -> Any:
    try:
        plan = build(lambda: kind("it", args))
    except BadArguments as error:
        return f"refused: {error}"
    except Exception:  # which of several errors of the SDK comes first is not the same each time
        return "not built"
    ordered = sorted(plan.resources, key=lambda item: item.urn)  # the SDK registers them in changing order
    return [resource_content(item, plan.outputs.get(item.urn, {})) for item in ordered]


def _settings() -> Iterator[tuple[str, Any]]:
    """Yields each stack, and what is said of its settings for odd values: one in each second field that no stack before
    it had."""
    seen: set[tuple[str, ...]] = set()
    with TemporaryDirectory() as folder:
        for file in STACKS:
            content = yaml.safe_load(file.read_text(encoding="utf-8"))
            given = [(path, value) for path, value in places(content) if {KEY, TENANT_KEY} & set(path[:2])]
            fields = {_field(path): (path, value) for path, value in given if number_of(str(_field(path))) % 2}
            new = [place for field, place in fields.items() if field not in seen]
            seen |= fields.keys()
            yield file.name, [_checked(content, *place, Path(folder, file.name)) for place in new]


def _field(path: tuple[str | int, ...]) -> tuple[str, ...]:
    return tuple("*" if isinstance(step, int) else step for step in path)


def _checked(content: Any, path: tuple[str | int, ...], value: Any, file: Path) -> Any:
    changed = with_value(content, path, other(value, number_of(str(path))))
    file.write_text(yaml.safe_dump(changed, allow_unicode=True), encoding="utf-8")
    return [
        ".".join(map(str, path)),
        sorted(str(problem).replace(str(file.parent), "") for problem in check(file).problems),
    ]
