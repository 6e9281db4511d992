"""What an AWS account lists under the tags of a stack: the Resource Groups Tagging API, region by region."""

import re
from collections.abc import Mapping
from functools import cache

from falaj.facts.aws_permissions import arn_formats, types
from falaj.facts.clouds import Cloud
from falaj.facts.listed_types import listed_types
from falaj.preflight.aws.context import GLOBAL_REGION, AwsContext, Missing
from falaj.preflight.needs import option
from falaj.preflight.rows import NoAnswer, NotAllowed
from falaj.reconcile.listed import CannotAsk, Listed, Listing, Place, Question, remedy

PERMISSIONS: Mapping[str, str] = {
    "GetResources": "tag:GetResources",
    "GetCallerIdentity": "sts:GetCallerIdentity",
    "AssumeRole": "sts:AssumeRole",
}
"""Operation -> the permission that it needs (Service Authorization Reference, 2026-11-28)."""

PAGE = 100
"""Most resources of a page (botocore 1.44, resourcegroupstaggingapi, `ResourcesPerPage`)."""

_KINDS_OF_CONTROLLERS = (
    *("ec2:fleet/", "ec2:instance/", "ec2:network-interface/", "ec2:snapshot/", "ec2:spot-instances-request/"),
    *("ec2:volume/", "elasticloadbalancing:", "backup:recovery-point:"),
)
"""Beginnings of service and resource of what node pools, drivers and AWS Backup create: no component creates these.
Launch templates and charts of the components give them the stack's tags."""

_TAGS_OF_CONTROLLERS = (
    *("kubernetes.io/cluster/", "elbv2.k8s.aws/cluster"),  # as in the policies of Karpenter and that controller
    *("aws:eks:cluster-name", "eks:cluster-name"),  # EKS: security group of the cluster; launch templates of groups
    "aws:backup:source-resource",  # AWS Backup, in AWSBackupServiceRolePolicyForBackup
)
"""Beginnings of the keys of tags that controllers and services put on what they create, of kinds that components create
too, such as security groups and launch templates."""


def aws_questions(context: AwsContext, tags: Mapping[str, str]) -> list[Question]:
    """Returns the questions of a site: its region, and the one that lists global resources."""
    regions = dict.fromkeys((context.region, GLOBAL_REGION))
    return [
        Question(f"{context.name} (AWS {region})", lambda region=region: _listing(context, region, tags))
        for region in regions
    ]


def _listing(context: AwsContext, region: str, tags: Mapping[str, str]) -> Listing:
    """Asks one region. Raises `CannotAsk`."""
    filters = [{"Key": key, "Values": [value]} for key, value in tags.items()]
    try:
        _require_allowed(context)
        place = Place(Cloud.AWS, context.account, region)
        found = context.pages(
            "resourcegroupstaggingapi",
            "get_resources",
            "ResourceTagMappingList",
            region,
            TagFilters=filters,
            ResourcesPerPage=PAGE,
        )
    except NotAllowed as error:
        operation = str(error)
        raise CannotAsk(f"{operation} is denied; allow the caller `{PERMISSIONS.get(operation, operation)}`") from None
    except (NoAnswer, Missing) as error:
        raise CannotAsk(f"{error}; {remedy(str(error))}") from None
    return Listing(place, [_listed(item) for item in found])


def _require_allowed(context: AwsContext) -> None:
    allowed = [str(account) for account in option(context.site, "aws", "account", "allowed_account_ids") or ()]
    if allowed and context.account not in allowed:
        setting = f"sites.{context.name}.aws.account.allowed_account_ids"
        raise CannotAsk(
            f"the credentials are of account {context.account}, and {setting} has {', '.join(allowed)}; use "
            "credentials of an allowed account"
        )


def _listed(item: Mapping[str, object]) -> Listed:
    arn = str(item["ResourceARN"])
    pairs = item.get("Tags")
    tags = {str(pair["Key"]): str(pair["Value"]) for pair in pairs} if isinstance(pairs, list) else {}
    return Listed(arn, aws_type(arn), tags.get("Name", ""), _owner(arn, tags))


def aws_type(arn: str) -> str:
    """Returns the types of Pulumi with ARNs of this form, otherwise service and kind, such as `ec2:instance`.

    Of several forms the longest fits: that of an action of a budget contains that of a budget.
    """
    fitting = {token: len(form.pattern) for token, form in _forms().items() if form.fullmatch(arn)}
    longest = max(fitting.values(), default=0)
    names = sorted(token for token, length in fitting.items() if length == longest)
    return " or ".join(names) or re.split(r"[:/](?=[^:/]*$)", _kind(arn))[0]


def _kind(arn: str) -> str:
    """Returns service and resource of an ARN, without region and account."""
    parts = arn.split(":", 5)
    return f"{parts[2]}:{parts[5]}" if len(parts) > 5 else arn


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    """Returns type token -> pattern of its ARNs, for taggable types."""
    formats, known = arn_formats(), types()
    return {
        token: re.compile(re.sub(r"\\\$\\\{\w+\\\}", ".*", re.escape(formats[known[token].resource])))
        for token in listed_types()
        if token in known and known[token].resource
    }


def _owner(arn: str, tags: Mapping[str, str]) -> str:
    if _kind(arn).startswith(_KINDS_OF_CONTROLLERS) or any(key.startswith(_TAGS_OF_CONTROLLERS) for key in tags):
        return "a controller of the cluster, or AWS Backup"
    return ""
