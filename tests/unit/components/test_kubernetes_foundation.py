"""Tenants: quotas, network policies, and independence of one tenant from another."""

from typing import Any

import pytest

from falaj.components.core.node_pools.gpu_resources import SLICES
from falaj.components.core.tenancy.tenancy import TenantSpec, Tier, namespace_of, quota
from falaj.components.core.validation.args import BadArguments
from falaj.components.kubernetes.cluster.foundation import Foundation
from falaj.facts.regions import Cloud
from falaj.facts.tags import MANDATORY_KEYS
from tests.samples import COST_TAGS
from tests.unit.components.kubernetes_samples import FOUNDATION as ARGS
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import program, recorded

NAMESPACE, POLICY = "kubernetes:core/v1:Namespace", "kubernetes:networking.k8s.io/v1:NetworkPolicy"
QUOTA, LIMITS = "kubernetes:core/v1:ResourceQuota", "kubernetes:core/v1:LimitRange"
ACCOUNT = "kubernetes:core/v1:ServiceAccountPatch"
PRIORITY = "kubernetes:scheduling.k8s.io/v1:PriorityClass"
ADMISSION = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy"
BINDING = f"{ADMISSION}Binding"
ADMITTED = (
    "pods", "claims", "services", "accounts", "secrets", "networks", "routes", "interceptors", "scaling", "monitors",
    "budgets",
)  # fmt: skip
OF_A_TENANT = {
    (NAMESPACE, "namespace"),
    *((POLICY, f"policy-{policy}") for policy in ("closed", "dns", "same-namespace", "private-endpoints", "identity")),
    (QUOTA, "quota"),
    (LIMITS, "limits"),
    (ACCOUNT, "account"),
}
METADATA = "169.254.169.254"


def foundation(**changed: Any) -> Recording:
    return recorded(Foundation, {**ARGS, **changed})


def policies(tenant: str, **changed: Any) -> dict[str, dict[str, Any]]:
    prefix = f"uae-{tenant}-policy-"
    result = [resource for resource in foundation(**changed).of(POLICY) if resource.name.startswith(prefix)]
    return {item.name.removeprefix(prefix): item.inputs["spec"] for item in result}


def test_it_has_exactly_these_children() -> None:
    classes = {f"uae-priority-falaj-{kind}" for kind in ("platform", "inference", "training", "batch")}
    assert foundation().names() == {
        *((PRIORITY, name) for name in classes),
        *((ADMISSION, f"uae-tenant-{kind}-policy") for kind in ADMITTED),
        *((BINDING, f"uae-tenant-{kind}-binding") for kind in ADMITTED),
        *((typ, f"uae-{tenant}-{child}") for tenant in ("retail", "sme") for typ, child in OF_A_TENANT),
    }


def test_everything_carries_cost_labels_and_a_tenants_its_own_business_unit() -> None:
    for resource in foundation().custom():
        labels = resource.inputs["metadata"]["labels"]
        assert set(MANDATORY_KEYS) <= labels.keys(), resource.name
        assert labels["business-unit"] == ("small-business" if "-sme-" in resource.name else COST_TAGS["business-unit"])
        if "-sme-" in resource.name:
            assert (labels["falaj/tenant"], labels["falaj/tier"]) == ("sme", "smb")


def test_namespaces_refuse_what_the_pinned_standard_refuses() -> None:
    labels = foundation().one(NAMESPACE, "uae-sme-namespace").inputs["metadata"]["labels"]
    for mode in ("enforce", "audit", "warn"):
        assert labels[f"pod-security.kubernetes.io/{mode}"] == "restricted"
        assert labels[f"pod-security.kubernetes.io/{mode}-version"] == "v1.36"


def test_only_a_tenant_with_a_queue_is_managed_by_kueue() -> None:
    tenants = ARGS["tenants"] | {"retail": {**ARGS["tenants"]["retail"], "queued": True}}
    spaces = {namespace.name: namespace for namespace in foundation(tenants=tenants).of(NAMESPACE)}
    labels = {tenant: spaces[f"uae-{tenant}-namespace"].inputs["metadata"]["labels"] for tenant in tenants}
    assert labels["retail"]["falaj/queued"] == "true"
    assert "falaj/queued" not in labels["sme"]


def test_adding_or_removing_a_tenant_does_not_change_another() -> None:
    both, one = foundation(), foundation(tenants={"sme": ARGS["tenants"]["sme"]})
    kept = [(resource.urn, resource.inputs) for resource in both.custom() if "-retail-" not in resource.name]
    assert [(item.urn, item.inputs) for item in one.custom()] == kept


@pytest.mark.parametrize("cloud", [cloud.value for cloud in Cloud])
def test_egress_is_limited_to_the_named_peers(cloud: str) -> None:
    result = policies("sme", cloud=cloud)
    identity = {"aws": {"identity"}, "azure": {"identity"}, "onprem": set()}[cloud]
    assert set(result) == {"closed", "dns", "same-namespace", "private-endpoints"} | identity
    assert result["closed"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    # Every other rule names a peer: a rule without a peer allows all.
    for spec in result.values():
        for rule in (*spec.get("ingress", []), *spec.get("egress", [])):
            assert rule.get("to") or rule.get("from")
    entrances = {name for name, spec in result.items() if spec.get("ingress")}
    assert entrances == {"same-namespace"}


def test_each_way_out_is_as_narrow_as_it_can_be() -> None:
    result = policies("sme")
    [dns] = result["dns"]["egress"]
    assert dns["to"][0]["podSelector"] == {"matchLabels": {"k8s-app": "kube-dns"}}
    assert dns["to"][0]["namespaceSelector"] == {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}}
    assert [(port["protocol"], port["port"]) for port in dns["ports"]] == [("UDP", 53), ("TCP", 53)]
    https = [{"protocol": "TCP", "port": 443}]
    assert result["private-endpoints"]["egress"] == [{"to": [{"ipBlock": {"cidr": "10.30.0.0/16"}}], "ports": https}]
    narrower = policies("sme", endpoint_cidrs=["10.30.193.128/26"])["private-endpoints"]["egress"]
    assert narrower == [{"to": [{"ipBlock": {"cidr": "10.30.193.128/26"}}], "ports": https}]
    agent = [{"ipBlock": {"cidr": "169.254.170.23/32"}}]
    assert result["identity"]["egress"] == [{"to": agent, "ports": [{"protocol": "TCP", "port": 80}]}]
    assert result["same-namespace"]["egress"] == [{"to": [{"podSelector": {}}]}]
    assert result["same-namespace"]["ingress"] == [{"from": [{"podSelector": {}}]}]


def test_on_azure_only_pods_with_an_identity_reach_the_internet_and_nothing_private() -> None:
    spec = policies("sme", cloud="azure")["identity"]
    assert spec["podSelector"] == {"matchLabels": {"azure.workload.identity/use": "true"}}
    [rule] = spec["egress"]
    assert rule["ports"] == [{"protocol": "TCP", "port": 443}]
    [peer] = rule["to"]
    assert set(peer["ipBlock"]["except"]) >= {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"}


def test_s3_is_reached_where_its_blocks_are_given_and_none_is_not_everybody() -> None:
    def peers(blocks: list[str]) -> list[Any]:
        return policies("sme", store_cidrs=blocks)["object-store"]["egress"][0]["to"]

    assert "object-store" not in policies("sme")
    assert peers(["3.5.0.0/19", "52.95.0.0/20"]) == [
        {"ipBlock": {"cidr": "3.5.0.0/19"}},
        {"ipBlock": {"cidr": "52.95.0.0/20"}},
    ]
    assert peers([]) == [{"ipBlock": {"cidr": "192.0.2.0/32"}}]


def test_a_machines_metadata_is_out_of_reach() -> None:
    for cloud in Cloud:
        for name, spec in policies("sme", cloud=cloud.value, store_cidrs=["3.5.0.0/19"]).items():
            for rule in spec.get("egress", []):
                blocks = [peer["ipBlock"] for peer in rule["to"] if "ipBlock" in peer]
                for block in blocks:
                    open_to_all = block["cidr"] == "0.0.0.0/0"
                    assert "169.254.0.0/16" in block.get("except", []) if open_to_all else METADATA not in str(block), (
                        name
                    )


def test_a_quota_counts_gpus_and_their_slices() -> None:
    hard = foundation().one(QUOTA, "uae-retail-quota").inputs["spec"]["hard"]
    assert (hard["requests.cpu"], hard["requests.memory"], hard["limits.memory"]) == ("64", "256Gi", "256Gi")
    assert (hard["requests.nvidia.com/gpu"], hard["requests.storage"]) == ("8", "500Gi")
    assert (hard["requests.nvidia.com/mig-1g.10gb"], hard["requests.nvidia.com/mig-3g.71gb"]) == ("56", "16")
    assert (hard["services.loadbalancers"], hard["services.nodeports"]) == ("0", "0")
    assert "requests.nvidia.com/gpu.shared" not in hard


def test_tier_smb_has_no_gpu_whole_sliced_or_shared() -> None:
    hard = quota(TenantSpec(tier=Tier.SMB, cpu=8, memory_gib=32))
    gpus = {key: amount for key, amount in hard.items() if "nvidia" in key}
    assert set(gpus.values()) == {"0"}
    assert gpus.keys() == {f"requests.{name}" for name in ("nvidia.com/gpu", "nvidia.com/gpu.shared", *SLICES)}


def test_a_container_that_asks_for_nothing_gets_little_and_none_more_than_the_tenant() -> None:
    [limits] = foundation().one(LIMITS, "uae-sme-limits").inputs["spec"]["limits"]
    assert limits == {
        "type": "Container",
        "defaultRequest": {"cpu": "100m", "memory": "256Mi"},
        "default": {"memory": "1Gi"},
        "max": {"cpu": "8", "memory": "32Gi"},
    }


def test_pods_get_no_token_of_the_api_server_by_themselves() -> None:
    account = foundation().one(ACCOUNT, "uae-sme-account").inputs
    assert account["automountServiceAccountToken"] is False
    assert (account["metadata"]["name"], account["metadata"]["namespace"]) == ("default", "tenant-sme")


def test_only_the_platform_and_services_push_others_off_a_node() -> None:
    classes = {resource.inputs["metadata"]["name"]: resource.inputs for resource in foundation().of(PRIORITY)}
    ordered = sorted(classes, key=lambda name: -classes[name]["value"])
    assert ordered == ["falaj-platform", "falaj-inference", "falaj-training", "falaj-batch"]
    assert all(0 < item["value"] < 1_000_000_001 and "globalDefault" not in item for item in classes.values())
    pushes = {name for name, item in classes.items() if item["preemptionPolicy"] == "PreemptLowerPriority"}
    assert pushes == {"falaj-platform", "falaj-inference"}


def test_outputs() -> None:
    recording = foundation()
    outputs = recording.outputs[recording.one("falaj:kubernetes:Foundation").urn]
    assert outputs["namespaces"] == {"retail": namespace_of("retail"), "sme": "tenant-sme"}
    assert outputs["priority_classes"] == ["falaj-platform", "falaj-inference", "falaj-training", "falaj-batch"]
    assert recorded(Foundation, {**ARGS, "tenants": {}}).of(NAMESPACE) == []


SME = ARGS["tenants"]["sme"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"tenants": {"sme": {**SME, "gpus": 1}}}, r"tenants\.sme\.gpus: 1 is not allowed; allowed: 0 for tier smb"),
        ({"tenants": {"sme": {**SME, "tier": "gold"}}}, r"tenants\.sme\.tier"),
        ({"tenants": {"sme": {**SME, "cpu": 0}}}, r"tenants\.sme\.cpu"),
        ({"tenants": {"sme": {**SME, "business_unit": "Small Business"}}}, r"tenants\.sme\.business_unit"),
        ({"tenants": {"SME": SME}}, "tenants"),
        ({"tenants": {"a" * 33: SME}}, "tenants"),
        ({"cloud": "gcp"}, "cloud"),
        ({"network_cidr": "8.8.0.0/16"}, r"network_cidr: .* a private block"),
        ({"kubernetes_version": "latest"}, "kubernetes_version"),
        ({"colour": "red"}, "colour: unknown field"),
        ({"tags": {"project": "x"}}, r"tags\.business-unit"),
    ],
)
def test_invalid_arguments_are_rejected(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(Foundation, {**ARGS, **changed})()
