"""Trust policies of IAM roles: which service may assume a role, and on whose behalf. Pure."""

import json
from collections.abc import Mapping

from falaj.components.aws.identity.iam_policies import Condition


def conditional_trust(service: str, conditions: Condition, *actions: str) -> str:
    """Returns a trust policy for one AWS service under conditions. `actions` are allowed besides `sts:AssumeRole`."""
    statement: dict[str, object] = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": ["sts:AssumeRole", *actions],
        "Condition": {test: dict(values) for test, values in conditions.items()},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def budgets_trust(account: str) -> str:
    """Returns a trust policy for AWS Budgets, for budgets of this account only (Cost Management User Guide, confused
    deputy)."""
    source = {"aws:SourceArn": f"arn:aws:budgets::{account}:budget/*"}
    return conditional_trust(
        "budgets.amazonaws.com", {"StringEquals": {"aws:SourceAccount": account}, "ArnLike": source}
    )


def pod_trust(account: str, cluster: str, namespace: str, service_account: str) -> str:
    """Returns a trust policy for EKS Pod Identity, for pods of one service account of one cluster only (EKS User Guide,
    Pod Identity role)."""
    tags: Mapping[str, str] = {
        "aws:SourceAccount": account,
        "aws:RequestTag/eks-cluster-name": cluster,
        "aws:RequestTag/kubernetes-namespace": namespace,
        "aws:RequestTag/kubernetes-service-account": service_account,
    }
    return conditional_trust("pods.eks.amazonaws.com", {"StringEquals": tags}, "sts:TagSession")
