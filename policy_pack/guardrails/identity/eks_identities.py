"""Identities in EKS clusters: of other issuers with a prefix, and roles for one workload.

Sources, read 2026-11-27: EKS User Guide, "Grant users access to Kubernetes with an external OIDC provider"; EKS API,
OidcIdentityProviderConfigRequest, in botocore 1.44.8. A prefix keeps names of the issuer apart from those of the
cluster, such as `system:masters`. The default for user names is the issuer's address, except for the claim `email`, and
`-` is none; for groups none is stated.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.conditions import SET, Condition, none_of
from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Plain, Resource, items_of
from ..engine.rows import Check, Guardrail, Severity, aws
from ..engine.verdicts import Outcome, Verdict, failed, passed
from .aws_access_entries import is_of_the_platform


def _is_prefix(value: Plain) -> bool:
    return value is UNKNOWN or (isinstance(value, str) and value.strip(" -") != "" and not value.startswith("system:"))


_REQUIREMENT = "must be a prefix of the issuer's own, not - or system:"
PREFIX = Condition(_REQUIREMENT, _is_prefix)
PREFIX_IF_SET = Condition(_REQUIREMENT, _is_prefix, missing=Verdict.PASS)
_ISSUERS = aws("eks/IdentityProviderConfig")


def _check_email(resource: Resource) -> Iterator[Outcome]:
    """Checks that names taken from the claim `email` have a prefix: it is the only claim without one by default."""
    oidc = resource.get("oidc")
    if isinstance(oidc, dict) and oidc.get("usernameClaim") == "email" and "usernamePrefix" not in oidc:
        yield failed(f"oidc.usernamePrefix {_REQUIREMENT}", "oidc.usernamePrefix")


_ASSOCIATION = aws("eks/AccessPolicyAssociation")
_ENTRY = aws("eks/AccessEntry")
_ADMINISTRATION = lazy_regex(r".*cluster-access-policy/AmazonEKS(?:Cluster)?AdminPolicy")
"""Policies of administrators (EKS User Guide, "Review access policy permissions", read 2026-11-28)."""
_NODES = frozenset({"EC2", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX", "HYPERPOD_LINUX"})
"""Types of access entries for the roles of machines, which get the groups of nodes (EKS API, CreateAccessEntry, type:
any other purpose is STANDARD; copies of it read 2026-11-29)."""
_OF_PEOPLE = lazy_regex(
    r":user/|AWSReservedSSO_"
    r"|(?:^|[-_/.])(?:admins?|analysts?|contractors?|developers?|devs|engineers?|people|support|teams?|users?)"
    r"(?:$|[-_/.])",
    re.IGNORECASE,
)
"""Identities of people, and words in the names of their roles."""
_OF_MACHINES = lazy_regex(
    r"(?:^|[-_.])(?:fargate|hyperpod|instances?|karpenter|node-?groups?|nodes?|workers?)(?:$|[-_.])"
    r"|Node(?:Group|Instance)?Role",
    re.IGNORECASE,
)
"""Words in the name of a role of machines, which may also name the team whose machines they are, such as those that
Karpenter and eksctl give, `KarpenterNodeRole-CLUSTER` and `NodeInstanceRole` (aws/karpenter-provider-aws 1d92708
website/content/en/docs/concepts/nodeclasses.md, and names of eksctl found as strings; read 2026-11-30)."""
_NO_ADMINISTRATOR = lazy_regex(
    r"(?:^|[-_/.])(?:analysts?|contractors?|developers?|devs|guests?|interns?|read(?:ers?|-?only)|students?|viewers?)"
    r"(?:$|[-_/.])",
    re.IGNORECASE,
)
"""Words in the name of a role whose people do not administer clusters."""


def _is_of_people(principal: str) -> bool:
    """Returns whether an identity is of people: what it is says so, or a name without a word of machines."""
    path, _, name = principal.rpartition("/")
    is_role = ":role/" in principal and not name.startswith("AWSReservedSSO_")
    return _OF_PEOPLE.search(principal) is not None and not (is_role and path and _OF_MACHINES.search(name))


def _check_access(resource: Resource) -> Iterator[Outcome]:
    if resource.type in _ENTRY:
        principal = str(resource.get("principalArn"))
        if str(resource.get("type")).upper() in _NODES and _is_of_people(principal):
            yield failed(f"type gives {principal.rpartition(':')[2]} the rights of nodes", "type")
        else:
            yield passed()
        return
    scope = resource.get("accessScope")
    where = _reach(scope) if isinstance(scope, dict) else ""
    name = str(resource.get("principalArn")).rpartition(":")[2]
    if where and _ADMINISTRATION.fullmatch(str(resource.get("policyArn"))) and _NO_ADMINISTRATOR.search(name):
        yield failed(f"principalArn is {name}, and policyArn administers {where}", "principalArn")
    else:
        yield passed()


def _reach(scope: Mapping[str, Plain]) -> str:
    """Returns what of a cluster a scope takes in beyond the namespaces of teams; empty if nothing."""
    if str(scope.get("type")).lower() == "cluster":
        return "the whole cluster"
    names = (item for item in items_of(scope.get("namespaces")) if isinstance(item, str))
    return next((f"the controllers of the cluster ({name})" for name in names if is_of_the_platform(name)), "")


EKS_IDENTITY: tuple[Guardrail, ...] = (
    identity_rule(117, Severity.HIGH,
                  "EKS clusters keep identities of other issuers apart, and give roles to service accounts of one "
                  "workload",
                  "an issuer that sends system:masters administers the cluster, and every pod without its own account "
                  "uses the default one",
                  "Set oidc.username_prefix and oidc.groups_prefix, such as oidc:; set service_account to the account "
                  "of the workload",
                  checks=(
                      Check(_ISSUERS, "oidc.usernamePrefix", PREFIX_IF_SET),
                      Check(_ISSUERS, "oidc.groupsPrefix", PREFIX, when=("oidc.groupsClaim", SET)),
                      Check(aws("eks/PodIdentityAssociation"), "serviceAccount", none_of("default")),
                  ), predicate=_check_email, types=_ISSUERS),
    identity_rule(120, Severity.HIGH,
                  "Roles of developers, readers and guests do not administer a cluster, and people are no nodes",
                  "whoever administers the cluster reads every secret and runs anything in every namespace",
                  "Associate AmazonEKSEditPolicy or AmazonEKSViewPolicy, or limit access_scope to namespaces; give "
                  "access entries of people the type STANDARD",
                  predicate=_check_access, types=(*_ASSOCIATION, *_ENTRY)),
)  # fmt: skip
