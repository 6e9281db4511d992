"""Which node pools of a site work may use. The components and the simulation call the same function. Pure."""

from collections.abc import Collection
from typing import Protocol

from falaj.components.core.validation.enums import Capacity, Profile


class Pool(Protocol):
    """What decides about a pool, in the settings and in the simulation.

    Fields of settings are descriptors, which a type checker does not compare with a property: hence `object`.
    """

    @property
    def profile(self) -> object:
        """`Profile`: the work that its nodes are for."""
        ...

    @property
    def capacity(self) -> object:
        """`Capacity`: how its machines are bought."""
        ...

    @property
    def tenant(self) -> str | None:
        """Tenant that it is reserved for; None if it is for all."""
        ...


def is_open(pool: Pool, tenant: str, profiles: Collection[Profile], interruptible: bool = True) -> bool:
    """Returns whether pods of a tenant may use a pool, of work with one of these profiles.

    Work that must not be interrupted stays off pools of spot machines; in a pool `spot-first` it gets on-demand ones.
    """
    is_for_it = pool.profile in profiles and pool.tenant in (None, tenant)
    return is_for_it and (interruptible or pool.capacity is not Capacity.SPOT)
