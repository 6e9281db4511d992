"""Deployers of tenants: their Role, their sign-in on each cloud, and the admission policies of tenants' namespaces."""

from typing import Any

import pulumi
import pytest

from falaj.components.build.aws_site import AwsWorkloadIdentity
from falaj.components.build.azure_site import AzureWorkloadIdentity
from falaj.components.build.workload_identity import DeclaredWorkloadIdentity
from falaj.components.core.tenancy.deployer_role import RULES
from falaj.components.core.tenancy.hosts import covers, hosts_annotation
from falaj.components.core.tenancy.tenancy import TenantSpec, Tier, tenant_annotations
from falaj.components.core.tenancy.tenant_admission import HIGHEST_PRIORITY, AdmissionSpec, admission_policies
from falaj.components.core.validation.args import BadArguments
from falaj.components.kubernetes.cluster.foundation import Foundation
from falaj.components.kubernetes.cluster.priorities import INFERENCE, PLATFORM
from tests.samples import COST_TAGS
from tests.unit.components.kubernetes_samples import FOUNDATION
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import build, recorded

ROLE, BINDING = (f"kubernetes:rbac.authorization.k8s.io/v1:{kind}" for kind in ("Role", "RoleBinding"))
POLICY = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy"
GROUP = "11111111-2222-3333-4444-555555555555"
DEPLOYER = "arn:aws:iam::123456789012:role/teams/retail-deploy"

WRITABLE = {
    "configmaps", "persistentvolumeclaims", "serviceaccounts", "services", "deployments", "jobs", "jobsets",
    "networkpolicies", "poddisruptionbudgets", "scaledobjects", "interceptorroutes", "httproutes", "podmonitors",
    "trainjobs", "trainingruntimes", "rayjobs", "leaderworkersets", "inferencepools",
}  # fmt: skip
READABLE = {
    "endpoints", "events", "limitranges", "pods", "pods/log", "resourcequotas", "replicasets", "statefulsets",
    "endpointslices", "horizontalpodautoscalers", "localqueues", "workloads",
}  # fmt: skip
ADMITTED = {
    "pods", "persistentvolumeclaims", "services", "serviceaccounts", "networkpolicies", "httproutes",
    "interceptorroutes", "scaledobjects", "podmonitors", "secrets", "poddisruptionbudgets",
}  # fmt: skip
"""Kinds with which a tenant could reach beyond its namespace, each of which has an admission policy."""


def foundation(**changed: Any) -> Recording:
    return recorded(Foundation, {**FOUNDATION, **changed})


def test_the_role_covers_exactly_these_kinds() -> None:
    reads = ("get", "list", "watch")
    by_verbs: dict[tuple[str, ...], set[str]] = {}
    for rule in RULES:
        by_verbs.setdefault(rule.verbs, set()).update(rule.resources)
    assert by_verbs == {
        reads: READABLE,
        (*reads, "create", "update", "patch", "delete"): WRITABLE,
        ("create", "delete"): {"secrets"},
    }
    assert "*" not in {value for rule in RULES for value in (rule.group, *rule.resources, *rule.verbs)}


def test_a_namespace_binds_its_role_to_its_groups_only() -> None:
    tenants = {**FOUNDATION["tenants"], "retail": {**FOUNDATION["tenants"]["retail"], "deployer_groups": [GROUP]}}
    of = foundation(tenants=tenants)
    role, binding = of.one(ROLE).inputs, of.one(BINDING).inputs
    assert role["metadata"]["namespace"] == binding["metadata"]["namespace"] == "tenant-retail"
    assert role["rules"] == [
        {"apiGroups": [rule.group], "resources": [*rule.resources], "verbs": [*rule.verbs]} for rule in RULES
    ]
    api = "rbac.authorization.k8s.io"
    assert binding["roleRef"] == {"apiGroup": api, "kind": "Role", "name": role["metadata"]["name"]}
    assert binding["subjects"] == [{"apiGroup": api, "kind": "Group", "name": GROUP}]
    assert not foundation().of(ROLE) + foundation().of(BINDING)


def test_spaces_come_after_the_admission_policies() -> None:
    of = foundation()
    policies = {item.urn for item in of.custom() if item.typ.startswith(POLICY)}
    for space in of.of("falaj:kubernetes:TenantSpace"):
        assert policies <= set(space.depends_on)


def test_each_policy_denies_in_the_namespaces_of_tenants() -> None:
    of = foundation()
    specs = {item.inputs["metadata"]["name"]: item.inputs["spec"] for item in of.of(POLICY)}
    bound = {item.inputs["spec"]["policyName"]: item.inputs["spec"] for item in of.of(f"{POLICY}Binding")}
    assert specs.keys() == bound.keys()
    selected = {"matchExpressions": [{"key": "falaj/tenant", "operator": "Exists"}]}
    for name, spec in specs.items():
        assert spec["failurePolicy"] == "Fail"
        assert all(check["message"] and check["reason"] == "Forbidden" for check in spec["validations"])
        assert bound[name]["validationActions"] == ["Deny"]
        assert bound[name]["matchResources"] == {"namespaceSelector": selected}
    rules = [rule for spec in specs.values() for rule in spec["matchConstraints"]["resourceRules"]]
    assert {resource for rule in rules for resource in rule["resources"]} == ADMITTED
    assert all("CREATE" in rule["operations"] for rule in rules)


def test_only_policies_of_the_network_let_the_platform_pass() -> None:
    conditional = {policy.name for policy in admission_policies(AdmissionSpec()) if policy.conditions}
    assert conditional == {"falaj-tenant-networks"}


def test_a_tenants_pods_are_never_above_its_services() -> None:
    assert HIGHEST_PRIORITY == INFERENCE.value < PLATFORM.value


def test_a_gateway_has_its_namespace() -> None:
    with pytest.raises(BadArguments, match=r"admission\.gateway_namespace: .*add it"):
        foundation(admission={"gateway": "models"})


def test_a_namespace_names_the_hosts_of_its_routes() -> None:
    spec = TenantSpec(tier=Tier.SMB, cpu=1, memory_gib=1, hosts=["b.example.ae", "*.a.example.ae", "b.example.ae"])
    assert tenant_annotations(spec) == {"falaj/hosts": "*.a.example.ae b.example.ae"}
    assert hosts_annotation([]) == ""


@pytest.mark.parametrize(
    ("domain", "host", "covered"),
    [
        ("a.example.ae", "a.example.ae", True),
        ("a.example.ae", "b.a.example.ae", False),
        ("*.example.ae", "a.example.ae", True),
        ("*.example.ae", "*.a.example.ae", True),
        ("*.example.ae", "example.ae", False),
        ("*.example.ae", "badexample.ae", False),
    ],
)
def test_what_a_domain_covers(domain: str, host: str, covered: bool) -> None:
    assert covers(domain, host) is covered


def test_on_aws_a_deployer_has_an_access_entry_with_a_group_and_no_policy() -> None:
    groups: list[object] = []

    def program() -> None:
        identity = AwsWorkloadIdentity("me-central-1", "uae", {}, _provider("aws"))
        groups.append(identity.deployer_group("uae-retail-deployer", "retail", DEPLOYER, COST_TAGS))

    of = build(program)
    entry = of.one("aws:eks/accessEntry:AccessEntry", "uae-retail-deployer-retail-deploy").inputs
    assert (entry["principalArn"], entry["kubernetesGroups"]) == (DEPLOYER, ["falaj:tenant-retail"])
    assert entry["tags"] == COST_TAGS
    assert groups == ["falaj:tenant-retail"]
    assert not of.of("aws:eks/accessPolicyAssociation:AccessPolicyAssociation")


def test_on_azure_a_deployer_fetches_the_kubeconfig_and_nothing_more() -> None:
    groups: list[object] = []
    scope = "/subscriptions/s/resourceGroups/uae"

    def program() -> None:
        identity = AzureWorkloadIdentity("uaenorth", "uae", scope, "https://issuer", {}, _provider("azure-native"))
        groups.append(identity.deployer_group("uae-retail-deployer", "retail", GROUP, COST_TAGS))

    of = build(program)
    assigned = of.one("azure-native:authorization:RoleAssignment").inputs
    assert (assigned["principalId"], assigned["principalType"], assigned["scope"]) == (GROUP, "Group", scope)
    # Azure Kubernetes Service Cluster User Role (azure-docs, built-in roles).
    assert assigned["roleDefinitionId"].endswith("/4abbcc35-e782-43d8-92c5-2d3f1bd2253f")
    assert groups == [GROUP]


def test_on_premises_a_deployer_is_a_group_of_the_identity_provider() -> None:
    assert DeclaredWorkloadIdentity().deployer_group("n", "retail", "retail-team", COST_TAGS) == "retail-team"


def _provider(package: str) -> pulumi.ProviderResource:
    return pulumi.ProviderResource(package, "p", {})
