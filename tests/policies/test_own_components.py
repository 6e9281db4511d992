"""No rule speaks of what the components make with the arguments of their samples, but of what others must add."""

from functools import cache
from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement

from falaj.components import aws, kubernetes
from falaj.components.core.serving.endpoint_picker import Routing
from tests.unit.components import aws_samples, azure_samples, kubernetes_samples
from tests.unit.components.mocks import Recording, build
from tests.unit.components.serving_samples import AWAKE, LARGE, SLEEPING, service

from .harness import Given, Pack, Report

LOST = "what it refers to, or what refers to it, is lost in samples"
PICKED: Any = {**LARGE, "routing": Routing.ENDPOINT_PICKER}
NEIGHBOURS = {
    **dict.fromkeys(("FJ-COST-114", "FJ-COST-121", "FJ-COST-125", "FJ-ENC-001", "FJ-ENC-406"), LOST),
    **dict.fromkeys(("FJ-IDN-105", "FJ-IDN-106", "FJ-RES-106", "FJ-RES-201", "FJ-RSL-111", "FJ-RSL-114"), LOST),
    **dict.fromkeys(("FJ-EXP-108", "FJ-RSL-115", "FJ-RSL-116", "FJ-RSL-118", "FJ-TAG-003"), LOST),
    "FJ-COST-105": "the storage of checkpoints is another component",
    "FJ-ESC-105": "charts of upstream, which a stack lists",
    "FJ-EXP-325": "GPU operators need privileged pods, which a stack lists",
    "FJ-EXP-331": "the gateway is another component",
    "FJ-IDN-118": "an issuer of a sample, which a stack lists",
    "FJ-RSL-001": "the copy on another site is another component",
    "FJ-RSL-101": "an option of the stack for production",
    "FJ-RSL-302": "pods that wait for work may be disrupted",
    "FJ-TAG-008": "the node class or add-on whose tags its disks get is another component",
    "FJ-TAG-009": "samples are of no stack",
}
"""Rule that needs what is not in the sample of a component -> why. No other rule speaks of what components make."""
BUCKETS = ("checkpoints", "checkpoints-1a2b3c4", "datasets", "datasets-1a2b3c4", "uae-models")
KNOWN = {
    "example.ae": "our own domain, in Abu Dhabi",
    "@example.ae": "our own mail",
    **dict.fromkeys(BUCKETS, "a bucket of another component of the samples"),
}
PACK = Pack(
    Enforcement.model_validate(
        {
            "default": {"all": "mandatory"},
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


@cache
def _made(component: Any) -> list[Report]:
    return _reports(PACK, _planned(build(lambda: component("uae", COMPONENTS[component]))))


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda kind: f"{kind.__module__.split('.')[2]}.{kind.__name__}")
def test_what_a_component_makes_is_known(component: Any) -> None:
    assert [report.text for report in _made(component) if report.rule not in NEIGHBOURS] == []


@pytest.mark.parametrize("model", [SLEEPING, AWAKE, LARGE, PICKED], ids=["to zero", "cpu", "load", "picker"])
def test_what_serves_a_model_is_known(model: Any) -> None:
    """Requests go on without a picker, of which one is enough (FJ-RSL-301)."""
    reports = _reports(PACK, _planned(service(model, **({"pools": None} if model is PICKED else {}))))
    assert [report.text for report in reports if report.rule not in {*NEIGHBOURS, "FJ-RSL-301"}] == []


def test_only_rules_that_need_more_are_left_out() -> None:
    assert {report.rule for component in COMPONENTS for report in _made(component)} == set(NEIGHBOURS)


@pytest.mark.parametrize("model", [SLEEPING, AWAKE, LARGE], ids=["to zero", "cpu", "load"])
def test_hours_of_replicas_change_no_finding_of_any_rule(model: Any) -> None:
    """Costs too: the numbers up to which services scale (FJ-COST-126) are those without hours."""

    def found(serving: Any) -> set[tuple[str, str]]:
        return {(report.rule, report.text) for report in _reports(PACK, _planned(service(serving)))}

    assert found({**model, "office_hours": {"min": 3}}) == found(model)


def _planned(recording: Recording) -> list[Given]:
    return [Given(item.typ, item.inputs, item.name) for item in recording.custom()]


def _reports(pack: Pack, planned: list[Given]) -> list[Report]:
    """Returns what the pack reports of each resource and of all as a stack."""
    return pack.evaluate_plan(*planned)
