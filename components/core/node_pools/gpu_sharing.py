"""How the GPUs of a pool are shared: by nobody, in slices that know nothing of each other, or in turns. Pure."""

from collections.abc import Mapping
from enum import Enum
from typing import Annotated, NotRequired, Self, TypedDict

from pydantic import Field, model_validator

from falaj.components.core.node_pools.gpu_resources import GPU, MIG, SHARED_GPU, SLICES
from falaj.components.core.validation.args import Checked
from falaj.components.core.validation.names import TenantName
from falaj.components.core.validation.problems import refusal

PLUGIN_LABEL, SLICES_LABEL = "nvidia.com/device-plugin.config", "nvidia.com/mig.config"
"""Node labels from which NVIDIA's device plugin and its MIG manager take what a node shall be (GPU Operator,
time-slicing and MIG)."""


class Handing(Enum):
    """Who hands GPUs to pods. Both on one node would count every GPU twice."""

    DEVICE_PLUGIN = "device-plugin"
    """Extended resources, `nvidia.com/gpu`: what queues, quotas and autoscalers count."""
    DRA = "dra"
    """Dynamic resource allocation, whose driver is installed apart."""


class SharedPoolSpec(TypedDict):
    """A pool whose GPUs are shared. Either `slices` or `turns`."""

    slices: NotRequired[str]
    """MIG slice that each GPU is split into, such as `1g.10gb`: tenants may be neighbours."""
    turns: NotRequired[int]
    """Pods that take one GPU in turns. They share its memory and its faults: one tenant's only."""
    tenant: NotRequired[str]
    """The tenant that the pool is for, needed for turns; inside a pool the pool's own if absent."""


class CheckedSharedPool(Checked):
    """The validated form of `SharedPoolSpec`."""

    slices: str | None = None
    turns: Annotated[int, Field(ge=2, le=16)] | None = None
    tenant: TenantName | None = None

    @model_validator(mode="after")
    def _is_shared_one_way(self) -> Self:
        if (self.slices is None) == (self.turns is None):
            raise refusal("either `slices` or `turns`", "say how GPUs are shared, once", "slices", self.slices)
        if self.slices is not None and f"{MIG}{self.slices}" not in SLICES:
            known = ", ".join(sorted(name.removeprefix(MIG) for name in SLICES))
            raise refusal(known, "choose a slice that a GPU of the country makes", "slices", self.slices)
        if self.turns is not None and self.tenant is None:
            allowed = "the tenant of the pool, where GPUs are taken in turns: they share memory and faults"
            raise refusal(allowed, "add `tenant`, or use `slices`", "tenant")
        return self

    @property
    def node_labels(self) -> dict[str, str]:
        """What the pool's nodes must be labelled with, for the operator to do it."""
        if self.slices is not None:
            return {SLICES_LABEL: f"all-{self.slices}"}
        return {PLUGIN_LABEL: config_name(self.turns or 0)}

    def devices(self, gpus: int) -> dict[str, int]:
        """What pods can ask of a machine with so many GPUs, instead of these."""
        if self.slices is not None:
            return {f"{MIG}{self.slices}": SLICES[f"{MIG}{self.slices}"] * gpus}
        return {SHARED_GPU: (self.turns or 0) * gpus}


WHOLE = "whole"
"""Name of the configuration of nodes whose GPUs nobody shares."""


def config_name(turns: int) -> str:
    """Name of the device plugin's configuration for so many turns."""
    return f"turns-{turns}"


def plugin_configs(pools: Mapping[str, CheckedSharedPool]) -> dict[str, str]:
    """The device plugin's configurations by name. Slices are counted by size on every node that has them."""
    turns = sorted({pool.turns for pool in pools.values() if pool.turns})
    head = "version: v1\nflags:\n  migStrategy: mixed\n"
    return {WHOLE: head, **{config_name(number): head + _turns(number) for number in turns}}


def _turns(number: int) -> str:
    """Under a name of their own, so that nobody who asks for a GPU gets a turn; two turns are not two GPUs, and refused
    (NVIDIA k8s-device-plugin, README, time-slicing)."""
    return f"""sharing:
  timeSlicing:
    renameByDefault: true
    failRequestsGreaterThanOne: true
    resources:
      - name: {GPU}
        replicas: {number}
"""
