"""Resources that the guardrails cannot evaluate: refused, or allowed by name with a reason."""

from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement, load_enforcement
from guardrails.engine.settings_files import SetupError
from guardrails.unverifiable.helm_addresses import is_below

from .exposure_cases import refused, reported
from .harness import UNKNOWN, Given, Pack, blocking

RELEASE = "kubernetes:helm.sh/v3:Release"
SOURCE = "https://kedacore.github.io/charts"


def allowing(**escape: object) -> Pack:
    return Pack(Enforcement.model_validate({"default": {"all": "mandatory"}, "escape": escape}))


@pytest.mark.parametrize(
    ("token", "rule"),
    [
        ("command:local:Command", "FJ-ESC-101"),
        ("pulumi-python:dynamic:Resource", "FJ-ESC-101"),
        ("aws-native:s3:Bucket", "FJ-ESC-101"),
        ("azure:storage/account:Account", "FJ-ESC-101"),
        ("gcp:storage/bucket:Bucket", "FJ-ESC-101"),
        ("pulumi:providers:command", "FJ-ESC-101"),
        ("aws:cloudformation/stack:Stack", "FJ-ESC-102"),
        ("aws:cloudcontrol/resource:Resource", "FJ-ESC-102"),
        ("aws:cloudformation/stackSetInstance:StackSetInstance", "FJ-ESC-102"),
        ("aws:eks/capability:Capability", "FJ-ESC-102"),
        ("aws:sagemaker/project:Project", "FJ-ESC-102"),
        ("azure-native:blueprint:Assignment", "FJ-ESC-102"),
        ("azure-native:solutions:Application", "FJ-ESC-102"),
        ("azure-native:kubernetesconfiguration:SourceControlConfiguration", "FJ-ESC-102"),
        ("kubernetes:kro.run/v1alpha1:ResourceGraphDefinition", "FJ-ESC-103"),
        ("kubernetes:infra.contrib.fluxcd.io/v1alpha2:Terraform", "FJ-ESC-103"),
        ("kubernetes:kustomize.toolkit.fluxcd.io/v1:Kustomization", "FJ-ESC-103"),
        ("azure-native:resources:Deployment", "FJ-ESC-102"),
        ("azure-native:resources/v20240301:Deployment", "FJ-ESC-102"),
        ("azure-native:resources:AzureCliScript", "FJ-ESC-102"),
        ("kubernetes:s3.services.k8s.aws/v1alpha1:Bucket", "FJ-ESC-103"),
        ("kubernetes:storage.azure.com/v1api20230101:StorageAccount", "FJ-ESC-103"),
        ("kubernetes:rds.aws.crossplane.io/v1alpha1:DBInstance", "FJ-ESC-103"),
        ("kubernetes:argoproj.io/v1alpha1:Application", "FJ-ESC-103"),
        ("kubernetes:example.ae/v1:Unknown", "FJ-ESC-103"),
        ("azure-native:automation:Runbook", "FJ-ESC-102"),
    ],
)
def test_unverifiable_types_are_refused_unless_allowed_by_name(token: str, rule: str) -> None:
    assert refused(token, {}) == {rule}
    current = token.replace("resources/v20240301", "resources").replace("v1alpha1", "v1")
    for name in (token, f"{token[:-2]}*", current, f"{current[:-2]}*"):
        assert refused(token, {}, allowing(allowed_types={name: "migration until March"})) == set(), name
    for other in ("other:*", token[:-1]):
        assert refused(token, {}, allowing(allowed_types={other: "migration until March"})) == {rule}, other


@pytest.mark.parametrize(
    "token",
    ["random:index/randomId:RandomId", "falaj:aws:Vault", "pulumi:pulumi:StackReference", "aws:ec2/route:Route",
     "kubernetes:karpenter.azure.com/v1beta1:AKSNodeClass", "kubernetes:argoproj.io/v1alpha1:Rollout"],
)  # fmt: skip
def test_verifiable_and_harmless_types_pass(token: str) -> None:
    assert not {rule for rule in reported(token, {}) if rule.startswith("FJ-ESC")}


def test_rendering_yaml_to_a_directory_is_refused() -> None:
    token = "pulumi:providers:kubernetes"
    assert refused(token, {"renderYamlToDirectory": "out"}) == {"FJ-ESC-104"}
    assert reported(token, {"kubeconfig": UNKNOWN}) == set()


@pytest.mark.parametrize(
    ("token", "internal", "is_refused"),
    [
        ("pulumi:providers:aws", {"pluginDownloadURL": "https://plugins.example.com/aws"}, True),
        ("pulumi:providers:aws", {"pluginDownloadURL": "github://api.github.com/stranger/pulumi-aws"}, True),
        ("pulumi:providers:aws", {"name": "terraform-provider", "parameterization": "e30="}, True),
        ("pulumi:providers:aws", {"parameterization": "e30="}, True),
        ("pulumi:providers:aws", {"name": "terraform-provider"}, True),
        ("pulumi:providers:kubernetes", {"name": "kubernetes-crds", "parameterization": "e30="}, True),
        ("pulumi:providers:azure-native", {"pluginDownloadURL": UNKNOWN}, True),
        ("pulumi:providers:aws", {"pluginDownloadURL": "https://get.pulumi.com/releases/plugins"}, False),
        ("pulumi:providers:aws", {"pluginChecksums": {"linux-amd64": "ab"}}, False),
        ("pulumi:providers:aws", {}, False),
        ("pulumi:providers:random", {"pluginDownloadURL": "https://plugins.example.com"}, False),
    ],
)
def test_a_cloud_package_has_the_published_plug_in(token: str, internal: dict[str, Any], is_refused: bool) -> None:
    """What the engine keeps of a provider (pulumi/pkg 3.259.0, resource/deploy/providers/registry.go, 2026-11-27)."""
    assert ("FJ-ESC-110" in refused(token, {"__internal": internal})) is is_refused
    assert "FJ-ESC-110" not in refused(
        token, {"__internal": internal}, allowing(allowed_types={token: "a fork that security reviewed"})
    )


def test_a_type_of_a_terraform_provider_is_refused() -> None:
    assert "FJ-ESC-110" in refused("aws:index/s3Bucket:S3Bucket", {})
    assert "FJ-ESC-110" not in refused("aws:s3/bucket:Bucket", {})


def release(**changes: object) -> dict[str, Any]:
    return {"chart": "keda", "version": "2.18.1", "repositoryOpts": {"repo": SOURCE}, **changes}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, set()),
        ({"chart": f"{SOURCE}/keda-2.18.1.tgz", "repositoryOpts": None}, set()),
        ({"repositoryOpts": {"repo": "https://charts.bitnami.com/bitnami"}}, {"FJ-ESC-105", "FJ-ESC-123"}),
        ({"repositoryOpts": {"repo": f"{SOURCE}-evil"}}, {"FJ-ESC-105"}),
        ({"repositoryOpts": {"repo": "https://kedacore.github.io.evil.example/charts"}}, {"FJ-ESC-105"}),
        ({"chart": "./charts/mine", "repositoryOpts": None}, {"FJ-ESC-105"}),
        ({"chart": "oci://evil.example/keda"}, {"FJ-ESC-105"}),
        ({"version": None}, {"FJ-ESC-106"}),
        ({"version": "^2.0.0"}, {"FJ-ESC-106"}),
        ({"version": "2.x"}, {"FJ-ESC-106"}),
        ({"values": {"controller": {"securityContext": {"privileged": True}}}}, {"FJ-ESC-107"}),
        ({"values": {"hostNetwork": "true"}}, {"FJ-ESC-107"}),
        ({"values": {"controller": {"service": {"type": "LoadBalancer"}}}}, {"FJ-ESC-107"}),
        ({"values": {"adminPassword": "hunter2"}}, {"FJ-ESC-107"}),
        ({"values": {"existingSecret": "db", "tokenReview": True, "password": ""}}, set()),
        ({"values": {"existingSecretAdminPassword": "harbor-admin"}}, set()),
        ({"values": {"existingSecretAdminPassword": "Hunter2!"}}, {"FJ-ESC-107"}),
        ({"values": {"adminPassword": "harbor-admin"}}, {"FJ-ESC-107"}),
        ({"values": {"users": [{"password": "<< $ORDERS_PASSWORD >>"}]}}, set()),
        ({"values": {"users": [{"password": "<< hunter2 >>"}]}}, {"FJ-ESC-107"}),
        ({"values": {"smtp": {"password": "$__env{SMTP_PASSWORD}"}}}, set()),
        ({"values": {"smtp": {"password": "${SMTP_PASSWORD}"}}}, set()),
        ({"values": {"smtp": {"password": "$ecret"}}}, {"FJ-ESC-107"}),
        ({"values": {"smtp": {"password": "${SMTP_PASSWORD}hunter2"}}}, {"FJ-ESC-107"}),
    ],
)
def test_helm_releases(change: dict[str, object], expected: set[str]) -> None:
    props = {key: value for key, value in release(**change).items() if value is not None}
    pack = allowing(helm_sources={SOURCE: "published by its project"})
    assert refused(RELEASE, props, pack) == expected


INTERNAL = {"service.beta.kubernetes.io/aws-load-balancer-internal": "true"}
ON_EKS = {"kubeconfig": '{"clusters": [{"cluster": {"server": "https://A.gr7.me-central-1.eks.amazonaws.com"}}]}'}


@pytest.mark.parametrize(
    ("chart", "service", "expected"),
    [
        ("ingress-nginx", {"type": "LoadBalancer", "annotations": INTERNAL}, set()),
        ("ingress-nginx", {"type": "LoadBalancer"}, {"FJ-EXP-332"}),
        ("ingress-nginx", {"type": "loadbalancer", "annotations": INTERNAL}, {"FJ-ESC-107"}),
        ("ingress-nginx", {"type": "NodePort", "annotations": INTERNAL}, {"FJ-ESC-107"}),
        ("ingress-nginx", {"internal": {"type": "LoadBalancer"}, "annotations": INTERNAL}, {"FJ-ESC-107"}),
        ("keda", {"type": "LoadBalancer", "annotations": INTERNAL}, {"FJ-ESC-107"}),
    ],
)
def test_the_type_of_a_service_that_another_rule_judges_by_its_annotations(
    chart: str, service: dict[str, object], expected: set[str]
) -> None:
    pack = allowing(helm_sources={SOURCE: "published by its project"})
    given = Given(RELEASE, release(chart=chart, values={"controller": {"service": service}}), provider=ON_EKS)
    assert blocking(pack.evaluate_resource(given)) == expected


def test_no_source_is_allowed_by_default_and_a_chart_is_evaluated_like_a_release() -> None:
    assert refused(RELEASE, release()) == {"FJ-ESC-105"}
    assert refused("kubernetes:helm.sh/v4:Chart", release(version="latest")) == {"FJ-ESC-105", "FJ-ESC-106"}
    assert reported("kubernetes:helm.sh/v4:Chart", {}) == set()
    assert reported(RELEASE, release(repositoryOpts={"repo": UNKNOWN}, version=UNKNOWN)) == {"FJ-ESC-105", "FJ-ESC-106"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("oci://123456789012.dkr.ecr.me-central-1.amazonaws.com/charts/keda", True),
        ("oci://evil.example/x.dkr.ecr.me-central-1.amazonaws.com/keda", False),
        ("https://123456789012.dkr.ecr.me-central-1.amazonaws.com/charts", False),
        ("oci://123456789012.dkr.ecr.eu-west-1.amazonaws.com/charts", False),
    ],
)
def test_wildcard_hosts_match_only_subdomains(source: str, expected: bool) -> None:
    assert is_below(source, "oci://*.dkr.ecr.me-central-1.amazonaws.com") is expected


def test_a_source_path_may_not_leave_the_allowed_path() -> None:
    assert is_below(f"{SOURCE}/keda", SOURCE)
    assert not is_below(f"{SOURCE}/../other", SOURCE)


def test_an_exception_needs_a_reason(tmp_path: Any) -> None:
    (tmp_path / "enforcement.yaml").write_text(
        "default: {all: mandatory}\nescape: {allowed_types: {'command:*': ''}}\n"
    )
    with pytest.raises(SetupError, match="escape"):
        load_enforcement(tmp_path / "enforcement.yaml", set())


def _pool_version(**changes: Any) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "type": "Microsoft.ContainerService/managedClusters/agentPools",
        "apiVersion": "2025-09-01",
        "name": UNKNOWN,
        "properties": {"mode": "System", "orchestratorVersion": "1.36"},
    }
    properties: dict[str, Any] = {
        "mode": "Incremental",
        "template": {"$schema": "s", "contentVersion": "1.0.0.0", "resources": [{**resource, **changes}]},
    }
    return {"properties": properties}


def test_a_template_that_only_sets_the_version_of_a_node_pool_passes() -> None:
    assert "FJ-ESC-102" not in reported("azure-native:resources:Deployment", _pool_version())


TABLE = {"type": "Microsoft.OperationalInsights/workspaces/tables", "name": "logs/AKSAudit"}


def test_a_template_that_only_sets_the_plan_of_a_table_passes() -> None:
    properties = {"plan": "Basic", "totalRetentionInDays": 365}
    assert "FJ-ESC-102" not in reported(
        "azure-native:resources:Deployment", _pool_version(**TABLE, properties=properties)
    )


@pytest.mark.parametrize(
    "changes",
    [
        {**TABLE, "properties": {"plan": "Basic", "totalRetentionInDays": 7}},
        {**TABLE, "properties": {"plan": "Basic", "totalRetentionInDays": UNKNOWN}},
        {**TABLE, "properties": {"plan": "Analytics", "schema": {"name": "Own_CL"}}},
        {"type": "Microsoft.Compute/virtualMachines"},
        {"properties": {"mode": "System", "vmSize": "Standard_D4s_v5"}},
        {"properties": UNKNOWN},
        {"copy": {"count": 3}},
    ],
)
def test_a_template_with_anything_else_is_refused(changes: dict[str, Any]) -> None:
    assert "FJ-ESC-102" in refused("azure-native:resources:Deployment", _pool_version(**changes))


def test_a_template_in_another_mode_or_with_a_link_is_refused() -> None:
    good = _pool_version()["properties"]
    for properties in (
        {**good, "mode": "Complete"},
        {**good, "templateLink": {"uri": "https://example.com"}},
        {**good, "template": UNKNOWN},
        {**good, "template": {**good["template"], "outputs": {}}},
        {**good, "template": {**good["template"], "resources": []}},
    ):
        assert "FJ-ESC-102" in refused("azure-native:resources:Deployment", {"properties": properties})
