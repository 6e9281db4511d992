"""Replicas of served models on several machines: a leader, which answers requests, and its workers. Pure.

Each replica is a group of a LeaderWorkerSet. Its controller sets these variables in all containers of a group
(sigs.k8s.io/lws v0.9.0, pkg/utils/pod/pod_utils.go): `LWS_LEADER_ADDRESS`, the name of the leader; `LWS_GROUP_SIZE`,
the number of machines; `LWS_WORKER_INDEX`, the number of the own machine, 0 for the leader.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from falaj.components.core.serving.gpu_specs import GpuSpec
from falaj.components.core.serving.runtimes import RUNTIMES, Distribution, runtime_of_image
from falaj.components.core.serving.server_specs import ServerSpec
from falaj.components.core.validation.problems import Problem

API_VERSION, KIND = "leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet"

LEADER: Mapping[str, str] = {"leaderworkerset.sigs.k8s.io/worker-index": "0"}
"""Label that the controller gives to leaders."""

GROUP_LABEL = "leaderworkerset.sigs.k8s.io/group-key"
"""Label with a value of its own for the pods of each group."""

POD_ADDRESS = "POD_IP"
"""Variable with the pod's own address, if the runtime reads no other one."""

_REPLICA = re.compile(r"-\d+$")
_TAG = re.compile(r"v?(\d+)\.(\d+)\.(\d+)")


def distribution_of(server: ServerSpec) -> Distribution | None:
    """Returns how the server runs on several machines; None if its own `command` decides it."""
    return None if server.command else server.runtime_row.distribution


def multi_node_problems(server: ServerSpec, nodes: int, gpu: GpuSpec | None) -> Iterator[Problem]:
    """Yields the problems of a replica on several machines."""
    if nodes == 1:
        return
    runtime, name = server.runtime_row, server.runtime.value
    if gpu is None:
        yield Problem("nodes", nodes, "1 without GPUs", "set tier to enterprise and add `gpu`, or remove it")
    elif gpu.mig_profile is not None or gpu.time_sliced:
        yield Problem("nodes", nodes, "1 on shares of a GPU", "request whole GPUs, or remove it")
    if runtime.distribution is None and not server.command:
        distributed = ", ".join(name.value for name, row in RUNTIMES.items() if row.distribution)
        allowed = f"1 with runtime {name}; several with {distributed}, or with a `command` that reads LWS_WORKER_INDEX"
        yield Problem("nodes", nodes, allowed, "choose another runtime, add `command`, or remove it")
    yield from _version_problems(server, nodes)


def _version_problems(server: ServerSpec, nodes: int) -> Iterator[Problem]:
    distribution, image = distribution_of(server), server.image
    if distribution is None or not isinstance(image, str) or runtime_of_image(image) is not server.runtime:
        return
    tag = _TAG.fullmatch(image.partition("@")[0].rpartition(":")[2])
    if tag is not None and tuple(map(int, tag.groups())) < distribution.first_version:
        first = ".".join(map(str, distribution.first_version))
        allowed = f"{server.runtime.value} {first} or newer where nodes is {nodes}: older ones have no --nnodes"
        yield Problem("image", image, allowed, "choose a newer version")


def is_name_of_a_leader(name: str, services: Collection[str]) -> bool:
    """Returns whether the headless Service of a leader of one of these services has this name. The controller takes a
    Service that exists, and the leader then has no name in the DNS."""
    base, number = _REPLICA.sub("", name), _REPLICA.search(name)
    return number is not None and base in services
