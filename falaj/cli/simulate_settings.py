"""The settings that `falaj simulate` works on: a stack file, with changes of the command line."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from falaj.cli.bill_options import KEY
from falaj.cli.common import EXIT_INVALID, CommandError, err, paths_of
from falaj.cli.simulate_advice import StackSource

if TYPE_CHECKING:
    from falaj.components.settings.stack import Settings


def read_stack(project: Path, stack: str, changes: Sequence[str]) -> "tuple[StackSource, Settings]":
    """Returns the settings of a stack with changes `PATH=VALUE`, as in the file and validated.

    Raises `BadInput` or `CommandError` for a stack without settings of a platform, and for invalid ones."""
    from falaj.components.settings.config_references import in_config, resolve
    from falaj.finops.input_files import parse_yaml, read_text
    from falaj.simulation.changes import changed

    paths = paths_of(project)
    file = paths.stack_file(stack)
    if not file.is_file():
        existing = ", ".join(paths.stacks()) or "none"
        raise CommandError(f"no stack {stack!r}: there are: {existing}", EXIT_INVALID)
    text = read_text(file)
    content = parse_yaml(text, file.name)
    config = content.get("config") if isinstance(content, Mapping) else None
    if not isinstance(config, Mapping) or KEY not in config:
        allowed = f"the settings of a platform, {KEY}: a tenant's own stack runs on the platform of another stack"
        raise CommandError(f"{file.name}: config has no {KEY}; a simulation needs {allowed}", EXIT_INVALID)
    raw = changed(resolve(config[KEY], in_config(config)), changes)
    return StackSource(raw, text, _in_repository(file)), _validated(raw, file.name)


def _validated(raw: object, name: str) -> "Settings":
    from falaj.components.core.validation.deprecations import recorded_deprecations
    from falaj.components.settings.load import SettingsRefused, platform_settings

    with recorded_deprecations() as deprecated:
        try:
            settings = platform_settings(raw)
        except SettingsRefused as refused:
            problems = "; ".join(str(problem) for problem in refused.problems)
            raise CommandError(f"{name}: {problems}", EXIT_INVALID) from None
    for warning in deprecated:
        err.print(f"warning: {name}: {warning}", style="yellow", highlight=False, markup=False)
    return settings


def _in_repository(file: Path) -> str:
    """Returns the path of a file in its git repository; its name outside one."""
    absolute = file.resolve()
    root = next((folder for folder in absolute.parents if (folder / ".git").exists()), absolute.parent)
    return absolute.relative_to(root).as_posix()
