"""Who gets into a cluster from outside: authorities, exceptions from policies, and people who administer it."""

import pytest
from guardrails.engine.enforcement import Enforcement

from .blind import GROUP, ME, SUB, az, crd, k8s
from .blind import aws as of_aws
from .harness import Given, Pack, blocking

RULES = ("FJ-ESC-103", "FJ-ESC-117", "FJ-IDN-120", "FJ-IDN-201")
PACK = Pack(Enforcement.model_validate({"default": {"all": "disabled", **dict.fromkeys(RULES, "mandatory")}}))
ROLES = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions"
PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"


def refused(*plan: Given) -> set[str]:
    """Returns the rules that refuse a plan."""
    return blocking(PACK.evaluate_plan(*plan))


def bundle(source: object, **target: object) -> Given:
    """Returns a bundle of trust-manager."""
    return crd(
        "trust.cert-manager.io/v1alpha1:Bundle", {"sources": [{"useDefaultCAs": True}, source], "target": target}
    )


@pytest.mark.parametrize(("given", "is_refused"), [
    (bundle({"inLine": PEM}, configMap={"key": "ca"}), True),
    (bundle({"inLine": PEM}, namespaceSelector={}), True),
    (bundle({"inLine": PEM}, namespaceSelector={"matchLabels": {}}), True),
    (bundle({"inLine": PEM}, namespaceSelector={"matchLabels": {"team": "a"}}), False),
    (bundle({"secret": {"name": "own-ca", "key": "ca.crt"}}, namespaceSelector={}), False),
], ids=str)  # fmt: skip
def test_an_authority_is_not_brought_into_every_namespace(given: Given, is_refused: bool) -> None:
    assert refused(given) == ({"FJ-ESC-103"} if is_refused else set())


@pytest.mark.parametrize(("resources", "is_refused"), [
    ({"namespaces": ["team-a"]}, True),
    ({"names": ["*"], "namespaces": ["team-a"]}, True),
    ({"namespaceSelector": {"matchLabels": {"team": "a"}}}, True),
    ({"names": ["gpu-agent"], "namespaces": ["team-a"]}, False),
    ({"names": ["gpu-agent*"], "namespaces": ["team-a"]}, False),
], ids=str)  # fmt: skip
def test_an_exception_names_objects(resources: dict[str, object], is_refused: bool) -> None:
    exception = crd("kyverno.io/v2:PolicyException", {
        "exceptions": [{"policyName": "no-host", "ruleNames": ["no-host"]}],
        "match": {"any": [{"resources": {"kinds": ["Pod"], **resources}}]}})  # fmt: skip
    assert refused(exception) == ({"FJ-ESC-103"} if is_refused else set())


def binding(*actions: str, name: str = "b") -> Given:
    """Returns a binding of the policy `limits`."""
    kind = "admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding"
    return k8s(kind, {"spec": {"policyName": "limits", "validationActions": list(actions)}}, name)


def test_one_binding_of_an_admission_policy_refuses() -> None:
    assert refused(binding("Audit")) == refused(binding("Warn", "Audit")) == {"FJ-ESC-117"}
    assert refused(binding("Deny")) == refused(binding("Deny", "Audit")) == set()
    assert refused(binding("Audit"), binding("Deny", name="c")) == set()


@pytest.mark.parametrize(("role", "kind", "is_refused"), [
    ("b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b", "Group", True),
    ("0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8", "Group", True),
    ("b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b", "ServicePrincipal", False),
    ("4abbcc35-e782-43d8-92c5-2d3f1bd2253f", "Group", False),
])  # fmt: skip
def test_groups_do_not_administer_a_cluster_for_good(role: str, kind: str, is_refused: bool) -> None:
    scope = f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/aks"
    props = {"scope": scope, "roleDefinitionId": f"{ROLES}/{role}", "principalType": kind}
    assert refused(az("authorization:RoleAssignment", props)) == ({"FJ-IDN-201"} if is_refused else set())
    eligible = az("authorization:PimRoleEligibilitySchedule", props)
    assert refused(eligible) == set()


@pytest.mark.parametrize(("name", "policy", "scope", "is_refused"), [
    ("developers", "AmazonEKSClusterAdminPolicy", "cluster", True),
    ("team-a-devs", "AmazonEKSAdminPolicy", "cluster", True),
    ("platform-dev-admin", "AmazonEKSAdminPolicy", "cluster", False),
    ("read-only", "AmazonEKSClusterAdminPolicy", "cluster", True),
    ("platform-admins", "AmazonEKSClusterAdminPolicy", "cluster", False),
    ("devops", "AmazonEKSClusterAdminPolicy", "cluster", False),
    ("developers", "AmazonEKSAdminPolicy", "namespace", False),
    ("developers", "AmazonEKSViewPolicy", "cluster", False),
])  # fmt: skip
def test_developers_do_not_administer_a_cluster(name: str, policy: str, scope: str, is_refused: bool) -> None:
    props = {"principalArn": f"arn:aws:iam::{ME}:role/{name}", "accessScope": {"type": scope},
             "policyArn": f"arn:aws:eks::aws:cluster-access-policy/{policy}"}  # fmt: skip
    assert refused(of_aws("eks/AccessPolicyAssociation", props)) == ({"FJ-IDN-120"} if is_refused else set())


@pytest.mark.parametrize(("name", "policy", "namespaces", "is_refused"), [
    ("developers", "AmazonEKSAdminPolicy", ["team-a", "kube-*"], True),
    ("developers", "AmazonEKSAdminPolicy", ["argocd"], True),
    ("developers", "AmazonEKSAdminPolicy", ["kube*"], True),
    ("developers", "AmazonEKSAdminPolicy", ["team-a", "team-a-*"], False),
    ("developers", "AmazonEKSViewPolicy", ["kube-system"], False),
    ("platform-admins", "AmazonEKSAdminPolicy", ["argocd"], False),
])  # fmt: skip
def test_developers_do_not_administer_controllers(
    name: str, policy: str, namespaces: list[str], is_refused: bool
) -> None:
    props = {"principalArn": f"arn:aws:iam::{ME}:role/{name}", "accessScope": {
        "type": "namespace", "namespaces": namespaces}, "policyArn": f"arn:aws:eks::aws:cluster-access-policy/{policy}",
    }  # fmt: skip
    assert refused(of_aws("eks/AccessPolicyAssociation", props)) == ({"FJ-IDN-120"} if is_refused else set())
