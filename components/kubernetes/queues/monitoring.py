"""Monitoring of queues: what Prometheus scrapes, and its alerts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource

from falaj.components.core.charts.queue_rules import groups
from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.queues.kueue import NAMESPACE

VERSION = "monitoring.coreos.com/v1"
TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount/token"  # noqa: S105 - path of Prometheus' own token


@dataclass(frozen=True)
class Scraped:
    """A service whose metrics Prometheus scrapes."""

    namespace: str
    labels: Mapping[str, str]
    endpoint: Mapping[str, Any]


KUEUE_METRICS = Scraped(
    NAMESPACE,
    {"app.kubernetes.io/name": "kueue", "app.kubernetes.io/component": "metrics-service"},
    {
        "port": "https",
        "scheme": "https",
        "path": "/metrics",
        # Kueue admits who may read `/metrics` of the API server.
        "bearerTokenFile": TOKEN,
        # Kueue signs its certificate itself, at each installation anew.
        "tlsConfig": {"insecureSkipVerify": True},
    },
)
"""Kueue's own endpoint (chart 0.17.0, templates/prometheus/monitor.yaml and templates/manager/
auth_proxy_service.yaml)."""

KARPENTER_METRICS = Scraped(
    "kube-system", {"app.kubernetes.io/name": "karpenter"}, {"port": "http-metrics", "path": "/metrics"}
)
"""Karpenter's own endpoint (chart of karpenter-provider-aws, templates/servicemonitor.yaml). The nodes of AKS are
provisioned by Azure, which exposes none."""


def monitor_queues(
    name: str, args: QueueingArgs, rule_labels: Mapping[str, Input[str]], opts: pulumi.ResourceOptions
) -> None:
    """Creates the monitors and the rules of a cluster's queues."""
    labels = {**args.tags, **rule_labels}
    scraped = {"kueue": KUEUE_METRICS} if args.install else {}
    if args.node_autoscaler is NodeAutoscaler.KARPENTER:
        scraped["karpenter"] = KARPENTER_METRICS
    for part, service in scraped.items():
        CustomResource(
            f"{name}-{part}-monitor",
            api_version=VERSION,
            kind="ServiceMonitor",
            metadata=ObjectMeta(f"falaj-{part}", service.namespace, labels).args(),
            spec={"selector": {"matchLabels": dict(service.labels)}, "endpoints": [dict(service.endpoint)]},
            opts=opts,
        )
    CustomResource(
        f"{name}-rules",
        api_version=VERSION,
        kind="PrometheusRule",
        metadata=ObjectMeta("falaj-queues", NAMESPACE, labels).args(),
        spec={"groups": groups(_spot_first_pools(args))},
        opts=opts,
    )


def _spot_first_pools(args: QueueingArgs) -> list[str]:
    return [flavor.pool for flavor in args.flavors if flavor.capacity is Capacity.SPOT_FIRST]
