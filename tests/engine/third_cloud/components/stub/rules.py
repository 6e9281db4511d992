"""What sites on the stub must be."""

from collections.abc import Iterator

from falaj.components.core.node_pools.node_traits import IdentityEndpoint, NodeTraits
from falaj.components.core.site.rules import CloudRules
from falaj.components.core.site.specs import SitePlacement
from falaj.components.core.validation.enums import Egress, NodeAutoscaler
from falaj.components.core.validation.problems import Problem


def _problems(site: SitePlacement) -> Iterator[Problem]:
    if site.sleeps:
        yield Problem("sleeps", True, "false: the stub never sleeps", "remove it")


RULES = CloudRules(
    nodes=NodeTraits(
        notice_seconds=60,
        grace_seconds=50,
        start_seconds=120,
        pod_labels={"stub.example.ae/identity": "on"},
        identity_endpoint=IdentityEndpoint("192.0.2.7/32", 8081),
    ),
    default_autoscaler=NodeAutoscaler.CLUSTER_AUTOSCALER,
    administrator=r"group:[a-z-]+",
    administrator_kind="the name of a group, such as group:platform",
    unsupported_egress={Egress.FIREWALL: "none, nat-single or nat-per-zone"},
    problems=_problems,
)
