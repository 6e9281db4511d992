"""Quotas of AWS that still stop whoever starts machines by mistake or with stolen keys.

A quota of EC2 counts vCPUs, those of other services machines, containers or runs; from which number on it stops nobody
was decided here. Services that only keep objects and rules have quotas in the thousands by default, as ten thousand
buckets an account; both, and the codes of services, by strings and a list of ListServices in public repositories, read
2026-11-30.
"""

from collections.abc import Iterator

from ..engine.number_conditions import number_of
from ..engine.reading import UNKNOWN, Resource
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed, undetermined

_TYPES = aws("servicequotas/ServiceQuota", "servicequotas/Template")
_MOST = 2000
_WITHOUT_MACHINES = frozenset(
    {
        "access-analyzer", "acm", "appconfig", "cloudformation", "cloudtrail", "ecr", "elasticloadbalancing", "events",
        "iam", "kms", "logs", "monitoring", "ram", "resource-groups", "rolesanywhere", "route53", "route53resolver",
        "s3", "scheduler", "schemas", "secretsmanager", "servicecatalog", "sns", "sqs", "ssm", "vpc",
    }
)  # fmt: skip


def check_quota(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for a quota of a service that starts machines, or that is not known."""
    if resource.type not in _TYPES:
        return
    service, value = resource.get("serviceCode"), resource.get("value")
    if str(service).strip().lower() in _WITHOUT_MACHINES:
        return
    number = number_of(value)
    if value is UNKNOWN:
        yield undetermined("value is not known before deployment", "value")
    elif number is not None and number >= _MOST:
        yield failed(f"value must be below {_MOST}: otherwise nothing stops whoever starts machines by mistake or with "
                     "stolen keys", "value")  # fmt: skip
