"""The two Helm charts of Karpenter: its CustomResourceDefinitions, and the controller."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_kubernetes as kubernetes

from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.validation.enums import Profile
from falaj.facts.labels import PROFILE_LABEL

NAME, NAMESPACE = "karpenter", "kube-system"
"""Name of the release, its deployment and its service account. In `kube-system` the API server never turns its requests
away under load (Karpenter, getting started)."""

CHART_VERSION = "1.14.3"
"""Of 2026-10-23; for Kubernetes up to 1.36. The actions in `policy` are those of this version."""

CHARTS = "oci://public.ecr.aws/karpenter"
IMAGES = "public.ecr.aws/karpenter"


@dataclass(frozen=True)
class ChartInstallation:
    """What the charts are installed with. `isolated`: whether the network has no egress."""

    region: str
    cluster: pulumi.Input[str]
    queue: pulumi.Input[str]
    isolated: bool
    replicas: int
    version: str
    charts: pulumi.Input[str]
    images: pulumi.Input[str]
    prices: bool


def definitions(name: str, of: ChartInstallation, opts: pulumi.ResourceOptions) -> kubernetes.helm.v3.Release:
    """Karpenter's CustomResourceDefinitions, upgraded with it: Helm never upgrades those in a chart's own folder."""
    return kubernetes.helm.v3.Release(
        f"{name}-crd",
        name=f"{NAME}-crd",
        namespace=NAMESPACE,
        chart=pulumi.Output.concat(of.charts, "/karpenter-crd"),
        version=of.version,
        opts=opts,
    )


def controller(
    name: str, of: ChartInstallation, parent: pulumi.Resource, after: Sequence[pulumi.Resource]
) -> kubernetes.helm.v3.Release:
    """Karpenter's controller. `after` are the resources that it needs as long as it runs, the CRDs included."""
    return kubernetes.helm.v3.Release(
        f"{name}-release",
        name=NAME,
        namespace=NAMESPACE,
        chart=pulumi.Output.concat(of.charts, "/karpenter"),
        version=of.version,
        skip_crds=True,
        values=values(of),
        opts=pulumi.ResourceOptions(parent=parent, depends_on=list(after)),
    )


def values(of: ChartInstallation) -> dict[str, Any]:
    """The chart's values. Topology spread, priority and a restricted security context are its defaults."""
    return {
        "replicas": of.replicas,
        "serviceAccount": {"create": True, "name": NAME},
        # The cluster's DNS needs nodes, which need Karpenter.
        "dnsPolicy": "Default",
        "nodeSelector": {"kubernetes.io/os": "linux", PROFILE_LABEL: Profile.SYSTEM.value},
        "tolerations": [{"key": taint.key, "operator": "Exists"} for taint in TRAITS[Profile.SYSTEM].taints],
        "controller": {
            # By default it reads the region from instance metadata, which pods cannot reach here.
            "env": [{"name": "AWS_REGION", "value": of.region}],
            "image": {"repository": pulumi.Output.concat(of.images, "/controller")},
            "resources": {"requests": {"cpu": "500m", "memory": "1Gi"}, "limits": {"memory": "1Gi"}},
        },
        "settings": {
            "clusterName": of.cluster,
            "interruptionQueue": of.queue,
            "isolatedVPC": of.isolated,
            # The API for zonal shifts has no private endpoint here.
            "enableZonalShift": not of.isolated,
            "featureGates": {"nodeOverlay": of.prices},
        },
    }
