"""Every workload of every chart that a component installs runs on the system pool: other pools scale to zero."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from falaj.components import aws, kubernetes
from falaj.components.core.charts.charts import CHARTS
from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.validation.enums import Profile
from falaj.facts.labels import PROFILE_LABEL
from falaj.sandbox.clouds.kubernetes.chart_workloads import WORKLOADS, placements
from tests.unit.components.aws_samples import COMPONENTS as ON_AWS
from tests.unit.components.kubernetes_samples import COMPONENTS as IN_CLUSTERS
from tests.unit.components.samples import recorded

RELEASE = "kubernetes:helm.sh/v3:Release"
SYSTEM = {PROFILE_LABEL: Profile.SYSTEM.value}
TAINTS = [(taint.key, taint.value, taint.effect) for taint in TRAITS[Profile.SYSTEM].taints]
INSTALLERS = {
    **IN_CLUSTERS,
    **{kind: ON_AWS[kind] for kind in (aws.ClusterAutoscaler, aws.LoadBalancerController, aws.Karpenter)},
}
del INSTALLERS[kubernetes.Site]


def releases() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for kind, args in INSTALLERS.items():
        for item in recorded(kind, args).of(RELEASE):
            yield item.inputs["chart"].rpartition("/")[2], item.inputs.get("values", {})


@pytest.fixture(scope="module")
def installed() -> dict[str, Mapping[str, Any]]:
    """Values of the releases of all components, by chart."""
    return dict(releases())


def test_all_charts_are_installed_by_a_sample_and_have_their_workloads_in_the_table(installed: dict[str, Any]) -> None:
    assert set(installed) == set(WORKLOADS)
    assert {chart.name for chart in CHARTS} <= set(WORKLOADS)


@pytest.mark.parametrize("chart", sorted(WORKLOADS))
def test_its_workloads_select_and_tolerate_the_system_pool_only(chart: str, installed: dict[str, Any]) -> None:
    found = list(placements(chart, installed[chart]))
    assert [item.workload for item in found if not item.fits(SYSTEM, TAINTS)] == []
    assert [item.workload for item in found if item.selector.get(PROFILE_LABEL) != Profile.SYSTEM.value] == []
    assert bool(found) is bool(WORKLOADS[chart])


def test_a_pod_without_a_toleration_does_not_fit_on_a_tainted_node() -> None:
    gc = next(item for item in placements("gpu-operator", {}) if item.workload.endswith("-gc"))
    assert gc.fits({}, [])
    assert not gc.fits({}, [("falaj/profile", "batch", "NoSchedule")])
