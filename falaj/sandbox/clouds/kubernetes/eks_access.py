"""Access to an EKS cluster: its API server answers identities with an access entry only.

Sources: EKS User Guide, "Grant IAM users access to Kubernetes with EKS access entries" and "Review access policy
permissions" (read 2026-11-26). With `bootstrapClusterCreatorAdminPermissions` EKS makes an entry for the identity that
created the cluster; here that is the identity of every run. Otherwise the caller is who the token of the kubeconfig's
plug-in identifies, whatever role the AWS provider has assumed.
"""

from __future__ import annotations

from falaj.sandbox.clouds.cluster_creators import assumed_creator
from falaj.sandbox.clouds.kubernetes import eks_reach
from falaj.sandbox.clouds.kubernetes.connection import UNREACHABLE, managed_cluster
from falaj.sandbox.clouds.kubernetes.exec_plugin import NoToken, token_holder
from falaj.sandbox.clouds.kubernetes.kinds import group_and_kind, is_namespaced, plural
from falaj.sandbox.clouds.kubernetes.role_access import groups_allow
from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import get_all, get_path, get_str
from falaj.sandbox.runner import Runner, runner

CLUSTER = "aws:eks/cluster:Cluster"
ENTRY, ASSOCIATION = (
    "aws:eks/accessEntry:AccessEntry",
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
)
_POLICY = "arn:aws:eks::aws:cluster-access-policy/"
CLUSTER_ADMIN, ADMIN, EDIT, ADMIN_VIEW, VIEW = (
    f"{_POLICY}AmazonEKS{name}Policy" for name in ("ClusterAdmin", "Admin", "Edit", "AdminView", "View")
)
WRITING_POLICIES = (CLUSTER_ADMIN, ADMIN, EDIT)
_RELEASE = "kubernetes:helm.sh/v3:Release"
_NO_SCHEMA = f"{UNREACHABLE}unable to load schema information from the API server: "


def write_refused(op: Operation) -> str | None:
    """Returns why the cluster does not let the run create, update or delete an object, or None."""
    return _refused(op, "patch", writes=True)


def read_refused(op: Operation) -> str | None:
    """Returns why the cluster does not let the run read an object, or None."""
    return _refused(op, "get", writes=False)


def _refused(op: Operation, verb: str, writes: bool) -> str | None:
    cluster = managed_cluster(op)
    if cluster is None or cluster.type != CLUSTER:
        return None
    if unreachable := eks_reach.timeout(op, cluster, runner()):
        return unreachable
    if get_path(cluster.inputs, "accessConfig.bootstrapClusterCreatorAdminPermissions") is not False:
        return None
    try:
        caller = token_holder(op.config, cluster.name, runner())
    except NoToken as error:
        return f"{_NO_SCHEMA}{error}"
    entry = _entry(op, cluster, caller) if caller else None
    if caller is None or entry is None:
        return f"{_NO_SCHEMA}the server has asked for the client to provide credentials"
    principal = get_str(entry.inputs, "principalArn")
    if any(_allows(association, op, writes) for association in _associations(op, cluster, principal)):
        return None
    groups = [group for group in get_all(entry.inputs, "kubernetesGroups[*]") if isinstance(group, str)]
    if groups_allow(op, groups, verb):
        return None
    group = group_and_kind(op.token)[0]
    return (
        f'{plural(op.token)} is forbidden: User "{caller.session}" cannot {verb} resource "{plural(op.token)}" '
        f'in API group "{group}"'
    )


def _entry(op: Operation, cluster: InventoryItem, caller: Runner) -> InventoryItem | None:
    """Returns the caller's access entry, or None without one."""
    entries = [
        entry for entry in op.state.find_in_any_cloud(ENTRY) if get_str(entry.inputs, "clusterName") == cluster.name
    ]
    for entry in entries:
        principal = get_str(entry.inputs, "principalArn")
        # A run without a stated role has that of the stack's deployer, unless the provider assumes the latter.
        is_deployer = entry.urn.endswith("-deployer") and principal != assumed_creator(op.state, cluster)
        if principal == caller.role or (is_deployer and not caller.role_is_given):
            return entry
    return None


def _associations(op: Operation, cluster: InventoryItem, principal: str) -> list[InventoryItem]:
    return [
        association
        for association in op.state.find_in_any_cloud(ASSOCIATION)
        if get_str(association.inputs, "clusterName") == cluster.name
        and get_str(association.inputs, "principalArn") == principal
    ]


def _allows(association: InventoryItem, op: Operation, writes: bool) -> bool:
    """Returns whether an access policy allows the operation on the object."""
    policy, scope = get_str(association.inputs, "policyArn"), get_str(association.inputs, "accessScope.type")
    if writes and policy not in WRITING_POLICIES:
        return False
    # These policies list Kubernetes' own kinds, and View without secrets: not enough for a Helm release, whose state is
    # a Secret.
    if policy in (ADMIN, EDIT, VIEW) and op.variables["custom"] == "yes":
        return False
    if policy == VIEW and op.token in ("kubernetes:core/v1:Secret", _RELEASE):
        return False
    if scope == "cluster":
        return policy in (CLUSTER_ADMIN, ADMIN_VIEW) or is_namespaced(op.token)
    return is_namespaced(op.token) and op.variables["namespace"] in get_all(
        association.inputs, "accessScope.namespaces[*]"
    )
