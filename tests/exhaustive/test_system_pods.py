"""The facts about pods of a cluster's own cover everything that the shipped stacks install, as it is installed."""

import json
from collections.abc import Iterator, Mapping
from contextlib import chdir
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from falaj.components.build import platform
from falaj.components.core.site.eks_addons import NAMES
from falaj.components.settings.checks.capacity import site_load, site_parts
from falaj.components.settings.load import platform_settings
from falaj.components.settings.stackfile import KEY
from falaj.facts.system_pods import SystemPods, parts, pods_of
from tests.unit.components import aws_samples, kubernetes_samples
from tests.unit.components.mocks import Recording, RegisteredResource, build
from tests.unit.components.samples import recorded
from tests.unit.settings.stacks import ROOT

RELEASE, ADDON = "kubernetes:helm.sh/v3:Release", "aws:eks/addon:Addon"
GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway"

FILES = [
    file
    for file in sorted({*ROOT.glob("Pulumi.?*.yaml"), *ROOT.glob("examples/*/Pulumi.?*.yaml")})
    if yaml.safe_load(file.read_text(encoding="utf-8"))["config"].get(KEY, {}).get("sites")
]


@cache
def _built(file: Path) -> tuple[Any, Recording]:
    settings = platform_settings(yaml.safe_load(file.read_text(encoding="utf-8"))["config"][KEY])
    with chdir(file.parent):
        return settings, build(lambda: platform.build(settings))


def _part(resource: RegisteredResource) -> str:
    if resource.typ == GATEWAY:
        return "istio-gateway"
    return resource.inputs["addonName"] if resource.typ == ADDON else resource.inputs["name"]


def _installed(recording: Recording, site: str) -> dict[str, RegisteredResource]:
    return {
        _part(resource): resource
        for kind in (RELEASE, ADDON, GATEWAY)
        for resource in recording.of(kind)
        if resource.name.startswith(f"{site}-")
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_check_counts_what_is_installed(file: Path) -> None:
    settings, recording = _built(file)
    for name, site in settings.sites.items():
        counted = {part for part in site_parts(name, site, settings) if not part.startswith("aks")}
        with_pods = {part for part in _installed(recording, name) if any(row.replicas != 0 for row in pods_of(part))}
        assert {part for part in counted if any(row.replicas != 0 for row in pods_of(part))} == with_pods


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_controllers_have_as_many_replicas_as_the_check_counts(file: Path) -> None:
    settings, recording = _built(file)
    for name, site in settings.sites.items():
        load, installed = site_load(name, site, settings), _installed(recording, name)
        assert load is not None
        scaled = [demand for demand in load.demands if demand.pods.is_scaled]
        assert {demand.pods.part for demand in scaled} <= installed.keys()
        for demand in scaled:
            assert _replicas(installed[demand.pods.part], demand.pods) == demand.replicas, demand.pods.part


def _replicas(resource: RegisteredResource, pods: SystemPods) -> int | None:
    value: Any = resource.inputs.get("values") or json.loads(resource.inputs.get("configurationValues") or "{}")
    for step in pods.replicas_at.split("."):
        value = value.get(step, {})
    return value or pods.replicas


def _components() -> Iterator[tuple[Any, Any]]:
    for samples in (aws_samples, kubernetes_samples):
        yield from vars(samples)["COMPONENTS"].items()


def test_every_chart_and_add_on_of_the_samples_has_a_row() -> None:
    installed = {
        _part(resource)
        for component, args in _components()
        for kind in (RELEASE, ADDON, GATEWAY)
        for resource in recorded(component, args).of(kind)
    }
    assert installed - parts() == set()
    assert set(NAMES) <= parts()


SET = [row for part in sorted(parts()) for row in pods_of(part) if row.source == "set"]

PLACES: Mapping[str, str] = {
    "aws-load-balancer-controller/controller": "resources",
    "cert-manager/cainjector": "cainjector.resources",
    "cert-manager/controller": "resources",
    "cert-manager/webhook": "webhook.resources",
    "cluster-autoscaler/controller": "resources",
    "gpu-operator/operator": "operator.resources",
    "istiod/pilot": "resources",
    "jobset/controller": "controller.resources",
    "karpenter/controller": "controller.resources",
    "keda/metricServer": "resources.metricServer",
    "keda/operator": "resources.operator",
    "keda/webhooks": "resources.webhooks",
    "keda-add-ons-http/interceptor": "interceptor.resources",
    "keda-add-ons-http/operator": "operator.resources",
    "keda-add-ons-http/scaler": "scaler.resources",
    "kube-prometheus-stack/grafana": "grafana.resources",
    "kube-prometheus-stack/kube-state-metrics": "kube-state-metrics.resources",
    "kube-prometheus-stack/prometheus": "prometheus.prometheusSpec.resources",
    "kube-prometheus-stack/prometheusOperator": "prometheusOperator.resources",
    "kubeflow-trainer/manager": "manager.resources",
    "kuberay-operator/operator": "resources",
    "lws/manager": "resources",
    "kueue/manager": "controllerManager.manager.resources",
    "opencost/exporter": "opencost.exporter.resources",
}
"""Part and pods -> place of their resources in the values of the chart."""


@pytest.mark.parametrize("row", SET, ids=lambda row: f"{row.part}/{row.pods}")
def test_requests_of_the_rows_are_those_of_the_charts(row: SystemPods) -> None:
    """The requests of a gateway's pods are in the chart of its controller."""
    part, place = (
        ("istiod", "gatewayClasses.istio.deployment.spec.template.spec.containers")
        if row.part == "istio-gateway"
        else (row.part, PLACES[f"{row.part}/{row.pods}"])
    )
    releases = [
        resource
        for component, args in _components()
        for resource in recorded(component, args).of(RELEASE)
        if resource.inputs["name"] == part
    ]
    assert releases
    for release in releases:
        value: Any = release.inputs["values"]
        for step in place.split("."):
            value = value[step]
        resources = value[0]["resources"] if isinstance(value, list) else value
        assert resources["requests"] == row.requests
