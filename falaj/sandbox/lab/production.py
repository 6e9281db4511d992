"""Configuration that production gives to the programs of the laboratory: from the components' own functions, with what
their charts add. Sources of the latter: sigs.k8s.io/kueue v0.17.0, charts/kueue/templates/manager/manager-config.yaml;
sigs.k8s.io/jobset v0.11.1, charts/jobset/values.yaml and templates/controller/configmap.yaml;
github.com/kubeflow/trainer/v2 v2.2.0, charts/kubeflow-trainer/values.yaml and templates/manager/configmap.yaml;
sigs.k8s.io/lws v0.9.0, charts/lws/templates/manager/configmap.yaml and api/config/v1alpha1/defaults.go;
github.com/aws/karpenter-provider-aws v1.15.0, charts/karpenter/values.yaml (`settings.featureGates`).
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import yaml

from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.kubernetes.queues.kueue import PodsReadyPolicy, kueue_values

_KARPENTER_GATES = (
    ("reservedCapacity", True),
    ("spotToSpotConsolidation", False),
    ("nodeRepair", False),
    ("nodeOverlay", False),
    ("staticCapacity", False),
    ("capacityBuffer", False),
    ("terminateFirstDrift", False),
    ("terminateFirstRepair", False),
)
"""Feature gates of the chart. The component sets `nodeOverlay` if `prices` is true, and no other."""


_UNAVAILABLE_SECONDS = 180
"""How long Karpenter launches no machine of an offering after the cloud had none (github.com/aws/karpenter-provider-aws
v1.15.0, pkg/cache/cache.go, UnavailableOfferingsTTL)."""


def settings(program: str) -> dict[str, Any]:
    """Returns the settings of a program in production, as nested mappings: `config` is its configuration file, `gates`
    its feature gates, `unavailable` what it does about offerings that the cloud has none of."""
    return deepcopy(_SETTINGS[program]())


def _kueue() -> dict[str, Any]:
    fields = QueueingArgs.model_fields
    pods_ready = PodsReadyPolicy(*(fields[name].default for name in ("start_minutes", "recover_minutes", "requeues")))
    values = kueue_values(pods_ready, fields["replicas"].default, None, monitored=True)
    config = yaml.safe_load(values["managerConfig"]["controllerManagerConfigYaml"])
    gates = {gate["name"]: gate["enabled"] for gate in values["controllerManager"]["featureGates"]}
    return {"config": config | {"internalCertManagement": _internal_certificates("kueue")}, "gates": gates}


def _jobset() -> dict[str, Any]:
    config = {
        "apiVersion": "config.jobset.x-k8s.io/v1alpha1",
        "kind": "Configuration",
        "leaderElection": {"leaderElect": True},
        "clientConnection": {"qps": 500, "burst": 500},
        "internalCertManagement": _internal_certificates("jobset"),
    }
    return {"config": config}


def _trainer() -> dict[str, Any]:
    config = {
        "apiVersion": "config.trainer.kubeflow.org/v1alpha1",
        "kind": "Configuration",
        "health": {"healthProbeBindAddress": ":8081"},
        "metrics": {"bindAddress": ":8443", "secureServing": True},
        "webhook": {"port": 9443, "host": ""},
        "leaderElection": {
            "leaderElect": True,
            "resourceName": "trainer.kubeflow.org",
            "leaseDuration": "15s",
            "renewDeadline": "10s",
            "retryPeriod": "2s",
        },
        "controller": {
            "groupKindConcurrency": {
                "TrainJob.trainer.kubeflow.org": 5,
                "TrainingRuntime.trainer.kubeflow.org": 1,
                "ClusterTrainingRuntime.trainer.kubeflow.org": 1,
            }
        },
        "certManagement": {
            "enable": True,
            "webhookServiceName": "kubeflow-trainer-controller-manager",
            "webhookSecretName": "kubeflow-trainer-webhook-cert",
        },
        "statusServer": {"port": 10443, "qps": 5, "burst": 10},
    }
    return {"config": config}


def _lws() -> dict[str, Any]:
    config = {
        "apiVersion": "config.lws.x-k8s.io/v1alpha1",
        "kind": "Configuration",
        "leaderElection": {"leaderElect": True},
        "internalCertManagement": {"enable": True},
    }
    return {"config": config}


def _karpenter() -> dict[str, Any]:
    return {
        "gates": {name[0].upper() + name[1:]: on for name, on in _KARPENTER_GATES},
        "unavailable": {"seconds": _UNAVAILABLE_SECONDS},
    }


def _internal_certificates(release: str) -> Mapping[str, Any]:
    return {
        "enable": True,
        "webhookServiceName": f"{release}-webhook-service",
        "webhookSecretName": f"{release}-webhook-server-cert",
    }


_SETTINGS = {"kueue": _kueue, "jobset": _jobset, "trainer": _trainer, "lws": _lws, "karpenter": _karpenter}
