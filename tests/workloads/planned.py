"""Pods and routes of the models that an example serves, as its settings and the components plan them."""

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from falaj.components.kubernetes.serving.experiment import Experiment
from falaj.components.settings.stackfile import KEY
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded
from tests.unit.components.serving_samples import EXPERIMENT, service

STACK = Path(__file__).parents[2] / "examples" / "smb-inference" / "Pulumi.smb.yaml"
DEPLOYMENT = "kubernetes:apps/v1:Deployment"
ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute"


@cache
def _services() -> Mapping[str, Any]:
    settings = yaml.safe_load(STACK.read_text(encoding="utf-8"))["config"][KEY]
    return settings["tenants"]["shops"]["services"]


def serving_of(name: str) -> dict[str, Any]:
    """Returns the served model of a service of the example; the vault of its model has an address."""
    serving = deepcopy(_services()[name]["serving"])
    if uri := serving["model"].get("uri"):
        serving["model"]["uri"] = uri.replace("vault://models", "s3://uae-models")
    return serving


def planned_pod(name: str, **changed: Any) -> Mapping[str, Any]:
    """Returns the specification of the pods of a service of the example, with changed settings of its model."""
    recording = service(serving_of(name) | changed, service=name, pools=None)
    return recording.one(DEPLOYMENT).inputs["spec"]["template"]["spec"]


def awake(name: str, **changed: Any) -> dict[str, Any]:
    """Returns the served model of a service of the example that does not scale to zero, with changed settings."""
    return {key: value for key, value in (serving_of(name) | changed).items() if key != "cold_start"}


def planned_deployment(name: str, serving: Mapping[str, Any]) -> Mapping[str, Any]:
    """Returns the specification of the Deployment of a service."""
    return service(serving, service=name, pools=None).one(DEPLOYMENT).inputs["spec"]


def planned_experiment(name: str, a: Mapping[str, Any], b: Mapping[str, Any], **split: Any) -> Recording:
    """Returns what an experiment with two variants of a service registers."""
    return recorded(Experiment, {**EXPERIMENT, "service": name, "a": a, "b": b, **split})


def deployments_of(experiment: Recording) -> Mapping[str, Mapping[str, Any]]:
    """Returns the specifications of the Deployments of an experiment by their names."""
    found = (item.inputs for item in experiment.of(DEPLOYMENT))
    return {one["metadata"]["name"]: one["spec"] for one in found}


def weights_of(experiment: Recording) -> Mapping[str, int]:
    """Returns the weights of an experiment's route by Service."""
    [rule] = experiment.one(ROUTE).inputs["spec"]["rules"]
    return {backend["name"]: backend["weight"] for backend in rule["backendRefs"]}
