"""What a malicious tenant tries with metrics: to read those of others, and to write them."""

from collections.abc import Mapping
from typing import Any

from falaj.components.core.serving.cluster_parts import PROMETHEUS_ADDRESS
from tests.lab.tenant_attempts import OTHER, OWN, Attempt, admission, create

_LOAD = f'vllm:num_requests_waiting{{namespace="{OWN}",service="claims"'

OWN_QUERIES = (
    f"sum({_LOAD}}})",
    f"sum(rate({_LOAD}}}[2m]))",
    f'max(my_metric{{namespace="{OWN}"}})',
)
"""Queries of the own namespace: those that `inference_scaling` makes, and one of a tenant's own server."""


def scaled_by(query: str, name: str = "own metrics", **more: str) -> Attempt:
    """Returns the attempt to scale by a query."""
    metadata = {"serverAddress": PROMETHEUS_ADDRESS, "query": query, "threshold": "1", "ignoreNullValues": "false"}
    trigger = {"type": "prometheus", "metadata": {**metadata, **more}}
    spec = {"scaleTargetRef": {"name": "claims"}, "triggers": [trigger]}
    refused = admission("scaling", "queries are")
    return create(f"a query of {name}", refused, "keda.sh/v1alpha1", "ScaledObject", spec=spec)


def _monitor(name: str, words: str, endpoint: Mapping[str, Any], **spec: Any) -> Attempt:
    given = {"selector": {}, "podMetricsEndpoints": [{"port": "http", **endpoint}], **spec}
    return create(name, admission("monitors", words), "monitoring.coreos.com/v1", "PodMonitor", spec=given)


def _relabelled(name: str, **rule: Any) -> Attempt:
    return _monitor(name, "labels", {"relabelings": [rule]})


_SECRET = {"name": "x", "key": "x"}
_OAUTH: Mapping[str, Any] = {
    "clientId": {"secret": _SECRET},
    "clientSecret": _SECRET,
    "tokenUrl": "http://10.30.0.9",
}
_BY_NAME: Mapping[str, Any] = {"sourceLabels": ["__meta_kubernetes_pod_label_x"], "regex": "(.+)", "replacement": OTHER}

METRICS: tuple[Attempt, ...] = (
    scaled_by("sum(falaj:queue_spend:aed_of_month)", "everything"),
    scaled_by(f'sum(kube_pod_info{{namespace="{OTHER}"}})', "another tenant"),
    scaled_by(f'sum(kube_pod_info{{namespace="{OWN}-2"}})', "a namespace that begins like its own"),
    scaled_by(f"sum({_LOAD}}}) + sum(kube_pod_info)", "its own and more"),
    scaled_by(f'sum({_LOAD}}} or up{{job="x"}})', "its own or another"),
    scaled_by('sum(kube_pod_info{namespace=~".*"})', "any namespace"),
    scaled_by(f"sum({_LOAD}}})", "its own with other parameters", queryParameters="query=sum(up)"),
    scaled_by(f"sum({_LOAD}}})", "its own from the environment", queryFromEnv="X"),
    _relabelled("metrics as another namespace by the name of a label", targetLabel="${1}", **_BY_NAME),
    _relabelled("metrics of another address", targetLabel="__address__", replacement="10.30.0.9"),
    _relabelled("metrics of another path", targetLabel="__metrics_path__", replacement="/x"),
    _relabelled("metrics as an exporter", targetLabel="job", replacement="opencost"),
    _relabelled("metrics with renamed labels", action="labelmap", regex="__meta_(.+)"),
    _monitor("metrics with labels of pods", "labels", {}, podTargetLabels=["namespace"]),
    _monitor("metrics with the job of pods", "labels", {}, jobLabel="x"),
    _monitor("metrics of another class", "labels", {}, scrapeClass="x"),
    _monitor("metrics by a proxy", "proxyUrl", {"proxyUrl": "http://10.30.0.9"}),
    _monitor("metrics by the proxy of Prometheus", "proxyUrl", {"proxyFromEnvironment": True}),
    _monitor("metrics with a token of another address", "oauth2", {"oauth2": _OAUTH}),
)
"""Attempts with ScaledObjects and PodMonitors, which the Role allows."""
