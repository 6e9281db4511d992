"""The pod that changes a node pool: one container of kubectl for each change, because its image has no shell."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pulumi_kubernetes.batch.v1 import JobSpecArgsDict
from pulumi_kubernetes.core.v1 import ContainerArgsDict

from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.validation.enums import Profile
from falaj.components.kubernetes.cluster.keep_warm import NAMESPACE as WARM
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.components.kubernetes.sleep.rbac import ACCOUNT
from falaj.facts.labels import PROFILE_LABEL

USER = 65532
"""An unnamed user: the files of kubectl's image belong to root and are readable by all."""

SCRATCH = "/tmp"  # noqa: S108 - an empty directory of the pod's own


@dataclass(frozen=True)
class Command:
    """One call of kubectl."""

    name: str
    args: Sequence[str]


def allow(pool: str, nodes: int, warm: int | None) -> tuple[Command, ...]:
    """Sets the node limit of a pool, and the number of pods that keep nodes; None where the pool has no such pods."""
    patch = json.dumps({"spec": {"limits": {"nodes": str(nodes)}}})
    limit = Command("limit", ("patch", f"nodepools.karpenter.sh/{pool}", "--type=merge", f"--patch={patch}"))
    if warm is None:
        return (limit,)
    return (limit, Command("warm", ("scale", f"deployments.apps/{pool}", f"--namespace={WARM}", f"--replicas={warm}")))


def drain(pool: str) -> Command:
    """Deletes all nodes of the pool; Karpenter drains them first, for at most the pool's grace period."""
    selector = f"--selector=karpenter.sh/nodepool={pool}"
    return Command("drain", ("delete", "nodeclaims.karpenter.sh", selector, "--wait=false"))


def job(commands: Sequence[Command], image: str, labels: Mapping[str, str]) -> JobSpecArgsDict:
    """The job: its commands run in order, each after the one before has succeeded."""
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


def _container(command: Command, image: str) -> ContainerArgsDict:
    return {
        "name": command.name,
        "image": image,
        "args": [*command.args, f"--cache-dir={SCRATCH}"],
        "resources": {"requests": {"cpu": "50m", "memory": "64Mi"}, "limits": {"memory": "128Mi"}},
        "security_context": restricted_container(),
        "volume_mounts": [{"name": "scratch", "mount_path": SCRATCH}],
    }
