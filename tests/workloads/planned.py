"""Pods of served models as a stack plans them."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from falaj.components.build import platform
from falaj.components.settings.load import platform_settings
from falaj.components.settings.stackfile import KEY
from tests.unit.components.mocks import Recording, build

ROOT = Path(__file__).parents[2]
DEPLOYMENT = "kubernetes:apps/v1:Deployment"
Change = Callable[[dict[str, Any]], None]


@cache
def _settings(file: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / file).read_text(encoding="utf-8"))["config"][KEY]


def plan(file: str, change: Change = lambda _: None) -> Recording:
    """Returns what a stack without existing clusters registers, with changed settings."""
    settings = deepcopy(_settings(file))
    change(settings)
    return build(lambda: platform.build(platform_settings(settings)))


def pod(recording: Recording, service: str) -> Mapping[str, Any]:
    """Returns the specification of the pods of a service."""
    [found] = [item for item in recording.of(DEPLOYMENT) if item.inputs["metadata"]["name"] == service]
    return found.inputs["spec"]["template"]["spec"]
