"""AWS policies on resources: nobody is let in who is not named or held by a condition, and nobody may do everything."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from .controls import EXPOSURE, IDENTITY
from .plan import Plan
from .policy_documents import Statement, is_every_action, judged
from .reading import MISSING, UNKNOWN, Resource
from .rows import Concern, Guardrail, Severity, aws
from .verdicts import Outcome, Verdict, failed, passed

_ENDPOINT = aws("ec2/VpcEndpoint", "ec2/VpcEndpointPolicy")
_ENDPOINT_KEYS = frozenset({"aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths"})

_BY_PROPERTY: dict[str, tuple[str, ...]] = {
    "policy": aws(
        "acmpca/Policy", "apigateway/DomainName", "apigateway/RestApi", "apigateway/RestApiPolicy",
        "backup/VaultPolicy", "bedrock/AgentcoreResourcePolicy", "cloudwatch/EventBusPolicy",
        "codebuild/ResourcePolicy", "dsql/ClusterPolicy", "dynamodb/ResourcePolicy", "ec2/VpcEndpoint",
        "ec2/VpcEndpointPolicy", "ecr/RegistryPolicy", "ecr/RepositoryPolicy", "ecrpublic/RepositoryPolicy",
        "efs/FileSystemPolicy", "glacier/VaultLock", "glue/ResourcePolicy", "kinesis/ResourcePolicy",
        "kms/ExternalKey", "kms/Key", "kms/KeyPolicy", "kms/ReplicaExternalKey", "kms/ReplicaKey",
        "lambda/ResourcePolicy", "mediastore/ContainerPolicy", "msk/ClusterPolicy", "networkfirewall/ResourcePolicy",
        "oam/SinkPolicy", "opensearchingest/ResourcePolicy", "pinpoint/Smsvoicev2ResourcePolicy",
        "redshift/ResourcePolicy", "redshiftserverless/ResourcePolicy", "s3/AccessPoint", "s3/Bucket",
        "s3/BucketPolicy", "s3/BucketV2", "s3/FilesFileSystemPolicy", "s3/VectorsVectorBucketPolicy",
        "s3control/AccessGrantsInstanceResourcePolicy", "s3control/AccessPointPolicy", "s3control/BucketPolicy",
        "s3control/ObjectLambdaAccessPointPolicy", "schemas/RegistryPolicy", "secretsmanager/Secret",
        "secretsmanager/SecretPolicy", "ses/IdentityPolicy", "sesv2/EmailIdentityPolicy", "sns/Topic",
        "sns/TopicPolicy", "sqs/Queue", "sqs/QueuePolicy", "vpclattice/AuthPolicy", "vpclattice/ResourcePolicy",
    ),
    "resourcePolicy": aws(
        "s3tables/TableBucketPolicy", "s3tables/TablePolicy", "sagemaker/ModelPackageGroupPolicy",
    ),
    "accessPolicies": aws(
        "opensearch/Domain", "opensearch/DomainPolicy", "elasticsearch/Domain", "elasticsearch/DomainPolicy"
    ),
    "accessPolicy": aws("cloudsearch/DomainServiceAccessPolicy", "cloudwatch/LogDestinationPolicy", "glacier/Vault"),
    "policyDocument": aws(
        "amp/ResourcePolicy", "cloudwatch/LogResourcePolicy", "codeartifact/DomainPermissions",
        "codeartifact/RepositoryPermissionsPolicy", "xray/ResourcePolicy",
    ),
    "content": aws("organizations/ResourcePolicy"),
    "deliveryDestinationPolicy": aws("cloudwatch/LogDeliveryDestinationPolicy"),
    "repositoryPolicy": aws("ecr/RepositoryCreationTemplate"),
    "assumeRolePolicy": aws("iam/Role"),
}  # fmt: skip
DOCUMENTS = {token: key for key, tokens in _BY_PROPERTY.items() for token in tokens}
"""Type -> property that holds its policy."""


def _is_held(resource: Resource, statement: Statement) -> bool:
    """Endpoints let in whoever is in the network: there, what can be reached may be named instead of who reaches it."""
    if statement.is_confined:
        return True
    if resource.type not in _ENDPOINT:
        return False
    named = bool(statement.resources) and not statement.is_everywhere
    return named or any(condition.key.lower() in _ENDPOINT_KEYS for condition in statement.conditions)


def _open_door(resource: Resource, statement: Statement) -> str:
    is_open = statement.is_for_everybody and not _is_held(resource, statement)
    return "lets in everybody" if is_open else ""


_OWNER = re.compile(r"(?:arn:aws:iam::)?\d{12}(?::root)?")
"""An account as a whole, as in the policies of keys: its own policies say who of it may do what."""


def _every_action(resource: Resource, statement: Statement) -> str:
    """Endpoints limit calls and give none: there, who or what is reached is held instead."""
    names = [name for _, name in statement.principals]
    if resource.type in _ENDPOINT or (names and all(name is UNKNOWN or _OWNER.fullmatch(str(name)) for name in names)):
        return ""
    if statement.not_actions:
        return "allows everything but what it names (NotAction)"
    return "allows every action" if any(is_every_action(action) for action in statement.actions) else ""


def _documents(wrong: Callable[[Resource, Statement], str]) -> Callable[[Resource], Iterator[Outcome]]:
    def predicate(resource: Resource) -> Iterator[Outcome]:
        key = DOCUMENTS.get(resource.type)
        if key is not None and resource.get(key) is not MISSING:
            yield from judged(resource.get(key), key, partial(wrong, resource), says_unreadable=wrong is _open_door)

    return predicate


def judged_when_known(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """A policy that is made from resources of this stack is judged when they exist, before it is created itself."""
    if any(plan.linked(resource, outcome.path.split(".")[0])):
        return Outcome(Verdict.NOT_APPLICABLE, f"{outcome.sentence}; it is judged when it is", outcome.path)
    return outcome


def _permissions(resource: Resource) -> Iterator[Outcome]:
    action = resource.get("action")
    if isinstance(action, str) and not action.lower().startswith(_CALLS):
        yield failed("action allows more than to call the function", "action")
    held = any(resource.get(key) is not MISSING for key in ("sourceArn", "sourceAccount", "principalOrgId"))
    principal = str(resource.get("principal"))
    if principal == "*" and resource.get("principalOrgId") is MISSING:
        yield failed("principal is * and no organisation is named", "principal")
    elif principal.endswith(".amazonaws.com") and not held:
        yield failed(
            "principal is a service of AWS, which acts for every account: sourceArn or sourceAccount must say for whom",
            "principal",
        )
    else:
        yield passed()


def _layers(resource: Resource) -> Iterator[Outcome]:
    is_public = resource.get("principal") == "*" and resource.get("organizationId") is MISSING
    yield failed("principal is * and no organisation is named", "principal") if is_public else passed()


_FUNCTION, _LAYER = aws("lambda/Permission", "lambda/LayerVersionPermission")
_CALLS = "lambda:invoke"


def _granted(resource: Resource) -> Iterator[Outcome]:
    yield from (_layers if resource.type == _LAYER else _permissions)(resource)


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
        predicate=_documents(_open_door),
        about=tuple(DOCUMENTS),
        resolve=judged_when_known,
    ),
    Guardrail(
        id="FJ-EXP-113",
        concern=Concern.EXPOSURE,
        severity=Severity.HIGH,
        what="Functions are invoked by named principals, services only on behalf of named resources",
        why="a service of AWS acts for every account, and so for a stranger too",
        remedy="Set source_arn (or source_account, or principal_org_id), and action to lambda:InvokeFunction",
        controls=EXPOSURE,
        predicate=_granted,
        about=(_FUNCTION, _LAYER),
    ),
    Guardrail(
        id="FJ-IDN-111",
        concern=Concern.IDENTITY,
        severity=Severity.HIGH,
        what="Policies on resources name the actions that they allow",
        why="whoever may do everything with a resource may also open it to others",
        remedy="Write out the actions in Action instead of * or NotAction",
        controls=IDENTITY,
        predicate=_documents(_every_action),
        about=tuple(DOCUMENTS),
        resolve=judged_when_known,
    ),
)
