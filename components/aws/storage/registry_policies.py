"""Lifecycle and access policies of ECR repositories. Pure."""

import json

from falaj.components.aws.identity.iam_policies import EVERYONE, Statement, document

UNTAGGED = {"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days"}
NEWEST = {"tagStatus": "any", "countType": "imageCountMoreThan"}


def image_lifecycle(untagged_days: int, keep: int | None) -> str:
    """Returns a lifecycle policy that deletes untagged images after `untagged_days` days and keeps only the newest
    `keep` images. If `keep` is None, all tagged images are kept."""
    rules = [_expiry_rule(1, "no tag", {**UNTAGGED, "countNumber": untagged_days})]
    if keep is not None:
        rules.append(_expiry_rule(2, "old", {**NEWEST, "countNumber": keep}))
    return json.dumps({"rules": rules})


def _expiry_rule(priority: int, description: str, selection: dict[str, object]) -> dict[str, object]:
    return {"rulePriority": priority, "description": description, "selection": selection, "action": {"type": "expire"}}


def own_account_only(account: str) -> str:
    """Returns a repository policy that denies principals of other accounts, whatever other policies allow them.

    A repository policy has no `Resource`: it applies to the repository that it is attached to.
    """
    other_account = {
        "StringNotEquals": {"aws:PrincipalAccount": account},
        "Bool": {"aws:PrincipalIsAWSService": "false"},
    }
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "OwnAccountOnly",
                    "Effect": "Deny",
                    "Principal": EVERYONE,
                    "Action": "ecr:*",
                    "Condition": other_account,
                }
            ],
        }
    )


def create_repositories(repositories: str, key: str) -> str:
    """Returns the IAM policy that lets ECR create the repository of an image that is cached for the first time.
    `repositories` and `key` are ARNs (ECR User Guide, IAM role for repository creation templates)."""
    return document(
        Statement(
            "MakeRepositories", ("ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"), (repositories,)
        ),
        Statement("UseKey", ("kms:CreateGrant", "kms:RetireGrant", "kms:DescribeKey"), (key,)),
    )


def pull_through(repositories: str) -> str:
    """Returns the IAM policy that a node needs besides `AmazonEC2ContainerRegistryPullOnly` to pull an image that is
    not cached yet: the image's repository is created with the node's permissions (ECR User Guide, pull through cache
    permissions)."""
    return document(Statement("ReadThrough", ("ecr:CreateRepository",), (repositories,)))
