"""Custom resources that cost nothing themselves, and regions that a kubeconfig shows."""

import re

import pytest

from falaj.finops.free_objects import EVERY_KIND, FREE_OBJECTS, is_free_object
from falaj.finops.kubeconfig_regions import region_in
from falaj.finops.kubernetes_kinds import has_known_group


@pytest.mark.parametrize(
    ("group", "kind", "free"),
    [
        ("capsule.clastix.io", "Tenant", True),
        ("external-secrets.io", "ExternalSecret", True),
        ("external-secrets.io", "PushSecret", False),
        ("velero.io", "Schedule", True),
        ("velero.io", "Restore", False),
        ("argoproj.io", "AppProject", True),
        ("argoproj.io", "Workflow", False),
        ("argoproj.io", "WorkflowTemplate", True),
        ("postgresql.cnpg.io", "Database", True),
        ("postgresql.cnpg.io", "DatabaseRole", True),
        ("postgresql.cnpg.io", "Cluster", False),
        ("argoproj.io", "Rollout", False),
        ("opentelemetry.io", "OpenTelemetryCollector", False),
        ("nfd.k8s-sigs.io", "NodeFeatureRule", True),
        ("generators.external-secrets.io", "ECRAuthorizationToken", True),
        ("scheduling.volcano.sh", "Queue", True),
        ("batch.volcano.sh", "Job", False),
        ("loki.grafana.com", "AlertingRule", True),
        ("loki.grafana.com", "LokiStack", False),
        ("logging.banzaicloud.io", "Output", True),
        ("logging.banzaicloud.io", "Logging", False),
        ("tekton.dev", "Task", True),
        ("tekton.dev", "TaskRun", False),
        ("kyverno.io", "ClusterPolicy", True),
        ("kyverno.io", "ClusterPolicyPatch", True),
        ("constraints.gatekeeper.sh", "K8sRequiredLabels", True),
        ("crossplane.io", "Composition", False),
        ("cilium.io", "CiliumNodeConfig", True),
        ("cilium.io", "TracingPolicyNamespaced", True),
        ("crd.projectcalico.org", "FelixConfiguration", True),
        ("operator.tigera.io", "Installation", False),
        ("ceph.rook.io", "CephBlockPool", True),
        ("ceph.rook.io", "CephCluster", False),
        ("ceph.rook.io", "CephObjectStore", False),
        ("aigateway.envoyproxy.io", "AIGatewayRoute", True),
        ("eventing.knative.dev", "Trigger", True),
        ("eventing.knative.dev", "Broker", False),
        ("operator.victoriametrics.com", "VMRule", True),
        ("operator.victoriametrics.com", "VMCluster", False),
        ("rabbitmq.com", "Queue", True),
        ("rabbitmq.com", "RabbitmqCluster", False),
        ("secrets.hashicorp.com", "VaultStaticSecret", True),
        ("secrets.hashicorp.com", "HCPVaultSecretsApp", False),
    ],
)
def test_settings_of_operators_are_free_and_their_workloads_are_not(group: str, kind: str, free: bool) -> None:
    assert is_free_object(group, kind) is free
    counts_pods = (group, kind) == ("batch.volcano.sh", "Job") or kind in ("Rollout", "OpenTelemetryCollector")
    assert has_known_group(f"kubernetes:{group}/v1:{kind}") is (free or counts_pods)


def test_groups_and_kinds_are_spelled_as_kubernetes_spells_them() -> None:
    """Groups are domain names, kinds are in CamelCase (Kubernetes API conventions, Types; read 2026-11-28)."""
    for group, kinds in FREE_OBJECTS.items():
        assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", group), group
        assert len(set(kinds)) == len(kinds) > 0, group
        wrong = [kind for kind in kinds if kind != EVERY_KIND and not re.fullmatch(r"[A-Z]+[a-z][A-Za-z0-9]*", kind)]
        assert wrong == [], group


@pytest.mark.parametrize(
    ("kubeconfig", "region"),
    [
        ('{"server": "https://ABCDEF.gr7.me-central-1.eks.amazonaws.com"}', "me-central-1"),
        ("server: https://models-dns-1.hcp.UAENORTH.azmk8s.io:443", "uaenorth"),
        ("server: https://kubernetes.dc1.example.ae:6443", ""),
        ("server: https://ABCDEF.gr7.mars-central-1.eks.amazonaws.com", ""),
        (
            "server: https://A.gr7.me-central-1.eks.amazonaws.com\nserver: https://a.hcp.uaenorth.azmk8s.io:443",
            "",
        ),
        ("", ""),
    ],
)
def test_region_of_the_api_server(kubeconfig: str, region: str) -> None:
    assert region_in(kubeconfig) == region
