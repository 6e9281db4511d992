"""Runs read datasets from a site's file system, through a volume of their namespace."""

from typing import Any

import pulumi
import pytest

from falaj.components import aws
from falaj.components.build import platform
from falaj.components.build.clusters import WorkloadCluster
from falaj.components.core.training.datasets import DatasetFileSystem
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.components.settings.checks.stack import warnings
from falaj.components.settings.load import platform_settings
from tests.unit.components.aws_samples import SITE
from tests.unit.components.mocks import Recording, build
from tests.unit.components.test_work_on_clusters import VAULTS, Doors
from tests.unit.components.training_sample import JOB, job
from tests.unit.settings.stacks import raw

VOLUME = "kubernetes:core/v1:PersistentVolume"
CLAIM = "kubernetes:core/v1:PersistentVolumeClaim"
FILES = DatasetFileSystem(
    driver="fsx.csi.aws.com",
    file_system_id="fs-1",
    attributes={"dnsname": "fs-1.fsx.me-central-1.amazonaws.com", "mountname": "abcd/datasets"},
    gib=1200,
    zone_id="mec1-az1",
)


def workloads(
    datasets: DatasetFileSystem | None = None, stack: Any = None, shared_class: str | None = None
) -> Recording:
    """Returns what a stack, by default prod-uae, runs on its AWS site."""
    settings = platform_settings(stack or raw())
    of = settings.sites["awsuae"]

    def program() -> None:
        place: Any = pulumi.ComponentResource("test:index:Site", "awsuae")
        platform.run_on(
            WorkloadCluster(
                name="awsuae",
                cloud=of.cloud,
                region=of.region,
                cidr=str(of.network.cidr),
                version=of.kubernetes_version,
                node_autoscaler=of.autoscaler,
                pools=of.pools,
                shared=of.cluster,
                site=place,
                outputs=place,
                kubernetes=site_kubernetes("awsuae", "{}", place),
                vaults=VAULTS["awsuae"],
                tags={**settings.tags, "site": "awsuae"},
                identity=Doors(of.cloud),
                datasets=datasets,
                shared_class=shared_class,
            ),
            settings,
        )

    return build(program)


@pytest.fixture(scope="module")
def mounted() -> Recording:
    return workloads(FILES)


def test_a_run_mounts_the_file_system_that_is_paid_for(mounted: Recording) -> None:
    volume = mounted.one(VOLUME, "awsuae-retail-banking-datasets-volume").inputs["spec"]
    assert volume["csi"] == {
        "driver": "fsx.csi.aws.com",
        "volumeHandle": "fs-1-tenant-retail-banking",
        "volumeAttributes": FILES.attributes,
    }
    # The modes that the driver supports are ReadWriteOnce and ReadWriteMany.
    assert volume["accessModes"] == ["ReadWriteMany"]
    assert (volume["persistentVolumeReclaimPolicy"], volume["storageClassName"]) == ("Retain", "")
    claim = next(item for item in mounted.of(CLAIM) if item.inputs["metadata"]["name"] == "falaj-datasets")
    assert claim.inputs["metadata"]["namespace"] == volume["claimRef"]["namespace"] == "tenant-retail-banking"
    pod = mounted.one(JOB, "fraud-tuning-job").inputs["spec"]["template"]["spec"]
    volumes = {item["name"]: item for item in pod["volumes"]}
    assert volumes["datasets"]["persistentVolumeClaim"] == {"claimName": "falaj-datasets", "readOnly": True}
    [container] = pod["containers"]
    assert {"name": "datasets", "mountPath": "/datasets", "readOnly": True} in container["volumeMounts"]
    variables = {variable["name"]: variable.get("value") for variable in container["env"]}
    assert variables["FALAJ_DATASET_URI"] == "file:///datasets/fraud/2026-11"
    [near] = pod["affinity"]["nodeAffinity"]["preferredDuringSchedulingIgnoredDuringExecution"]
    assert near["preference"]["matchExpressions"] == [
        {"key": "topology.k8s.aws/zone-id", "operator": "In", "values": ["mec1-az1"]}
    ]


def test_the_claim_fits_the_quota_of_its_namespace(mounted: Recording) -> None:
    def storage(recording: Recording) -> dict[str, str]:
        return {
            item.inputs["metadata"]["namespace"]: item.inputs["spec"]["hard"]["requests.storage"]
            for item in recording.of("kubernetes:core/v1:ResourceQuota")
            if "requests.storage" in item.inputs["spec"]["hard"]
        }

    assert storage(mounted)["tenant-retail-banking"] == "1Gi"
    assert storage(workloads(None))["tenant-retail-banking"] == "0"


def test_a_tenant_with_a_stack_of_its_own_gets_a_volume_and_creates_the_claim(mounted: Recording) -> None:
    volume = mounted.one(VOLUME, "awsuae-insurance-datasets-volume").inputs
    assert volume["metadata"]["name"] == "falaj-datasets-tenant-insurance"
    assert volume["spec"]["claimRef"] == {"namespace": "tenant-insurance", "name": "falaj-datasets"}
    assert {item.inputs["metadata"]["namespace"] for item in mounted.of(CLAIM)} == {"tenant-retail-banking"}
    assert {item.name for item in mounted.of(VOLUME)} == {
        "awsuae-insurance-datasets-volume",
        "awsuae-retail-banking-datasets-volume",
    }


def test_without_a_file_system_runs_read_the_vault() -> None:
    recording = workloads(None)
    assert not recording.of(VOLUME)
    [container] = recording.one(JOB, "fraud-tuning-job").inputs["spec"]["template"]["spec"]["containers"]
    variables = {variable["name"]: variable.get("value") for variable in container["env"]}
    assert variables["FALAJ_DATASET_URI"].startswith("s3://uae-datasets/")
    assert "affinity" not in job()["template"]["spec"]


def test_a_site_offers_the_directory_of_the_datasets_and_its_zone() -> None:
    site: Any = {**SITE, "aws": {"scratch_gib": 1200}}
    offered: list[DatasetFileSystem | None] = []
    recording = build(lambda: offered.append(aws.Site("uae", aws.SiteArgs.of("uae", site)).datasets))
    [files] = offered
    assert files is not None
    assert (files.driver, files.gib, files.zone_id) == ("fsx.csi.aws.com", 1200, "mec1-az1")
    link = recording.one("aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation").inputs
    assert link["fileSystemPath"] == "/datasets"
    subnet = recording.one("aws:fsx/lustreFileSystem:LustreFileSystem").inputs["subnetIds"]
    assert subnet == "uae-network-nodes-a-id"


def test_a_file_system_that_nothing_mounts_is_named() -> None:
    stack = raw()
    assert not [text for text in warnings(platform_settings(stack)) if "scratch_gib" in text]
    del stack["tenants"]["retail-banking"]["runs"]
    [warning] = [text for text in warnings(platform_settings(stack)) if "scratch_gib" in text]
    assert warning.startswith("site awsuae: `aws.scratch_gib` is paid for, but no run")
