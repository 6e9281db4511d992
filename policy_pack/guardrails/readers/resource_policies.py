"""Resource policies on AWS: the types that have one, the property that contains it, and how it is evaluated."""

from collections.abc import Callable, Iterator
from functools import partial

from ..engine.plan import Plan
from ..engine.reading import MISSING, Resource
from ..engine.rows import aws
from ..engine.verdicts import Outcome
from .known_later import property_of, when_known
from .policy_documents import ParsedStatement, judge_statements

VPC_ENDPOINT_TYPES = aws("ec2/VpcEndpoint", "ec2/VpcEndpointPolicy")

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
"""Type -> the property that contains its policy."""


def judge_documents(
    find_violation: Callable[[Resource, ParsedStatement], str], *, report_unreadable: bool = True
) -> Callable[[Resource], Iterator[Outcome]]:
    """Returns a predicate that applies `find_violation` to the Allow statements of a resource's policy; see
    `judge_statements`."""

    def predicate(resource: Resource) -> Iterator[Outcome]:
        key = DOCUMENTS.get(resource.type)
        if key is not None and resource.get(key) is not MISSING:
            yield from judge_statements(
                resource.get(key), key, partial(find_violation, resource), report_unreadable=report_unreadable
            )

    return predicate


def resolve_when_known(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """Resolves an unknown policy that depends on resources of this stack: it is evaluated once they exist, before the
    policy is created."""
    return when_known(outcome) if any(plan.dependencies_of(resource, property_of(outcome.path))) else outcome
