"""Grants of AWS and Kubernetes: managed policies, cluster roles, access of other accounts."""

import json
from collections.abc import Mapping

from ...samples import COST_TAGS as TAGS
from ..harness import Given
from . import Attack

ME = "123456789012"
THEM = "999999999999"
SITE = {"clusters": [{"name": "c", "cluster": {"server": "https://kubernetes.dc1.example.ae:6443"}}]}


def k8s(kind: str, properties: Mapping[str, object]) -> Given:
    """Returns an object of an allowed cluster."""
    return Given(f"kubernetes:{kind}", properties, provider={"kubeconfig": json.dumps(SITE)})


def binding(kind: str, role: str, namespace: str | None) -> Given:
    """Returns a binding of a cluster's role to a user."""
    metadata = {"name": "x", "labels": TAGS, **({"namespace": namespace} if namespace else {})}
    group = "rbac.authorization.k8s.io"
    role_ref = {"kind": "ClusterRole", "name": role, "apiGroup": group}
    subjects = [{"kind": "User", "name": "bob", "apiGroup": group}]
    return k8s(f"{group}/v1:{kind}", {"metadata": metadata, "roleRef": role_ref, "subjects": subjects})


ATTACKS = (
    Attack(
        "RolePolicyAttachmentsExclusive AdministratorAccess",
        ("FJ-IDN-106",),
        (
            Given(
                "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
                {"roleName": "r", "policyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"]},
            ),
        ),
    ),
    Attack(
        "GroupPolicyAttachmentsExclusive AdministratorAccess",
        ("FJ-IDN-106",),
        (
            Given(
                "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
                {"groupName": "g", "policyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"]},
            ),
        ),
    ),
    Attack(
        "ssoadmin ManagedPolicyAttachmentsExclusive AdministratorAccess",
        ("FJ-IDN-106",),
        (
            Given(
                "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive",
                {
                    "instanceArn": "arn:aws:sso:::instance/ssoins-1",
                    "permissionSetArn": "p",
                    "managedPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"],
                },
            ),
        ),
    ),
    Attack(
        "permissionsBoundary AdministratorAccess bounds nothing",
        ("FJ-IDN-115",),
        (
            Given(
                "aws:iam/role:Role",
                {
                    "assumeRolePolicy": json.dumps(
                        {
                            "Statement": [
                                {
                                    "Effect": "Allow",
                                    "Principal": {"Service": "ec2.amazonaws.com"},
                                    "Action": "sts:AssumeRole",
                                }
                            ]
                        }
                    ),
                    "permissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess",
                    "tags": TAGS,
                },
            ),
        ),
    ),
    Attack(
        "EKS AccessPolicyAssociation ClusterAdmin for a role of another account",
        ("FJ-IDN-116",),
        (
            Given(
                "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
                {
                    "clusterName": "c",
                    "principalArn": f"arn:aws:iam::{THEM}:role/x",
                    "policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
                    "accessScope": {"type": "cluster"},
                },
            ),
        ),
    ),
    Attack(
        "ConfigMap aws-auth -> system:masters",
        ("FJ-IDN-307",),
        (
            k8s(
                "core/v1:ConfigMap",
                {
                    "metadata": {"name": "aws-auth", "namespace": "kube-system"},
                    "data": {"mapRoles": f"- rolearn: arn:aws:iam::{THEM}:role/x\n  groups: [system:masters]\n"},
                },
            ),
        ),
    ),
    Attack(
        "KMS grant (Decrypt, CreateGrant) to a foreign account",
        ("FJ-IDN-116",),
        (
            Given(
                "aws:kms/grant:Grant",
                {
                    "keyId": "k",
                    "granteePrincipal": f"arn:aws:iam::{THEM}:role/x",
                    "operations": ["Decrypt", "CreateGrant"],
                },
            ),
        ),
    ),
    Attack(
        "Lambda permission with sourceArn ''",
        ("FJ-EXP-113",),
        (
            Given(
                "aws:lambda/permission:Permission",
                {"action": "lambda:InvokeFunction", "function": "f", "principal": "s3.amazonaws.com", "sourceArn": ""},
            ),
        ),
    ),
    Attack(
        "iot policy Connect on *",
        ("FJ-IDN-104",),
        (
            Given(
                "aws:iot/policy:Policy",
                {
                    "policy": json.dumps(
                        {
                            "Version": "2012-10-17",
                            "Statement": [{"Effect": "Allow", "Action": "iot:Connect", "Resource": "*"}],
                        }
                    )
                },
            ),
        ),
    ),
    Attack(
        "Cognito user pool with MFA OFF",
        ("FJ-IDN-112",),
        (Given("aws:cognito/userPool:UserPool", {"mfaConfiguration": "OFF", "tags": TAGS}),),
    ),
    Attack(
        "PrincipalServiceName alone for a service principal of every account (SNS publish by s3)",
        ("FJ-EXP-130",),
        (
            Given(
                "aws:sns/topicPolicy:TopicPolicy",
                {
                    "arn": f"arn:aws:sns:me-central-1:{ME}:t",
                    "policy": json.dumps(
                        {
                            "Statement": [
                                {
                                    "Effect": "Allow",
                                    "Principal": {"Service": "s3.amazonaws.com"},
                                    "Action": "sns:Publish",
                                    "Resource": "*",
                                }
                            ]
                        }
                    ),
                },
            ),
        ),
    ),
    Attack(
        "RoleBinding to ClusterRole edit of a foreign group in kube-system",
        ("FJ-IDN-301",),
        (
            k8s(
                "rbac.authorization.k8s.io/v1:RoleBinding",
                {
                    "metadata": {"name": "x", "namespace": "kube-system"},
                    "roleRef": {"kind": "ClusterRole", "name": "edit"},
                    "subjects": [{"kind": "Group", "name": "devs"}],
                },
            ),
        ),
    ),
    Attack(
        "EKS AccessEntry with a role of another account",
        ("FJ-IDN-116",),
        (
            Given(
                "aws:eks/accessEntry:AccessEntry",
                {
                    "clusterName": "c",
                    "principalArn": f"arn:aws:iam::{THEM}:role/x",
                    "kubernetesGroups": ["admins"],
                    "tags": TAGS,
                },
            ),
        ),
    ),
    *(
        Attack(f"ClusterRoleBinding to {role}", ("FJ-IDN-301",), (binding("ClusterRoleBinding", role, None),))
        for role in ("admin", "system:kube-controller-manager", "system:node", "edit")
    ),
    *(
        Attack(
            f"attachment of {name}",
            ("FJ-IDN-106",),
            (
                Given(
                    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
                    {"role": "r", "policyArn": f"arn:aws:iam::aws:policy/{name}"},
                ),
            ),
        )
        for name in (
            "AmazonSSMFullAccess",
            "AmazonEC2FullAccess",
            "AmazonDynamoDBFullAccess",
            "AWSLambda_FullAccess",
            "AmazonSageMakerFullAccess",
            "ReadOnlyAccess",
            "job-function/SystemAdministrator",
        )
    ),
)
