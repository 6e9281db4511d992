"""How the nodes of an AKS agent pool are replaced in an upgrade."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from falaj.components.core.validation.args import Input, Spec
from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.text_forms import TextForm

Share = Annotated[
    str,
    TextForm(r"^(0|[1-9][0-9]{0,2}|(100|[1-9]?[0-9])%)$", "a number of nodes, or a percentage up to 100%", "33%"),
]
"""Number of nodes, or percentage of a pool's nodes."""

DrainMinutes = Annotated[int, Field(ge=5, le=1440)]
SoakMinutes = Annotated[int, Field(ge=0, le=30)]
"""Limits: azure-aks-docs fb060ab, upgrade-aks-node-pools-rolling.md, 2026-08-21."""


def is_none(share: str | None) -> bool:
    """Returns whether a share is absent or that of no node."""
    return share is None or share.rstrip("%") == "0"


class PoolUpgradeSpec(Spec):
    """How the nodes of a pool are replaced in upgrades of Kubernetes and of the node image."""

    max_surge: Share | None = None
    """Nodes that are added meanwhile: a number, or a percentage of the pool. By default 10%, and 0 for machines with
    GPUs, of which there may be no more. They need quota and addresses."""
    max_unavailable: Share | None = None
    """Nodes that may be missing meanwhile, with `max_surge` 0: a number, or a percentage of the pool. By default 1 for
    machines with GPUs. Not allowed for the profile system."""
    drain_minutes: Input[DrainMinutes] | None = None
    """Minutes to wait for the pods of a node to end, 5 to 1440; afterwards the upgrade fails. AKS's default is 30."""
    soak_minutes: Input[SoakMinutes] | None = None
    """Minutes to wait after a node was drained, 0 to 30. AKS's default is 0."""

    def _problems(self) -> Iterator[Problem]:
        if is_none(self.max_unavailable) and self.max_surge is not None and is_none(self.max_surge):
            yield Problem("max_surge", self.max_surge, "more than 0, or a max_unavailable above 0", "raise one of them")
        if not is_none(self.max_unavailable) and not (self.max_surge is not None and is_none(self.max_surge)):
            allowed = "nothing unless `max_surge` is 0: both together are a preview"
            yield Problem("max_unavailable", self.max_unavailable, allowed, "set `max_surge` to 0, or remove it")
