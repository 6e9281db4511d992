"""Workload identities for vaults on each cloud, and what sites pass to their clusters."""

from typing import Any
from unittest.mock import patch

import pulumi
import pytest

from falaj.components import aws, azure
from falaj.components.build import onprem
from falaj.components.build.aws_site import AwsWorkloadIdentity
from falaj.components.build.azure_site import AzureWorkloadIdentity
from falaj.components.build.cluster_addons import scales
from falaj.components.build.clusters import WorkloadCluster
from falaj.components.build.workload_identity import AccessGrant
from falaj.components.core.storage.stores import StoreSpec
from falaj.components.settings.arguments import Workload, serving_spec
from falaj.components.settings.load import platform_settings
from falaj.components.settings.onprem import OnPremSettings
from falaj.components.settings.workloads import Use
from tests.samples import COST_TAGS
from tests.unit.components.mocks import build
from tests.unit.components.onprem_samples import kubeconfig
from tests.unit.settings.onprem import changed
from tests.unit.settings.stacks import raw

USES = {"datasets": Use("fraud", False), "models": Use(None, True)}


def test_on_aws_a_role_reads_its_folder_and_writes_where_it_may() -> None:
    doors: list[AwsWorkloadIdentity] = []

    def program() -> None:
        vaults: Any = {purpose: (f"uae-{purpose}", f"arn:aws:kms:me-central-1:1:key/{purpose}") for purpose in USES}
        doors.append(AwsWorkloadIdentity("me-central-1", "eks", vaults, aws.site_provider("uae", "me-central-1")))
        doors[0].grant_access("run", "tenant-a", "run", USES, COST_TAGS)

    policy = build(program).one("aws:iam/rolePolicy:RolePolicy").inputs["policy"]
    assert "uae-datasets/fraud/*" in policy
    assert policy.count("s3:PutObject") == 1
    keys = {purpose: f"arn:aws:kms:me-central-1:1:key/{purpose}" for purpose in USES}
    known = {purpose: {"bucket": f"uae-{purpose}", "key": key} for purpose, key in keys.items()}
    assert doors[0].exported == {"vaults": known}


def test_on_azure_the_pods_are_told_who_they_are() -> None:
    arguments: list[AccessGrant] = []

    def program() -> None:
        provider = azure.site_provider("uae", "uaenorth")
        containers: Any = {purpose: f"/subscriptions/1/{purpose}" for purpose in USES}
        doors = AzureWorkloadIdentity(
            "uaenorth", "group", "/subscriptions/1/group", "https://issuer", containers, provider
        )
        assert doors.exported == {
            "group": {"name": "group", "id": "/subscriptions/1/group"},
            "vaults": {purpose: {"container": f"/subscriptions/1/{purpose}"} for purpose in USES},
        }
        arguments.append(doors.grant_access("run", "tenant-a", "run", USES, COST_TAGS))

    recording = build(program)
    assert len(recording.of("azure-native:authorization:RoleDefinition")) == 1  # writing needs a custom role
    [let] = arguments
    assert let.client_id is not None
    assert len(let.resources) == 1


@pytest.mark.parametrize(("services", "keda"), [(True, False), (False, True)])
def test_aks_brings_its_own_keda_only_where_the_charts_does_not_run(services: bool, keda: bool) -> None:
    settings = raw()
    if not services:
        settings["tenants"]["retail-banking"]["services"] = {}
    loaded = platform_settings(settings)
    assert scales("azuae", loaded.tenants) is not keda


def test_a_clusters_own_store_is_known_to_its_work() -> None:
    site, settings = OnPremSettings.model_validate(changed()), platform_settings(raw())
    result: list[WorkloadCluster] = []
    with patch.object(pulumi.Config, "require_secret", lambda *_: pulumi.Output.secret(kubeconfig())):
        build(lambda: result.append(onprem.cluster("dc1", site, settings, onprem.build("dc1", site, settings))))
    assert result[0].store == StoreSpec(endpoint="https://s3.dc1.example.ae", secret="vault-access")
    tenant = settings.tenants["small-business"]
    workload = Workload(result[0], "small-business", tenant, lambda *_: "s3://bank-models/sentiment/v3")
    assert serving_spec(workload, tenant.services["sentiment"].serving).model.store == result[0].store
