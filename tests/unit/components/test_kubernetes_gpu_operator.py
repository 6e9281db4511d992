"""GPUs: the device plug-in, sharing modes, and time-slicing within a tenant only."""

from typing import Any

import pytest
import yaml

from falaj.components.core.node_pools.gpu_sharing import GpuSharingMode
from falaj.components.core.validation.args import BadArguments
from falaj.components.kubernetes.cluster.gpu_operator import GpuOperator
from falaj.facts.regions import Cloud
from tests.unit.components.kubernetes_samples import GPU_OPERATOR as ARGS
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import program, recorded

RELEASE = "kubernetes:helm.sh/v3:Release"


def operator(**changed: Any) -> Recording:
    return recorded(GpuOperator, {**ARGS, **changed})


def values(**changed: Any) -> dict[str, Any]:
    return operator(**changed).one(RELEASE).inputs["values"]


def test_it_is_pinned_in_a_namespace_of_its_own() -> None:
    assert operator().names() == {
        ("kubernetes:core/v1:Namespace", "uae-namespace"),
        ("kubernetes:networking.k8s.io/v1:NetworkPolicy", "uae-policy"),
        (RELEASE, "uae-operator"),
    }
    release = operator().one(RELEASE).inputs
    assert (release["chart"], release["version"]) == ("gpu-operator", "v26.7.0")
    labels = operator().one("kubernetes:core/v1:Namespace").inputs["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "privileged"


@pytest.mark.parametrize(
    ("cloud", "changed", "installs"),
    [
        (Cloud.AWS, {}, False),
        (Cloud.AZURE, {}, False),
        (Cloud.ONPREM, {}, True),
        (Cloud.ONPREM, {"drivers": False}, False),
        (Cloud.AZURE, {"drivers": True}, True),
    ],
)
def test_drivers_are_installed_where_nobody_else_does(cloud: Cloud, changed: dict[str, Any], installs: bool) -> None:
    chart_values = values(cloud=cloud, **changed)
    assert (chart_values["driver"]["enabled"], chart_values["toolkit"]["enabled"]) == (installs, installs)
    assert ("runtimeClass" in chart_values["operator"]) is (cloud is Cloud.AZURE and not installs)


def test_time_sliced_gpus_have_their_own_resource_name_and_a_request_for_two_fails() -> None:
    config = values()["devicePlugin"]["config"]
    assert (config["default"], set(config["data"])) == ("whole", {"whole", "turns-4"})
    turns = yaml.safe_load(config["data"]["turns-4"])
    assert turns["sharing"]["timeSlicing"] == {
        "renameByDefault": True,
        "failRequestsGreaterThanOne": True,
        "resources": [{"name": "nvidia.com/gpu", "replicas": 4}],
    }
    assert "sharing" not in yaml.safe_load(config["data"]["whole"])
    assert yaml.safe_load(config["data"]["whole"])["flags"] == {"migStrategy": "mixed"}


def test_nodes_of_shared_pools_are_told_apart_by_labels() -> None:
    outputs = operator().outputs[operator().one("falaj:kubernetes:GpuOperator").urn]
    assert outputs["node_labels"] == {
        "notebooks": {"nvidia.com/device-plugin.config": "turns-4"},
        "serve": {"nvidia.com/mig.config": "all-1g.18gb"},
    }
    assert values()["mig"] == {"strategy": "mixed"}
    assert values()["migManager"] == {"enabled": True}
    assert values(shared={})["migManager"] == {"enabled": False}


def test_the_device_plugin_or_dra_and_never_both() -> None:
    assert values()["devicePlugin"]["enabled"] is True
    other = values(allocation=GpuSharingMode.DRA, shared={})
    assert (other["devicePlugin"]["enabled"], other["gfd"]["enabled"]) == (False, False)
    assert "config" not in other["devicePlugin"]


def test_its_agents_run_on_our_gpu_nodes_and_itself_on_system_nodes() -> None:
    for tolerated in (
        values()["daemonsets"]["tolerations"],
        values()["node-feature-discovery"]["worker"]["tolerations"],
    ):
        assert [taint["key"] for taint in tolerated] == [
            "nvidia.com/gpu",
            "falaj/profile",
            "falaj/tenant",
            "kubernetes.azure.com/scalesetpriority",
        ]
    discovery = values()["node-feature-discovery"]
    for deployment in (values()["operator"], discovery["master"], discovery["gc"]):
        assert deployment["nodeSelector"] == {"falaj/profile": "system"}
        assert [taint["key"] for taint in deployment["tolerations"]] == ["CriticalAddonsOnly"]


def test_metrics_are_scraped_only_with_prometheus() -> None:
    assert values()["dcgmExporter"]["serviceMonitor"] == {"enabled": False, "honorLabels": True}
    assert values(monitored=True)["dcgmExporter"]["serviceMonitor"]["enabled"] is True


def test_images_come_from_a_mirror() -> None:
    chart_values = values(image_mirror="r.example/images")
    for name in ("operator", "devicePlugin", "gfd"):
        assert chart_values[name]["repository"] == "r.example/images/nvidia"


@pytest.mark.parametrize(
    ("shared", "message"),
    [
        ({"time_slices": 4}, r"shared\.p\.tenant: required where `time_slices` is given.*share memory and faults"),
        ({"time_slices": 4, "tenant": "a", "mig_profile": "1g.10gb"}, r"shared\.p\.mig_profile"),
        ({}, r"shared\.p\.mig_profile: required where `time_slices` is absent"),
        ({"mig_profile": "1g.5gb"}, r"shared\.p\.mig_profile: \"1g\.5gb\""),
        ({"time_slices": 1, "tenant": "a"}, r"shared\.p\.time_slices"),
    ],
)
def test_how_gpus_cannot_be_shared(shared: Any, message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(GpuOperator, {**ARGS, "shared": {"p": shared}})()


def test_dra_shares_by_its_own_claims() -> None:
    with pytest.raises(BadArguments, match=r"shared: .*nothing where DRA allocates GPUs"):
        program(GpuOperator, {**ARGS, "allocation": GpuSharingMode.DRA})()
