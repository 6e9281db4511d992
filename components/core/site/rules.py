"""What only one cloud's sites must be: the pure half of what a cloud provides. The other half is `CloudSite`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from falaj.components.core.node_pools.node_traits import OWN_NODES, NodeTraits
from falaj.components.core.site.specs import SitePlacement
from falaj.components.core.validation.enums import Egress, NodeAutoscaler
from falaj.components.core.validation.problems import Problem
from falaj.facts.clouds import CLOUDS, Cloud


def _no_problems(_site: SitePlacement) -> Iterator[Problem]:
    yield from ()


def _no_warnings(_site: SitePlacement) -> Iterator[str]:
    yield from ()


@dataclass(frozen=True)
class CloudRules:
    """Rules of one cloud's sites, beside those that hold on every cloud."""

    nodes: NodeTraits
    """What its nodes are like."""
    default_autoscaler: NodeAutoscaler
    """What adds nodes if a site does not say."""
    administrator: str
    """Pattern of who may administer a cluster."""
    administrator_kind: str
    """The same in words."""
    unsupported_egress: Mapping[Egress, str] = field(default_factory=dict[Egress, str])
    """Egress that the cloud does not have -> what it has instead."""
    problems: Callable[[SitePlacement], Iterator[Problem]] = _no_problems
    """Further problems of a site, with paths inside it."""
    warnings: Callable[[SitePlacement], Iterator[str]] = _no_warnings
    """What is valid and still worth a warning."""

    def autoscaler(self, site: SitePlacement) -> NodeAutoscaler:
        """What adds a site's nodes, as written or by the cloud's default."""
        return site.node_autoscaler or self.default_autoscaler


@cache
def rules_of(cloud: Cloud) -> CloudRules:
    """The rules of a cloud in the registry. Raises KeyError for another one."""
    rules = import_module(CLOUDS[cloud].rules).RULES
    assert isinstance(rules, CloudRules)  # noqa: S101 - what the registry promises
    return rules


def node_traits(cloud: Cloud) -> NodeTraits:
    """What the nodes of a cloud are like; those of your own where no cloud creates them."""
    return rules_of(cloud).nodes if cloud in CLOUDS else OWN_NODES
