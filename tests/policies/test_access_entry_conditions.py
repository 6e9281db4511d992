"""Which conditions of IAM confine rights over access entries of EKS and assignments of permission sets (FJ-IDN-103)."""

import json

import pytest

from .harness import Given, Pack, rules

PACK = Pack()
POLICY = "arn:aws:eks::aws:cluster-access-policy/"
ASSOCIATE, CREATE, UPDATE = "eks:AssociateAccessPolicy", "eks:CreateAccessEntry", "eks:UpdateAccessEntry"
NAMESPACE = {"eks:accessScope": "namespace"}
STANDARD = {"eks:accessEntryType": "STANDARD"}
EACH = "ForAllValues:StringEquals"
NO_NAME = {"Null": {"eks:username": "true"}}


def escalates(actions: object, conditions: object, resource: object = "*") -> bool:
    """Returns whether a policy with one statement is refused as one that makes its holder administrator."""
    statement = {"Effect": "Allow", "Action": actions, "Resource": resource, "Condition": conditions}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    return "FJ-IDN-103" in rules(PACK.evaluate_resource(Given("aws:iam/policy:Policy", {"policy": document})))


@pytest.mark.parametrize(("action", "conditions"), [
    (ASSOCIATE, {"StringEquals": {"eks:policyArn": f"{POLICY}AmazonEKSViewPolicy"}}),
    (ASSOCIATE, {"ArnEquals": {"EKS:PolicyArn": [f"{POLICY}AmazonEKSViewPolicy"]}}),
    (ASSOCIATE, {"StringEquals": NAMESPACE, EACH: {"eks:namespaces": ["team-a", "team-b"]}}),
    (ASSOCIATE, {"StringEquals": NAMESPACE, "ForAllValues:StringLike": {"eks:namespaces": ["team-a-*"]}}),
    *((ASSOCIATE, {"StringEquals": NAMESPACE, EACH: {"eks:namespaces": [name]}}) for name in (
        "te-*", "hr-*", "a", "orders-*", "credit-risk-*", "data-*")),
    *((CREATE, {"StringEquals": STANDARD, EACH: {"eks:kubernetesGroups": [name]}, **NO_NAME}) for name in (
        "team-a-admins", "product-owners", "platform-viewers", "platform-users", "non-admins", "webmasters")),
    (CREATE, {"StringEquals": STANDARD, EACH: {"eks:kubernetesGroups": ["readers"]}, **NO_NAME}),
    (CREATE, {"StringEquals": {**STANDARD, "eks:username": "app"}, "Null": {"eks:kubernetesGroups": "true"}}),
    (UPDATE, {"StringEquals": STANDARD, EACH: {"eks:kubernetesGroups": ["readers"]}, **NO_NAME}),
])  # fmt: skip
def test_conditions_that_say_which_rights_confine(action: str, conditions: object) -> None:
    assert not escalates(action, conditions)


@pytest.mark.parametrize(("action", "conditions"), [
    (ASSOCIATE, {"StringEquals": {"eks:policyArn": f"{POLICY}AmazonEKSClusterAdminPolicy"}}),
    (ASSOCIATE, {"StringEquals": {"eks:policyArn": [f"{POLICY}AmazonEKSViewPolicy", f"{POLICY}AmazonEKSEditPolicy"]}}),
    (ASSOCIATE, {"StringLike": {"eks:policyArn": f"{POLICY}*"}}),
    (ASSOCIATE, {"StringEqualsIfExists": {"eks:policyArn": f"{POLICY}AmazonEKSViewPolicy"}}),
    (ASSOCIATE, {"StringNotEquals": {"eks:policyArn": f"{POLICY}AmazonEKSClusterAdminPolicy"}}),
    (ASSOCIATE, {"StringEquals": NAMESPACE}),
    (ASSOCIATE, {EACH: {"eks:namespaces": ["team-a"]}}),
    (ASSOCIATE, {"StringEquals": NAMESPACE, EACH: {"eks:namespaces": ["team-a", "kube-system"]}}),
    (ASSOCIATE, {"StringEquals": NAMESPACE, "ForAnyValue:StringEquals": {"eks:namespaces": ["team-a"]}}),
    (ASSOCIATE, {"StringEquals": NAMESPACE, "ForAllValues:StringLike": {"eks:namespaces": ["*"]}}),
    *((ASSOCIATE, {"StringEquals": NAMESPACE, EACH: {"eks:namespaces": ["team-a", name]}}) for name in (
        "default", "kube-*", "kube-system-*", "argocd", "flux-system", "flux-*", "cert-manager", "external-secrets",
        "external-*", "karpenter", "istio-system", "istio-*", "longhorn-*", "cnpg-*", "cattle-*", "metallb-*",
        "kueue-*", "volcano-*", "rabbitmq-*", "elastic-*", "vault-*", "kubevirt", "projectcontour", "kubeflow")),
    (ASSOCIATE, {"StringEquals": NAMESPACE, "ForAllValues:StringLike": {"eks:namespaces": ["kube-*"]}}),
    (ASSOCIATE, {"StringEquals": {"eks:principalArn": "arn:aws:iam::123456789012:role/app"}}),
    (ASSOCIATE, {"StringEquals": {"eks:clusterName": "prod"}}),
    (CREATE, {EACH: {"eks:kubernetesGroups": ["readers"]}, **NO_NAME}),
    (CREATE, {"StringEquals": STANDARD, EACH: {"eks:kubernetesGroups": ["readers"]}}),
    (CREATE, {"StringEquals": STANDARD, EACH: {"eks:kubernetesGroups": ["system:masters"]}, **NO_NAME}),
    *((CREATE, {"StringEquals": STANDARD, EACH: {"eks:kubernetesGroups": ["readers", name]}, **NO_NAME}) for name in (
        "cluster-admins", "platform-admins", "cluster-admin", "masters", "ClusterAdmins", "EKSMasters", "oidc:sre",
        "team-platform-admins", "cluster_owners", "superadmins")),
    (CREATE, {"StringEquals": {**STANDARD, "eks:username": "kubernetes-admin"}, "Null": {
        "eks:kubernetesGroups": "true"}}),
    (CREATE, {"StringEquals": {"eks:accessEntryType": "EC2_LINUX"}}),
    ("eks:*", {"StringEquals": {"eks:policyArn": f"{POLICY}AmazonEKSViewPolicy"}}),
    ([ASSOCIATE, "iam:PutRolePolicy"], {"StringEquals": {"eks:policyArn": f"{POLICY}AmazonEKSViewPolicy"}}),
    ("sso:CreateAccountAssignment", {"StringEquals": {"aws:ResourceAccount": "123456789012"}}),
    ("sso:CreateAccountAssignment", {"StringEquals": {"eks:policyArn": f"{POLICY}AmazonEKSViewPolicy"}}),
])  # fmt: skip
def test_conditions_that_say_who_or_where_do_not(action: object, conditions: object) -> None:
    assert escalates(action, conditions)


def test_an_assignment_is_limited_by_the_permission_sets_that_it_names() -> None:
    sets, instance = (
        "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/",
        "arn:aws:sso:::instance/ssoins-1234567890abcdef",
    )
    account = "arn:aws:sso:::account/123456789012"
    assert not escalates("sso:CreateAccountAssignment", {}, [instance, f"{sets}ps-1234567890abcdef", account])
    assert escalates("sso:CreateAccountAssignment", {}, [instance, f"{sets}*", account])
