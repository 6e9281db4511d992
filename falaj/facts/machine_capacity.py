"""What pods can request of a machine type of a cloud, beside what the node keeps for Kubernetes."""

from falaj.facts.clouds import CLOUDS
from falaj.facts.machines import Machine
from falaj.facts.node_capacity import NodeCapacity
from falaj.facts.regions import REGIONS


def machine_capacity(machine: Machine, max_pods: int | None) -> NodeCapacity | None:
    """Returns the CPU and memory that pods can request, those of DaemonSets included; None if the size of the machine
    is not known. `max_pods` is the maximum number of pods that its pool states, None if it states none."""
    cloud = CLOUDS[REGIONS[machine.region].cloud]
    if cloud.node_capacity is None or machine.vcpu is None or machine.memory_gib is None:
        return None
    pods = cloud.reserved_pods(machine.name) or max_pods or machine.max_pods or cloud.node_pods
    return cloud.node_capacity(machine.vcpu, machine.memory_gib, pods)
