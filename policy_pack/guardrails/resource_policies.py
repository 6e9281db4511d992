"""AWS policies on resources: nobody is let in who is not named, or held by a condition."""

from collections.abc import Iterator

from .controls import EXPOSURE
from .plan import Plan
from .policy_documents import Statement, statements
from .reading import MISSING, Resource
from .rows import Concern, Guardrail, Severity, aws
from .verdicts import Outcome, Verdict, failed, passed, undetermined

_ENDPOINT = aws("ec2/VpcEndpoint", "ec2/VpcEndpointPolicy")
_ENDPOINT_KEYS = frozenset({"aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths"})

_BY_PROPERTY: dict[str, tuple[str, ...]] = {
    "policy": aws(
        "apigateway/RestApi", "apigateway/RestApiPolicy", "backup/VaultPolicy", "cloudwatch/EventBusPolicy",
        "dynamodb/ResourcePolicy", "ec2/VpcEndpoint", "ec2/VpcEndpointPolicy", "ecr/RegistryPolicy",
        "ecr/RepositoryPolicy", "efs/FileSystemPolicy", "glue/ResourcePolicy", "kms/ExternalKey", "kms/Key",
        "kms/KeyPolicy", "kms/ReplicaKey", "s3/AccessPoint", "s3/Bucket", "s3/BucketPolicy", "s3/BucketV2",
        "s3control/AccessPointPolicy", "s3control/BucketPolicy", "secretsmanager/Secret",
        "secretsmanager/SecretPolicy", "sns/Topic", "sns/TopicPolicy", "sqs/Queue", "sqs/QueuePolicy",
        "vpclattice/AuthPolicy", "vpclattice/ResourcePolicy",
    ),
    "resourcePolicy": aws("kinesis/ResourcePolicy"),
    "accessPolicies": aws("opensearch/Domain", "opensearch/DomainPolicy", "elasticsearch/Domain"),
    "accessPolicy": aws("cloudwatch/LogDestinationPolicy", "glacier/Vault"),
    "policyDocument": aws(
        "cloudwatch/LogResourcePolicy", "codeartifact/DomainPermissions", "codeartifact/RepositoryPermissionsPolicy"
    ),
    "assumeRolePolicy": aws("iam/Role"),
}  # fmt: skip
_DOCUMENTS = {token: key for key, tokens in _BY_PROPERTY.items() for token in tokens}


def _is_held(resource: Resource, statement: Statement) -> bool:
    """Endpoints let in whoever is in the network: there, what can be reached may be named instead of who reaches it."""
    if statement.is_confined:
        return True
    if resource.type not in _ENDPOINT:
        return False
    named = bool(statement.resources) and not statement.is_everywhere
    return named or any(condition.key.lower() in _ENDPOINT_KEYS for condition in statement.conditions)


def _documents(resource: Resource) -> Iterator[Outcome]:
    key = _DOCUMENTS.get(resource.type)
    if key is None or resource.get(key) is MISSING:
        return
    found = statements(resource.get(key), key)
    if found is None:
        yield undetermined(f"{key} is not known before deployment", key)
    for statement in found or ():
        if statement.allows and statement.is_for_everybody and not _is_held(resource, statement):
            yield failed(f"{statement.path} lets in everybody", statement.path)
        else:
            yield passed()


def judged_when_known(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """A policy that is made from resources of this stack is judged when they exist, before it is created itself."""
    if any(plan.linked(resource, outcome.path.split(".")[0])):
        return Outcome(Verdict.NOT_APPLICABLE, f"{outcome.sentence}; it is judged when it is", outcome.path)
    return outcome


def _permissions(resource: Resource) -> Iterator[Outcome]:
    if resource.type != "aws:lambda/permission:Permission":
        return
    held = any(resource.get(key) is not MISSING for key in ("sourceArn", "sourceAccount", "principalOrgId"))
    principal = str(resource.get("principal"))
    if principal == "*" and not held:
        yield failed("principal is * and neither source nor organisation is named", "principal")
    elif principal.endswith(".amazonaws.com") and not held:
        yield failed(
            "principal is a service of AWS, which acts for every account: sourceArn or sourceAccount must say for whom",
            "principal",
        )
    else:
        yield passed()


RESOURCE_POLICIES: tuple[Guardrail, ...] = (
    Guardrail(
        id="FJ-EXP-112",
        concern=Concern.EXPOSURE,
        severity=Severity.CRITICAL,
        what="Policies on resources let in named principals, or hold everybody else off by a condition",
        why="Principal * is everybody with an AWS account, and often without one",
        remedy="Name the principals, or add a condition on aws:PrincipalOrgID, aws:SourceAccount, aws:SourceArn or "
        "aws:SourceVpce (kms:ViaService only together with kms:CallerAccount)",
        controls=EXPOSURE,
        predicate=_documents,
        about=tuple(_DOCUMENTS),
        resolve=judged_when_known,
    ),
    Guardrail(
        id="FJ-EXP-113",
        concern=Concern.EXPOSURE,
        severity=Severity.HIGH,
        what="Functions are invoked by named principals, services only on behalf of named resources",
        why="a service of AWS acts for every account, and so for a stranger too",
        remedy="Set source_arn (or source_account, or principal_org_id)",
        controls=EXPOSURE,
        predicate=_permissions,
        about=aws("lambda/Permission"),
    ),
)
