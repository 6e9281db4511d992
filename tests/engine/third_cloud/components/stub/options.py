"""What only node pools and sites on the stub can have."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from falaj.components.core.node_pools.cloud_options import CloudPoolOptions
from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.problems import Problem

if TYPE_CHECKING:
    from falaj.components.core.node_pools.spec import NodePoolSpec


class StubPoolOptions(CloudPoolOptions):
    """Node pool options on the stub."""

    preheated: bool = False
    """Whether nodes start warm."""


class StubSiteSpec(Spec):
    """Site options on the stub."""

    mirrored: bool = False
    """Whether the site is mirrored."""


def _problems(_region: str, pool: "NodePoolSpec") -> Iterator[Problem]:
    options: StubPoolOptions = pool.cloud_options()["stub"]  # type: ignore[assignment,index]
    if options.preheated and pool.min == pool.max:
        yield Problem("stub.preheated", True, "only in a pool that grows", "remove it")


POOL_PROBLEMS = _problems
