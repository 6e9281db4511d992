"""Sharing of a pool's GPUs: isolated MIG slices or time-slicing. Pure."""

from collections.abc import Mapping
from enum import Enum
from typing import ClassVar, Self

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
    """How pods share the GPUs of a pool: set either `mig_profile` or `time_slices`."""

    moved_keys: ClassVar[Mapping[str, str]] = {"slices": "mig_profile", "turns": "time_slices"}

    mig_profile: str | None = Field(default=None, json_schema_extra={"enum": [*sorted(MIG_SLICES), None]})
    """MIG profile that each GPU is partitioned into, such as `1g.12gb`. Slices are isolated, so tenants may share a
    GPU."""
    time_slices: int | None = Field(default=None, ge=2, le=16)
    """Number of pods that share one GPU by time-slicing. They share its memory and faults, so the pool must be reserved
    for one tenant."""

    @model_validator(mode="after")
    def _is_shared_one_way(self) -> Self:
        if self.mig_profile is None and self.time_slices is None:
            refuse_if([Problem.missing("mig_profile", "`time_slices` is absent", "set one of them")])
        if self.mig_profile is not None and self.time_slices is not None:
            raise refusal("either `mig_profile` or `time_slices`", "set one of them", "mig_profile", self.mig_profile)
        if self.mig_profile is not None and self.mig_profile not in MIG_SLICES:
            allowed = ", ".join(sorted(MIG_SLICES))
            raise refusal(
                allowed, "choose a slice of a GPU that is offered in the UAE", "mig_profile", self.mig_profile
            )
        return self

    @property
    def node_labels(self) -> dict[str, str]:
        """Labels that the pool's nodes must have, so that the GPU operator shares their GPUs."""
        if self.mig_profile is not None:
            return {SLICES_LABEL: f"all-{self.mig_profile}"}
        return {PLUGIN_LABEL: config_name(self.time_slices or 0)}

    def devices(self, gpus: int) -> dict[str, int]:
        """Returns the extended resources of a machine with `gpus` shared GPUs, with their number."""
        if self.mig_profile is not None:
            return {f"{MIG}{self.mig_profile}": SLICES[f"{MIG}{self.mig_profile}"] * gpus}
        return {SHARED_GPU: (self.time_slices or 0) * gpus}


class SharedPoolSpec(GpuSharingSpec):
    """A pool with shared GPUs, as passed to `GpuOperator`."""

    tenant: TenantName | None = None
    """Tenant that the pool is reserved for; required with `time_slices`."""

    @model_validator(mode="after")
    def _time_slices_are_of_one_tenant(self) -> Self:
        if self.time_slices is not None and self.tenant is None:
            condition = "`time_slices` is given: pods on a time-sliced GPU share memory and faults"
            refuse_if([Problem.missing("tenant", condition, "add `tenant`, or use `mig_profile`")])
        return self


UNSHARED_CONFIG = "whole"
"""Name of the device plugin configuration for nodes whose GPUs are not shared."""


def config_name(time_slices: int) -> str:
    """Returns the name of the device plugin configuration for `time_slices` pods per GPU."""
    return f"turns-{time_slices}"


def plugin_configs(pools: Mapping[str, SharedPoolSpec]) -> dict[str, str]:
    """Returns the device plugin configurations by name. All of them expose MIG slices by profile (strategy `mixed`)."""
    numbers = sorted({pool.time_slices for pool in pools.values() if pool.time_slices})
    header = "version: v1\nflags:\n  migStrategy: mixed\n"
    return {
        UNSHARED_CONFIG: header,
        **{config_name(number): header + _time_slicing(number) for number in numbers},
    }


def _time_slicing(time_slices: int) -> str:
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
        replicas: {time_slices}
"""
