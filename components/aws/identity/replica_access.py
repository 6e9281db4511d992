"""Roles with which pods of a cluster in another cloud copy vaults: one for each purpose."""

import json
from collections.abc import Mapping

import pulumi
import pulumi_aws as aws
from pydantic import Field

from falaj.components.aws.identity.iam_policies import Statement, document
from falaj.components.core.storage.replication import AWS_AUDIENCE, ROLE_PATH, Direction, role_name, subject
from falaj.components.core.validation.args import Accepts, Args, Choice, Input, Spec
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.tags import CostTags


class BucketFlow(Spec):
    """A bucket that is copied from or to."""

    direction: Choice[Direction]
    """`to-azure` reads the bucket, `to-aws` writes to it."""
    bucket_name: Input[str]
    """Name of the bucket."""
    bucket_key: Input[str]
    """ARN of its KMS key."""


class ReplicaAccessArgs(Args):
    """Who may copy between the buckets of this account and another cloud."""

    region: AwsRegion
    """Region of the buckets, in the UAE."""
    issuer_url: Input[str]
    """Issuer of the pods' identity tokens, exactly as the tokens have it: AKS's ends with a slash. An account trusts an
    issuer once."""
    flows: Accepts[Mapping[Purpose, BucketFlow], Mapping[Purpose, BucketFlow] | Mapping[str, BucketFlow]] = Field(
        min_length=1
    )
    """What is copied, by purpose: `checkpoints`, `models`, `datasets` or `artifacts`."""
    tags: CostTags
    """The mandatory cost tags, put on everything that takes tags."""


class ReplicaAccess(pulumi.ComponentResource):
    """Trust in the issuer of another cloud's cluster, and for each purpose a role that one service account may assume.

    A role reads its bucket, or reads and writes it. None deletes, and none reaches another bucket. No key is stored: a
    pod's token is exchanged for credentials that are valid for an hour.
    """

    provider_arn: pulumi.Output[str]
    """ARN of the trusted issuer."""
    role_arns: pulumi.Output[Mapping[str, str]]
    """ARN of each role by purpose."""

    def __init__(self, name: str, args: ReplicaAccessArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = ReplicaAccessArgs.of(name, args)
        super().__init__("falaj:aws:ReplicaAccess", name, {}, opts)
        # IAM trusts well-known certificate authorities, so no thumbprint has to follow a certificate.
        issuer = aws.iam.OpenIdConnectProvider(
            f"{name}-issuer",
            url=args.issuer_url,
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
            path=ROLE_PATH,
            assume_role_policy=pulumi.Output.all(issuer.arn, args.issuer_url).apply(
                lambda resolved: trusted(resolved[0], resolved[1], purpose)
            ),
            max_session_duration=3600,
            tags=args.tags,
            opts=child,
        )
        policy = aws.iam.RolePolicy(
            f"{name}-{purpose.value}-copies",
            role=role.name,
            policy=pulumi.Output.all(flow.bucket_name, flow.bucket_key).apply(
                lambda bucket: copies(flow.direction, bucket[0], bucket[1], args.region)
            ),
            opts=child,
        )
        # The ARN is known once the role has its permissions.
        return pulumi.Output.all(role.arn, policy.id).apply(lambda resolved: resolved[0])


def trusted(provider_arn: str, issuer_url: str, purpose: Purpose) -> str:
    """Trust policy of a role: one service account of the issuer's cluster may assume it."""
    issuer = issuer_url.removeprefix("https://")
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": provider_arn},
        "Action": ["sts:AssumeRoleWithWebIdentity"],
        "Condition": {"StringEquals": {f"{issuer}:aud": AWS_AUDIENCE, f"{issuer}:sub": subject(purpose)}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


_READS = ("s3:GetObject",)
_WRITES = (*_READS, "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts")
_OBJECTS = {Direction.TO_AZURE: _READS, Direction.TO_AWS: _WRITES}
_KEY_USE = {Direction.TO_AZURE: ("kms:Decrypt",), Direction.TO_AWS: ("kms:Decrypt", "kms:GenerateDataKey")}
"""A target is read too: to list what is there, and because S3 decrypts the parts of an object when it joins them."""


def copies(direction: Direction, bucket: str, key: str, region: str) -> str:
    """IAM policy of a role: the objects of one bucket, and the bucket's key through S3. `key` is an ARN."""
    arn = f"arn:aws:s3:::{bucket}"
    through_s3 = {"StringEquals": {"kms:ViaService": f"s3.{region}.amazonaws.com"}}
    return document(
        Statement("ListBucket", ("s3:ListBucket",), (arn,)),
        Statement("CopyObjects", _OBJECTS[direction], (f"{arn}/*",)),
        Statement("KeyThroughS3", _KEY_USE[direction], (key,), conditions=through_s3),
    )
