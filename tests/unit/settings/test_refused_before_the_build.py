"""What a component refuses while a stack is built, the check of the stack file refuses before: path and words."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from falaj.components.core.validation.problems import Problem
from falaj.components.settings.load import SettingsRefused, platform_settings, tenant_stack_settings
from falaj.components.settings.stackfile import KEY, TENANT_KEY
from tests.unit.settings import onprem
from tests.unit.settings.stacks import ROOT, changed, raw

Refused = Callable[[], list[Problem]]

PROD = "tenants.retail-banking"
INTENTS = f"{PROD}.experiments.intents"
COLD_START = {"first_answer_seconds": 180, "image_gib": 0.4, "load_seconds": 5}

PLATFORM: list[tuple[dict[str, Any], str, str]] = [
    ({f"{INTENTS}.b.min": 0, f"{INTENTS}.b.cold_start": COLD_START}, f"{INTENTS}.b.min", "1 or more"),
    ({f"{INTENTS}.b.model.gib": 500}, f"{INTENTS}.b.model.gib", "less than 8, memory_gib without shared_memory_gib"),
    ({f"{INTENTS}.b.model.gib": 8}, f"{INTENTS}.b.model.gib", "less than 8, memory_gib without shared_memory_gib"),
    ({f"{INTENTS}.b.architectures": ["arm64"]}, "sites.azuae.pools", "on which a replica fits"),
    ({f"{INTENTS}.models": {"a": "models:/intents/3"}}, f"{INTENTS}.models", "a and b, versions of the same model"),
    (
        {f"{INTENTS}.models": {"a": "models:/intents/3", "b": "models:/other/4"}},
        f"{INTENTS}.models",
        "a and b, versions of the same model",
    ),
    ({"sites.azuae.network.cidr": "8.8.0.0/18"}, "sites.azuae.network.cidr", "a private block"),
    (
        {"sites.awsuae.storage.repositories": ["Bad Name!"]},
        "sites.awsuae.storage.repositories.0",
        "lower-case letters and digits",
    ),
    (
        {"sites.awsuae.aws.addon_versions": {"no-such-addon": "v1.2.3-eksbuild.1"}},
        "sites.awsuae.aws.addon_versions.no-such-addon",
        "vpc-cni",
    ),
    (
        {"sites.awsuae.aws.addon_versions": {"vpc-cni": "latest"}},
        "sites.awsuae.aws.addon_versions.vpc-cni",
        "eksbuild",
    ),
    (
        {
            "sites.azuae.network.egress": "firewall",
            "sites.azuae.network.firewall_address": "8.8.8.8",
            "replication": None,
        },
        "sites.azuae.network.firewall_address",
        "private",
    ),
    ({"sites.awsuae.budget.aed_per_month": 0.001}, "sites.awsuae.budget.aed_per_month", "one US cent or more"),
    (
        {f"{PROD}.budgets.azuae.aed_per_month": 0.001},
        f"{PROD}.budgets.azuae.aed_per_month",
        "one US cent or more",
    ),
    ({"finops.azure.budget.aed_per_month": 0.001}, "finops.azure.budget.aed_per_month", "one US cent or more"),
    ({"sites.azuae.budget.aed_per_month": 1e12}, "sites.azuae.budget.aed_per_month", "at most 1000000000"),
    ({"sites.awsuae.budget.aed_per_month": 99}, "sites.awsuae.budget.aed_per_month", "100 or more where `finops`"),
    (
        {"finops.aws.export_dataset": "ActualCost"},
        "finops.aws.export_dataset",
        "only where a site stores",
    ),
    ({"finops.azure.export_start": "2027-01-01"}, "finops.azure.export_start", "only with `cost_export: true`"),
    (
        {"finops.azure.cost_export": True, "finops.azure.export_dataset": "FocusCost"},
        "finops.azure.export_dataset",
        "ActualCost",
    ),
    (
        {"sites.azuae.azure.control_plane_logs": ["kube-audit", "kube-audit-admin"]},
        "sites.azuae.azure.control_plane_logs",
        "kube-audit or kube-audit-admin",
    ),
    ({"finops.aws.anomaly_aed": 0.0001}, "finops.aws.anomaly_aed", "1 to 1000000000"),
    ({"sites.awsuae.aws.private_access_cidrs": ["8.8.8.0/24"]}, "sites.awsuae.aws.private_access_cidrs.0", "private"),
    (
        {"sites.awsuae.network.image_mirror": "HTTPS://x y"},
        "sites.awsuae.network.image_mirror",
        "without a scheme",
    ),
    (
        {"sites.azuae.cluster.observability.rule_labels": {"bad key!": "x"}},
        "sites.azuae.cluster.observability.rule_labels.bad key!",
        "at most 63 letters",
    ),
    ({"replication.addresses": ["10.0.0.0/8"]}, "replication.addresses.0", "public IPv4 addresses"),
    ({"replication.addresses": ["0.0.0.0/0"]}, "replication.addresses.0", "public IPv4 addresses"),
    (
        {
            "replication.private_line": {
                "circuit": "dubai-1",
                "s3_endpoint": "https://evil.example.com",
                "s3_endpoint_id": "vpce-0123456789abcdef0",
            }
        },
        "replication.private_line.s3_endpoint",
        "vpce",
    ),
    (
        {
            "tags.environment": "dev",
            "sites.azuae.sleeps": True,
            "sites.azuae.office_hours": {"opens": "09:00", "closes": "12:00"},
        },
        "sites.azuae.office_hours.closes",
        "at least 4 hours",
    ),
    (
        {"tags.environment": "dev", "sites.awsuae.sleeps": True, "sites.awsuae.office_hours": {"closes": "23:45"}},
        "sites.awsuae.office_hours.closes",
        "before 23:30",
    ),
    ({"tenants.other": {"tier": "smb"}}, "tenants.other", "not shared-platform or other"),
    (
        {"sites.awsuae.aws": {"scratch_gib": 3600}},
        "sites.awsuae.aws.scratch_gib",
        "1200 or a multiple of 2400",
    ),
    ({"currency.as_of": "2026-99-99"}, "currency.as_of", "a day of the calendar"),
    ({"sites.azuae.cloud": "gcp"}, "sites.azuae.cloud", "aws, azure"),
    ({"sites.azuae.pools.cpu.min": True}, "sites.azuae.pools.cpu.min", "a whole number"),
    ({f"{INTENTS}.b.cpu": True}, f"{INTENTS}.b.cpu", "a number"),
    ({"ceilings.increase_percent": True}, "ceilings.increase_percent", "a number"),
]
"""Changes of the stack prod-uae -> path of the problem, and words of what is allowed."""

ONPREM: list[tuple[str, object, str, str]] = [
    ("storage_classes.training", "Ceph Block", "storage_classes.training", "dots between them"),
    ("shared_storage_class", "", "shared_storage_class", "dots between them"),
    ("registry", "https://registry", "registry", "without a scheme"),
    ("image_mirror", "HTTPS://x y", "image_mirror", "without a scheme"),
    ("image_mirror", "mirror/images", "image_mirror", "with a dot or a port"),  # Docker Hub's user "mirror"
    ("image_mirror", "1e308", "image_mirror", "with a dot or a port"),
    ("network_cidr", "8.8.0.0/16", "network_cidr", "a private block"),
    ("nat_addresses", ["10.0.0.1"], "nat_addresses.0", "a public IPv4 address"),
    (
        "cluster",
        {"observability": {"prometheus": "http://prometheus.monitoring:9090", "rule_labels": {"bad key!": "x"}}},
        "cluster.observability.rule_labels.bad key!",
        "at most 63 letters",
    ),
]

TENANT: list[tuple[str, object, str, str]] = [
    ("pools.cpu.min", 13, "pools.cpu.min", "at most max"),
    ("cidr", "8.8.0.0/16", "cidr", "a private block"),
    ("image_mirror", "bad mirror", "image_mirror", "without a scheme"),
    ("region", "uaenorth", "region", "me-central-1"),
    ("pools.cpu.machines", ["m99.huge"], "pools.cpu.machines.0", "m7g"),
    ("cloud", "onprem", "cloud", "aws, azure"),
]


def refused(validate: Callable[[object], object], settings: object) -> list[Problem]:
    with pytest.raises(SettingsRefused) as refusal:
        validate(settings)
    return refusal.value.problems


def put(settings: dict, path: str, value: object) -> None:
    *parents, last = path.split(".")
    part = settings
    for step in parents:
        part = part.setdefault(step, {})
    part[last] = value


@pytest.mark.parametrize(("changes", "path", "allowed"), PLATFORM, ids=lambda part: str(part)[:60])
def test_a_platform(changes: dict[str, Any], path: str, allowed: str) -> None:
    settings = raw()
    for changed_path, value in changes.items():
        put(settings, changed_path, value)
    if settings["replication"] is None:
        del settings["replication"]
    found = refused(platform_settings, settings)
    assert [problem.path for problem in found] == [f"platform.{path}"]
    assert allowed in found[0].allowed
    assert "onprem" not in found[0].allowed


@pytest.mark.parametrize(("changed_path", "value", "path", "allowed"), ONPREM)
def test_a_site_on_premises(changed_path: str, value: object, path: str, allowed: str) -> None:
    site = copy.deepcopy(onprem.ONPREM)
    put(site, changed_path, value)
    tags = raw()["tags"]
    settings = {"tags": tags, "tenants": {"retail": {"tier": "enterprise"}}, "onprem": {"dc1": site}}
    found = refused(platform_settings, settings)
    assert [problem.path for problem in found] == [f"platform.onprem.dc1.{path}"]
    assert allowed in found[0].allowed


def tenant_stack() -> dict:
    text = (ROOT / "examples" / "tenant" / "Pulumi.insurance.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)["config"][TENANT_KEY]


@pytest.mark.parametrize(("changed_path", "value", "path", "allowed"), TENANT)
def test_a_stack_of_a_tenant(changed_path: str, value: object, path: str, allowed: str) -> None:
    settings = tenant_stack()
    put(settings["sites"]["awsuae"], changed_path, value)
    found = refused(tenant_stack_settings, settings)
    assert [problem.path for problem in found] == [f"tenant.sites.awsuae.{path}"]
    assert allowed in found[0].allowed


def test_monitoring_of_a_site_whose_machines_have_no_list_price() -> None:
    settings = raw()
    del settings["tenants"]["retail-banking"]["experiments"]
    for pool in ("system", "cpu", "cpuspot"):
        settings["sites"]["azuae"]["pools"][pool]["machines"] = ["Standard_DS14-4_v2"]
    (problem,) = refused(platform_settings, settings)
    assert problem.path == "platform.sites.azuae.pools"
    assert "of a known price" in problem.allowed


def test_a_site_that_is_named_like_what_monitors_the_account() -> None:
    settings = raw()
    text = yaml.safe_dump(settings).replace("awsuae", "finops")
    found = refused(platform_settings, yaml.safe_load(text))
    assert [problem.path for problem in found] == ["platform.sites.finops"]
    assert "platform.finops.aws creates a provider of this name" in found[0].allowed


def test_the_examples_are_accepted() -> None:
    platform_settings(raw())
    platform_settings(changed("currency.as_of", "2026-11-24"))
    tenant_stack_settings(tenant_stack())
    assert KEY != TENANT_KEY
