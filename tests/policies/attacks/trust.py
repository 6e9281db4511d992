"""Trust of strangers: roles and buckets whose conditions let others in."""

import json
from collections.abc import Mapping

from ...samples import COST_TAGS as TAGS
from ..harness import Given
from . import Attack

ME = "123456789012"
THEM = "999999999999"
ORG = "o-abcdefghij"
GITHUB = "token.actions.githubusercontent.com"
EKS = "oidc.eks.me-central-1.amazonaws.com/id/A"


def trust(principal: object, condition: object = None, action: str = "sts:AssumeRole") -> Given:
    """Returns a role with one statement of trust."""
    statement = {"Effect": "Allow", "Principal": principal, "Action": action}
    statement |= {"Condition": condition} if condition else {}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    return Given("aws:iam/role:Role", {"assumeRolePolicy": document, "tags": TAGS})


def federated(host: str) -> Mapping[str, str]:
    """Returns the principal of an identity provider of the account."""
    return {"Federated": f"arn:aws:iam::{ME}:oidc-provider/{host}"}


def oidc(subject: str, operator: str = "StringLike", host: str = GITHUB) -> Given:
    """Returns a role that an identity provider's subjects may assume."""
    conditions: dict[str, dict[str, str]] = {"StringEquals": {f"{host}:aud": "sts.amazonaws.com"}}
    conditions.setdefault(operator, {})[f"{host}:sub"] = subject
    return trust(federated(host), conditions, "sts:AssumeRoleWithWebIdentity")


def bucket(condition: object) -> Given:
    """Returns the policy of a bucket that everybody may read who meets a condition."""
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::b/*",
        "Condition": condition,
    }
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    return Given("aws:s3/bucketPolicy:BucketPolicy", {"bucket": "b", "policy": document})


ATTACKS = (
    Attack(
        "trust of a foreign account under PrincipalArn arn:aws:iam::*:role/*",
        ("FJ-IDN-105", "FJ-IDN-116"),
        (trust({"AWS": f"arn:aws:iam::{THEM}:root"}, {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}}),),
    ),
    Attack(
        "trust under sts:ExternalId ?*a*",
        ("FJ-IDN-105", "FJ-IDN-116"),
        (trust({"AWS": f"arn:aws:iam::{THEM}:root"}, {"StringLike": {"sts:ExternalId": "?*a*"}}),),
    ),
    Attack(
        "GitHub sub 'workflow:deploy' (abusable claim first, CKV_AWS_393)",
        ("FJ-IDN-105",),
        (oidc("workflow:deploy", "StringEquals"),),
    ),
    Attack("GitHub sub 'repo:a*'", ("FJ-IDN-105",), (oidc("repo:a*"),)),
    Attack("EKS sub 'system:s*'", ("FJ-IDN-105",), (oidc("system:s*", host=EKS),)),
    Attack("GitHub sub 'repo:org/*' (every repository of the organisation)", ("FJ-IDN-105",), (oidc("repo:org/*"),)),
    Attack(
        "GitHub sub 'repo:org/repo:pull_request'",
        ("FJ-IDN-105",),
        (oidc("repo:org/repo:pull_request", "StringEquals"),),
    ),
    Attack("GitLab sub 'project_path:*'", ("FJ-IDN-105",), (oidc("project_path:*", host="gitlab.com"),)),
    Attack(
        "HCP Terraform sub 'organization:*:project:p:workspace:w:run_phase:*'",
        ("FJ-IDN-105",),
        (oidc("organization:*:project:p:workspace:w:run_phase:*", host="app.terraform.io"),),
    ),
    Attack(
        "a condition on another provider's sub",
        ("FJ-IDN-105",),
        (
            trust(
                federated(GITHUB),
                {"StringEquals": {"gitlab.com:sub": "project_path:a/b:ref_type:branch:ref:main"}},
                "sts:AssumeRoleWithWebIdentity",
            ),
        ),
    ),
    Attack(
        "tautology: aws:PrincipalOrgID = ${aws:PrincipalOrgID}",
        ("FJ-EXP-112",),
        (bucket({"StringEquals": {"aws:PrincipalOrgID": "${aws:PrincipalOrgID}"}}),),
    ),
    Attack(
        "sensitive key with an inner wildcard: PrincipalOrgID o-a*",
        ("FJ-EXP-112",),
        (bucket({"StringLike": {"aws:PrincipalOrgID": "o-a*"}}),),
    ),
    Attack(
        "ForAnyValue of PrincipalOrgPaths '*/r-ab12/*'",
        ("FJ-EXP-112",),
        (bucket({"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "*/r-ab12/*"}}),),
    ),
    Attack("aws:userid '*:session'", ("FJ-EXP-112",), (bucket({"StringLike": {"aws:userid": "*:session"}}),)),
    Attack(
        "aws:SourceVpc 'vpc-0*' (any region and account)",
        ("FJ-EXP-112",),
        (bucket({"StringLike": {"aws:SourceVpc": "vpc-0*"}}),),
    ),
    Attack(
        "aws:PrincipalArn arn:aws:iam::*:role/admin on a bucket",
        ("FJ-EXP-112",),
        (bucket({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/admin"}}),),
    ),
    Attack(
        "StringEquals with a list of which one value is a tautology",
        ("FJ-EXP-112",),
        (bucket({"StringEquals": {"aws:PrincipalOrgID": [ORG, "${aws:PrincipalOrgID}"]}}),),
    ),
    Attack(
        "VpcSourceIp alone (private ranges repeat in every VPC)",
        ("FJ-EXP-112",),
        (bucket({"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}}),),
    ),
    Attack(
        "trust: sts:RoleSessionName as the only condition",
        ("FJ-IDN-105", "FJ-IDN-116"),
        (trust({"AWS": f"arn:aws:iam::{THEM}:root"}, {"StringEquals": {"sts:RoleSessionName": "x"}}),),
    ),
    Attack(
        "trust: aws:PrincipalTag/team of a foreign account",
        ("FJ-IDN-105", "FJ-IDN-116"),
        (trust({"AWS": f"arn:aws:iam::{THEM}:root"}, {"StringEquals": {"aws:PrincipalTag/team": "x"}}),),
    ),
    Attack(
        "trust: aws:PrincipalOrgID = ${aws:PrincipalOrgID}",
        ("FJ-IDN-105", "FJ-IDN-116"),
        (
            trust(
                {"AWS": f"arn:aws:iam::{THEM}:root"}, {"StringEquals": {"aws:PrincipalOrgID": "${aws:PrincipalOrgID}"}}
            ),
        ),
    ),
    Attack(
        "trust: a named role of a foreign account, no condition",
        ("FJ-IDN-116",),
        (trust({"AWS": f"arn:aws:iam::{THEM}:role/x"}),),
    ),
    Attack(
        "trust of AWS: * under sts:ExternalId 'a'",
        ("FJ-EXP-112",),
        (trust({"AWS": "*"}, {"StringEquals": {"sts:ExternalId": "a"}}),),
    ),
    Attack(
        "Cognito aud fixed, amr unauthenticated",
        ("FJ-IDN-105",),
        (
            trust(
                {"Federated": "cognito-identity.amazonaws.com"},
                {
                    "StringEquals": {"cognito-identity.amazonaws.com:aud": "me-central-1:x"},
                    "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "unauthenticated"},
                },
                "sts:AssumeRoleWithWebIdentity",
            ),
        ),
    ),
    Attack(
        "SAML aud by StringLike *",
        ("FJ-IDN-105",),
        (
            trust(
                {"Federated": f"arn:aws:iam::{ME}:saml-provider/x"},
                {"StringLike": {"SAML:aud": "*"}},
                "sts:AssumeRoleWithSAML",
            ),
        ),
    ),
    Attack("GitHub sub StringLike 'repo:org/rep*'", ("FJ-IDN-105",), (oidc("repo:org/rep*"),)),
    Attack(
        "GitHub sub StringLikeIfExists",
        ("FJ-IDN-105",),
        (oidc("repo:org/repo:ref:refs/heads/main", "StringLikeIfExists"),),
    ),
)
