"""What prod-uae runs on a site beside Kueue, put into the emulated cluster: work of tenants with and without queue."""

from collections.abc import Mapping
from typing import Any

import pulumi

from falaj.components.build import platform
from falaj.components.build.clusters import WorkloadCluster
from falaj.components.build.workload_identity import AccessGrant
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.components.settings.load import platform_settings
from falaj.components.settings.workloads import Use
from falaj.sandbox.clouds.kubernetes.kueue import JOB
from tests.unit.clouds.driver import Driver
from tests.unit.clouds.kubernetes_objects import NAMESPACE, Open, kubeconfig
from tests.unit.components.mocks import RegisteredResource, build
from tests.unit.settings.stacks import raw

SITE = "awsuae"
VAULTS = {name: f"s3://uae-{name}" for name in ("datasets", "checkpoints", "models", "artifacts")}
EXPERIMENT = {"site": SITE, "host": "intents.models.example.ae", "winner": "b"}
QUEUEING = ("Namespace", "Release", "ResourceFlavor", "ClusterQueue", "LocalQueue", "Job", "JobSet")


class NoAccess:
    """Grants nothing: identities are not tested here."""

    exported: object = None

    def grant_access(
        self, name: str, namespace: str, account: str, uses: Mapping[str, Use], tags: Mapping[str, str]
    ) -> AccessGrant:
        return AccessGrant()

    def deployer_group(self, name: str, tenant: str, deployer: Any, tags: Mapping[str, str]) -> Any:
        return deployer


def planned(change: Any = None) -> list[RegisteredResource]:
    """Returns the resources in the cluster of prod-uae's site on AWS, with changed tenants."""
    values: Any = raw()
    if change:
        change(values["tenants"])
    settings = platform_settings(values)
    of = settings.sites[SITE]

    def program() -> None:
        place: Any = pulumi.ComponentResource("test:index:Site", SITE)
        cluster = WorkloadCluster(
            name=SITE,
            cloud=of.cloud,
            region=of.region,
            cidr=str(of.network.cidr),
            version=of.kubernetes_version,
            node_autoscaler=of.autoscaler,
            pools=of.pools,
            shared=of.cluster,
            site=place,
            kubernetes=site_kubernetes(SITE, "{}", place),
            vaults=VAULTS,
            creates_vaults=True,
            identity=NoAccess(),
            tags={**settings.tags, "site": SITE},
        )
        platform.run_on(cluster, settings)

    return build(program).resources


def deploy(open_cloud: Open, resources: list[RegisteredResource]) -> list[str]:
    """Creates what concerns queues in an emulated cluster; returns the names of the jobs that start."""
    cloud: Driver = open_cloud("kubernetes", kubeconfig=kubeconfig(charts=("jobset", "kube-prometheus-stack")))
    started = []
    for kind in QUEUEING:
        for resource in resources:
            if resource.typ.rpartition(":")[2] == kind and _concerns_queues(resource):
                cloud.create(resource.typ, resource.name, **resource.inputs)
                started += [resource.inputs["metadata"]["name"]] if kind in ("Job", "JobSet") else []
    return started


def _concerns_queues(resource: RegisteredResource) -> bool:
    return not resource.typ.endswith("Release") or resource.inputs["chart"].rpartition("/")[2] in ("kueue", "jobset")


def without_queue(tenants: Any) -> None:
    """Takes insurance's queue, and gives it two runs."""
    insurance = tenants["insurance"]
    del insurance["spaces"][SITE]["queue"]
    run = {**tenants["retail-banking"]["runs"]["fraud-tuning"], "shared": False, "gpus": 2, "cpu": 8, "memory_gib": 32}
    insurance["runs"] = {"claims": run, "claims-wide": {**run, "nodes": 2, "gpus": 2}}


def with_winner(tenants: Any) -> None:
    """Moves the experiment of retail-banking to the site of its queue, and decides it."""
    retail = tenants["retail-banking"]
    retail["tracking"] = {"site": SITE}
    retail["experiments"]["intents"] |= EXPERIMENT
    retail["experiments"]["intents"]["a"] |= {"cpu": 2, "memory_gib": 8, "pool": "gpu"}
    retail["experiments"]["intents"]["b"] |= {"architectures": ["arm64"]}
    retail["spaces"][SITE]["storage_gib"] = 100


def test_runs_of_a_tenant_without_a_queue_start_beside_those_of_one_with_a_queue(open_cloud: Open) -> None:
    assert sorted(deploy(open_cloud, planned(without_queue))) == ["claims", "claims-wide", "fraud-tuning"]


def test_only_namespaces_of_tenants_with_a_queue_are_managed() -> None:
    labels = {
        resource.inputs["metadata"]["name"]: resource.inputs["metadata"]["labels"].get("falaj/queued")
        for resource in planned(without_queue)
        if resource.typ == NAMESPACE
    }
    assert {name for name, queued in labels.items() if queued} == {"tenant-retail-banking"}


def test_the_promotion_of_a_tenant_with_a_queue_starts(open_cloud: Open) -> None:
    started = deploy(open_cloud, planned(with_winner))
    assert [name for name in started if name.startswith("promote-")], started


def test_shipped_runs_start(open_cloud: Open) -> None:
    assert deploy(open_cloud, planned()) == ["fraud-tuning"]


def test_a_queue_given_or_taken_replaces_a_run() -> None:
    runs = [resource for resource in planned() if resource.typ == JOB]
    assert runs
    for run in runs:
        assert run.delete_before_replace, run.name
        assert 'metadata.labels["kueue.x-k8s.io/queue-name"]' in run.replace_on_changes, run.name
