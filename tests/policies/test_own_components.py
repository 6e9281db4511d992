"""No rule that reads every property speaks of what the components make with the arguments of their samples."""

from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement

from falaj.components import aws, kubernetes
from tests.unit.components import aws_samples, azure_samples, kubernetes_samples
from tests.unit.components.mocks import Recording, build
from tests.unit.components.serving_samples import AWAKE, LARGE, SLEEPING, service

from .harness import Given, Pack, Report

GENERAL = {
    *("FJ-ESC-103", "FJ-ESC-111", "FJ-ESC-113", "FJ-ESC-115", "FJ-ESC-116", "FJ-ESC-119", "FJ-ESC-120", "FJ-EXP-126"),
    *("FJ-IDN-120", "FJ-IDN-122", "FJ-IDN-213", "FJ-IDN-310", "FJ-IDN-311", "FJ-IDN-313", "FJ-IDN-314"),
    *("FJ-COST-126", "FJ-ENC-425", "FJ-EXP-127", "FJ-RSL-117"),
}
"""Rules on every property of every type, beside those of residency."""
NAMES = {"FJ-RES-002", "FJ-RES-003", "FJ-RES-113"} | GENERAL
BUCKETS = ("checkpoints", "checkpoints-1a2b3c4", "datasets", "datasets-1a2b3c4", "uae-models")
KNOWN = {
    "example.ae": "our own domain, in Abu Dhabi",
    "@example.ae": "our own mail",
    **dict.fromkeys(BUCKETS, "a bucket of another component of the samples"),
}
PACK = Pack(
    Enforcement.model_validate(
        {
            "default": {"all": "disabled", "residency": "mandatory"} | dict.fromkeys(sorted(GENERAL), "mandatory"),
            "escape": {
                "image_publishers": dict.fromkeys(("registry.example.ae", "registry.example"), "our own registry")
            },
            "residency": {"known": KNOWN},
        }
    )
)
COMPONENTS = {**aws_samples.COMPONENTS, **azure_samples.COMPONENTS, **kubernetes_samples.COMPONENTS}
COMPONENTS[aws.Karpenter] = COMPONENTS[aws.Karpenter] | {"prices": True}
COMPONENTS[kubernetes.Keda] = COMPONENTS[kubernetes.Keda] | {"serving_tls": True}


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda kind: f"{kind.__module__.split('.')[2]}.{kind.__name__}")
def test_what_a_component_makes_is_known(component: Any) -> None:
    planned = _planned(build(lambda: component("uae", COMPONENTS[component])))
    assert [report.text for report in _reports(PACK, planned) if report.rule in NAMES] == []


@pytest.mark.parametrize("model", [SLEEPING, AWAKE, LARGE], ids=["to zero", "cpu", "load"])
def test_hours_of_replicas_change_no_finding_of_any_rule(model: Any) -> None:
    """Costs too: the numbers up to which services scale (FJ-COST-126) are those without hours."""
    every = Pack(Enforcement.model_validate({"default": {"all": "mandatory"}}))

    def found(serving: Any) -> set[tuple[str, str]]:
        return {(report.rule, report.text) for report in _reports(every, _planned(service(serving)))}

    assert found({**model, "office_hours": {"min": 3}}) == found(model)


def _planned(recording: Recording) -> list[Given]:
    return [Given(item.typ, item.inputs, item.name) for item in recording.custom()]


def _reports(pack: Pack, planned: list[Given]) -> list[Report]:
    """Returns what the pack reports of each resource and of all as a stack."""
    return pack.evaluate_plan(*planned)
