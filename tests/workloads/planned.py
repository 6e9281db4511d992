"""Pods of the models that an example serves, as its settings and the component plan them."""

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from falaj.components.settings.stackfile import KEY
from tests.unit.components.serving_samples import service

STACK = Path(__file__).parents[2] / "examples" / "smb-inference" / "Pulumi.smb.yaml"
DEPLOYMENT = "kubernetes:apps/v1:Deployment"


@cache
def _services() -> Mapping[str, Any]:
    settings = yaml.safe_load(STACK.read_text(encoding="utf-8"))["config"][KEY]
    return settings["tenants"]["shops"]["services"]


def serving_of(name: str) -> dict[str, Any]:
    """Returns the served model of a service of the example, in a vault that has an address."""
    serving = deepcopy(_services()[name]["serving"])
    serving["model"]["uri"] = serving["model"]["uri"].replace("vault://models", "s3://uae-models")
    return serving


def planned_pod(name: str, **changed: Any) -> Mapping[str, Any]:
    """Returns the specification of the pods of a service of the example, with changed settings of its model."""
    recording = service(serving_of(name) | changed, service=name, pools=None)
    return recording.one(DEPLOYMENT).inputs["spec"]["template"]["spec"]
