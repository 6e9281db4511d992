"""Versions of EKS and of managed databases that are out of standard support, for which more is charged an hour.

Which versions these are is in the table of dates (`falaj.facts.kubernetes_versions`), as of the day on which its dates
were last read: a verdict changes with a release of the pack, and not from one day to the next. A cluster whose support
is STANDARD never pays, since AWS updates it at the end (botocore 1.44.8, eks, UpgradePolicyRequest, read 2026-11-29),
nor does a database whose life cycle is without extended support, since it cannot be made with such a version (botocore
1.44.8, rds, EngineLifecycleSupport, read 2026-12-01). A cluster of six times the price; a database 0.10 USD more for
each vCPU and hour (data/aws/aws_extended_support_dates.json of flexera-public/policy_templates c4528fa1, of us-east-1).
"""

from collections.abc import Iterator
from datetime import date

from falaj.facts.clouds import Cloud
from falaj.facts.database_support import database_support
from falaj.facts.kubernetes_versions import Phase, releases

from ..engine.families import cost_rule
from ..engine.reading import MISSING, UNKNOWN, Resource
from ..engine.rows import Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed

_CLUSTER = aws("eks/Cluster")
_FREE = "STANDARD"
_PAID = (Phase.EXTENDED, Phase.ENDED)
_SEARCH = aws("opensearch/Domain", "elasticsearch/Domain")
_ENGINES = {
    **dict.fromkeys(aws("rds/Instance", "rds/Cluster", "rds/GlobalCluster"), ""),
    **dict.fromkeys(aws("elasticache/Cluster", "elasticache/ReplicationGroup"), "redis"),
    **dict.fromkeys(aws("docdb/Cluster"), "docdb"),
    **dict.fromkeys(azure("dbformysql:Server"), "azure-mysql"),
    **dict.fromkeys(_SEARCH, "Elasticsearch"),
}
"""Type of a database -> its engine, if its property `engine` names none."""
_WITHOUT_EXTENDED = "open-source-rds-extended-support-disabled"


def _engine_and_version(resource: Resource) -> tuple[str, str]:
    """Returns what a database runs; a domain writes both in one, such as OpenSearch_2.19."""
    keys = ("engineVersion", "version", "elasticsearchVersion")
    version = next((value for key in keys if (value := resource.get(key)) is not MISSING), "")
    engine = resource.get("engine")
    named, mark, number = str(version).partition("_") if resource.type in _SEARCH else ("", "", "")
    if mark:
        return named, number
    return engine if isinstance(engine, str) else _ENGINES[resource.type], str(version)


def _check_database(resource: Resource) -> Iterator[Outcome]:
    engine, version = _engine_and_version(resource)
    support = database_support(engine, version)
    if support is None or not support.is_paid or resource.get("engineLifecycleSupport") in (_WITHOUT_EXTENDED, UNKNOWN):
        yield passed()
    else:
        text = f"{engine} {support.version} is out of standard support, and pays for more since {support.paid_from}"
        yield failed(text)


def _check_support(resource: Resource) -> Iterator[Outcome]:
    yield from _check_database(resource) if resource.type in _ENGINES else _check_version(resource)


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
    cost_rule(127, Severity.MEDIUM, "Clusters and databases do not pay for extended support",
              "a cluster with a version out of standard support costs six times as much an hour, and a database is "
              "charged for each of its processors once more",
              "Use a version in standard support (`falaj check` says until when a cluster's is), or set "
              "upgrade_policy.support_type to STANDARD, so that AWS updates the cluster instead, and "
              "engine_lifecycle_support of a database to open-source-rds-extended-support-disabled",
              predicate=_check_support, types=(*_CLUSTER, *_ENGINES)),
)  # fmt: skip
