"""The pod that scales a node pool. Each kubectl call is a separate container, because the image has no shell."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pulumi_kubernetes.batch.v1 import JobSpecArgsDict
from pulumi_kubernetes.core.v1 import ContainerArgsDict

from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.enums import Profile
from falaj.components.kubernetes.cluster.keep_warm import NAMESPACE as KEEP_WARM_NAMESPACE
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.components.kubernetes.sleep.rbac import ACCOUNT
from falaj.facts.labels import PROFILE_LABEL

USER = 65532
"""Numeric user ID without a name. The files of the kubectl image are owned by root and readable by all users."""

SCRATCH = "/tmp"  # noqa: S108 - an emptyDir volume of the pod


@dataclass(frozen=True)
class Command:
    """One kubectl call."""

    name: str
    args: Sequence[str]


def set_node_limit(pool: str, nodes: int, warm: int | None) -> tuple[Command, ...]:
    """Returns the commands that set the node limit of a pool, and the number of its keep-warm pods unless `warm` is
    None."""
    patch = json.dumps({"spec": {"limits": {"nodes": str(nodes)}}})
    limit = Command("limit", ("patch", f"nodepools.karpenter.sh/{pool}", "--type=merge", f"--patch={patch}"))
    if warm is None:
        return (limit,)
    return (
        limit,
        Command(
            "warm", ("scale", f"deployments.apps/{pool}", f"--namespace={KEEP_WARM_NAMESPACE}", f"--replicas={warm}")
        ),
    )


def drain_nodes(pool: str) -> Command:
    """Returns the command that deletes all nodes of a pool. Karpenter drains them first, for at most the grace
    period."""
    selector = f"--selector=karpenter.sh/nodepool={pool}"
    return Command("drain", ("delete", "nodeclaims.karpenter.sh", selector, "--wait=false"))


def job(commands: Sequence[Command], image: Input[str], labels: Mapping[str, str]) -> JobSpecArgsDict:
    """Returns the spec of a job that runs the commands in order, each after the previous one has succeeded."""
    *first, last = (_container(command, image) for command in commands)
    return {
        "backoff_limit": 2,
        "active_deadline_seconds": 600,
        "template": {
            "metadata": {"labels": labels},
            "spec": {
                "service_account_name": ACCOUNT,
                "automount_service_account_token": True,
                "restart_policy": "Never",
                "enable_service_links": False,
                "node_selector": {PROFILE_LABEL: Profile.SYSTEM.value},
                "tolerations": [{"key": taint.key, "operator": "Exists"} for taint in TRAITS[Profile.SYSTEM].taints],
                "security_context": restricted_pod(USER),
                "init_containers": first,
                "containers": [last],
                "volumes": [{"name": "scratch", "empty_dir": {"size_limit": "64Mi"}}],
            },
        },
    }


def _container(command: Command, image: Input[str]) -> ContainerArgsDict:
    return {
        "name": command.name,
        "image": image,
        "args": [*command.args, f"--cache-dir={SCRATCH}"],
        "resources": {"requests": {"cpu": "50m", "memory": "64Mi"}, "limits": {"memory": "128Mi"}},
        "security_context": restricted_container(),
        "volume_mounts": [{"name": "scratch", "mount_path": SCRATCH}],
    }
