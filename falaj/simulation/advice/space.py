"""Everything that the search may change in a stack's settings: choices whose alternatives `falaj check` accepts."""

from dataclasses import replace

from falaj.components.settings.load import platform_settings
from falaj.simulation.advice.choices import Choice
from falaj.simulation.advice.office_windows import Windows
from falaj.simulation.advice.pool_choices import pool_choices
from falaj.simulation.advice.queue_choices import queue_choices
from falaj.simulation.advice.setting_changes import accepted
from falaj.simulation.advice.work_choices import work_choices


def search_space(raw: object, hours: Windows | None = None) -> tuple[Choice, ...]:
    """Returns the choices that settings leave open. Raises `SettingsRefused` for invalid settings.

    `hours`: office hours to try; None if no schedule is searched, because it could not be checked on other days.

    An alternative that is invalid by itself is left out, such as spot capacity with one machine type on a cloud that
    wants two, even if another change would make it valid."""
    settings = platform_settings(raw)
    every = (*pool_choices(settings, hours), *queue_choices(settings), *work_choices(settings, hours))
    return tuple(checked for choice in every if (checked := _valid(raw, choice)).is_open)


def _valid(raw: object, choice: Choice) -> Choice:
    valid = (each for each in choice.alternatives if not each.changes or accepted(raw, each.changes))
    return replace(choice, alternatives=tuple(valid))
