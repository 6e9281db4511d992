"""Workloads mount the shared files of a site; tenants with a stack of their own mount the datasets too."""

from typing import Any

import pulumi
import pytest
import yaml

from falaj.components.build import tenant_stack
from falaj.components.settings.checks.stack import warnings
from falaj.components.settings.load import platform_settings, tenant_stack_settings
from falaj.components.settings.stackfile import TENANT_KEY
from tests.unit.components.mocks import ANSWERS, Recording, build
from tests.unit.components.test_datasets import workloads
from tests.unit.settings.stacks import ROOT, changed, problems, raw

CLAIM = "kubernetes:core/v1:PersistentVolumeClaim"
RUN, SERVICE = "tenants.retail-banking.runs.fraud-tuning", "tenants.small-business.services.sentiment"


def _workloads(settings: Any, shared_class: str | None = "falaj-shared") -> Recording:
    return workloads(stack=settings, shared_class=shared_class)


def _pod(recording: Recording, run: str) -> Any:
    jobs = recording.of("kubernetes:batch/v1:Job")
    (pod,) = (job.inputs["spec"]["template"]["spec"] for job in jobs if job.inputs["metadata"]["name"] == run)
    return pod


def test_a_run_mounts_the_folder_of_its_tenant() -> None:
    recording = _workloads(raw())
    claim = recording.one(CLAIM).inputs
    assert claim["metadata"]["namespace"] == "tenant-retail-banking"
    assert claim["spec"]["storageClassName"] == "falaj-shared"
    assert claim["spec"]["accessModes"] == ["ReadWriteMany"]
    pod = _pod(recording, "fraud-tuning")
    (volume,) = (volume for volume in pod["volumes"] if volume["name"] == "shared")
    assert volume["persistentVolumeClaim"] == {"claimName": claim["metadata"]["name"]}
    (mount,) = (mount for mount in pod["containers"][0]["volumeMounts"] if mount["name"] == "shared")
    assert mount == {"name": "shared", "mountPath": "/shared", "subPath": "tenant-retail-banking"}


def test_the_claim_is_within_the_quota_of_the_tenant() -> None:
    quotas = {
        quota.inputs["metadata"]["namespace"]: quota.inputs["spec"]["hard"]["requests.storage"]
        for quota in _workloads(raw()).of("kubernetes:core/v1:ResourceQuota")
    }
    assert quotas["tenant-retail-banking"] == "1Gi"
    assert quotas["tenant-small-business"] == "0"


def test_a_service_reads_its_model_from_the_folder_of_its_tenant() -> None:
    recording = _workloads(changed(f"{SERVICE}.serving.model", {"claim": "falaj-shared", "gib": 1}))
    claims = {claim.inputs["metadata"]["namespace"] for claim in recording.of(CLAIM)}
    assert claims == {"tenant-retail-banking", "tenant-small-business"}
    (server,) = (
        item for item in recording.of("kubernetes:apps/v1:Deployment") if item.inputs["metadata"]["name"] == "sentiment"
    )
    pod = server.inputs["spec"]["template"]["spec"]
    (mount,) = (mount for mount in pod["containers"][0]["volumeMounts"] if mount["name"] == "model")
    assert mount == {"name": "model", "mountPath": "/models", "readOnly": True, "subPath": "tenant-small-business"}
    assert pod["volumes"][0]["persistentVolumeClaim"] == {"claimName": "falaj-shared", "readOnly": False}


def test_no_claim_without_a_workload_that_mounts_it() -> None:
    assert _workloads(changed(f"{RUN}.shared", False)).of(CLAIM) == []


@pytest.mark.parametrize(
    ("path", "value", "location"),
    [
        (f"{RUN}.shared", True, f"{RUN}.shared"),
        (f"{SERVICE}.serving.model", {"claim": "falaj-shared", "gib": 1}, f"{SERVICE}.serving.model.claim"),
    ],
)
def test_shared_files_that_the_site_does_not_have_are_refused(path: str, value: object, location: str) -> None:
    settings = changed("sites.awsuae.storage.shared_files", False)
    settings["tenants"]["retail-banking"]["runs"]["fraud-tuning"]["shared"] = False
    *parents, last = path.split(".")
    section = settings
    for step in parents:
        section = section[step]
    section[last] = value
    (problem,) = problems(settings)
    assert problem.path == f"platform.{location}"
    assert problem.allowed == "only on a site with shared files"


def test_shared_files_that_nothing_mounts_are_a_warning() -> None:
    text = "site awsuae: `storage.shared_files` is paid for"
    assert not any(text in warning for warning in warnings(platform_settings(raw())))
    unused = warnings(platform_settings(changed(f"{RUN}.shared", False)))
    assert any(text in warning for warning in unused)


def test_a_tenants_own_stack_mounts_the_datasets_and_the_shared_files_of_the_platform() -> None:
    config = yaml.safe_load((ROOT / "examples/tenant/Pulumi.insurance.yaml").read_text(encoding="utf-8"))["config"]
    settings = config[TENANT_KEY]
    settings["sites"]["awsuae"]["shared_files"] = True
    settings["runs"]["claims-triage"]["shared"] = True
    checked = tenant_stack_settings(settings)
    files = {
        "driver": "fsx.csi.aws.com",
        "file_system_id": "fs-1",
        "attributes": {"dnsname": "fs-1.example", "mountname": "abcd/datasets"},
        "gib": 1200,
        "zone_id": "mec1-az1",
    }
    site = {
        "kubeconfig": "{}",
        "vaultUris": {purpose.value: f"s3://{purpose.value}" for purpose in checked.sites["awsuae"].vaults},
        "clusterName": "awsuae",
        "doors": {"vaults": {purpose.value: {"bucket": "b", "key": "k"} for purpose in checked.sites["awsuae"].vaults}},
        "datasets": files,
    }

    class Reference(pulumi.ComponentResource):
        def __init__(self, name: str) -> None:
            super().__init__("test:index:Platform", "platform")

        def require_output(self, key: str) -> pulumi.Output[Any]:
            assert key == "sites"
            return pulumi.Output.from_input({"awsuae": site})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pulumi, "StackReference", Reference)
        outputs = {tenant_stack.READ_OUTPUTS: {"outputs": {"sites": {"awsuae": site}}}}
        recording = build(lambda: tenant_stack.build(checked), ANSWERS | outputs)
    claims = {claim.inputs["metadata"]["name"] for claim in recording.of(CLAIM)}
    assert claims == {"falaj-datasets", "falaj-shared"}
    # Volumes have no namespace, so the platform creates that of the datasets.
    assert not recording.of("kubernetes:core/v1:PersistentVolume")
    pod = _pod(recording, "claims-triage")
    assert {"datasets", "shared"} <= {volume["name"] for volume in pod["volumes"]}
