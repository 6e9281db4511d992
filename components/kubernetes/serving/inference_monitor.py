"""PodMonitor of an inference service, from which Prometheus reads the metrics of its server."""

from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource

from falaj.components.core.serving.inference_args import InferenceServiceArgs
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.serving.inference_pod import HTTP_PORT, METRICS_PORT

INTERVAL_SECONDS = 15
"""Seconds between two reads of the metrics: KEDA reads as often."""

SERVICE, VARIANT, TENANT = "service", "variant", "tenant"
"""Labels of the metrics, in addition to `namespace` and `pod`, which the operator adds."""


def pod_monitor(
    name: str, args: InferenceServiceArgs, meta: ObjectMeta, opts: pulumi.ResourceOptions
) -> CustomResource:
    """Creates the PodMonitor. Its metrics have the labels that `inference_scaling` and cost reports select by."""
    server = args.server
    labels = {SERVICE: args.object_name, TENANT: args.tenant, **({VARIANT: args.variant} if args.variant else {})}
    endpoint: dict[str, Any] = {
        "port": HTTP_PORT if server.metrics_port == server.port else METRICS_PORT,
        "path": server.metrics_path,
        "interval": f"{INTERVAL_SECONDS}s",
        "relabelings": [{"targetLabel": label, "replacement": value} for label, value in labels.items()],
    }
    return CustomResource(
        f"{name}-monitor",
        api_version="monitoring.coreos.com/v1",
        kind="PodMonitor",
        metadata=ObjectMeta(meta.name, meta.namespace, {**meta.labels, **args.monitor_labels}).args(),
        spec={"selector": {"matchLabels": args.request_selector}, "podMetricsEndpoints": [endpoint]},
        opts=opts,
    )
