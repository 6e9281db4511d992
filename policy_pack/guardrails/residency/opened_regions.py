"""Regions that a policy of the organisation leaves open to its accounts.

Such a policy denies what asks for another region than those that it lists (awsdocs/aws-organizations-docs 8df18e7
doc_source/orgs_manage_policies_scps_examples_general.md; prowler 3e000faa organizations_scp_check_deny_regions; read
2026-12-01). Services without a region, such as IAM, answer in us-east-1, which many list beside their own.
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed
from ..readers.locations import AWS_UAE, IN_UAE_AWS
from ..readers.policy_documents import ParsedStatement, statements

_KEY = "aws:requestedregion"
_OF_GLOBAL_SERVICES = frozenset({"us-east-1", "aws-global"})
_NEGATED = ("stringnotequals", "stringnotlike")


def check_opened_regions(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each region abroad that a service control policy leaves open."""
    for statement in statements(resource.get("content"), "content") or ():
        for region in _opened(statement):
            yield failed(f"content leaves the region {region} open; allowed is {IN_UAE_AWS}", "content")


def _opened(statement: ParsedStatement) -> Iterator[str]:
    for condition in statement.conditions:
        operator = condition.operator.lower().rpartition(":")[2].removesuffix("ifexists")
        if condition.key.lower() != _KEY or operator.startswith(_NEGATED) is statement.allows:
            continue
        yield from (str(value) for value in condition.values if _is_abroad(str(value).lower()))


def _is_abroad(region: str) -> bool:
    """Returns whether a region, or a pattern of regions, is another than one in the country."""
    is_here = region in AWS_UAE or any(region == f"{name[:-1]}*" for name in AWS_UAE)
    return not (is_here or region in _OF_GLOBAL_SERVICES or region.startswith("${")) and (
        "-" in region or fnmatchcase("eu-west-1", region)
    )
