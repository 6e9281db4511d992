"""IAM roles for pods in another cloud's cluster that copy vaults, one role per purpose."""

import json
from collections.abc import Mapping
from typing import ClassVar

import pulumi
import pulumi_aws as aws
from pydantic import Field

from falaj.components.aws.identity.iam_policies import Statement, document
from falaj.components.aws.regional import RegionalComponent
from falaj.components.core.accounts.aws_accounts import AwsIamSpec
from falaj.components.core.storage.replication import AWS_AUDIENCE, Direction, role_name, role_path, subject
from falaj.components.core.validation.args import Accepts, Args, Choice, Input, Spec
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags


class BucketFlow(Spec):
    """Bucket that is the source or the target of copies."""

    direction: Choice[Direction]
    """Direction of the copies: `to-azure` reads the bucket, `to-aws` writes to it."""
    bucket_name: Input[str]
    """Name of the bucket."""
    bucket_key: Input[str]
    """ARN of the bucket's KMS key."""


class ReplicaAccessArgs(Args):
    """Access to buckets of this account for copy jobs that run in another cloud."""

    moved_keys: ClassVar[Mapping[str, str]] = {"issuer_url": "oidc_issuer_url"}

    region: AwsRegion = set_once("regions.aws")
    """AWS region of the buckets, in the UAE."""
    oidc_issuer_url: Input[str]
    """Issuer URL of the pods' identity tokens, exactly as it is in the tokens: AKS's ends with a slash. An AWS account
    can trust an issuer only once."""
    flows: Accepts[Mapping[Purpose, BucketFlow], Mapping[Purpose, BucketFlow] | Mapping[str, BucketFlow]] = Field(
        min_length=1
    )
    """Buckets by purpose, at least one: `checkpoints`, `models`, `datasets` or `artifacts`."""
    iam: AwsIamSpec | None = None
    """Permissions boundary and path of the roles; none if absent."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, applied to every resource that supports tags."""


class ReplicaAccess(RegionalComponent):
    """Trusts the token issuer of another cloud's cluster, with one IAM role per purpose for one service account each.

    A role can read its bucket, or read and write it. No role can delete objects or access another bucket. No access key
    is stored: a pod exchanges its token for credentials that are valid for one hour.
    """

    provider_arn: pulumi.Output[str]
    """ARN of the OIDC identity provider of the trusted issuer."""
    role_arns: pulumi.Output[Mapping[str, str]]
    """ARN of each role by purpose."""

    def __init__(self, name: str, args: ReplicaAccessArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = ReplicaAccessArgs.of(name, args)
        super().__init__("falaj:aws:ReplicaAccess", name, args.region, opts)
        # IAM trusts well-known certificate authorities, so no thumbprint must be updated when the certificate changes.
        issuer = aws.iam.OpenIdConnectProvider(
            f"{name}-issuer",
            url=args.oidc_issuer_url,
            client_id_lists=[AWS_AUDIENCE],
            tags=args.tags,
            opts=pulumi.ResourceOptions(parent=self),
        )
        roles = {purpose.value: self._role(name, purpose, flow, issuer, args) for purpose, flow in args.flows.items()}
        self.provider_arn = issuer.arn
        self.role_arns = pulumi.Output.all(**roles)
        self.register_outputs({"provider_arn": self.provider_arn, "role_arns": self.role_arns})

    def _role(
        self,
        name: str,
        purpose: Purpose,
        flow: BucketFlow,
        issuer: aws.iam.OpenIdConnectProvider,
        args: ReplicaAccessArgs,
    ) -> pulumi.Output[str]:
        child = pulumi.ResourceOptions(parent=self)
        role = aws.iam.Role(
            f"{name}-{purpose.value}",
            # An explicit name, because bucket policies name the role before it exists.
            name=role_name(pulumi.get_stack(), name, purpose),
            path=role_path(args.iam),
            permissions_boundary=args.iam.permissions_boundary if args.iam else None,
            assume_role_policy=pulumi.Output.all(issuer.arn, args.oidc_issuer_url).apply(
                lambda resolved: replica_trust(resolved[0], resolved[1], purpose)
            ),
            max_session_duration=3600,
            tags=args.tags,
            opts=child,
        )
        policy = aws.iam.RolePolicy(
            f"{name}-{purpose.value}-copies",
            role=role.name,
            policy=pulumi.Output.all(flow.bucket_name, flow.bucket_key).apply(
                lambda bucket: copy_policy(flow.direction, bucket[0], bucket[1], args.region)
            ),
            opts=child,
        )
        # The output resolves once the role has its permissions.
        return pulumi.Output.all(role.arn, policy.id).apply(lambda resolved: resolved[0])


def replica_trust(provider_arn: str, oidc_issuer_url: str, purpose: Purpose) -> str:
    """Returns the trust policy of a role: one service account of the issuer's cluster may assume it."""
    issuer = oidc_issuer_url.removeprefix("https://")
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": provider_arn},
        "Action": ["sts:AssumeRoleWithWebIdentity"],
        "Condition": {"StringEquals": {f"{issuer}:aud": AWS_AUDIENCE, f"{issuer}:sub": subject(purpose)}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


_READ_ACTIONS = ("s3:GetObject",)
_WRITE_ACTIONS = (*_READ_ACTIONS, "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts")
_OBJECT_ACTIONS = {Direction.TO_AZURE: _READ_ACTIONS, Direction.TO_AWS: _WRITE_ACTIONS}
_KEY_ACTIONS = {Direction.TO_AZURE: ("kms:Decrypt",), Direction.TO_AWS: ("kms:Decrypt", "kms:GenerateDataKey")}
"""A target needs read permissions too: to list existing objects, and because S3 decrypts the parts of a multipart
upload when it assembles them."""


def copy_policy(direction: Direction, bucket: str, key: str, region: str) -> str:
    """Returns the IAM policy of a role: access to the objects of one bucket, and use of the bucket's key through S3.
    `key` is an ARN."""
    arn = f"arn:aws:s3:::{bucket}"
    through_s3 = {"StringEquals": {"kms:ViaService": f"s3.{region}.amazonaws.com"}}
    return document(
        Statement("ListBucket", ("s3:ListBucket",), (arn,)),
        Statement("CopyObjects", _OBJECT_ACTIONS[direction], (f"{arn}/*",)),
        Statement("KeyThroughS3", _KEY_ACTIONS[direction], (key,), conditions=through_s3),
    )
