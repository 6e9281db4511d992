"""Attacks by access to clusters: identities of other accounts, `aws-auth`, and bindings to powerful default roles.

Each attack was silent on 4653d834. The powers of default roles are those of their rules in Kubernetes 1.36.
"""

import json
from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement

from falaj.facts.predefined_roles import kubernetes_roles

from .exposure_cases import refused
from .harness import UNKNOWN, Given, Pack, blocking
from .sdk_paths import has_path

OWN, FOREIGN = "123456789012", "999999999999"
PACK = Pack(
    Enforcement.model_validate({"default": {"all": "mandatory"}, "identity": {"trusted": {OWN: "our account"}}})
)
ENTRY = "aws:eks/accessEntry:AccessEntry"
ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"
CONFIG_MAP = "kubernetes:core/v1:ConfigMap"
RBAC = "kubernetes:rbac.authorization.k8s.io/v1"


@pytest.mark.parametrize("token", [ENTRY, ASSOCIATION])
@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        (f"arn:aws:iam::{FOREIGN}:role/x", {"FJ-IDN-116"}),
        (f"ARN:aws:iam::{FOREIGN}:user/x", {"FJ-IDN-116"}),
        (f"arn:aws:sts::{FOREIGN}:assumed-role/x/y", {"FJ-IDN-116"}),
        (f"arn:aws:iam::{OWN}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admins_0123456789abcdef", set()),
        (UNKNOWN, set()),
    ],
)
def test_access_entries_are_for_identities_of_listed_accounts(token: str, principal: str, expected: set[str]) -> None:
    assert has_path(token, "principalArn")
    assert refused(token, {"clusterName": "c", "principalArn": principal, "kubernetesGroups": ["a"]}, PACK) == expected


@pytest.mark.parametrize(
    ("provider", "expected"),
    [
        ({"allowedAccountIds": json.dumps([FOREIGN])}, set()),
        ({"assumeRoles": json.dumps([{"roleArn": f"arn:aws:iam::{FOREIGN}:role/deploys"}])}, set()),
        ({"allowedAccountIds": json.dumps([FOREIGN, OWN])}, {"FJ-IDN-116"}),
        ({"allowedAccountIds": json.dumps([FOREIGN]),
          "assumeRoles": json.dumps([{"roleArn": f"arn:aws:iam::{OWN}:role/deploys"}])}, {"FJ-IDN-116"}),
        ({}, {"FJ-IDN-116"}),
    ],
)  # fmt: skip
def test_the_account_that_the_provider_deploys_to_is_ones_own(provider: dict[str, str], expected: set[str]) -> None:
    props = {"clusterName": "c", "principalArn": f"arn:aws:iam::{FOREIGN}:role/x"}
    entry = Given(ENTRY, props, provider={"region": "me-central-1", **provider})
    assert {item for item in blocking(PACK.evaluate_resource(entry)) if item.startswith("FJ-IDN")} == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"mapRoles": f"- rolearn: arn:aws:iam::{OWN}:role/ops\n  groups: [system:masters]\n"}, {"FJ-IDN-307"}),
        ({"mapRoles": f'[{{"rolearn": "arn:aws:iam::{FOREIGN}:role/x", "groups": ["devs"]}}]'}, {"FJ-IDN-307"}),
        ({"mapUsers": f"- userarn: arn:aws:iam::{OWN}:user/x\n  groups:\n  - system:masters\n"}, {"FJ-IDN-307"}),
        ({"mapAccounts": f"- '{OWN}'\n"}, {"FJ-IDN-307"}),
        ({"mapRoles": "- &a [*a]"}, {"FJ-IDN-307"}),
        ({"mapRoles": "{"}, {"FJ-IDN-307"}),
        ({"mapRoles": "- rolearn: &a [x, x, x]\n  groups: [*a]\n"}, {"FJ-IDN-307"}),
        ({"mapRoles": "# " + "x" * 100_000}, {"FJ-IDN-307"}),
        ({"mapRoles": f"- rolearn: arn:aws:iam::{OWN}:role/node\n  username: system:node:{{{{EC2PrivateDNSName}}}}\n"
                      "  groups: [system:bootstrappers, system:nodes]\n"}, set()),
        ({"mapRoles": f"- rolearn: arn:aws:iam::{OWN}:role/dev\n  groups: [developers]\n"}, set()),
        ({}, set()),
    ],
)  # fmt: skip
def test_aws_auth_is_read(data: dict[str, str], expected: set[str]) -> None:
    item = {"metadata": {"name": "aws-auth", "namespace": "kube-system"}, "data": data}
    assert refused(CONFIG_MAP, item, PACK) == expected
    assert refused("kubernetes:core/v1:ConfigMapPatch", item, PACK) == expected
    assert refused(f"{CONFIG_MAP}List", {"items": [item]}, PACK) == expected
    assert refused(CONFIG_MAP, {**item, "metadata": {"name": "others", "namespace": "team-a"}}, PACK) == set()


def binding(role: str, namespace: str = "", kind: str = "ClusterRole") -> dict[str, Any]:
    metadata = {"name": "b", **({"namespace": namespace} if namespace else {})}
    subjects = [{"kind": "Group", "name": "developers"}]
    return {"metadata": metadata, "roleRef": {"kind": kind, "name": role}, "subjects": subjects}


@pytest.mark.parametrize("role", sorted(kubernetes_roles()))
def test_powerful_default_roles_are_not_bound_in_every_namespace(role: str) -> None:
    assert refused(f"{RBAC}:ClusterRoleBinding", binding(role)) == {"FJ-IDN-301"}
    assert refused(f"{RBAC}:ClusterRoleBinding", binding(role, "team-a")) == {"FJ-IDN-301"}
    assert refused(f"{RBAC}:ClusterRoleBindingList", {"items": [binding(role)]}) == {"FJ-IDN-301"}
    assert refused(f"{RBAC}:RoleBinding", binding(role, "kube-system")) == {"FJ-IDN-301"}


@pytest.mark.parametrize(
    ("role", "namespace", "expected"),
    [
        ("edit", "team-a", set()),
        ("admin", "team-a", set()),
        ("edit", "istio-system", {"FJ-IDN-301"}),
        ("cluster-admin", "team-a", {"FJ-IDN-301"}),
        ("system:node", "team-a", {"FJ-IDN-301"}),
        ("view", "kube-system", set()),
        ("our-role", "kube-system", set()),
    ],
)
def test_admin_and_edit_may_be_bound_in_a_namespace_of_a_team(role: str, namespace: str, expected: set[str]) -> None:
    assert refused(f"{RBAC}:RoleBinding", binding(role, namespace)) == expected


def test_narrow_bindings_are_silent() -> None:
    for role in ("view", "system:auth-delegator", "system:discovery", "kueue-batch-user-role"):
        assert refused(f"{RBAC}:ClusterRoleBinding", binding(role)) == set()
    assert refused(f"{RBAC}:RoleBinding", binding("admin", "kube-system", "Role")) == set()


@pytest.mark.parametrize(("given", "is_refused"), [("OFF", True), (None, True), ("ON", False), ("OPTIONAL", False)])
def test_user_pools_have_a_second_factor(given: str | None, is_refused: bool) -> None:
    props = {} if given is None else {"mfaConfiguration": given}
    assert ("FJ-IDN-112" in refused("aws:cognito/userPool:UserPool", props)) is is_refused


AGGREGATE = "rbac.authorization.k8s.io/aggregate-to-"


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ({"matchLabels": {f"{AGGREGATE}admin": "true"}}, {"FJ-IDN-305"}),
        ({"matchLabels": {"team": "a", f"{AGGREGATE}edit": "true"}}, {"FJ-IDN-305"}),
        ({"matchExpressions": [{"key": f"{AGGREGATE}admin", "operator": "Exists"}]}, {"FJ-IDN-305"}),
        ({"matchLabels": {f"{AGGREGATE}view": "true"}}, set()),
        ({"matchLabels": {"rbac.kueue.x-k8s.io/batch-admin": "true"}}, set()),
    ],
)
def test_a_role_does_not_collect_the_rules_of_admin_and_edit(selector: dict[str, Any], expected: set[str]) -> None:
    role = {"metadata": {"name": "r"}, "rules": [], "aggregationRule": {"clusterRoleSelectors": [selector]}}
    assert refused(f"{RBAC}:ClusterRole", role) == expected


def test_accounts_are_account_numbers() -> None:
    with pytest.raises(ValueError, match="'1234' is not an account of 12 digits in quotes"):
        Enforcement.model_validate({"default": {}, "identity": {"trusted": {"1234": "our own account"}}})
