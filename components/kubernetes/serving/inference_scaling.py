"""Scaling of a served model: by CPU, by requests that KEDA's proxy holds, or by a metric in Prometheus."""

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource

from falaj.components.core.serving.cold_start import ColdStartSpec
from falaj.components.core.serving.contract import PORT
from falaj.components.core.serving.specs import Load, LoadSpec, ServingSpec
from falaj.components.core.validation.args import Input
from falaj.components.kubernetes.cluster.keda import SCALER
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta

CPU_PERCENT = 70
"""Target utilisation of the requested CPU: room for load while another replica starts."""

QUIET_SECONDS = 300
"""Seconds that a replica must be unneeded before it is removed: it cost a cold start."""

POLLING_SECONDS = 15
"""Seconds between two reads of the metric."""

FAILURES = 3
"""Failed reads in a row after which the metric counts as lost: 45 s."""

QUERIES = {
    Load.QUEUE: ("sum(vllm:num_requests_waiting{", "})"),
    Load.TOKENS: ("sum(rate(vllm:generation_tokens_total{", "}[2m]))"),
}
"""PromQL of vLLM's metrics (docs.vllm.ai, production metrics), before and after the labels of a ServiceMonitor. A sum
over nothing is no number, so that a server which is not scraped is a lost metric and not an idle service."""


def by_processors(name: str, serving: ServingSpec, meta: ObjectMeta, opts: pulumi.ResourceOptions) -> CustomResource:
    """Replicas by CPU utilisation; one always runs.

    Through KEDA too, which owns the HorizontalPodAutoscaler: KEDA refuses to scale what another autoscaler scales, so a
    later change to scale to zero would take two steps.
    """
    trigger = {"type": "cpu", "metricType": "Utilization", "metadata": {"value": str(CPU_PERCENT)}}
    return _scaled_object(name, serving, meta, {"triggers": [trigger]}, opts)


def by_requests(
    name: str,
    serving: ServingSpec,
    cold_start: ColdStartSpec,
    host: Input[str],
    meta: ObjectMeta,
    parent: pulumi.Resource,
    after: pulumi.Resource,
) -> CustomResource:
    """Replicas by concurrent requests, none without; the add-on holds the first request until a replica is ready.

    The InterceptorRoute comes first: for an unknown one the scaler names no metric, and KEDA falls back to CPU, which
    stays at zero (keda.sh/http-add-on, Autoscale an App).
    """
    route = CustomResource(
        f"{name}-held",
        api_version="http.keda.sh/v1beta1",
        kind="InterceptorRoute",
        metadata=meta.args(),
        spec={
            "target": {"service": meta.name, "port": PORT},
            "rules": [{"hosts": [host]}],
            "scalingMetric": {"concurrency": {"targetValue": serving.concurrency}},
            "timeouts": {"readiness": f"{cold_start.first_answer_seconds}s"},
        },
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[after]),
    )
    trigger = {
        "type": "external-push",
        "metadata": {"scalerAddress": SCALER, "interceptorRoute": meta.name},
    }
    return _scaled_object(
        name,
        serving,
        meta,
        {"cooldownPeriod": cold_start.idle_seconds, "triggers": [trigger]},
        pulumi.ResourceOptions(parent=parent, depends_on=[route]),
    )


def by_load(
    name: str,
    serving: ServingSpec,
    load: LoadSpec,
    meta: ObjectMeta,
    opts: pulumi.ResourceOptions,
) -> CustomResource:
    """Replicas by a metric in Prometheus; while it cannot be read, the current replicas stay."""
    query = _query(load.follows, meta) if load.query is None else load.query
    trigger = {
        "type": "prometheus",
        "metricType": "AverageValue",
        "metadata": {
            "serverAddress": load.prometheus,
            "query": query,
            "threshold": f"{load.target:g}",
            # By default a metric that has vanished reads as 0.
            "ignoreNullValues": "false",
        },
    }
    blind = {
        "failureThreshold": FAILURES,
        "replicas": load.replicas_blind or serving.min,
        "behavior": "currentReplicasIfHigher",
    }
    return _scaled_object(name, serving, meta, {"triggers": [trigger], "fallback": blind}, opts)


def _query(load: Load, meta: ObjectMeta) -> pulumi.Output[str]:
    before, after = QUERIES[load]
    return pulumi.Output.concat(before, 'namespace="', meta.namespace, '",service="', meta.name, '"', after)


def _scaled_object(
    name: str,
    serving: ServingSpec,
    meta: ObjectMeta,
    more: Mapping[str, Any],
    opts: pulumi.ResourceOptions,
) -> CustomResource:
    return CustomResource(
        f"{name}-scaling",
        api_version="keda.sh/v1alpha1",
        kind="ScaledObject",
        metadata=meta.args(),
        spec={
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": meta.name},
            "pollingInterval": POLLING_SECONDS,
            "minReplicaCount": serving.min,
            "maxReplicaCount": serving.max,
            "advanced": {
                "horizontalPodAutoscalerConfig": {
                    "behavior": {"scaleDown": {"stabilizationWindowSeconds": QUIET_SECONDS}}
                }
            },
            **more,
        },
        opts=opts,
    )
