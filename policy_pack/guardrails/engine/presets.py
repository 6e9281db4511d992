"""Presets of enforcement.yaml: settings for common building blocks, such as AWS Load Balancer Controller.

`data/presets.yaml`: name -> sections of the settings, and `includes`, the names of other presets.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import yaml

from .data_folder import DATA

_Sections = dict[str, dict[str, dict[str, Any]]]


@cache
def presets() -> Mapping[str, dict[str, Any]]:
    """Returns the presets by name."""
    return yaml.safe_load((DATA / "presets.yaml").read_text(encoding="utf-8"))


def with_presets(settings: Any) -> Any:
    """Returns the content of enforcement.yaml with the settings of its presets. Its own entries apply first.

    What is not a mapping, at any level, and unknown presets are left to the validation.
    """
    names = settings.get("presets") if isinstance(settings, dict) else None
    if not isinstance(names, list):
        return settings
    merged = dict(settings)
    for sections in _sections(names):
        for section, options in sections.items():
            merged[section] = _merged(options, merged.get(section, {}))
    return merged


def _sections(names: list[Any]) -> Iterator[_Sections]:
    for name in names:
        preset = presets().get(name) if isinstance(name, str) else None
        if preset is not None:
            yield {key: value for key, value in preset.items() if key != "includes"}
            yield from _sections(preset.get("includes", []))


def _merged(preset: dict[str, dict[str, Any]], own: Any) -> Any:
    if not isinstance(own, dict):
        return own
    given = {key: own.get(key) or {} for key in preset}
    return own | {key: {**preset[key], **value} if isinstance(value, dict) else value for key, value in given.items()}
