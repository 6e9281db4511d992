"""Options of clusters that a site's specification and its cluster share."""

from collections.abc import Sequence
from typing import Self

from pydantic import model_validator

from falaj.components.core.network.azure_ids import KeyVersion
from falaj.components.core.network.blocks import InsideBlock, OfficeBlock
from falaj.components.core.site.aks_logs import DEFAULT_LOGS, ControlPlaneLog
from falaj.components.core.site.aks_options import AksAccess, AksNetwork, ClusterIdentities
from falaj.components.core.site.aks_upgrades import AksNames, AksUpgrades, ClusterTier
from falaj.components.core.site.cluster_access import AccessOptions
from falaj.components.core.site.eks_addons import AddonVersions
from falaj.components.core.site.eks_network import EksNetwork
from falaj.components.core.validation.args import Accepts, Choice, Input, Spec, default
from falaj.components.core.validation.enums import LogType, SupportPlan, SupportType
from falaj.components.core.validation.problems import Problem, refusal, refuse_if


class PublicAccess(Spec):
    """Public access to the API server of a cluster."""

    public_access_cidrs: Accepts[Sequence[Input[OfficeBlock]], Sequence[Input[OfficeBlock | str]]] = default(())
    """CIDR blocks outside the network that may reach the API server. Default: none, so the API server has only a
    private endpoint."""


class PinnedAddons(Spec):
    """Pinned versions of EKS add-ons."""

    addon_versions: AddonVersions = default({})
    """Pinned versions by EKS add-on name, such as `v1.20.2-eksbuild.1`. An add-on that is absent here gets EKS's
    default for the Kubernetes version."""


class EksOptions(AccessOptions, EksNetwork, PinnedAddons):
    """Options of clusters on AWS."""

    private_access_cidrs: Accepts[Sequence[InsideBlock], Sequence[InsideBlock | str]] = default(())
    """Private CIDR blocks, besides the nodes, that may reach the private API endpoint, such as those of a CI/CD
    pipeline or a VPN. To deploy workloads to a private cluster, connect from one of these blocks. Default: none."""
    support_type: Choice[SupportType] = default(SupportType.STANDARD)
    """Support after the end of a Kubernetes version's standard support: with `standard` (default) EKS upgrades the
    control plane on that day; with `extended` the version goes on for twelve months at 0.60 instead of 0.10 USD per
    hour."""
    log_types: Accepts[Sequence[LogType], Sequence[LogType | str]] = default(tuple(LogType))
    """Logs of the control plane to keep: `api`, `audit`, `authenticator`, `controllerManager` and `scheduler`. `audit`
    and `authenticator` are required. CloudWatch Logs bills them by volume. Default: all."""

    @model_validator(mode="after")
    def _audited(self) -> Self:
        required = (LogType.AUDIT, LogType.AUTHENTICATOR)
        if not set(required) <= set(self.log_types):
            given = [log_type.value for log_type in self.log_types]
            raise refusal("audit and authenticator, and others", "add them", "log_types", given)
        return self


class AksOptions(AksAccess, AksNetwork, AksUpgrades, AksNames):
    """Options of clusters on Azure."""

    defender: bool = False
    """Whether Defender for Containers monitors the nodes. It is billed per core and keeps its findings where Defender
    for Cloud does, which is not in the UAE. Default: false."""
    azure_policy: bool = False
    """Whether the Azure Policy add-on evaluates what is deployed to the cluster. Default: false."""
    identities: ClusterIdentities = ClusterIdentities()
    """Existing identities of the cluster; it creates those that are absent."""
    support_plan: Choice[SupportPlan] = default(SupportPlan.OFFICIAL)
    """Support plan: `official` (default) ends after about a year; `lts` adds a year, with the Premium tier at 0.60
    instead of 0.10 USD per hour."""
    secrets_key_version: Input[KeyVersion] | None = None
    """Version of the key of Kubernetes secrets that the cluster changes to. By default it goes on using the key and the
    version that it was created with: AKS keeps two versions, and a second change hangs the cluster unless all secrets
    have been encrypted again after the first."""
    control_plane_logs: Accepts[Sequence[ControlPlaneLog], Sequence[ControlPlaneLog | str]] = default(
        DEFAULT_LOGS, min_length=1
    )
    """Logs of the control plane that the site keeps. By default all, with `kube-audit-admin`: the audit log without
    reads. `kube-audit` instead also records reads, such as that of a secret, and is several times as large."""

    @model_validator(mode="after")
    def _keeps_one_audit_log(self) -> Self:
        both = {ControlPlaneLog.AUDIT, ControlPlaneLog.AUDIT_ADMIN} <= set(self.control_plane_logs)
        given = [log.value for log in self.control_plane_logs]
        allowed = "kube-audit or kube-audit-admin: the former contains the latter"
        refuse_if([Problem("control_plane_logs", given, allowed, "remove one of them")] if both else [])
        return self

    @model_validator(mode="after")
    def _pays_for_long_term_support(self) -> Self:
        if self.tier is ClusterTier.FREE and self.support_plan is SupportPlan.LTS:
            refuse_if([Problem("tier", "free", "standard with support_plan lts", "remove one of the two")])
        return self
