"""What may be done with images: lifecycles, and who reaches a repository. Pure."""

import json

from falaj.components.aws.identity.iam_policies import EVERYONE, Statement, document

UNTAGGED = {"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days"}
NEWEST = {"tagStatus": "any", "countType": "imageCountMoreThan"}


def image_lifecycle(untagged_days: int, keep: int | None) -> str:
    """Images without a tag go after `untagged_days`, and all but the newest `keep` go; None keeps all with a tag."""
    rules = [_expires(1, "no tag", {**UNTAGGED, "countNumber": untagged_days})]
    if keep is not None:
        rules.append(_expires(2, "old", {**NEWEST, "countNumber": keep}))
    return json.dumps({"rules": rules})


def _expires(priority: int, why: str, selection: dict[str, object]) -> dict[str, object]:
    return {"rulePriority": priority, "description": why, "selection": selection, "action": {"type": "expire"}}


def own_account_only(account: str) -> str:
    """A repository's policy: whoever is not of this account is denied, whatever else is granted to it.

    ECR knows no `Resource` in such a policy: it is about the repository that it is attached to.
    """
    stranger = {"StringNotEquals": {"aws:PrincipalAccount": account}, "Bool": {"aws:PrincipalIsAWSService": "false"}}
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "OwnAccountOnly",
                    "Effect": "Deny",
                    "Principal": EVERYONE,
                    "Action": "ecr:*",
                    "Condition": stranger,
                }
            ],
        }
    )


def makes_repositories(repositories: str, key: str) -> str:
    """What ECR may do to make the repository of an image that is read through for the first time. Both are ARNs
    (ECR User Guide, IAM role for repository creation templates)."""
    return document(
        Statement(
            "MakeRepositories", ("ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"), (repositories,)
        ),
        Statement("UseKey", ("kms:CreateGrant", "kms:RetireGrant", "kms:DescribeKey"), (key,)),
    )


def reads_through(repositories: str) -> str:
    """What a node may do beside pulling (`AmazonEC2ContainerRegistryPullOnly`), so that an image may come which is not
    there yet: its repository is made in the node's name (ECR User Guide, pull through cache permissions)."""
    return document(Statement("ReadThrough", ("ecr:CreateRepository",), (repositories,)))
