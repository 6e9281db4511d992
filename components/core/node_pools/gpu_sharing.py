"""Sharing of a pool's GPUs: isolated MIG slices or time-slicing. Pure."""

from collections.abc import Mapping
from enum import Enum
from typing import Self

from pydantic import Field, model_validator

from falaj.components.core.node_pools.gpu_resources import GPU, MIG, MIG_SLICES, SHARED_GPU, SLICES
from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.names import TenantName
from falaj.components.core.validation.problems import Problem, refusal, refuse_if

PLUGIN_LABEL, SLICES_LABEL = "nvidia.com/device-plugin.config", "nvidia.com/mig.config"
"""Node labels that configure NVIDIA's device plugin and MIG manager for a node (GPU Operator, time-slicing and MIG)."""


class GpuSharingMode(Enum):
    """What allocates GPUs to pods. Both on one node would count each GPU twice."""

    DEVICE_PLUGIN = "device-plugin"
    """Extended resources such as `nvidia.com/gpu`, which queues, quotas and autoscalers count."""
    DRA = "dra"
    """Dynamic Resource Allocation, whose driver must be installed separately."""


class GpuSharingSpec(Spec):
    """How pods share the GPUs of a pool: set either `slices` or `turns`."""

    slices: str | None = Field(default=None, json_schema_extra={"enum": [*sorted(MIG_SLICES), None]})
    """MIG profile that each GPU is partitioned into, such as `1g.12gb`. Slices are isolated, so tenants may share a
    GPU."""
    turns: int | None = Field(default=None, ge=2, le=16)
    """Number of pods that share one GPU by time-slicing. They share its memory and faults, so the pool must be reserved
    for one tenant."""

    @model_validator(mode="after")
    def _is_shared_one_way(self) -> Self:
        if self.slices is None and self.turns is None:
            refuse_if([Problem.missing("slices", "`turns` is absent", "set one of them")])
        if self.slices is not None and self.turns is not None:
            raise refusal("either `slices` or `turns`", "set one of them", "slices", self.slices)
        if self.slices is not None and self.slices not in MIG_SLICES:
            allowed = ", ".join(sorted(MIG_SLICES))
            raise refusal(allowed, "choose a slice of a GPU that is offered in the UAE", "slices", self.slices)
        return self

    @property
    def node_labels(self) -> dict[str, str]:
        """Labels that the pool's nodes must have, so that the GPU operator shares their GPUs."""
        if self.slices is not None:
            return {SLICES_LABEL: f"all-{self.slices}"}
        return {PLUGIN_LABEL: config_name(self.turns or 0)}

    def devices(self, gpus: int) -> dict[str, int]:
        """Returns the extended resources of a machine with `gpus` shared GPUs, with their number."""
        if self.slices is not None:
            return {f"{MIG}{self.slices}": SLICES[f"{MIG}{self.slices}"] * gpus}
        return {SHARED_GPU: (self.turns or 0) * gpus}


class SharedPoolSpec(GpuSharingSpec):
    """A pool with shared GPUs, as passed to `GpuOperator`."""

    tenant: TenantName | None = None
    """Tenant that the pool is reserved for; required with `turns`."""

    @model_validator(mode="after")
    def _turns_are_of_one_tenant(self) -> Self:
        if self.turns is not None and self.tenant is None:
            condition = "`turns` is given: pods on a time-sliced GPU share memory and faults"
            refuse_if([Problem.missing("tenant", condition, "add `tenant`, or use `slices`")])
        return self


UNSHARED_CONFIG = "whole"
"""Name of the device plugin configuration for nodes whose GPUs are not shared."""


def config_name(turns: int) -> str:
    """Returns the name of the device plugin configuration for `turns` pods per GPU."""
    return f"turns-{turns}"


def plugin_configs(pools: Mapping[str, SharedPoolSpec]) -> dict[str, str]:
    """Returns the device plugin configurations by name. All of them expose MIG slices by profile (strategy `mixed`)."""
    turns = sorted({pool.turns for pool in pools.values() if pool.turns})
    header = "version: v1\nflags:\n  migStrategy: mixed\n"
    return {
        UNSHARED_CONFIG: header,
        **{config_name(turns_per_gpu): header + _time_slicing(turns_per_gpu) for turns_per_gpu in turns},
    }


def _time_slicing(turns: int) -> str:
    """Returns the time-slicing section of a configuration (NVIDIA k8s-device-plugin, README, time-slicing).

    Time-sliced GPUs have their own resource name, so that a request for a whole GPU never gets one. Requests for more
    than one are rejected, because two time slices are not two GPUs.
    """
    return f"""sharing:
  timeSlicing:
    renameByDefault: true
    failRequestsGreaterThanOne: true
    resources:
      - name: {GPU}
        replicas: {turns}
"""
