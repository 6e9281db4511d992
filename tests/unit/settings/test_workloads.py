"""Workloads in a stack's settings: rejected if a site has no namespace, vault, gateway or machine for them."""

from typing import Any

import pytest

from falaj.components.settings.load import platform_settings
from falaj.components.settings.workloads import Use, uses
from tests.unit.settings.stacks import changed, problems, raw

RETAIL, SHOPS = "tenants.retail-banking", "tenants.small-business"
RUN, ASSISTANT, INTENTS = f"{RETAIL}.runs.fraud-tuning", f"{RETAIL}.services.assistant", f"{RETAIL}.experiments.intents"


@pytest.mark.parametrize(
    ("path", "value", "location", "allowed"),
    [
        (f"{RETAIL}.spaces.elsewhere", {"cpu": 1, "memory_gib": 1}, "same", "awsuae, azuae"),
        (f"{SHOPS}.spaces.awsuae.gpus", 1, "same", "0 for tier smb"),
        (f"{SHOPS}.services.sentiment.site", "azuae", "same", "sites where the tenant has a space: awsuae"),
        (f"{RUN}.dataset", "vault://artefacts/x", "same", "a folder in a vault"),
        (f"{RUN}.dataset", "s3://bucket/x", "same", "a folder in a vault"),
        (f"{RUN}.profile", "inference-gpu", "same", "training or batch"),
        (f"{RUN}.gpus", 8, RUN, "what a machine of gpuspot has left for pods"),
        (f"{RUN}.cpu", 47.8, RUN, "what a machine of gpuspot has left for pods"),
        (f"{RUN}.nodes", 17, RUN, "at most 64, the tenant's space there"),
        (f"{RUN}.pool", "cpuspot", RUN, "a pool of profile training that is open to the tenant"),
        (f"{RUN}.image", "registry.example.ae/x:latest", "same", None),
        (f"{ASSISTANT}.serving.gpu.count", 2, f"{ASSISTANT}.serving", "what a machine of gpu has left for pods"),
        (f"{ASSISTANT}.serving.min", 9, f"{ASSISTANT}.serving.min", "at most max (2)"),
        (f"{ASSISTANT}.serving.office_hours", {"min": 1}, f"{ASSISTANT}.serving.office_hours.min", "more than min (1)"),
        (f"{ASSISTANT}.serving.office_hours", {"min": 3, "opens": "06:70"}, None, "a time of day from 00:00 to 23:59"),
        (f"{ASSISTANT}.serving.load", ..., f"{ASSISTANT}.serving.load", "where max is greater than min"),
        (f"{ASSISTANT}.host", "assistant.example.com", "same", "*.models.example.ae"),
        (f"{ASSISTANT}.host", "intents.models.example.ae", "same", "a host that no other service has"),
        (f"{INTENTS}.weights", {"a": 90, "b": 20}, "same", "a and b, which add up to 100"),
        (f"{INTENTS}.b.model.uri", "vault://datasets", "same", None),
        (f"{RETAIL}.spaces.azuae.storage_gib", 5, f"{RETAIL}.tracking.database_gib", "at most 5"),
        (f"{RETAIL}.tracking", ..., f"{INTENTS}.models", "only where the tenant has `tracking`"),
        (f"{INTENTS}.models", {"a": "models:/x/latest", "b": "models:/x/2"}, None, "a version of a registered model"),
        (f"{SHOPS}.services.sentiment.serving.tier", "enterprise", None, None),
        ("sites.azuae.cluster.gateway", ..., f"{ASSISTANT}.host", "nothing: site azuae has no cluster.gateway"),
        ("sites.azuae.pools.gpu.sharing", {}, "same", "where `time_slices` is absent"),
        ("sites.azuae.pools.gpu.sharing", {"mig_profile": "1g.99gb"}, None, "1g.10gb, 1g.12gb"),
        ("sites.azuae.pools.gpuspot.sharing", {"time_slices": 4}, None, "only in a pool of one tenant"),
        ("sites.awsuae.pools.gpu.sharing", {"time_slices": 4}, "same", "nothing where Karpenter creates the nodes"),
    ],
)
def test_each_is_refused_where_it_is_wrong(path: str, value: Any, location: str | None, allowed: str | None) -> None:
    result = problems(changed(path, value))
    expected = f"platform.{path if location == 'same' else location or ''}"
    assert any(item.path.startswith(expected) and (allowed or "") in str(item) for item in result), [*map(str, result)]


def test_a_space_has_room_for_the_replicas_of_office_hours() -> None:
    settings = changed(f"{ASSISTANT}.serving.office_hours", {"min": 4})
    settings["tenants"]["retail-banking"]["services"]["assistant"]["serving"]["max"] = 4
    settings["tenants"]["retail-banking"]["spaces"]["azuae"]["cpu"] = 60
    (found,) = problems(settings)
    assert found.path == f"platform.{ASSISTANT}.serving"
    # The replica of 16.05 vCPUs that is kept without hours, and another one during its rollout, have room.
    del settings["tenants"]["retail-banking"]["services"]["assistant"]["serving"]["office_hours"]
    platform_settings(settings)


def test_a_run_has_one_name_in_the_whole_stack() -> None:
    settings = raw()
    small = settings["tenants"]["small-business"]
    small["runs"] = {"fraud-tuning": {**settings["tenants"]["retail-banking"]["runs"]["fraud-tuning"], "gpus": 0}}
    repeated = [one for one in problems(settings) if one.allowed == "a name that no other run has"]
    assert {one.path.split(".")[2] for one in repeated} == {"retail-banking", "small-business"}


def test_an_experiment_takes_the_place_of_its_service() -> None:
    settings = raw()
    retail = settings["tenants"]["retail-banking"]
    retail["services"]["intents"] = {**retail["services"]["assistant"], "host": "other.models.example.ae"}
    settings["sites"]["azuae"]["pools"]["gpu"]["max"] = 12
    (found,) = problems(settings)
    assert (found.path, found.given) == ("platform.tenants.retail-banking.experiments.intents", "intents")


def test_small_tenants_use_no_gpu() -> None:
    settings = raw()
    services = settings["tenants"]["small-business"]["services"] = settings["tenants"]["retail-banking"].pop("services")
    del services["assistant"]["serving"]["pool"]
    del settings["tenants"]["retail-banking"]["experiments"]
    settings["tenants"]["small-business"]["spaces"]["azuae"] = {"cpu": 400, "memory_gib": 3000}
    assert {item.allowed for item in problems(settings)} == {
        "none for a tenant of tier smb",
        "at most 0, the tenant's space there",
    }


def test_a_pool_of_another_tenant_is_not_open() -> None:
    settings = changed("sites.azuae.pools.gpu.tenant", "small-business")
    settings["sites"]["azuae"]["pools"]["gpusmall"]["tenant"] = "small-business"
    del settings["tenants"]["retail-banking"]["budgets"]
    found = {one.path for one in problems(settings) if one.allowed.startswith("a pool of profile inference-gpu")}
    assert found == {f"platform.{ASSISTANT}.serving", f"platform.{INTENTS}.a"}


def test_vaults_that_work_reads_and_writes() -> None:
    run = platform_settings(raw()).tenants["retail-banking"].runs["fraud-tuning"]
    assert run.uses("fraud-tuning") == {
        "datasets": Use("fraud/2026-11", False),
        "models": Use("fraud", True),
        "checkpoints": Use("runs/fraud-tuning", True),
    }
    assert uses(["vault://models/a/v1", "vault://models/b/v1"]) == {"models": Use(None, False)}


def test_a_folder_is_in_a_vault_that_the_site_has() -> None:
    settings = raw()
    del settings["replication"]
    settings["sites"]["azuae"]["vaults"] = ["datasets"]
    assert {(item.path, item.allowed) for item in problems(settings)} == {
        (f"platform.{path}", "vaults of the site: datasets")
        for path in (f"{ASSISTANT}.serving.model", f"{INTENTS}.a.model", f"{INTENTS}.b.model", f"{RETAIL}.tracking")
    }
