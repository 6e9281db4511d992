"""Who reaches the objects of a vault, and from where. Pure."""

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
"""All that reads, writes or deletes what objects hold.

`s3:ListBucket` is not among them: it is also what S3 asks of whoever looks whether the bucket is there (HeadBucket in
the S3 API reference), which each deployment does, from wherever it runs. So names of objects can still be listed from
outside, by those whose own policies allow it."""

SERVICE_ROLES = "arn:aws:iam::{account}:role/aws-service-role/*"
"""Roles that only a service of AWS can take, such as that with which FSx reads a bucket: they never come through an
endpoint of ours (aws-samples/data-perimeter-policy-examples, 2026-08, network perimeter)."""

FSX_ROLES = (
    "arn:aws:iam::{account}:role/aws-service-role/s3.data-source.lustre.fsx.amazonaws.com/"
    "AWSServiceRoleForFSxS3Access_*"
)
"""The role that FSx makes for each Lustre file system with a linked bucket; its name ends with the file system's id."""


@dataclass(frozen=True)
class Ways:
    """The ways to the objects of a confined vault.

    `endpoint` is the S3 endpoint of the network; `trusted` are roles that services of AWS take on the account's behalf,
    from their own networks; `readers` are roles that also come from `addresses` or through `reader_endpoints`.
    """

    account: str
    endpoint: str
    trusted: Sequence[str] = ()
    readers: Sequence[str] = ()
    addresses: Sequence[str] = ()
    reader_endpoints: Sequence[str] = ()


def confined(bucket: str, ways: Ways) -> list[Statement]:
    """Statements of a bucket's policy: nothing reaches its objects but on the given ways. `bucket` is an ARN.

    Two denials instead of one with all exceptions, because a condition cannot say "these roles from there".
    """
    services = [SERVICE_ROLES.format(account=ways.account), *ways.trusted]
    others = {"ArnNotLikeIfExists": {"aws:PrincipalArn": [*services, *ways.readers]}}
    found = [_denial("EndpointOnly", bucket, [ways.endpoint], others)]
    if ways.readers:
        readers = {"ArnLike": {"aws:PrincipalArn": list(ways.readers)}}
        if ways.addresses:  # who comes through an endpoint has none
            readers["NotIpAddressIfExists"] = {"aws:SourceIp": list(ways.addresses)}
        endpoints = [ways.endpoint, *ways.reader_endpoints]
        found.append(_denial("ReadersFromTheirPlaces", bucket, endpoints, readers))
    return found


def _denial(sid: str, bucket: str, endpoints: Sequence[str], whom: Condition) -> Statement:
    conditions = {
        "StringNotEqualsIfExists": {"aws:SourceVpce": list(endpoints)},
        # Services that act for themselves, and services that pass a caller's request on.
        "BoolIfExists": {"aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false"},
        **whom,
    }
    return Statement(sid, OBJECT_ACTIONS, (bucket, f"{bucket}/*"), {"AWS": EVERYONE}, conditions, "Deny")


def scratch_use(account: str, region: str) -> Statement:
    """FSx may use the vault's key through S3, for the Lustre file systems of the account that are linked to it.

    Without it FSx can neither import nor export what lies under a key of ours (FSx for Lustre User Guide, server-side
    encrypted buckets). The role is named by condition, because it is made with the link, after the key.
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
