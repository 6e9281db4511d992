"""Configuration of Kueue and JobSet as values of their Helm charts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from falaj.components.core.charts.charts import JOBSET, KUEUE
from falaj.components.core.charts.images import mirrored_repository
from falaj.components.core.tenancy.queue_specs import FRAMEWORKS
from falaj.components.core.validation.args import Input
from falaj.components.kubernetes.cluster.chart_release import ON_SYSTEM_NODES, RESTRICTED_CONTAINER, RESTRICTED_POD
from falaj.components.kubernetes.cluster.controller_policy import TrafficRules
from falaj.components.kubernetes.cluster.priorities import PLATFORM
from falaj.facts.labels import QUEUED_LABEL
from falaj.facts.system_pods import pods_in

NAMESPACE, JOBSET_NAMESPACE = "kueue-system", "jobset-system"

TRAFFIC = TrafficRules(listens=(9443, 8082), scraped=(8443,))
"""Ports of Kueue's webhooks, of its visibility API, which the API server proxies, and of its metrics (chart 0.17.0)."""
JOBSET_TRAFFIC = TrafficRules(listens=(9443,), scraped=(8443,))

EXCLUDED_RESOURCES = ("ephemeral-storage", "hugepages-", "vpc.amazonaws.com/")
"""Prefixes of resources that Kueue ignores: disk, huge pages, and network interfaces that come with a machine. Jobs
that request any other resource without a quota, such as a MIG slice, are never admitted."""


QUEUED_NAMESPACES = {"matchExpressions": [{"key": QUEUED_LABEL, "operator": "Exists"}]}
"""Selects the namespaces of tenants with a queue."""

CONCURRENCY = {
    "Job.batch": 5,
    "JobSet.jobset.x-k8s.io": 5,
    "Workload.kueue.x-k8s.io": 5,
    "LocalQueue.kueue.x-k8s.io": 1,
    "Cohort.kueue.x-k8s.io": 1,
    "ClusterQueue.kueue.x-k8s.io": 1,
    "ResourceFlavor.kueue.x-k8s.io": 1,
}
"""Kind -> objects that Kueue reconciles at the same time. These and the limits of requests are those of the chart
(0.17.0, values.yaml), whose configuration this one replaces: Kueue's own are one object and 20 requests a second."""

JOBSET_MEMORY = "4Gi"
"""Memory limit of JobSet's controller, which caches all Jobs and pods of the cluster: that of its chart (0.11.1)."""


@dataclass(frozen=True)
class PodsReadyPolicy:
    """How long an admitted job may lack ready pods, in minutes, and how often it is requeued; None means no limit."""

    start_minutes: int
    recover_minutes: int
    requeues: int | None


def configuration(pods_ready: PodsReadyPolicy) -> dict[str, Any]:
    """Returns Kueue's `Configuration`, without the fields that its chart adds."""
    return {
        "apiVersion": "config.kueue.x-k8s.io/v1beta2",
        "kind": "Configuration",
        "health": {"healthProbeBindAddress": ":8081"},
        "metrics": {"bindAddress": ":8443", "enableClusterQueueResources": True},
        "webhook": {"port": 9443},
        "leaderElection": {"leaderElect": True, "resourceName": "c1f6bfd2.kueue.x-k8s.io"},
        "controller": {"groupKindConcurrency": {**CONCURRENCY}},
        "clientConnection": {"qps": 50, "burst": 100},
        # All jobs of tenants with a queue wait in it. Jobs of other tenants and of the platform are not managed, even
        # while Kueue is down.
        "manageJobsWithoutQueueName": True,
        "managedJobsNamespaceSelector": QUEUED_NAMESPACES,
        "integrations": {"frameworks": [*FRAMEWORKS]},
        # Quota does not guarantee capacity: if the cloud has none, the job is evicted, releases quota and is requeued.
        "waitForPodsReady": {
            "timeout": f"{pods_ready.start_minutes}m",
            "recoveryTimeout": f"{pods_ready.recover_minutes}m",
            "blockAdmission": False,
            "requeuingStrategy": {
                "timestamp": "Eviction",
                "backoffBaseSeconds": 60,
                "backoffMaxSeconds": 1800,
                **({} if pods_ready.requeues is None else {"backoffLimitCount": pods_ready.requeues}),
            },
        },
        "fairSharing": {"preemptionStrategies": ["LessThanOrEqualToFinalShare", "LessThanInitialShare"]},
        "resources": {"excludeResourcePrefixes": [*EXCLUDED_RESOURCES]},
    }


def kueue_values(
    pods_ready: PodsReadyPolicy, replicas: int, mirror: Input[str] | None, monitored: bool
) -> dict[str, Any]:
    """Returns the values of Kueue's chart. `monitored`: whether it creates a ServiceMonitor, by which Prometheus reads
    the metrics with its token."""
    repository, tag = mirrored_repository(KUEUE.images["manager"], mirror)
    return {
        "enablePrometheus": monitored,
        "controllerManager": {
            "replicas": replicas,
            # Pods on lost machines are deleted after a minute if they are annotated accordingly.
            "featureGates": [{"name": "FailureRecoveryPolicy", "enabled": True}],
            "manager": {
                "image": {"repository": repository, "tag": tag, "pullPolicy": "IfNotPresent"},
                "priorityClassName": PLATFORM.name,
                "resources": {
                    "requests": pods_in(KUEUE.name, "manager").requests,
                    "limits": {"cpu": "2", "memory": "1Gi"},
                },
                "podSecurityContext": RESTRICTED_POD,
                "containerSecurityContext": RESTRICTED_CONTAINER,
            },
            "podDisruptionBudget": {"enabled": replicas > 1, "minAvailable": 1},
            "topologySpreadConstraints": [_spread(), _spread("topology.kubernetes.io/zone")],
            **ON_SYSTEM_NODES,
        },
        # The chart expects the configuration as text.
        "managerConfig": {"controllerManagerConfigYaml": json.dumps(configuration(pods_ready), indent=2)},
    }


def jobset_values(replicas: int, mirror: Input[str] | None) -> dict[str, Any]:
    """Returns the values of JobSet's chart."""
    repository, tag = mirrored_repository(JOBSET.images["controller"], mirror)
    return {
        "image": {"repository": repository, "tag": tag, "pullPolicy": "IfNotPresent"},
        "controller": {
            "replicas": replicas,
            "resources": {
                "requests": pods_in(JOBSET.name, "controller").requests,
                "limits": {"cpu": "1", "memory": JOBSET_MEMORY},
            },
            "podSecurityContext": RESTRICTED_POD,
            "securityContext": RESTRICTED_CONTAINER,
            "podDisruptionBudget": {"enabled": replicas > 1, "minAvailable": 1},
            **ON_SYSTEM_NODES,
        },
    }


def _spread(key: str = "kubernetes.io/hostname") -> Mapping[str, Any]:
    return {
        "maxSkew": 1,
        "topologyKey": key,
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": {"matchLabels": {"control-plane": "controller-manager"}},
    }
