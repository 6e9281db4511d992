"""Custom resources that cost nothing themselves, and regions that a kubeconfig shows."""

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from falaj.finops.free_objects import EVERY_KIND, FREE_OBJECTS, is_free_object
from falaj.finops.kubeconfig_regions import region_in
from falaj.finops.kubernetes_kinds import FREE_KINDS, has_known_group
from falaj.finops.work.pod_groups import form_of
from falaj.sandbox.clouds.sdk_schema import sdk

KINDS = Path(__file__).parent / "custom_resource_kinds.csv"
"""API group -> kinds of the definitions of custom resources: of the projects' repositories at a commit, and otherwise
of a catalogue of them, which spells some in lower case (read 2026-11-29)."""
ELSEWHERE = {
    ("eks.amazonaws.com", "CNINode"): "installed by EKS Auto Mode only (AWS, EKS user guide; as known)",
    ("inference.networking.x-k8s.io", "InferenceModelRewrite"): "of former releases; now of llm-d.ai",
    ("inference.networking.x-k8s.io", "InferenceObjective"): "of former releases; now of llm-d.ai",
    ("hnc.x-k8s.io", "HierarchicalResourceQuota"): "the repository is retired and was not at hand",
    ("hnc.x-k8s.io", "HierarchyConfiguration"): "the repository is retired and was not at hand",
    ("hnc.x-k8s.io", "SubnamespaceAnchor"): "the repository is retired and was not at hand",
}
"""Kinds that no source of the table has, and why."""
OF_THE_USER = {"constraints.gatekeeper.sh"}
"""Groups whose kinds users define."""


def existing_kinds() -> dict[str, set[str]]:
    """Returns API group -> kinds in lower case, of the SDK and of custom resources."""
    kinds = defaultdict[str, set[str]](set)
    for token in sdk("pulumi_kubernetes").tokens:
        _, version, name = token.split(":")
        kinds[version.partition("/")[0]].add(name.lower())
    for group, name in ELSEWHERE:
        kinds[group].add(name.lower())
    with KINDS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            kinds[row["group"]] |= set(row["kinds"].lower().split())
    return kinds


def test_the_kinds_exist() -> None:
    """A kind that is misspelled is never met, and the true one is reported as one without a price."""
    existing = existing_kinds()
    named = [(group, kind) for table in (FREE_KINDS, FREE_OBJECTS) for group, kinds in table.items() for kind in kinds]
    unknown = [
        (group, kind) for group, kind in named if kind != EVERY_KIND and kind.lower() not in existing.get(group, ())
    ]
    assert unknown == []
    assert {group for table in (FREE_KINDS, FREE_OBJECTS) for group in table} - existing.keys() == OF_THE_USER
    assert all(has_known_group(f"kubernetes:{group}/v1:{kind}") for group, kind in named)
    assert all(is_free_object(group, kind) for group, kind in named if group in FREE_OBJECTS)
    assert len(named) > 450


@pytest.mark.parametrize(
    ("group", "kind", "free"),
    [
        ("capsule.clastix.io", "Tenant", True),
        ("external-secrets.io", "ExternalSecret", True),
        ("external-secrets.io", "PushSecret", False),
        ("image.toolkit.fluxcd.io", "ImageRepository", True),
        ("image.toolkit.fluxcd.io", "ImagePolicy", True),
        ("image.toolkit.fluxcd.io", "ImageUpdateAutomation", False),
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
    counts_pods = form_of(f"kubernetes:{group}/v1:{kind}") is not None
    assert has_known_group(f"kubernetes:{group}/v1:{kind}") is (free or counts_pods)


def test_groups_and_kinds_are_spelled_as_kubernetes_spells_them() -> None:
    """Groups are domain names, kinds are in CamelCase (Kubernetes API conventions, Types; read 2026-11-28)."""
    assert is_free_object("velero.io", "Backup")
    for group, kinds in (*FREE_OBJECTS.items(), *FREE_KINDS.items()):
        assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*", group), group
        assert len(set(kinds)) == len(kinds), group
        wrong = [
            kind for kind in kinds if kind != EVERY_KIND and not re.fullmatch(r"[A-Z][A-Z0-9]*[a-z][A-Za-z0-9]*", kind)
        ]
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
