"""How replicas of a served model come and go: by processors, by requests that the gateway holds, or by a metric."""

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource

from falaj.components.core.serving.cold_start import CheckedColdStart
from falaj.components.core.serving.contract import PORT
from falaj.components.core.serving.serving import CheckedLoad, CheckedServing
from falaj.components.core.serving.specs import Load
from falaj.components.kubernetes.cluster.keda import SCALER
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta

CPU_PERCENT = 70
"""Of the processors that a pod asked for: room for what comes while another starts."""

QUIET_SECONDS = 300
"""A replica goes when it was not needed for this long: it was paid for with a cold start."""

POLLING_SECONDS = 15

FAILURES = 3
"""So many questions in a row without an answer, and the metric counts as lost: 45 s."""

QUERIES = {
    Load.QUEUE: 'sum(vllm:num_requests_waiting{{namespace="{namespace}",service="{service}"}})',
    Load.TOKENS: 'sum(rate(vllm:generation_tokens_total{{namespace="{namespace}",service="{service}"}}[2m]))',
}
"""vLLM's metrics (docs.vllm.ai, production metrics), with the labels of a ServiceMonitor. A sum over nothing is no
number, so that a server which is not scraped is a lost metric and not an idle service."""


def by_processors(name: str, serving: CheckedServing, of: ObjectMeta, opts: pulumi.ResourceOptions) -> CustomResource:
    """Replicas by what they calculate; the first is always there.

    Through KEDA as well, which keeps the HorizontalPodAutoscaler: KEDA refuses to scale what another one scales, so a
    service that begins to sleep could not be changed in one step.
    """
    trigger = {"type": "cpu", "metricType": "Utilization", "metadata": {"value": str(CPU_PERCENT)}}
    return _scaled_object(name, serving, of, {"triggers": [trigger]}, opts)


def by_requests(
    name: str,
    serving: CheckedServing,
    way: CheckedColdStart,
    host: str,
    of: ObjectMeta,
    parent: pulumi.Resource,
    after: pulumi.Resource,
) -> CustomResource:
    """Replicas by requests under way, none without; the add-on holds the first until there is one to answer it.

    The route first: asked about one that it does not know, the scaler names no metric, and KEDA takes processors
    instead, of which nothing uses any (keda.sh/http-add-on, Autoscale an App).
    """
    route = CustomResource(
        f"{name}-held",
        api_version="http.keda.sh/v1beta1",
        kind="InterceptorRoute",
        metadata=of.args(),
        spec={
            "target": {"service": of.name, "port": PORT},
            "rules": [{"hosts": [host]}],
            "scalingMetric": {"concurrency": {"targetValue": serving.concurrency}},
            "timeouts": {"readiness": f"{way.first_answer_seconds}s"},
        },
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[after]),
    )
    trigger = {
        "type": "external-push",
        "metadata": {"scalerAddress": SCALER, "interceptorRoute": of.name},
    }
    return _scaled_object(
        name,
        serving,
        of,
        {"cooldownPeriod": way.idle_seconds, "triggers": [trigger]},
        pulumi.ResourceOptions(parent=parent, depends_on=[route]),
    )


def by_load(
    name: str,
    serving: CheckedServing,
    load: CheckedLoad,
    of: ObjectMeta,
    opts: pulumi.ResourceOptions,
) -> CustomResource:
    """Replicas by a metric; as many as there are stay while that cannot be read."""
    query = load.query or QUERIES[load.follows].format(namespace=of.namespace, service=of.name)
    trigger = {
        "type": "prometheus",
        "metricType": "AverageValue",
        "metadata": {
            "serverAddress": load.prometheus,
            "query": query,
            "threshold": f"{load.target:g}",
            # Absent, a metric that vanished reads as idle.
            "ignoreNullValues": "false",
        },
    }
    blind = {
        "failureThreshold": FAILURES,
        "replicas": load.replicas_blind or serving.min,
        "behavior": "currentReplicasIfHigher",
    }
    return _scaled_object(name, serving, of, {"triggers": [trigger], "fallback": blind}, opts)


def _scaled_object(
    name: str,
    serving: CheckedServing,
    of: ObjectMeta,
    more: Mapping[str, Any],
    opts: pulumi.ResourceOptions,
) -> CustomResource:
    return CustomResource(
        f"{name}-scaling",
        api_version="keda.sh/v1alpha1",
        kind="ScaledObject",
        metadata=of.args(),
        spec={
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": of.name},
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
