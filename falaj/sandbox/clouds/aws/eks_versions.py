"""Kubernetes versions of EKS: those that it offers, and the updates that it accepts.

Sources: EKS User Guide, kubernetes-versions (new clusters may have any version in standard or extended support),
update-cluster (one minor version at a time), rollback-cluster (only by a rollback within seven days, which the
provider does not request), disable-extended-support; EKS API, UpdateClusterVersion (node groups must have the version
of the cluster); read on 2026-11-26.
"""

from __future__ import annotations

from falaj.facts.clouds import Cloud
from falaj.sandbox.clouds.kubernetes_versions import is_offered, is_past_standard, newest, steps
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import Props, get_path, get_str

NODE_GROUP = "aws:eks/nodeGroup:NodeGroup"


def newest_version() -> str:
    """Returns the version of a cluster that specifies none."""
    return newest(Cloud.AWS)


def version_is_offered(op: Operation) -> str | None:
    """Checks that EKS offers the version, and that a version past its standard support takes extended support."""
    version = get_str(op.inputs, "version")
    if not version or (op.existing and version == get_str(op.existing.outputs, "version")):
        return None
    if not is_offered(Cloud.AWS, version, paid=True):
        return f"InvalidParameterException: unsupported Kubernetes version {version}"
    standard = get_path(op.inputs, "upgradePolicy.supportType") == "STANDARD"
    if standard and is_past_standard(Cloud.AWS, version):
        return (
            f"InvalidParameterException: supportType STANDARD is not allowed for {version}: it is in extended support"
        )
    return None


def version_update_allowed(op: Operation) -> str | None:
    """Checks that an update goes up by one minor version, and that no node group is left behind."""
    new = get_str(op.inputs, "version")
    old = get_str(op.existing.outputs, "version") if op.existing else ""
    if not new or not old or new == old:
        return None
    if steps(old, new) != 1:
        return f"InvalidParameterException: Unsupported Kubernetes minor version update from {old} to {new}"
    groups = [group for group in op.state.find(NODE_GROUP, op.scope) if _cluster_of(group.inputs) == op.name]
    behind = sorted(group.name for group in groups if get_str(group.outputs, "version") != old)
    if behind:
        return (
            f"InvalidParameterException: Managed nodegroups [{', '.join(behind)}] must be updated to match cluster "
            f"version {old} before updating cluster version"
        )
    return None


def node_group_version_allowed(op: Operation) -> str | None:
    """Checks that the nodes are not newer than the control plane, and not updated downwards."""
    version = get_str(op.inputs, "version")
    cluster = op.state.by_handle(f"eks:{op.scope}:{_cluster_of(op.inputs)}")
    control_plane = get_str(cluster.outputs, "version") if cluster else ""
    if version and control_plane and steps(control_plane, version) > 0:
        return (
            f"InvalidParameterException: Requested Nodegroup Kubernetes version {version} is higher than the cluster's "
            f"version {control_plane}"
        )
    old = get_str(op.existing.outputs, "version") if op.existing else ""
    if version and old and steps(old, version) < 0:
        return f"InvalidParameterException: Unsupported Kubernetes minor version update from {old} to {version}"
    return None


def _cluster_of(inputs: Props) -> str:
    return get_str(inputs, "clusterName")
