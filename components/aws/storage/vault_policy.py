"""Bucket policy of a vault: which principals reach its objects, and from which networks. Pure."""

from collections.abc import Sequence
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

`s3:ListBucket` is not among them: HeadBucket needs it too (S3 API reference), which each deployment calls from wherever
it runs. So principals whose own policies allow it can still list the names of objects from outside."""

SERVICE_ROLES = "arn:aws:iam::{account}:role/aws-service-role/*"
"""Service-linked roles, such as that with which FSx reads a bucket: their requests never use the network's endpoint
(aws-samples/data-perimeter-policy-examples, 2026-08, network perimeter)."""

FSX_ROLES = (
    "arn:aws:iam::{account}:role/aws-service-role/s3.data-source.lustre.fsx.amazonaws.com/"
    "AWSServiceRoleForFSxS3Access_*"
)
"""The service-linked role of each Lustre file system with a linked bucket. Its name ends with the file system's id."""


@dataclass(frozen=True)
class BucketAccess:
    """Access to the objects of a confined vault.

    `endpoint` is the S3 endpoint of the network. `trusted` are roles that AWS services assume on the account's behalf,
    from their own networks. `readers` are roles that also have access from `addresses` or through `reader_endpoints`.
    """

    account: str
    endpoint: str
    trusted: Sequence[str] = ()
    readers: Sequence[str] = ()
    addresses: Sequence[str] = ()
    reader_endpoints: Sequence[str] = ()


def confining_statements(bucket: str, access: BucketAccess) -> list[Statement]:
    """Statements of a bucket's policy that deny all access to its objects except the given. `bucket` is an ARN.

    They are two, because one condition cannot combine certain roles with certain networks.
    """
    services = [SERVICE_ROLES.format(account=access.account), *access.trusted]
    others = {"ArnNotLikeIfExists": {"aws:PrincipalArn": [*services, *access.readers]}}
    statements = [_denial("EndpointOnly", bucket, [access.endpoint], others)]
    if access.readers:
        readers = {"ArnLike": {"aws:PrincipalArn": list(access.readers)}}
        if access.addresses:  # requests through an endpoint have none
            readers["NotIpAddressIfExists"] = {"aws:SourceIp": list(access.addresses)}
        endpoints = [access.endpoint, *access.reader_endpoints]
        statements.append(_denial("ReadersFromTheirPlaces", bucket, endpoints, readers))
    return statements


def _denial(sid: str, bucket: str, endpoints: Sequence[str], caller_condition: Condition) -> Statement:
    conditions = {
        "StringNotEqualsIfExists": {"aws:SourceVpce": list(endpoints)},
        # Services that act by themselves, and services that forward a caller's request.
        "BoolIfExists": {"aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false"},
        **caller_condition,
    }
    return Statement(sid, OBJECT_ACTIONS, (bucket, f"{bucket}/*"), {"AWS": EVERYONE}, conditions, "Deny")


def lustre_key_use(account: str, region: str) -> Statement:
    """FSx may use the vault's key through S3, for Lustre file systems of the account that are linked to it.

    Without it FSx can neither import nor export objects under a customer-managed key (FSx for Lustre User Guide,
    server-side encrypted buckets). A condition names the role, because it is created with the link, after the key.
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
