"""Images as volumes on emulated EKS and AKS clusters: refused where the API server would drop them."""

from typing import Any

import pytest

from falaj.sandbox.clouds.values import Json
from tests.unit.clouds import azure_platform
from tests.unit.clouds.aws_site import Site
from tests.unit.clouds.driver import Driver
from tests.unit.clouds.kubernetes_objects import DEPLOYMENT, Open, deployment, kubeconfig, refusal


def eks(open_cloud: Open, version: str) -> Driver:
    site = Site(open_cloud("aws", region="me-central-1"))
    return open_cloud("kubernetes", kubeconfig=kubeconfig(site.cluster(site.role(), version=version).text("endpoint")))


def aks(open_cloud: Open, version: str) -> Driver:
    fqdn = azure_platform.Site(open_cloud("azure-native")).cluster(kubernetesVersion=version).text("fqdn")
    return open_cloud("kubernetes", kubeconfig=kubeconfig(f"https://{fqdn}:443"))


def elsewhere(open_cloud: Open, _: str) -> Driver:
    return open_cloud("kubernetes", kubeconfig=kubeconfig())


def workload(volume: dict[str, Json]) -> dict[str, Any]:
    inputs: Any = deployment()
    inputs["spec"]["template"]["spec"]["volumes"] = [{"name": "model", **volume}]
    return inputs


IMAGE: dict[str, Json] = {"image": {"reference": "registry.example.ae/models/helpdesk:3"}}


@pytest.mark.parametrize("cluster", [eks, aks])
def test_an_older_cluster_would_drop_the_volume(cluster: Any, open_cloud: Open) -> None:
    error = refusal(cluster(open_cloud, "1.34"), DEPLOYMENT, **workload(IMAGE))
    assert error.endswith(
        "spec.template.spec.volumes: the API server of Kubernetes 1.34 drops the image volumes model, and their "
        "mounts: feature gate ImageVolume is off before 1.35"
    )


@pytest.mark.parametrize(
    ("cluster", "version", "volume"),
    [
        (eks, "1.35", IMAGE),
        (aks, "1.35", IMAGE),
        (eks, "1.34", {"emptyDir": {}}),
        (elsewhere, "", IMAGE),
    ],
)
def test_others_keep_it(cluster: Any, version: str, volume: dict[str, Json], open_cloud: Open) -> None:
    cluster(open_cloud, version).create(DEPLOYMENT, "serve", **workload(volume))
