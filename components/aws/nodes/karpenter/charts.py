"""Helm charts of Karpenter: one with its CustomResourceDefinitions, one with its controller."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_kubernetes as kubernetes

from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.validation.enums import Profile
from falaj.facts.labels import PROFILE_LABEL
from falaj.facts.system_pods import pods_in

NAME, NAMESPACE = "karpenter", "kube-system"
"""Name of the Helm release, its deployment and its service account, and their namespace. In `kube-system` the API
server does not reject the controller's requests under load (Karpenter, getting started)."""

METRICS_PORT = 8080
"""Port of Karpenter's metrics (karpenter.sh, v1.14 reference, metrics)."""

CHARTS = "oci://public.ecr.aws/karpenter"
IMAGES = "public.ecr.aws/karpenter"


@dataclass(frozen=True)
class ChartInstallation:
    """Settings of the chart installation. `isolated`: whether the network has no egress. `prices`: whether NodeOverlays
    are enabled. `proxy`: environment variables of a proxy."""

    region: str
    cluster: pulumi.Input[str]
    queue: pulumi.Input[str]
    isolated: bool
    replicas: pulumi.Input[int]
    version: pulumi.Input[str]
    charts: pulumi.Input[str]
    images: pulumi.Input[str]
    prices: bool
    proxy: pulumi.Output[dict[str, str]] | None = None


def crds_release(
    name: str, installation: ChartInstallation, opts: pulumi.ResourceOptions
) -> kubernetes.helm.v3.Release:
    """Installs Karpenter's CustomResourceDefinitions as a release, so that they are upgraded with Karpenter: Helm never
    upgrades those in a chart's `crds` folder."""
    return kubernetes.helm.v3.Release(
        f"{name}-crd",
        name=f"{NAME}-crd",
        namespace=NAMESPACE,
        chart=pulumi.Output.concat(installation.charts, "/karpenter-crd"),
        version=installation.version,
        opts=opts,
    )


def controller_release(
    name: str, installation: ChartInstallation, parent: pulumi.Resource, after: Sequence[pulumi.Resource]
) -> kubernetes.helm.v3.Release:
    """Installs Karpenter's controller. `after` lists the resources that it needs while it runs, including the CRDs."""
    return kubernetes.helm.v3.Release(
        f"{name}-release",
        name=NAME,
        namespace=NAMESPACE,
        chart=pulumi.Output.concat(installation.charts, "/karpenter"),
        version=installation.version,
        skip_crds=True,
        values=controller_values(installation),
        opts=pulumi.ResourceOptions(parent=parent, depends_on=list(after)),
    )


def controller_values(installation: ChartInstallation) -> dict[str, Any]:
    """Returns the values of the controller's chart. Topology spread, priority and a restricted security context are
    chart defaults."""
    pods = pods_in(NAME, "controller")
    return {
        "replicas": installation.replicas,
        "serviceAccount": {"create": True, "name": NAME},
        "podAnnotations": {"prometheus.io/scrape": "true", "prometheus.io/port": str(METRICS_PORT)},
        # Resolves names with the node's DNS: the cluster's DNS needs nodes, which need Karpenter.
        "dnsPolicy": "Default",
        "nodeSelector": {"kubernetes.io/os": "linux", PROFILE_LABEL: Profile.SYSTEM.value},
        "tolerations": [{"key": taint.key, "operator": "Exists"} for taint in TRAITS[Profile.SYSTEM].taints],
        "controller": {
            # By default Karpenter reads the region from instance metadata, which pods cannot reach here.
            "env": _environment(installation),
            "image": {"repository": pulumi.Output.concat(installation.images, "/controller")},
            "resources": {"requests": pods.requests, "limits": {"memory": pods.memory}},
        },
        "settings": {
            "clusterName": installation.cluster,
            "interruptionQueue": installation.queue,
            "isolatedVPC": installation.isolated,
            # The network has no private endpoint for the zonal shift API.
            "enableZonalShift": not installation.isolated,
            "featureGates": {"nodeOverlay": installation.prices},
        },
    }


def _environment(installation: ChartInstallation) -> pulumi.Input[Sequence[Mapping[str, str]]]:
    region = {"name": "AWS_REGION", "value": installation.region}
    if installation.proxy is None:
        return [region]
    return installation.proxy.apply(
        lambda variables: [region, *({"name": name, "value": value} for name, value in variables.items())]
    )
