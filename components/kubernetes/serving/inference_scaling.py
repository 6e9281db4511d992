"""Scaling of an inference service with KEDA: by CPU, by concurrent requests, or by a Prometheus metric; in office hours
with more replicas at least, if so declared."""

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource

from falaj.components.core.serving.cold_start import ColdStartSpec
from falaj.components.core.serving.multi_node import API_VERSION, KIND
from falaj.components.core.serving.scaling import CPU_PERCENT, POLLING_SECONDS, SCALE_DOWN_WINDOW_SECONDS
from falaj.components.core.serving.scaling_specs import Load, LoadSpec
from falaj.components.core.serving.specs import ServingSpec, metric_of
from falaj.components.core.tenancy.tenant_admission import HTTP_SCALER
from falaj.components.core.validation.args import Input
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta

FAILURE_THRESHOLD = 3
"""Consecutive failed reads after which the fallback applies: 45 s."""

_RATE = ("sum(rate(", "{", "}[2m]))")

QUERIES = {Load.QUEUE: ("sum(", "{", "})"), Load.TOKENS: _RATE, Load.REQUESTS: _RATE, Load.PROMPTS: _RATE}
"""PromQL queries before the metric, after it, and after the labels of the PodMonitor. The sum of no series has no
value, so that a server that is not scraped counts as a failed read and not as idle."""


def scale_by_cpu(name: str, serving: ServingSpec, meta: ObjectMeta, opts: pulumi.ResourceOptions) -> CustomResource:
    """Scales by CPU utilisation, with at least one replica.

    KEDA manages the HorizontalPodAutoscaler in this case too: KEDA rejects workloads that another autoscaler manages,
    so a later change to scale-to-zero would otherwise take two steps.
    """
    trigger = {"type": "cpu", "metricType": "Utilization", "metadata": {"value": str(CPU_PERCENT)}}
    return _scaled_object(name, serving, meta, trigger, {}, opts)


def scale_by_requests(
    name: str,
    serving: ServingSpec,
    cold_start: ColdStartSpec,
    host: Input[str],
    port: int,
    meta: ObjectMeta,
    parent: pulumi.Resource,
    after: pulumi.Resource,
) -> CustomResource:
    """Scales by concurrent requests to a port, to zero without requests. The add-on holds the first request until a
    pod is ready.

    The InterceptorRoute must exist before the ScaledObject: without it the scaler returns no metric, and KEDA falls
    back to CPU, which stays at zero (keda.sh/http-add-on, Autoscale an App).
    """
    route = CustomResource(
        f"{name}-held",
        api_version="http.keda.sh/v1beta1",
        kind="InterceptorRoute",
        metadata=meta.args(),
        spec={
            "target": {"service": meta.name, "port": port},
            "rules": [{"hosts": [host]}],
            "scalingMetric": {"concurrency": {"targetValue": serving.concurrency}},
            "timeouts": {"readiness": f"{cold_start.first_answer_seconds}s"},
        },
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[after]),
    )
    trigger = {
        "type": "external-push",
        "metadata": {"scalerAddress": HTTP_SCALER, "interceptorRoute": meta.name},
    }
    return _scaled_object(
        name,
        serving,
        meta,
        trigger,
        {"cooldownPeriod": cold_start.idle_seconds},
        pulumi.ResourceOptions(parent=parent, depends_on=[route]),
    )


def scale_by_load(
    name: str,
    serving: ServingSpec,
    load: LoadSpec,
    meta: ObjectMeta,
    opts: pulumi.ResourceOptions,
) -> CustomResource:
    """Scales by a Prometheus metric. Keeps the current replicas while the metric cannot be read."""
    query = _query(serving, load.follows, meta) if load.query is None else load.query
    trigger = {
        "type": "prometheus",
        "metricType": "AverageValue",
        "metadata": {
            "serverAddress": load.prometheus,
            "query": query,
            "threshold": f"{load.target:g}",
            # By default KEDA reads a missing metric as 0.
            "ignoreNullValues": "false",
        },
    }
    fallback = {
        "failureThreshold": FAILURE_THRESHOLD,
        "replicas": load.replicas_blind or serving.min,
        "behavior": "currentReplicasIfHigher",
    }
    return _scaled_object(name, serving, meta, trigger, {"fallback": fallback}, opts)


def _query(serving: ServingSpec, load: Load, meta: ObjectMeta) -> pulumi.Output[str]:
    before, after, end = QUERIES[load]
    metric = f"{before}{metric_of(serving, load)}{after}"
    return pulumi.Output.concat(metric, 'namespace="', meta.namespace, '",service="', meta.name, '"', end)


def _scaled_object(
    name: str,
    serving: ServingSpec,
    meta: ObjectMeta,
    trigger: Mapping[str, Any],
    settings: Mapping[str, Any],
    opts: pulumi.ResourceOptions,
) -> CustomResource:
    """Creates the ScaledObject. The trigger with the most replicas decides: that of office hours is a minimum."""
    office = [] if serving.office_hours is None else [serving.office_hours.trigger()]
    return CustomResource(
        f"{name}-scaling",
        api_version="keda.sh/v1alpha1",
        kind="ScaledObject",
        metadata=meta.args(),
        spec={
            "scaleTargetRef": _target(serving, meta),
            "pollingInterval": POLLING_SECONDS,
            "minReplicaCount": serving.min,
            "maxReplicaCount": serving.max,
            "advanced": {
                "horizontalPodAutoscalerConfig": {
                    "behavior": {"scaleDown": {"stabilizationWindowSeconds": SCALE_DOWN_WINDOW_SECONDS}}
                }
            },
            "triggers": [trigger, *office],
            **settings,
        },
        opts=opts,
    )


def _target(serving: ServingSpec, meta: ObjectMeta) -> dict[str, Any]:
    """Returns the object whose replicas are scaled. Of a LeaderWorkerSet these are groups (its subresource `scale`)."""
    version, kind = (API_VERSION, KIND) if serving.nodes > 1 else ("apps/v1", "Deployment")
    return {"apiVersion": version, "kind": kind, "name": meta.name}
