"""Policies of VPC endpoints: which principals may access which resources. Pure."""

from collections.abc import Sequence

from falaj.components.aws.identity.iam_policies import EVERYONE, Statement, document

AWS_OWNED_BUCKETS = (
    "prod-{region}-starport-layer-bucket",
    "al2023-repos-{region}-de612dc2",
    "amazon-ssm-{region}",
    "aws-ssm-{region}",
)
"""AWS-owned buckets that nodes read: image layers (ECR User Guide, gateway endpoint for S3), packages of Amazon Linux
2023 (service-owned resources in aws-samples/data-perimeter-policy-examples, 2026-08), and the Systems Manager agent
(Systems Manager User Guide, communications with AWS managed S3 buckets).

These reads are anonymous: ECR presigns the URL of a layer, and package repositories need no credentials.
"""


def own_principals(account: str) -> str:
    """Returns the policy of an interface endpoint: only identities of this account may use it, so that credentials of
    other accounts are useless inside the network."""
    return document(_own_principals_statement(account))


def own_principals_and_tokens(account: str) -> str:
    """Returns the endpoint policy for STS. In addition, anyone may exchange a service account token for a role of this
    account: the caller has no AWS identity until then."""
    exchange = Statement(
        "TokensForOwnRoles",
        ("sts:AssumeRoleWithWebIdentity",),
        (f"arn:aws:iam::{account}:role/*",),
        {"AWS": EVERYONE},
    )
    return document(_own_principals_statement(account), exchange)


def own_buckets(account: str, region: str, trusted: Sequence[str]) -> str:
    """Returns the endpoint policy for S3: identities of this account may access buckets of this account and of the
    `trusted` accounts, and anyone may read AWS-owned buckets. Without the limit on buckets, a stolen role could copy
    data to a bucket of any account."""
    conditions = {"StringEquals": {"aws:PrincipalAccount": account, "aws:ResourceAccount": [account, *trusted]}}
    names = (bucket.format(region=region) for bucket in AWS_OWNED_BUCKETS)
    return document(
        Statement("OwnBuckets", ("s3:*",), principals={"AWS": EVERYONE}, conditions=conditions),
        Statement("WhatAwsGives", ("s3:GetObject",), [f"arn:aws:s3:::{name}/*" for name in names], {"AWS": EVERYONE}),
    )


def _own_principals_statement(account: str) -> Statement:
    principals = {"StringEquals": {"aws:PrincipalAccount": account}}
    return Statement("OwnPrincipals", ("*",), principals={"AWS": EVERYONE}, conditions=principals)
