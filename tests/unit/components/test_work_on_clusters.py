"""Shared services and tenants' workloads on a cluster: which exist, and their access to folders of vaults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pulumi
import pytest

from falaj.components.build import platform
from falaj.components.build.clusters import WorkloadCluster
from falaj.components.build.workload_identity import AccessGrant
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.components.settings.arguments import site_context
from falaj.components.settings.load import platform_settings
from falaj.components.settings.workloads import Use
from falaj.facts.regions import Cloud
from tests.unit.components.mocks import Recording, build
from tests.unit.settings.stacks import raw
from tests.unit.settings.test_multi_node_settings import on_machines

VAULTS = {
    "awsuae": {name: f"s3://uae-{name}" for name in ("datasets", "checkpoints", "models")},
    "azuae": {name: f"https://acct{name}.blob.core.windows.net/{name}" for name in ("models", "artifacts")},
}


@dataclass
class Doors:
    """Records the access grants."""

    cloud: Cloud
    exported: object = None
    seen: dict[str, tuple[str, str, Mapping[str, Use]]] = field(default_factory=dict)

    def grant_access(
        self, name: str, namespace: str, account: str, uses: Mapping[str, Use], tags: Mapping[str, str]
    ) -> AccessGrant:
        self.seen[name] = namespace, account, uses
        role = pulumi.CustomResource("aws:iam/role:Role", f"{name}-access", {})
        return AccessGrant([role], pulumi.Output.from_input(name) if self.cloud is Cloud.AZURE else None)

    def deployer_group(
        self, name: str, tenant: str, deployer: pulumi.Input[str], tags: Mapping[str, str]
    ) -> pulumi.Input[str]:
        return f"group of {tenant}"


UNAWAITED: dict[str, list[str]] = {}
"""Deployments that are not waited for, by site."""


@cache
def on(site: str, creates_vaults: bool = True, nodes: int = 1, claim: str = "") -> tuple[Recording, Doors]:
    """Returns what prod-uae runs on one of its sites, with `assistant` on this number of machines, and the model of
    `sentiment` on a volume claim if one is given."""
    written = raw() if nodes == 1 else on_machines(nodes)
    if claim:
        written["tenants"]["small-business"]["services"]["sentiment"]["serving"]["model"] = {"claim": claim, "gib": 1}
    settings = platform_settings(written)
    of = settings.sites[site]
    doors = Doors(of.cloud)

    def program() -> None:
        place: Any = pulumi.ComponentResource("test:index:Site", site)
        UNAWAITED[f"{site} {creates_vaults}"] = platform.run_on(
            WorkloadCluster(
                name=site,
                cloud=of.cloud,
                region=of.region,
                cidr=str(of.network.cidr),
                version=of.kubernetes_version,
                node_autoscaler=of.autoscaler,
                pools=of.pools,
                shared=of.cluster,
                site=place,
                kubernetes=site_kubernetes(site, "{}", place),
                vaults=VAULTS[site],
                creates_vaults=creates_vaults,
                identity=doors,
                tags={**settings.tags, "site": site},
            ),
            settings,
        )

    return build(program), doors


SHARED = {
    *("Foundation", "Keda", "Gateway", "GatewayApi", "CertManager", "ServingAuthority", "GpuOperator"),
    *("Observability", "Prometheus"),
}


@pytest.mark.parametrize(
    ("site", "parts"),
    [
        ("awsuae", {*SHARED, "TenantSpace", "Queueing", "TrainingRun", "InferenceService"}),
        ("azuae", {*SHARED, "TenantSpace", "InferenceService", "Experiment", "Tracking", "ModelPromotion"}),
    ],
)
def test_each_shared_service_exists_only_where_it_is_needed(site: str, parts: set[str]) -> None:
    recording, _ = on(site)
    result = {
        resource.typ.removeprefix("falaj:kubernetes:")
        for resource in recording.resources
        if resource.typ.startswith("falaj:")
    }
    assert result == parts


DEPLOYMENT = "kubernetes:apps/v1:Deployment"


@pytest.mark.parametrize("creates_vaults", [True, False])
def test_a_service_is_waited_for_unless_its_stack_creates_the_vault_of_its_model(creates_vaults: bool) -> None:
    recording, _ = on("azuae", creates_vaults)
    copies = {
        resource.inputs["metadata"]["name"]: resource.inputs["metadata"].get("annotations", {})
        for resource in recording.of(DEPLOYMENT)
        if any(
            init["name"] == "model" for init in resource.inputs["spec"]["template"]["spec"].get("initContainers", ())
        )
    }
    skipped = sorted(name for name, given in copies.items() if given.get("pulumi.com/skipAwait") == "true")
    assert sorted(copies) == ["assistant", "intents-a", "intents-b"]
    assert skipped == (sorted(copies) if creates_vaults else [])
    listed = UNAWAITED[f"azuae {creates_vaults}"]
    assert sorted(listed) == [f"tenant-retail-banking/{name}" for name in skipped]


@pytest.mark.parametrize("keda", [False, True])
def test_keda_is_installed_for_tenants_with_stacks_of_their_own_if_wanted(keda: bool) -> None:
    settings = platform_settings(raw())
    site = settings.sites["azuae"]
    cluster = site.cluster.model_copy(update={"keda": keda})
    changed = {"tenants": {}, "sites": {"azuae": site.model_copy(update={"cluster": cluster})}}
    # Then AKS's own add-on is off.
    assert site_context(settings.model_copy(update=changed), "azuae").keda == (not keda)


def test_a_service_that_scales_to_zero_is_not_listed() -> None:
    on("awsuae")
    assert UNAWAITED["awsuae True"] == []


def test_gateways_and_rules_come_after_what_brings_their_kinds() -> None:
    for site in ("awsuae", "azuae"):
        recording, _ = on(site)
        releases = {release.inputs["chart"]: release.urn for release in recording.of("kubernetes:helm.sh/v3:Release")}
        gateway = recording.one("kubernetes:gateway.networking.k8s.io/v1:Gateway")
        rules = recording.of("kubernetes:monitoring.coreos.com/v1:PrometheusRule")
        prerequisites = [(gateway, "gateway-api-crds"), (gateway, "istiod")]
        for item, chart in prerequisites + [(rule, "kube-prometheus-stack") for rule in rules]:
            component = recording.parent_of(item)
            assert component is not None
            assert releases[chart] in component.depends_on, (site, chart)


def test_alerts_know_the_limits_of_tenants() -> None:
    def limits(site: str) -> dict[str, str]:
        rule = on(site)[0].one("kubernetes:monitoring.coreos.com/v1:PrometheusRule", f"{site}-observability-rules")
        rules = rule.inputs["spec"]["groups"][0]["rules"]
        return {" ".join(rule["labels"].values()): rule["expr"] for rule in rules if "labels" in rule}

    assert limits("awsuae") == {"tenant-small-business sentiment": "vector(180)"}
    assert limits("azuae") == {"tenant-retail-banking": "vector(90000)"}


def test_queues_are_monitored_after_prometheus_is_there() -> None:
    recording, _ = on("awsuae")
    releases = {release.inputs["chart"]: release for release in recording.of("kubernetes:helm.sh/v3:Release")}
    kueue = next(release for chart, release in releases.items() if chart.endswith("/kueue"))
    assert kueue.inputs["values"]["enablePrometheus"] is True
    queueing = recording.parent_of(kueue)
    assert queueing is not None
    assert releases["kube-prometheus-stack"].urn in queueing.depends_on


def test_tenants_have_spaces_where_they_said() -> None:
    spaces = {
        site: sorted(resource.inputs["metadata"]["name"] for resource in on(site)[0].of("kubernetes:core/v1:Namespace"))
        for site in ("awsuae", "azuae")
    }
    controllers = ["falaj-gateway", "gpu-operator", "keda"]
    assert set(controllers) <= set(spaces["awsuae"]) & set(spaces["azuae"])
    tenants = {site: [name for name in names if name.startswith("tenant-")] for site, names in spaces.items()}
    assert tenants == {
        "awsuae": ["tenant-insurance", "tenant-retail-banking", "tenant-small-business"],
        "azuae": ["tenant-retail-banking"],
    }


def test_a_run_is_told_the_folders_of_its_sites_vaults_and_waits_in_the_queue() -> None:
    recording, _ = on("awsuae")
    job = recording.one("kubernetes:batch/v1:Job", "fraud-tuning-job").inputs
    assert job["metadata"]["labels"]["kueue.x-k8s.io/queue-name"] == "default"
    pod = job["spec"]["template"]["spec"]
    environment = {item["name"]: item.get("value") for item in pod["containers"][0]["env"]}
    assert environment["FALAJ_DATASET_URI"] == "s3://uae-datasets/fraud/2026-11"
    assert environment["FALAJ_CHECKPOINT_URI"] == "s3://uae-checkpoints/runs/fraud-tuning"
    assert environment["FALAJ_BASE_MODEL_URI"] == "s3://uae-models/fraud/v7"
    assert environment["FALAJ_LEARNING"] == "incremental"
    assert pod["priorityClassName"] == "falaj-training"


def test_every_namespace_on_the_way_to_a_served_model_has_its_certificate() -> None:
    recording, _ = on("awsuae")
    certificates = recording.of("kubernetes:cert-manager.io/v1:Certificate")
    issued = {item.inputs["metadata"]["namespace"]: item.inputs["spec"]["secretName"] for item in certificates}
    tls = "falaj-serving-tls"
    expected = {"falaj-gateway": tls, "keda": tls, "tenant-retail-banking": tls, "cert-manager": "falaj-serving"}
    assert issued.items() >= expected.items()
    issuer = recording.one("kubernetes:cert-manager.io/v1:ClusterIssuer").urn
    for part in ("Foundation", "Gateway", "Keda"):
        assert issuer in recording.one(f"falaj:kubernetes:{part}").depends_on, part


def test_a_service_copies_its_model_from_the_sites_vault() -> None:
    fetching = {}
    for name, site in (("sentiment", "awsuae"), ("assistant", "azuae")):
        deployment = on(site)[0].one("kubernetes:apps/v1:Deployment", f"{site}-{name}-server").inputs
        container, _ = deployment["spec"]["template"]["spec"]["initContainers"]
        environment = {item["name"]: item["value"] for item in container["env"]}
        fetching[name] = (
            container["args"][1],
            environment["RCLONE_CONFIG_VAULT_TYPE"],
            environment.get("RCLONE_CONFIG_VAULT_ACCOUNT"),
        )
    assert fetching == {
        "sentiment": ("vault:uae-models/sentiment/v3", "s3", None),
        "assistant": ("vault:models/assistant/v3", "azureblob", "acctmodels"),
    }


def test_work_comes_after_what_is_shared_and_after_who_lets_it_in() -> None:
    recording, _ = on("awsuae")
    job = recording.one("falaj:kubernetes:TrainingRun")
    names = {urn.rsplit("::", 1)[1] for urn in job.depends_on}
    assert {
        "awsuae-fraud-tuning-access",
        "awsuae-foundation-retail-banking-quota",
        "awsuae-queueing-door-retail-banking",
        "awsuae-gpus-operator",
    } <= names


def test_a_model_on_several_machines_comes_after_the_controller_of_its_kind() -> None:
    recording, _ = on("azuae", nodes=2)
    release = recording.one("kubernetes:helm.sh/v3:Release", "azuae-multi-node-release")
    service = recording.parent_of(recording.one("kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet"))
    assert service is not None
    assert release.urn in service.depends_on


def test_what_a_tenant_runs_is_paid_by_its_business_unit() -> None:
    labels = (
        on("awsuae")[0].one("kubernetes:apps/v1:Deployment", "awsuae-sentiment-server").inputs["metadata"]["labels"]
    )
    assert (labels["business-unit"], labels["falaj/tenant"], labels["site"]) == (
        "small-business",
        "small-business",
        "awsuae",
    )
