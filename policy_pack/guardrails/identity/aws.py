"""Permissions of AWS identities: wildcards, privilege escalation, data access and long-lived credentials."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial

from falaj.facts.iam_conditions import Narrowing

from ..engine.conditions import ABSENT, NEVER, TRUE, none_of, one_of
from ..engine.families import identity_rule
from ..engine.number_conditions import at_least, at_most
from ..engine.reading import MISSING, Plain, Resource, walk
from ..engine.rows import Check, Guardrail, Severity, aws
from ..engine.verdicts import Outcome, Verdict
from ..readers.policy_documents import ParsedStatement, is_every_action, is_whole_service, judge_statements, matches
from ..readers.resource_policies import resolve_when_known
from .aws_access_entries import is_confined
from .aws_administrators import becomes_administrator
from .aws_attachments import STOLEN_IDENTITY, attaches_broadly
from .aws_boundaries import NAMED, is_boundary
from .aws_decisive import ESCALATION_ACTIONS, RIGHTS, assumes_root, decides, decisive, is_wide
from .aws_disclosures import disclosed, is_for_listed_audiences
from .aws_shared_prefixes import shares_with_others

POLICIES: dict[str, str] = {
    **dict.fromkeys(aws("iam/Policy", "iam/RolePolicy", "iam/UserPolicy", "iam/GroupPolicy"), "policy"),
    **dict.fromkeys(aws("iot/Policy"), "policy"),
    **dict.fromkeys(aws("iam/Role"), "inlinePolicies[*].policy"),
    **dict.fromkeys(aws("ssoadmin/PermissionSetInlinePolicy"), "inlinePolicy"),
}
"""Type -> path of its identity policies."""

_DATA_ACTIONS = (
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
    "kms:Decrypt",
    "s3:GetObject",
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:PutBucketPolicy",
    "s3:DeleteBucket",
    "s3:PutBucketAcl",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:DeleteTable",
    "rds:DeleteDBInstance",
    "rds-db:connect",
    "redshift:GetClusterCredentials",
    "kms:ScheduleKeyDeletion",
    "kms:PutKeyPolicy",
    "kms:CreateGrant",
    "ec2:GetPasswordData",
    "lambda:GetFunction",
    "sqs:ReceiveMessage",
    "ecr:PutImage",
    "dynamodb:BatchGetItem",
    "dynamodb:Query",
    "dynamodb:Scan",
    "dynamodb:PartiQLSelect",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:ExportTableToPointInTime",
    "athena:GetQueryResults",
    "codecommit:GitPull",
    "cognito-idp:AdminGetUser",
    "cognito-idp:ListUsers",
    "ebs:GetSnapshotBlock",
    "es:ESHttpGet",
    "es:ESHttpPost",
    "logs:FilterLogEvents",
    "timestream:Select",
    "kinesis:GetRecords",
    "kms:ReEncryptFrom",
    "rds:DeleteDBCluster",
    "rds-data:ExecuteStatement",
    "redshift:GetClusterCredentialsWithIAM",
    "redshift-data:ExecuteStatement",
    "s3:DeleteObjectVersion",
    "s3:GetObjectVersion",
    "ssm:GetParameterHistory",
    "aoss:APIAccessAll",
    "dsql:DbConnect",
    "dsql:DbConnectAdmin",
    "iot:Connect",
    "iot:Publish",
    "iot:Receive",
    "iot:Subscribe",
    "kafka-cluster:Connect",
    "kafka-cluster:ReadData",
    "kafka-cluster:WriteData",
    "s3tables:GetTableData",
    "s3tables:PutTableData",
)
"""Actions that read or delete data or keys, and that can be limited to listed resources."""

StatementCheck = Callable[[ParsedStatement], str]
"""Returns the text of the violation in an Allow statement; empty if there is none."""


def _limits_nothing(statement: ParsedStatement) -> str:
    """Returns what makes a statement of a permissions boundary no limit; empty if it lists services."""
    if statement.not_actions:
        return "allows every action but the listed ones (NotAction)"
    return "allows every action" if any(map(is_every_action, statement.actions)) else ""


def _allows_wildcard(statement: ParsedStatement) -> str:
    if text := _limits_nothing(statement):
        return text
    if (
        any(is_whole_service(action) for action in statement.actions)
        and statement.covers_everything
        and not statement.is_narrowed(Narrowing.RESOURCE)
    ):
        return "allows every action of a service on every resource"
    return ""


def _allows_any_pass_role(statement: ParsedStatement) -> str:
    if statement.is_narrowed(Narrowing.PASSED_ROLE) or not statement.is_broad:
        return ""
    return (
        "allows iam:PassRole for every role"
        if any(matches(action, "iam:PassRole") for action in statement.actions)
        else ""
    )


def _allows_escalation(allowed: Mapping[str, str], attachable: Collection[str], statement: ParsedStatement) -> str:
    if text := becomes_administrator(statement):
        return text
    if assumes_root(statement):
        return "allows a session of the root user of accounts (sts:AssumeRoot)"
    if text := attaches_broadly(statement, attachable):
        return text
    if not is_wide(statement) or statement.is_narrowed(Narrowing.PERMISSIONS, Narrowing.RESOURCE):
        return ""
    found = next(decides(statement, RIGHTS, frozenset(action.lower() for action in allowed)), None)
    if found is not None:
        return f"gives {found[0]} on every resource ({found[1]})"
    names = (name for name in ESCALATION_ACTIONS if not is_confined(name, statement.conditions))
    action = next((name for name in names for action in statement.actions if matches(action, name)), "")
    return f"allows privilege escalation ({action} on every resource)" if action else ""


def _allows_all_data(statement: ParsedStatement) -> str:
    if text := shares_with_others(statement):
        return text
    if not is_wide(statement) or statement.is_narrowed(Narrowing.RESOURCE):
        return ""
    # Programs of a team work on all of a kind, as tables of its own account; nobody needs every credential of a kind.
    names = _DATA_ACTIONS if statement.is_broad else ()
    action = next((name for name in names for action in statement.actions if matches(action, name)), "")
    if action:
        return f"reaches, changes or deletes data of every resource ({action})"
    actions = (item for item in statement.actions if not is_for_listed_audiences(item, statement.conditions))
    found = next(((what, item) for item in actions if (what := disclosed(item))), None)
    return f"hands out {found[0]} of every resource ({found[1]})" if found is not None else ""


def is_sensitive(statement: ParsedStatement) -> bool:
    """Returns whether a statement gives rights, data or credentials on every resource, by its actions alone."""
    names = (*ESCALATION_ACTIONS, *_DATA_ACTIONS)
    return is_wide(statement) and any(
        matches(item, *names) or disclosed(item) or decisive(item, RIGHTS) for item in statement.actions
    )


def policies_of(resource: Resource) -> Iterator[tuple[str, Plain]]:
    """Yields the identity policies of a resource as (path, document)."""
    path = POLICIES.get(resource.type)
    for policy_path, document in walk(resource.props, path) if path else ():
        if document is not MISSING:
            yield policy_path, document


def each_statement(
    find_violation: StatementCheck, *, report_unreadable: bool = False
) -> Callable[[Resource], Iterator[Outcome]]:
    """Returns a predicate that applies a check to the Allow statements of a resource's identity policies.
    `report_unreadable`: whether it fails policies that cannot be read, as one rule of several on the same policy does;
    that one evaluates boundaries too, which grant nothing: AWS's own example of one has whole services ("Permissions
    boundaries for IAM entities", IAM User Guide, read 2026-12-01).
    """

    def predicate(resource: Resource) -> Iterator[Outcome]:
        is_limit = is_boundary(resource)
        if is_limit and not report_unreadable:
            return
        check = _limits_nothing if is_limit else find_violation
        for policy_path, document in policies_of(resource):
            yield from judge_statements(document, policy_path, check, report_unreadable=report_unreadable)

    return predicate


PERMANENT_CREDENTIAL_ROWS = (
    Check(aws("iam/AccessKey", "iam/UserLoginProfile", "iam/ServiceSpecificCredential", "iam/SshKey"), "", NEVER),
    Check(aws("iam/UserPolicy", "iam/UserPolicyAttachment"), "", NEVER),
    Check(aws("iam/PolicyAttachment"), "users", ABSENT),
    Check(aws("appsync/ApiKey"), "", NEVER),
    # A certificate whose private key leaves ACM (ACM API, CertificateOptions, in botocore 1.44.8).
    Check(aws("acm/Certificate"), "options?.export", none_of("ENABLED")),
    Check(aws("datasync/LocationObjectStorage"), "secretKey", ABSENT),
)  # fmt: skip

DATABASE_ROWS = (
    Check(aws("neptune/Cluster"), "iamDatabaseAuthenticationEnabled", TRUE),
    Check(aws("rds/Cluster"), "iamDatabaseAuthenticationEnabled", TRUE,
          when=("engine", one_of("aurora", "aurora-mysql", "aurora-postgresql", "mysql", "postgres",
                                 missing=Verdict.PASS))),
    Check(aws("rds/Instance"), "iamDatabaseAuthenticationEnabled", TRUE,
          when=("engine", one_of("mariadb", "mysql", "postgres"))),
)  # fmt: skip
"""Engines that support IAM authentication (Amazon RDS and Neptune user guides, 2026-11). MariaDB does from 10.6 on; RDS
ended its support of 10.5, the last before it, on 2026-08-31 (endoflife-date/endoflife.date a70eca3 products/
amazon-rds-mariadb.md, read 2026-11-30). Without an engine, a cluster has one that supports it."""

_PASSWORDS = aws("iam/AccountPasswordPolicy")
PASSWORD_ROWS = (
    Check(_PASSWORDS, "minimumPasswordLength", at_least(14)),
    Check(_PASSWORDS, "passwordReusePrevention", at_least(24)),
    Check(_PASSWORDS, "maxPasswordAge", at_most(90)),
    *(Check(_PASSWORDS, f"require{kind}", TRUE)
      for kind in ("LowercaseCharacters", "UppercaseCharacters", "Numbers", "Symbols")),
)  # fmt: skip
"""CIS AWS Foundations 1.8 and 1.9, and the rules on characters and age of earlier versions of the benchmark."""


AWS_IDENTITY: tuple[Guardrail, ...] = (
    identity_rule(101, Severity.CRITICAL, "Identity policies list the actions that they allow",
                  STOLEN_IDENTITY,
                  f"List the actions, and the resources that they apply to{NAMED} and lists services",
                  predicate=each_statement(_allows_wildcard, report_unreadable=True), resolve=resolve_when_known,
                  types=tuple(POLICIES)),
    identity_rule(102, Severity.CRITICAL, "iam:PassRole is limited to listed roles",
                  "an identity that may pass any role to a machine has the permissions of every role",
                  "List the roles in Resource, or the resources that get them with a condition on "
                  "iam:AssociatedResourceArn: a service (iam:PassedToService) runs with whatever role it is given"
                  f"{NAMED}",
                  predicate=each_statement(_allows_any_pass_role), resolve=resolve_when_known, types=tuple(POLICIES)),
    identity_rule(104, Severity.HIGH, "Policies list the data, the keys and the credentials that they give access to",
                  STOLEN_IDENTITY,
                  "List the buckets, tables, secrets and keys in Resource, or add a condition on aws:ResourceTag, or "
                  f"for keys on kms:ViaService, with fixed values{NAMED}",
                  predicate=each_statement(_allows_all_data), resolve=resolve_when_known, types=tuple(POLICIES)),
    identity_rule(107, Severity.HIGH, "No long-lived keys or passwords, and no policies on single users",
                  "a long-lived key is found in a repository or a backup sooner or later",
                  "Use roles for programs (pod identity, instance profiles, OIDC) and IAM Identity Center for people",
                  checks=PERMANENT_CREDENTIAL_ROWS),
    identity_rule(110, Severity.MEDIUM, "AWS databases support IAM authentication",
                  "database passwords are shared, and rarely rotated",
                  "Set iam_database_authentication_enabled to true, and let programs request a token",
                  checks=DATABASE_ROWS),
    identity_rule(108, Severity.MEDIUM,
                  "The password policy of an AWS account requires length, complexity, expiry and no reuse",
                  "a guessed console password gives lasting access",
                  "Set the property in the message in the account's password policy",
                  checks=PASSWORD_ROWS),
)  # fmt: skip


def escalation_guardrail(allowed: Mapping[str, str], managed_policies: Collection[str]) -> Guardrail:
    """Returns the guardrail of privilege escalation. `allowed`: actions in the settings, of those that give rights and
    whose resources cannot be listed; `managed_policies`: policies of AWS that may be attached."""
    attachable = frozenset(name.lower() for name in managed_policies)
    return identity_rule(
        103, Severity.CRITICAL, "No policy allows privilege escalation",
        "such an action on every resource is equivalent to administrator access",
        "List the roles, users or functions in Resource, or add a condition on iam:PermissionsBoundary, "
        "iam:PolicyARN or aws:ResourceTag with fixed values; for an action without resources, such as "
        "lakeformation:GrantPermissions, list it under identity.unrestricted_actions in enforcement.yaml"
        f"{NAMED}",
        predicate=each_statement(partial(_allows_escalation, allowed, attachable)), resolve=resolve_when_known,
        types=tuple(POLICIES),
    )  # fmt: skip
