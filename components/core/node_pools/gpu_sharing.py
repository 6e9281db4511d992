"""How the GPUs of a pool are shared: by nobody, in slices that know nothing of each other, or in turns. Pure."""

from collections.abc import Mapping
from enum import Enum
from typing import Self

from pydantic import Field, model_validator

from falaj.components.core.node_pools.gpu_resources import GPU, MIG, MIG_SLICES, SHARED_GPU, SLICES
from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.names import TenantName
from falaj.components.core.validation.problems import Problem, refusal, refuse_if

PLUGIN_LABEL, SLICES_LABEL = "nvidia.com/device-plugin.config", "nvidia.com/mig.config"
"""Node labels from which NVIDIA's device plugin and its MIG manager take what a node shall be (GPU Operator,
time-slicing and MIG)."""


class GpuSharingMode(Enum):
    """Who hands GPUs to pods. Both on one node would count every GPU twice."""

    DEVICE_PLUGIN = "device-plugin"
    """Extended resources, `nvidia.com/gpu`: what queues, quotas and autoscalers count."""
    DRA = "dra"
    """Dynamic resource allocation, whose driver is installed apart."""


class GpuSharingSpec(Spec):
    """How pods share the GPUs of a pool: either `slices` or `turns`."""

    slices: str | None = Field(default=None, json_schema_extra={"enum": [*sorted(MIG_SLICES), None]})
    """MIG slice that each GPU is split into, such as `1g.12gb`. Slices are isolated: tenants may share a GPU."""
    turns: int | None = Field(default=None, ge=2, le=16)
    """Pods that share one GPU by time-slicing. They share its memory and its faults: for one tenant's pool only."""

    @model_validator(mode="after")
    def _is_shared_one_way(self) -> Self:
        if self.slices is None and self.turns is None:
            refuse_if([Problem.missing("slices", "`turns` is absent", "write one of them")])
        if self.slices is not None and self.turns is not None:
            raise refusal("either `slices` or `turns`", "write one of them", "slices", self.slices)
        if self.slices is not None and self.slices not in MIG_SLICES:
            allowed = ", ".join(sorted(MIG_SLICES))
            raise refusal(allowed, "choose a slice that a GPU in the UAE offers", "slices", self.slices)
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


class SharedPoolSpec(GpuSharingSpec):
    """A pool with shared GPUs, as the GPU operator is told of it."""

    tenant: TenantName | None = None
    """The tenant that the pool is for; required with `turns`."""

    @model_validator(mode="after")
    def _turns_are_of_one_tenant(self) -> Self:
        if self.turns is not None and self.tenant is None:
            condition = "`turns` is given: pods that share a GPU by time-slicing share memory and faults"
            refuse_if([Problem.missing("tenant", condition, "add `tenant`, or use `slices`")])
        return self


WHOLE = "whole"
"""Name of the configuration of nodes whose GPUs nobody shares."""


def config_name(turns: int) -> str:
    """Name of the device plugin's configuration for so many turns."""
    return f"turns-{turns}"


def plugin_configs(pools: Mapping[str, SharedPoolSpec]) -> dict[str, str]:
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
