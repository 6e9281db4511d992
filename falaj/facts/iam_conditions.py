"""Condition keys of AWS policies that narrow a statement, by what they narrow, and the values that bind.

The rows are in `data/iam_condition_keys.csv`, each with its source and the day on which it was read. A key without a
row narrows nothing: time, transport, region and user agent leave the permission as broad as it was. A key may be a
pattern: `*:ResourceTag/*` is the tag of a resource in the keys of every service. `variable` is the one policy variable
that binds, because the caller cannot choose its value (`*`: any tag of the caller, which may have another name than the
resource's); any other variable may have any value. No wildcard is valid in
the ten keys that AWS calls sensitive (`aws:PrincipalAccount`, `aws:PrincipalOrgID`, `aws:ResourceAccount`,
`aws:ResourceOrgID`, `aws:SourceAccount`, `aws:SourceOrgID`, `aws:SourceVpc`, `aws:SourceVpce`, `aws:VpceAccount`,
`aws:VpceOrgID`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache

from falaj.facts.aws_managed_policies import managed_policies
from falaj.facts.rows import Row, rows


class Narrowing(StrEnum):
    """What a condition narrows."""

    CALLER = "caller"
    """The callers of a resource policy: a principal, an account, an organisation, a network or a source resource."""
    TRUST = "trust"
    """The identities of an account that may assume a role."""
    OWN_TRUST = "own-trust"
    """The same, if the account is one's own: in another account strangers choose the value."""
    TARGET = "target"
    """Who owns the resources that can be reached through a VPC endpoint, or that only services of AWS call there: for
    others' resources they act in the name of whoever has the network."""
    RESOURCE = "resource"
    """The resources of an identity policy, or the service through which they can be reached."""
    REQUEST = "request"
    """The tags of what a request creates; it does not narrow an action that tags existing resources."""
    PASSED_ROLE = "passed-role"
    """The resource that a role is passed to. The service alone (iam:PassedToService) leaves every role that it may
    assume."""
    PERMISSIONS = "permissions"
    """The permissions that an identity can be given."""


_NARROW_POLICY = (
    r"arn:aws[\w-]*:iam::(?:aws|\d{12}):policy/"
    r"(?!(?:.*/)?(?:AdministratorAccess|PowerUserAccess|IAMFullAccess)\Z)[^*?]+"
)
_BEGINNINGS = "|".join(
    beginning[:length]
    for beginning in ("aws-reserved/", "AWSReservedSSO_")
    for length in range(len("aws"), len(beginning))
)
_OF_IDENTITY_CENTER = rf"aws-reserved/|AWSReservedSSO_|(?:{_BEGINNINGS})[*?]"
"""What the roles of every permission set of IAM Identity Center begin with, or a pattern of that: the name of the set
follows `AWSReservedSSO_` (IAM Identity Center User Guide, "Referencing permission sets in resource policies, Amazon
EKS, and Amazon KMS", read 2026-12-02)."""
VALUES: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.DOTALL)
    for name, pattern in {
        "account": r"\d{12}",
        "alias": r"alias/(?:[^*?]+|[^*?]{3}.*)",
        "boundary": _NARROW_POLICY,
        "associated-arn": (
            r"arn:aws[\w-]*:(?:ec2:[^:]*:\d{12}:[\w-]+/(?:[^*?]+|[^*?]{10}.*)|(?!ec2:)[^:*?]+:[^:]*:\d{12}:"
            r"(?:autoScalingGroup:[^:]*:autoScalingGroupName/|[\w-]+[/:])(?:[^*?]+|[^*?]{3}.*))"
        ),
        "arn": (
            r"arn:aws[\w-]*:(?:[^:]+:[^:]*:\d{12}:.+"
            r"|s3:[^:]*:[^:]*:(?!(?:access-?grants|accesspoint|async-request|job|storage-lens(?:-group)?)/)"
            r"[^*?:/]+(?:/.*)?)"
        ),
        "context": (
            r"(?!arn:)(?!(?:db|cluster|fs|i|snap|vol)-[*?])(?:[^*?]+|[^*?]{3}.*)"
            r"|arn:(?:[^:]*:){4}(?!(?:[\w-]+[:/])?[^*?]{0,2}[*?]).+"
        ),
        "fixed-start": r"[^*?]+|[^*?]{3}.*",
        "literal": r"[^*?]+",
        "named-arn": r"arn:aws[\w-]*:[^:]+:[^:]*:\d{12}:[\w-]+[/:](?!vpc-\w{0,7}[*?])(?:[^*?]+|[^*?]{3}.*)",
        "named-principal": (
            r"arn:aws[\w-]*:(?:iam|sts)::\d{12}:(?:role|user|assumed-role)/"
            r"(?:(?:aws-reserved/[^_]{0,99})?AWSReservedSSO_[^*?]{3}.*"
            rf"|(?!(?:aws-)?service-role(?:[*?]|/[^*?/]{{0,2}}[*?/])|{_OF_IDENTITY_CENTER})(?:[^*?]+|[^*?]{{3}}.*))"
        ),
        "narrow-policy": _NARROW_POLICY,
        "organisation": r"o-[a-z0-9]+",
        "organisation-path": r"o-[a-z0-9]+/.*",
        "present": r".+",
        "principal-id": r"(?:[A-Z]{4}[A-Z0-9]+|\d{12})(?::.*)?",
        "service": r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?",
        "service-of-a-region": r"[a-z0-9-]+\.(?:[a-z0-9-]+|\*)\.amazonaws\.com",
        "true": r"(?i:true)",
    }.items()
}
"""Name in the column `values` -> the values that bind. An ARN has a fixed account, or is of a bucket with a fixed name,
which is unique whatever the account, as access points and jobs are not (aws-arn 0.3.1, src/builder/s3.rs, ARNs of the
reference of Amazon S3, and Amazon S3 User Guide, "Using access points", read 2026-12-01); a named ARN has a fixed
account and a name; an associated ARN too, which of EC2 is the identifier that AWS gives, and of a group of Auto Scaling
comes after one (Service Authorization Reference, found as a string in copies of it, read 2026-12-01): any role may be
passed to what a pattern of all instances names; `present` is a tag that only a controller sets, whatever its value.
Each alias of a key begins with `alias/` (AWS KMS, "Use aliases to control access to KMS keys", read 2026-12-01),
and a context is often an ARN, or the identifier of a volume or database, of which all begin alike: what is fixed must
go beyond that (awsdocs/aws-kms-developer-guide 66b752a4 doc_source/concepts.md and services-cloudtrail.md, encryption
contexts of Amazon EBS and Amazon S3, and a copy of the Amazon RDS User Guide, aws:rds:db-id, read 2026-12-01).
A named principal has more than the path of the roles of every service or of every permission set."""


_OF_AWS = "arn:aws:iam::aws:policy/"
_GIVING_RIGHTS = frozenset({"every action", "every action but a few", "privilege escalation"})
_OF_RIGHTS = re.compile(r"(?:.*/)?(?:AWSSSO|AWSOrganizations|IAM)\w*(?:FullAccess|Administrator)")
"""What a policy of AWS grants (`data/managed_policies.csv`), and names of those for the services that give rights, by
which a boundary that is such a policy limits nothing: whoever assigns permission sets is an administrator."""
_OF_ENVIRONMENT = frozenset({"env", "environment", "stage"})
_OF_SECRECY = frozenset({"classification", "dataclassification"})
_OF_COUNTRY = frozenset({"cloud", "cloudprovider", "company", "country"})
_OF_TOOL = frozenset(
    {"automation", "createdby", "createdwith", "deployedby", "deployedwith", "iac", "iactool", "managed", "managedby",
     "managedwith", "provisionedby", "provisionedwith", "provisioner"}
)  # fmt: skip
_TOOL = re.compile(
    r"(?:aws[ _-]?)?(?:ansible|argo(?:-?cd)?|atlantis|automation|cdk|cfn|ci|cloud-?formation|code(?:build|pipeline)?"
    r"|crossplane|flux(?:cd)?|github|gitlab|iac|jenkins|open-?tofu|pipeline|pulumi|terraform|terragrunt|tofu|true|yes)"
    r"(?:[\W\d_]|v(?=\d)|actions?\b|automation\b|cd\b|ci\b|cli\b|cloud\b|com\b|enterprise\b|infra\b|io\b|pipelines?\b"
    r"|platform\b|prod(?:uction)?\b|runners?\b|stacks?\b|system\b|team\b)*",
    re.IGNORECASE,
)
"""A tool, with words that every team has alike; what names a project or its repository behind it is its own."""
_OF_PLACE = frozenset({"account", "accountid", "awsaccount", "awsaccountid", "awsregion", "location", "region"})
_PLACE = re.compile(r"\d{12}|[a-z]{2}-[a-z]{4,9}-[\d*?][a-z]?|[a-z]{2}-[a-z]{0,9}\*|uae[\w*-]{0,20}", re.IGNORECASE)
_PRODUCTION = re.compile(r"(?:p|pr|pro)[*?].*|(?:prod|prd|live).*", re.IGNORECASE | re.DOTALL)
"""Tags that everything of an account or a stack has alike (FJ-TAG-001, FJ-TAG-009): the environment, if it is the one
of production, how confidential data is, in which country, cloud, account and Region it lies, and what made it, such as
`managed-by: pulumi`, which programs set for everything at once (pulumi-aws 7.51.1, Provider, defaultTags). Other
environments keep who tries something out of production, and what one team or cluster manages, as
`karpenter.sh/managed-by: CLUSTER`, is its own."""
_OF_EXISTING = frozenset({Narrowing.CALLER, Narrowing.OWN_TRUST, Narrowing.RESOURCE, Narrowing.TRUST})
"""What a condition narrows by tags of what is there, not of what a request creates."""
_TAG_NAME = re.compile(r"[\w.:/=+@-]{0,128}", re.ASCII)
"""A tag's name in a policy variable, without a value for callers that lack the tag."""


@dataclass(frozen=True, slots=True)
class ConditionKey:
    """A condition key, or a pattern of keys, in lower case."""

    key: str
    narrows: Narrowing
    values: str
    variable: str
    source: str

    def binds(self, value: str, key: str) -> bool:
        """Returns whether a value of the condition binds. `key` is the key as it is written."""
        if self.narrows in _OF_EXISTING and _is_shared(key.lower(), value):
            return False
        if "${" in value:
            start, star, _ = self.variable.partition("*")
            name = value.lower().removeprefix(f"${{{start}").removesuffix("}")
            is_whole = value.lower() == f"${{{start}{name}}}" and _TAG_NAME.fullmatch(name) is not None
            return self.variable != "" and is_whole and bool(name) is bool(star)
        is_no_limit = self.values == "boundary" and _lets_rights_pass(value)
        return VALUES[self.values].fullmatch(value) is not None and not is_no_limit


def _lets_rights_pass(arn: str) -> bool:
    """Returns whether a boundary is a policy of AWS by which its holder gives rights to whomever he likes."""
    policy = managed_policies().get(arn.rpartition("/")[2].lower()) if arn.startswith(_OF_AWS) else None
    if policy is None:
        return False
    return not _GIVING_RIGHTS.isdisjoint(policy.grants.split("; ")) or _OF_RIGHTS.fullmatch(policy.name) is not None


def _is_shared(key: str, value: str) -> bool:
    """Returns whether a tag of a resource or caller has the value on everything of an account or of its stacks."""
    kind, _, tag = key.partition("/")
    name = re.sub(r"[_-]", "", re.split("[:/]", tag)[-1]) if kind.endswith("tag") else ""
    if name in _OF_COUNTRY:
        return True
    if name in _OF_PLACE:
        return _PLACE.fullmatch(value) is not None
    if name in _OF_TOOL and "." not in tag.rpartition("/")[0]:
        return value.lower().startswith("${aws:principaltag/") or _TOOL.fullmatch(value) is not None
    if name in _OF_ENVIRONMENT:
        return value.lower().startswith("${aws:principaltag/") or _PRODUCTION.fullmatch(value) is not None
    return name in _OF_SECRECY and value.lower() != "public"


def condition_keys(key: str) -> Sequence[ConditionKey]:
    """Returns what a condition key narrows; nothing if it has no row. Keys are not case-sensitive."""
    folded = key.lower()
    exact, patterns = _by_key()
    return exact.get(folded) or tuple(row for row in patterns if fnmatchcase(folded, row.key))


def binds(key: str, value: str, narrowing: Narrowing) -> bool:
    """Returns whether one value of a condition key narrows what `narrowing` says."""
    return any(row.narrows is narrowing and row.binds(value, key) for row in condition_keys(key))


def all_condition_keys() -> Sequence[ConditionKey]:
    """Returns every row."""
    exact, patterns = _by_key()
    return (*(row for found in exact.values() for row in found), *patterns)


@cache
def _by_key() -> tuple[Mapping[str, Sequence[ConditionKey]], Sequence[ConditionKey]]:
    exact: dict[str, tuple[ConditionKey, ...]] = {}
    patterns: list[ConditionKey] = []
    columns = ("key", "narrows", "values", "variable", "source")
    for row in rows("iam_condition_keys.csv", ("key", "narrows"), columns):
        found = _condition_key(row)
        if "*" in found.key:
            patterns.append(found)
        else:
            exact[found.key] = (*exact.get(found.key, ()), found)
    return exact, tuple(patterns)


def _condition_key(row: Row) -> ConditionKey:
    return ConditionKey(
        key=row.need("key", str.lower, "a condition key or a pattern of keys"),
        narrows=row.need("narrows", Narrowing, ", ".join(Narrowing)),
        values=row.need("values", _known_values, ", ".join(VALUES)),
        variable=row.cells["variable"].lower(),
        source=row.need("source", str, "the document and the day on which it was read"),
    )


def _known_values(cell: str) -> str:
    if cell not in VALUES:
        raise ValueError(cell)
    return cell
