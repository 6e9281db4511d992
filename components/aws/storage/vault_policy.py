"""Bucket policy of a vault: which principals can access its objects, and from which networks. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from falaj.components.aws.identity.iam_policies import EVERYONE, Condition, Statement

OBJECT_ACTIONS = (
    "s3:GetObject*",
    "s3:PutObject*",
    "s3:DeleteObject*",
    "s3:RestoreObject",
    "s3:ReplicateObject",
    "s3:ReplicateDelete",
    "s3:AbortMultipartUpload",
    "s3:ListMultipartUploadParts",
    "s3:ListBucketVersions",
)
"""Actions that read, write or delete the content of objects.

`s3:ListBucket` is left out because HeadBucket needs it too (S3 API reference), which every deployment calls from the
machine that runs it. So principals whose IAM policies allow it can still list object names from outside the network.
"""

SERVICE_ROLES = "arn:aws:iam::{account}:role/aws-service-role/*"
"""Service-linked roles, such as the one that FSx uses to read a bucket. Their requests never use the network's endpoint
(aws-samples/data-perimeter-policy-examples, 2026-08, network perimeter)."""

FSX_ROLES = (
    "arn:aws:iam::{account}:role/aws-service-role/s3.data-source.lustre.fsx.amazonaws.com/"
    "AWSServiceRoleForFSxS3Access_*"
)
"""The service-linked role of each Lustre file system with a linked bucket. Its name ends with the file system's ID."""


@dataclass(frozen=True)
class BucketAccess:
    """Access to the objects of a confined vault.

    `endpoint` is the ID of the network's S3 endpoint. `trusted` lists roles that AWS services assume on the account's
    behalf, from their own networks. `readers` lists roles that also have access from `addresses` or through
    `reader_endpoints`.
    """

    account: str
    endpoint: str
    trusted: Sequence[str] = ()
    readers: Sequence[str] = ()
    addresses: Sequence[str] = ()
    reader_endpoints: Sequence[str] = ()
    others: Sequence[Mapping[str, Sequence[str]]] = ()
    """Further groups of readers, each with `roles`, `endpoints` and `addresses`."""


def confining_statements(bucket: str, access: BucketAccess) -> list[Statement]:
    """Returns bucket policy statements that deny all access to the objects except `access`. `bucket` is an ARN.

    Readers have a statement of their own, because one condition cannot combine specific roles with specific networks.
    """
    services = [SERVICE_ROLES.format(account=access.account), *access.trusted]
    other_roles = [role for group in access.others for role in group["roles"]]
    other_callers = {"ArnNotLikeIfExists": {"aws:PrincipalArn": [*services, *access.readers, *other_roles]}}
    statements = [_deny_statement("EndpointOnly", bucket, [access.endpoint], other_callers)]
    if access.readers:
        readers = {"ArnLike": {"aws:PrincipalArn": list(access.readers)}}
        if access.addresses:  # requests through an endpoint have no source IP address
            readers["NotIpAddressIfExists"] = {"aws:SourceIp": list(access.addresses)}
        endpoints = [access.endpoint, *access.reader_endpoints]
        statements.append(_deny_statement("ReadersFromTheirPlaces", bucket, endpoints, readers))
    for index, group in enumerate(access.others):
        callers: dict[str, dict[str, list[str]]] = {"ArnLike": {"aws:PrincipalArn": list(group["roles"])}}
        if group["addresses"]:
            callers["NotIpAddressIfExists"] = {"aws:SourceIp": list(group["addresses"])}
        endpoints = [access.endpoint, *group["endpoints"]]
        statements.append(_deny_statement(f"OtherReaders{index + 1}", bucket, endpoints, callers))
    return statements


def _deny_statement(sid: str, bucket: str, endpoints: Sequence[str], caller_condition: Condition) -> Statement:
    conditions = {
        "StringNotEqualsIfExists": {"aws:SourceVpce": list(endpoints)},
        # Exempts services that act on their own, and services that forward a caller's request.
        "BoolIfExists": {"aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false"},
        **caller_condition,
    }
    return Statement(sid, OBJECT_ACTIONS, (bucket, f"{bucket}/*"), {"AWS": EVERYONE}, conditions, "Deny")


def lustre_key_use(account: str, region: str) -> Statement:
    """Returns a statement that lets FSx use the vault's key through S3, for linked Lustre file systems of the account.

    Without it FSx can neither import nor export objects encrypted with a customer-managed key (FSx for Lustre User
    Guide, server-side encrypted buckets). The role is named by a condition, because it is created with the link, after
    the key.
    """
    return Statement(
        "LustreThroughS3",
        ("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"),
        principals={"AWS": EVERYONE},
        conditions={
            "StringEquals": {"kms:ViaService": f"s3.{region}.amazonaws.com", "kms:CallerAccount": account},
            "ArnLike": {"aws:PrincipalArn": FSX_ROLES.format(account=account)},
        },
    )
