"""Versions of EKS that are out of standard support, for which a cluster costs six times as much an hour.

Which versions these are is in the table of dates (`falaj.facts.kubernetes_versions`), as of the day on which its dates
were last read: a verdict changes with a release of the pack, and not from one day to the next. A cluster whose support
is STANDARD never pays, since AWS updates it at the end (botocore 1.44.8, eks, UpgradePolicyRequest, read 2026-11-29).
"""

from collections.abc import Iterator
from datetime import date

from falaj.facts.clouds import Cloud
from falaj.facts.kubernetes_versions import Phase, releases

from ..engine.families import cost_rule
from ..engine.reading import UNKNOWN, Resource
from ..engine.rows import Guardrail, Severity, aws
from ..engine.verdicts import Outcome, failed, passed

_CLUSTER = aws("eks/Cluster")
_FREE = "STANDARD"
_PAID = (Phase.EXTENDED, Phase.ENDED)


def _check_version(resource: Resource) -> Iterator[Outcome]:
    policy = resource.get("upgradePolicy")
    support = policy.get("supportType") if isinstance(policy, dict) else policy
    release = releases(Cloud.AWS).get(str(resource.get("version")))
    read = max(date.fromisoformat(item.looked_up) for item in releases(Cloud.AWS).values())
    if release is None or support in (_FREE, UNKNOWN) or release.phase(read) not in _PAID:
        yield passed()
    else:
        text = f"version {release.minor} is out of standard support since {release.standard_end}, and pays for more"
        yield failed(text, "version")


EXTENDED_SUPPORT: tuple[Guardrail, ...] = (
    cost_rule(127, Severity.MEDIUM, "EKS clusters do not pay for extended support",
              "a version out of standard support costs six times as much an hour",
              "Use a version in standard support (`falaj check` says until when), or set upgrade_policy.support_type "
              "to STANDARD, so that AWS updates the cluster instead",
              predicate=_check_version, types=_CLUSTER),
)  # fmt: skip
