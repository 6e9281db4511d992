"""Logs of an AKS control plane (learn.microsoft.com/azure/aks/monitor-aks-reference, read 2026-11-26)."""

from enum import Enum


class ControlPlaneLog(Enum):
    """Log category of an AKS control plane."""

    AUDIT = "kube-audit"
    """Every request to the API server, also reads, such as that of a secret. AKS warns of its cost."""
    AUDIT_ADMIN = "kube-audit-admin"
    """The requests of `kube-audit` without `get` and `list`."""
    GUARD = "guard"
    """Authentication with Entra, and authorization with Azure roles."""
    API_SERVER = "kube-apiserver"
    """Messages of the API server."""
    CONTROLLER_MANAGER = "kube-controller-manager"
    """Messages of the control loops that Kubernetes brings."""
    SCHEDULER = "kube-scheduler"
    """Messages of the scheduler."""
    AUTOSCALER = "cluster-autoscaler"
    """Decisions of the cluster autoscaler."""
    CLOUD_CONTROLLER = "cloud-controller-manager"
    """Messages of the controller that manages Azure resources, such as load balancers."""


DEFAULT_LOGS = tuple(log for log in ControlPlaneLog if log is not ControlPlaneLog.AUDIT)
"""All categories, with changes only of the audit log: AKS advises so for its cost (monitor-aks.md of
MicrosoftDocs/azure-aks-docs, 2026-08-21)."""
