"""Kueue and JobSet as their charts are told to run."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from falaj.components.core.charts.charts import JOBSET, KUEUE
from falaj.components.core.charts.images import mirrored, parted
from falaj.components.kubernetes.cluster.chart_release import CLOSED_CONTAINER, CLOSED_POD, ON_SYSTEM_NODES
from falaj.components.kubernetes.cluster.controller_policy import Ways
from falaj.components.kubernetes.cluster.priorities import PLATFORM
from falaj.facts.labels import TENANT_LABEL

NAMESPACE, JOBSET_NAMESPACE = "kueue-system", "jobset-system"

WAYS = Ways(listens=(9443, 8082), scraped=(8443,))
"""Kueue's webhooks, questions of who waits, which the API server passes on, and its metrics (its chart, 0.17.0)."""
JOBSET_WAYS = Ways(listens=(9443,), scraped=(8443,))

NOT_COUNTED = ("ephemeral-storage", "hugepages-", "vpc.amazonaws.com/")
"""What pods may ask for without a quota in the queue: disk, and network interfaces that come with a machine. Work that
asks for something else that no queue covers, a slice of a GPU for one, is never admitted."""


@dataclass(frozen=True)
class Waiting:
    """How long admitted work may be without all of its pods, and how often it is queued again."""

    start_minutes: int
    recover_minutes: int
    requeues: int


def configuration(waiting: Waiting) -> dict[str, Any]:
    """Kueue's own `Configuration`, beside what its chart adds."""
    return {
        "apiVersion": "config.kueue.x-k8s.io/v1beta2",
        "kind": "Configuration",
        "health": {"healthProbeBindAddress": ":8081"},
        "metrics": {"bindAddress": ":8443", "enableClusterQueueResources": True},
        "webhook": {"port": 9443},
        "leaderElection": {"leaderElect": True, "resourceName": "c1f6bfd2.kueue.x-k8s.io"},
        # No tenant's job runs past its queue; jobs of the platform itself are left alone, whether Kueue answers or not.
        "manageJobsWithoutQueueName": True,
        "managedJobsNamespaceSelector": {"matchExpressions": [{"key": TENANT_LABEL, "operator": "Exists"}]},
        "integrations": {"frameworks": ["batch/job", "jobset.x-k8s.io/jobset"]},
        # A quota is not a machine: where the cloud has none, the work makes room for other work and tries again later.
        "waitForPodsReady": {
            "timeout": f"{waiting.start_minutes}m",
            "recoveryTimeout": f"{waiting.recover_minutes}m",
            "blockAdmission": False,
            "requeuingStrategy": {
                "timestamp": "Eviction",
                "backoffBaseSeconds": 60,
                "backoffMaxSeconds": 1800,
                "backoffLimitCount": waiting.requeues,
            },
        },
        "fairSharing": {"preemptionStrategies": ["LessThanOrEqualToFinalShare", "LessThanInitialShare"]},
        "resources": {"excludeResourcePrefixes": [*NOT_COUNTED]},
    }


def kueue_values(waiting: Waiting, replicas: int, mirror: str | None) -> dict[str, Any]:
    """Values of Kueue's chart."""
    repository, tag = parted(mirrored(KUEUE.images["manager"], mirror))
    return {
        "controllerManager": {
            "replicas": replicas,
            # A pod whose machine vanished is let go after a minute where it says that it may be.
            "featureGates": [{"name": "FailureRecoveryPolicy", "enabled": True}],
            "manager": {
                "image": {"repository": repository, "tag": tag, "pullPolicy": "IfNotPresent"},
                "priorityClassName": PLATFORM.name,
                "resources": {
                    "requests": {"cpu": "500m", "memory": "512Mi"},
                    "limits": {"cpu": "2", "memory": "1Gi"},
                },
                "podSecurityContext": CLOSED_POD,
                "containerSecurityContext": CLOSED_CONTAINER,
            },
            "podDisruptionBudget": {"enabled": replicas > 1, "minAvailable": 1},
            "topologySpreadConstraints": [_spread(), _spread("topology.kubernetes.io/zone")],
            **ON_SYSTEM_NODES,
        },
        # Helm fills in a template, and takes a document as text.
        "managerConfig": {"controllerManagerConfigYaml": json.dumps(configuration(waiting), indent=2)},
    }


def jobset_values(replicas: int, mirror: str | None) -> dict[str, Any]:
    """Values of JobSet's chart."""
    repository, tag = parted(mirrored(JOBSET.images["controller"], mirror))
    return {
        "image": {"repository": repository, "tag": tag, "pullPolicy": "IfNotPresent"},
        "controller": {
            "replicas": replicas,
            "resources": {"requests": {"cpu": "250m", "memory": "128Mi"}, "limits": {"cpu": "1", "memory": "512Mi"}},
            "podSecurityContext": CLOSED_POD,
            "securityContext": CLOSED_CONTAINER,
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
