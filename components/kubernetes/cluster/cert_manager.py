"""cert-manager, which maintains the certificates of gateways."""

from typing import Any

import pulumi

from falaj.components.core.charts.chart_args import ChartArgs
from falaj.components.core.charts.charts import CERT_MANAGER
from falaj.components.core.charts.images import mirrored_repository
from falaj.components.core.charts.prometheus import ScrapedSpec
from falaj.components.core.validation.args import Input
from falaj.components.kubernetes.cluster.chart_release import ON_SYSTEM_NODES, chart_release, resources_of
from falaj.components.kubernetes.cluster.controller_namespace import controller_namespace
from falaj.components.kubernetes.cluster.controller_policy import TrafficRules
from falaj.components.kubernetes.cluster.priorities import CRITICAL
from falaj.facts.system_pods import pods_in

NAMESPACE = "cert-manager"

TRAFFIC = TrafficRules(listens=(10250,), scraped=(9402,))
"""Ports of the webhook and of the metrics (chart values). Issuers are called on port 443."""


class CertManagerArgs(ScrapedSpec, ChartArgs):
    """Arguments of `CertManager`."""


class CertManager(pulumi.ComponentResource):
    """cert-manager with its CRDs, and with support for gateways.

    Takes the `kubernetes` provider of the cluster from its options. Make it depend on the CRDs of the Gateway API,
    which it looks for when it starts. Issuers are not created: each `ClusterIssuer` is yours.
    """

    namespace: pulumi.Output[str]
    """Namespace of cert-manager, in which a `ClusterIssuer` finds its secrets."""

    def __init__(self, name: str, args: CertManagerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = CertManagerArgs.of(name, args)
        super().__init__("falaj:kubernetes:CertManager", name, {}, opts)
        namespace, inside = controller_namespace(name, NAMESPACE, TRAFFIC, args.prometheus_namespace, args.tags, self)
        chart_release(f"{name}-release", CERT_MANAGER, NAMESPACE, _values(args), inside, args.chart_repository)
        self.namespace = namespace.metadata.name
        self.register_outputs({"namespace": self.namespace})


def _values(args: CertManagerArgs) -> dict[str, Any]:
    return {
        "global": {
            "priorityClassName": CRITICAL,
            "leaderElection": {"namespace": NAMESPACE},
        },
        # `keep` is the chart's default: without the CRDs, all certificates would be deleted.
        "crds": {"enabled": True, "keep": True},
        "config": {
            "apiVersion": "controller.config.cert-manager.io/v1alpha1",
            "kind": "ControllerConfiguration",
            "enableGatewayAPI": True,
        },
        "image": _image("controller", args),
        **_small("controller"),
        "webhook": {
            "replicaCount": pods_in(CERT_MANAGER.name, "webhook").replicas,
            "image": _image("webhook", args),
            **_small("webhook"),
        },
        "cainjector": {"image": _image("cainjector", args), **_small("cainjector")},
        "acmesolver": {"image": _image("acmesolver", args)},
        "startupapicheck": {"image": _image("startupapicheck", args), **_small("controller")},
    }


def _small(pods: str) -> dict[str, Any]:
    return {"resources": resources_of(CERT_MANAGER.name, pods), **ON_SYSTEM_NODES}


def _image(component: str, args: CertManagerArgs) -> dict[str, Input[str]]:
    repository, tag = mirrored_repository(CERT_MANAGER.images[component], args.image_mirror)
    return {"repository": repository, "tag": tag}
