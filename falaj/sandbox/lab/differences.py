"""Every setting in which a program of the laboratory differs from production, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from falaj.sandbox.lab.certificates import ADDRESS
from falaj.sandbox.lab.production import settings
from falaj.sandbox.lab.services import LabContext

ABSENT = None
"""The value of a setting that is not set."""

LOCAL = "programs are processes on the loopback interface, each with ports of its own"
ONE = "one process of each program runs"
SHORT = "a test waits for it"
NOT_AGGREGATED = "nothing reads its aggregated API here"
NO_SERVICES = "webhooks are called by URL; there is no network of services"


@dataclass(frozen=True)
class Difference:
    """A setting of a program that differs.

    setting: dotted path in `production.settings`. production: its value there, `ABSENT` if it is not set. laboratory:
    its value here, or a function of the laboratory's context.
    """

    program: str
    setting: str
    production: Any
    laboratory: Any
    reason: str


def _address(port: str) -> Callable[[LabContext], str]:
    return lambda context: f"{ADDRESS}:{context.ports[port]}"


def _port(port: str) -> Callable[[LabContext], int]:
    return lambda context: context.ports[port]


def _certificates(context: LabContext) -> str:
    return str(context.certificates.server.certificate.parent)


_PODS_READY, _REQUEUING = "config.waitForPodsReady", "config.waitForPodsReady.requeuingStrategy"

DIFFERENCES: tuple[Difference, ...] = (
    Difference("kueue", "config.namespace", ABSENT, "kueue-system", "it is read from a pod's service account"),
    Difference("kueue", "config.health.healthProbeBindAddress", ":8081", _address("kueue"), LOCAL),
    Difference("kueue", "config.metrics.bindAddress", ":8443", "0", LOCAL),
    Difference("kueue", "config.webhook.host", ABSENT, ADDRESS, LOCAL),
    Difference("kueue", "config.webhook.port", 9443, _port("kueue-webhook"), LOCAL),
    Difference("kueue", "config.webhook.certDir", ABSENT, _certificates, LOCAL),
    Difference("kueue", "config.leaderElection.leaderElect", True, False, ONE),
    Difference("kueue", f"{_PODS_READY}.timeout", "20m", "60s", SHORT),
    Difference("kueue", f"{_PODS_READY}.recoveryTimeout", "10m", "60s", SHORT),
    Difference("kueue", f"{_REQUEUING}.backoffBaseSeconds", 60, 5, SHORT),
    Difference("kueue", f"{_REQUEUING}.backoffMaxSeconds", 1800, 60, SHORT),
    Difference("kueue", "gates.VisibilityOnDemand", ABSENT, False, NOT_AGGREGATED),
    Difference("jobset", "config.health.healthProbeBindAddress", ABSENT, _address("jobset"), LOCAL),
    Difference("jobset", "config.webhook.host", ABSENT, ADDRESS, LOCAL),
    Difference("jobset", "config.webhook.port", ABSENT, _port("jobset-webhook"), LOCAL),
    Difference("jobset", "config.webhook.certDir", ABSENT, _certificates, LOCAL),
    Difference("jobset", "config.leaderElection.leaderElect", True, False, ONE),
    Difference("jobset", "config.internalCertManagement.enable", True, False, NO_SERVICES),
    Difference(
        "jobset", "config.internalCertManagement.webhookServiceName", "jobset-webhook-service", ABSENT, NO_SERVICES
    ),
    Difference(
        "jobset", "config.internalCertManagement.webhookSecretName", "jobset-webhook-server-cert", ABSENT, NO_SERVICES
    ),
    Difference("trainer", "config.health.healthProbeBindAddress", ":8081", _address("trainer"), LOCAL),
    Difference("trainer", "config.metrics.bindAddress", ":8443", "0", LOCAL),
    Difference("trainer", "config.webhook.host", "", ADDRESS, LOCAL),
    Difference("trainer", "config.webhook.port", 9443, _port("trainer-webhook"), LOCAL),
    Difference("trainer", "config.leaderElection.leaderElect", True, False, ONE),
    Difference("trainer", "config.certManagement.enable", True, False, NO_SERVICES),
    Difference("lws", "config.health.healthProbeBindAddress", ABSENT, _address("lws"), LOCAL),
    Difference("lws", "config.webhook.host", ABSENT, ADDRESS, LOCAL),
    Difference("lws", "config.webhook.port", ABSENT, _port("lws-webhook"), LOCAL),
    Difference("lws", "config.webhook.certDir", ABSENT, _certificates, LOCAL),
    Difference("lws", "config.leaderElection.leaderElect", True, False, ONE),
    Difference("lws", "config.internalCertManagement.enable", True, False, NO_SERVICES),
    Difference("karpenter", "unavailable.seconds", 180, 15, SHORT),
    Difference("karpenter", "gates.NodeOverlay", False, True, "production has it as an option: prices of the region"),
)

FLAGS: Mapping[str, Mapping[str, str]] = {
    "controller-manager": {
        "--leader-elect": ONE,
        "--controllers": "node-ipam-controller would assign addresses, which kwok assigns",
        "--horizontal-pod-autoscaler-sync-period": SHORT,
    },
    "scheduler": {"--leader-elect": ONE},
    "kuberay": {
        "--health-probe-bind-address": LOCAL,
        "--metrics-addr": LOCAL,
        "--enable-leader-election": ONE,
    },
    "keda": {
        "--health-probe-bind-address": LOCAL,
        "--metrics-service-bind-address": LOCAL,
        "--metrics-bind-address": LOCAL,
        "--cert-dir": LOCAL,
        "--enable-cert-rotation": NO_SERVICES,
        "--leader-elect": ONE,
    },
    "keda-adapter": {
        "--cert-dir": LOCAL,
        "--metrics-service-address": LOCAL,
        "--port": LOCAL,
        "--zap-log-level": "requests that fail are written",
    },
}
"""Program without a configuration file -> flags by which it differs from production, and why. Those of KEDA and KubeRay
differ from the flags of their charts (`chart_flags`). Managed control planes do not show theirs: of the scheduler and
the controller manager, all flags are listed that do not name addresses, certificates and accounts of the cluster."""


def laboratory_settings(program: str, context: LabContext) -> dict[str, Any]:
    """Returns the settings of a program in the laboratory: those of production with the rows of the table."""
    result = settings(program)
    for row in DIFFERENCES:
        if row.program == program:
            _set(result, row.setting, row.laboratory(context) if callable(row.laboratory) else row.laboratory)
    return result


def _set(values: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    for step in parents:
        values = values.setdefault(step, {})
    if value is ABSENT:
        del values[last]
    else:
        values[last] = value


def gates_flag(program: str) -> str:
    """Returns the feature gates of a program as the value of a flag, such as `A=true,B=false`."""
    rows = (row for row in DIFFERENCES if row.program == program and row.setting.startswith("gates."))
    changed = {row.setting.removeprefix("gates."): row.laboratory for row in rows}
    return ",".join(f"{name}={str(on).lower()}" for name, on in (settings(program)["gates"] | changed).items())
