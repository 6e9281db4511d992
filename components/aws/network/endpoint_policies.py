"""Policies of VPC endpoints: which principals may reach which resources. Pure."""

from collections.abc import Sequence

from falaj.components.aws.identity.iam_policies import EVERYONE, Statement, document

OWNED_BY_AWS = (
    "prod-{region}-starport-layer-bucket",
    "al2023-repos-{region}-de612dc2",
    "amazon-ssm-{region}",
    "aws-ssm-{region}",
)
"""Buckets of AWS that nodes read: layers of images (ECR User Guide, gateway endpoint for S3), packages of Amazon Linux
2023 (service-owned resources in aws-samples/data-perimeter-policy-examples, 2026-08), and the Systems Manager agent
(Systems Manager User Guide, communications with AWS managed S3 buckets).

Reads of them are anonymous: ECR presigns the URL of a layer, and package repositories need no identity."""


def own_principals(account: str) -> str:
    """An interface endpoint's policy: only identities of this account, so that credentials of other accounts are of no
    use."""
    return document(_own(account))


def own_principals_and_tokens(account: str) -> str:
    """The policy for STS: who exchanges a token of a service account has no name yet, but the role it gets has."""
    exchange = Statement(
        "TokensForOwnRoles",
        ("sts:AssumeRoleWithWebIdentity",),
        (f"arn:aws:iam::{account}:role/*",),
        {"AWS": EVERYONE},
    )
    return document(_own(account), exchange)


def own_buckets(account: str, region: str, trusted: Sequence[str]) -> str:
    """The policy for S3: identities of this account, on buckets of this account and of the `trusted` ones; and reading
    what AWS gives to everyone. Without the second half a stolen role could carry data to a bucket anywhere."""
    conditions = {"StringEquals": {"aws:PrincipalAccount": account, "aws:ResourceAccount": [account, *trusted]}}
    names = (bucket.format(region=region) for bucket in OWNED_BY_AWS)
    return document(
        Statement("OwnBuckets", ("s3:*",), principals={"AWS": EVERYONE}, conditions=conditions),
        Statement("WhatAwsGives", ("s3:GetObject",), [f"arn:aws:s3:::{name}/*" for name in names], {"AWS": EVERYONE}),
    )


def _own(account: str) -> Statement:
    principals = {"StringEquals": {"aws:PrincipalAccount": account}}
    return Statement("OwnPrincipals", ("*",), principals={"AWS": EVERYONE}, conditions=principals)
