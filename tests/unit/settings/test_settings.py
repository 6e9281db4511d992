"""A stack's settings: invalid values, all of them reported at once."""

import json
from pathlib import Path

import pytest

from falaj.components.core.validation.enums import Capacity
from falaj.components.settings.load import platform_settings
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.stackfile import check, problems_in, schema
from tests.unit.settings.stacks import ROOT, changed, problems, raw


@pytest.mark.parametrize("stack", ["dev", "prod-uae"])
def test_the_stacks_we_ship_are_good(stack: str) -> None:
    assert problems_in(ROOT / f"Pulumi.{stack}.yaml") == []


def test_settings_are_frozen() -> None:
    settings = platform_settings(raw())
    with pytest.raises(ValueError, match="frozen"):
        settings.currency = settings.currency  # pyright: ignore[reportAttributeAccessIssue]


ONE_WRONG = [
    ("tags.owner", ..., "platform.tags.owner", "the team that answers"),
    ("tags.owner", "Someone@Example", "platform.tags.owner", "at most 63 lower-case"),
    ("tags.cost-centre", "4711", "platform.tags.cost-centre", "cc- and 3 to 8 digits"),
    ("tags.environment", "production", "platform.tags.environment", "dev, test, staging or prod"),
    ("sites.awsuae.region", "eu-west-1", "platform.sites.awsuae.region", "me-central-1, uaecentral, uaenorth"),
    ("sites.awsuae.region", "uaenorth", "platform.sites.awsuae.region", "me-central-1"),
    ("sites.awsuae.network.cidr", "10.20.128.0/17", "platform.sites.awsuae.network.cidr", "not overlap 10.20.0.0/16"),
    ("sites.awsuae.network.cidr", "10.31.0.1/16", "platform.sites.awsuae.network.cidr", "host bits are zero"),
    ("sites.awsuae.network.cidr", "10.31.0.0/25", "platform.sites.awsuae.network.cidr", "a block of /16 to /24"),
    ("sites.awsuae.network.zones", 4, "platform.sites.awsuae.network.zones", "1 to 3"),
    ("sites.awsuae.network.egress", "nat", "platform.sites.awsuae.network.egress", "none, nat-single"),
    (
        "sites.awsuae.kubernetes_version",
        1.36,
        "platform.sites.awsuae.kubernetes_version",
        "a minor version of Kubernetes, such as 1.36",
    ),
    ("sites.awsuae.pools.gpu.machines.0", "p4d.24xlarge", "platform.sites.awsuae.pools.gpu.machines.0", "g6.xlarge"),
    (
        "sites.azuae.pools.gpu.machines.0",
        "Standard_NC4as_T4_v3",
        "platform.sites.azuae.pools.gpu.machines.0",
        "Standard_NV36ads_A10_v5",
    ),
    (
        "sites.azuae.pools.gpu.machines",
        ["Standard_D4as_v5", "Standard_D8as_v5"],
        "platform.sites.azuae.pools.gpu.machines",
        "one VM size",
    ),
    (
        "sites.awsuae.pools.cpuspot.machines",
        ["m7g.xlarge"],
        "platform.sites.awsuae.pools.cpuspot.machines",
        "two types",
    ),
    (
        "sites.awsuae.pools.cpu.machines",
        ["m7g.xlarge", "m7i.xlarge"],
        "platform.sites.awsuae.pools.cpu.machines",
        "one arch",
    ),
    (
        "sites.awsuae.pools.gpu.machines",
        ["g6.xlarge", "m7i.xlarge"],
        "platform.sites.awsuae.pools.gpu.machines",
        "or none",
    ),
    ("sites.awsuae.pools.system.min", 0, "platform.sites.awsuae.pools.system.min", "1 or more for profile system"),
    ("tags.Team", "ml", "platform.tags.Team", "key and value: at most 63 lower-case letters"),
    ("sites.awsuae.pools.system", ..., "platform.sites.awsuae.pools", "at least one pool of profile system"),
    ("sites.awsuae.pools.cpu.min", 13, "platform.sites.awsuae.pools.cpu.min", "at most max (12)"),
    ("sites.awsuae.pools.cpu.profile", "cheap", "platform.sites.awsuae.pools.cpu.profile", "inference-cpu"),
    ("sites.awsuae.vaults", ["secrets"], "platform.sites.awsuae.vaults.0", "datasets"),
    ("sites.awsuae.budget.aed_per_month", 0, "platform.sites.awsuae.budget.aed_per_month", "more than 0"),
    (
        "sites.awsuae.budget.forecast_percent",
        [80, 90, 100],
        "platform.sites.awsuae.budget.forecast_percent",
        "at most 5 alarms",
    ),
    ("sites.awsuae.budget.notify", ["someone"], "platform.sites.awsuae.budget.notify.0", "an e-mail address"),
    ("sites.awsuae.budget.start", "2026-12-24", "platform.sites.awsuae.budget.start", "the first day of a month"),
    ("sites.awsuae.log_retention_days", 45, "platform.sites.awsuae.log_retention_days", "30, 90, 180, 365, 731"),
    ("sites.azuae.network.egress", "nat-per-zone", "platform.sites.azuae.network.egress", "takes one NAT gateway"),
    ("sites.azuae.network.cidr", "100.66.0.0/16", "platform.sites.azuae.network.cidr", "outside 100.64.0.0/14"),
    ("sites.azuae.administrators", ["admins"], "platform.sites.azuae.administrators.0", "an Entra group"),
    ("sites.awsuae.administrators", ["admins"], "platform.sites.awsuae.administrators.0", "an IAM role"),
    ("sites.awsuae.public_access_cidrs", ["0.0.0.0/0"], "platform.sites.awsuae.public_access_cidrs.0", "your offices"),
    (
        "sites.awsuae.network.egress",
        "firewall",
        "platform.sites.awsuae.aws.network.transit_gateway",
        "",
    ),
    ("sites.awsuae.network.firewall_address", "10.0.0.4", "platform.sites.awsuae.network.firewall_address", "nothing"),
    ("sites.awsuae.aws.deployer", "pipeline", "platform.sites.awsuae.aws.deployer", "the ARN of an IAM role"),
    (
        "sites.azuae.network.firewall_address",
        "10.0.0.4",
        "platform.sites.azuae.network.firewall_address",
        "only where egress is firewall",
    ),
    ("sites.azuae.aws", {}, "platform.sites.azuae.aws", "only where cloud is aws"),
    ("sites.awsuae.azure", {}, "platform.sites.awsuae.azure", "only where cloud is azure"),
    ("sites.awsuae.aws", {"scratch_gib": 3600}, "platform.sites.awsuae.aws.scratch_gib", "a multiple of 2400"),
    ("sites.awsuae.sleeps", True, "platform.sites.awsuae.sleeps", "false where the tag environment is prod"),
    (
        "sites.awsuae.pools.gpu.aws.sleeps",
        True,
        "platform.sites.awsuae.pools.gpu.aws.sleeps",
        "tag environment is prod",
    ),
    ("sites.awsuae.pools.gpu.zone", "uae-1", "platform.sites.awsuae.pools.gpu.zone", "mec1-az1, mec1-az2"),
    (
        "sites.awsuae.pools.gpu.aws.reservation",
        "cr-1",
        "platform.sites.awsuae.pools.gpu.aws.reservation",
        "the id of a capacity reservation",
    ),
    (
        "sites.awsuae.pools.gpu.aws.reservation",
        "cr-0123456789abcdef0",
        "platform.sites.awsuae.pools.gpu.aws.reservation",
        "capacity reserved or capacity-block",
    ),
    ("sites.azuae.pools.gpu.capacity", "reserved", "platform.sites.azuae.pools.gpu.capacity", "spot-first on Azure"),
    (
        "sites.awsuae.pools.gpu.azure.gpu_partition",
        "MIG1g",
        "platform.sites.awsuae.pools.gpu.azure.gpu_partition",
        "pools on Azure",
    ),
    (
        "sites.azuae.pools.cpu.azure.gpu_partition",
        "MIG1g",
        "platform.sites.azuae.pools.cpu.azure.gpu_partition",
        "A100, H100 or H200",
    ),
    (
        "sites.azuae.pools.cpu.capacity",
        "spot-first",
        "platform.sites.azuae.pools.cpu.capacity",
        "which has a single capacity type",
    ),
    ("sites.awsuae.pools.gpu.tenant", "retail", "platform.sites.awsuae.pools.gpu.tenant", "retail-banking"),
    ("sites.awsuae.office_hours", {"opens": "7"}, "platform.sites.awsuae.office_hours.opens", "00:00 to 23:59"),
    ("currency.aed_per_usd", 0, "platform.currency.aed_per_usd", "more than 3 and less than 5"),
]


@pytest.mark.parametrize(("path", "value", "location", "allowed"), ONE_WRONG, ids=lambda v: str(v)[:40])
def test_one_wrong_value_is_one_problem_that_says_where_and_what_is_allowed(
    path: str, value: object, location: str, allowed: str
) -> None:
    (problem,) = problems(changed(path, value))
    assert problem.path == location
    assert allowed in problem.allowed
    assert problem.fix


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("tenats", "tenants"),
        ("sites.awsuae.netwrok", "network"),
        ("sites.awsuae.pools.gpuspot.machnes", "machines"),
        ("sites.awsuae.pools.gpuspot.aws.slepes", "sleeps"),
    ],
)
def test_an_unknown_field_is_one_problem_that_names_the_nearest_field(path: str, nearest: str) -> None:
    (problem,) = problems(changed(path, {}))
    assert problem.path == f"platform.{path}"
    assert str(problem).endswith(
        f": unknown field. Fix: did you mean `{nearest}`? If not, remove `{path.split('.')[-1]}`."
    )


def test_problems_of_references_workloads_and_components_are_told_at_once() -> None:
    settings = changed("ceilings.sites", {"nosuch": 1000})
    tenant, works = next(
        (name, tenant["services"]) for name, tenant in settings["tenants"].items() if "services" in tenant
    )
    service = next(iter(works))
    works[service]["site"] = "nosuch"
    queued = next(
        tenant for tenant in settings["tenants"].values() if any("queue" in s for s in tenant["spaces"].values())
    )
    space = next(space for space in queued["spaces"].values() if "queue" in space)
    space["queue"] = {**space["queue"], "aed_per_month": 1}
    paths = {problem.path for problem in problems(settings)}
    assert {"platform.ceilings.sites.nosuch", f"platform.tenants.{tenant}.services.{service}.site"} < paths
    assert any(path.endswith(".queue.aed_per_month") for path in paths)


def test_what_only_karpenter_can_do_is_refused_without_it() -> None:
    found = {
        problem.path: problem.allowed
        for problem in problems(changed("sites.awsuae.node_autoscaler", "cluster-autoscaler"))
    }
    site = "platform.sites.awsuae"
    options = {f"{site}.pools.gpuspot.aws.exact_gpus", f"{site}.pools.gpuspot.capacity"}
    assert set(found) == {f"{site}.aws.budget_stop", *options}
    assert "Karpenter has pools" in found[f"{site}.aws.budget_stop"]


@pytest.mark.parametrize(
    ("autoscaler", "capacity"), [("karpenter", Capacity.SPOT_FIRST), ("cluster-autoscaler", Capacity.ON_DEMAND)]
)
def test_training_pools_buy_spot_first_where_karpenter_does(autoscaler: str, capacity: Capacity) -> None:
    settings = changed("sites.awsuae.pools.gpuspot.capacity", ...)
    site = {**settings["sites"]["awsuae"], "node_autoscaler": autoscaler, "aws": {}}
    pools = SiteSettings.model_validate(site).pools
    assert {name: pool.capacity for name, pool in pools.items() if name in ("gpu", "gpuspot")} == {
        "gpu": Capacity.ON_DEMAND,
        "gpuspot": capacity,
    }


def test_all_problems_are_told_at_once_even_where_one_part_cannot_be_read() -> None:
    settings = changed("tags.owner", ...)
    settings["tags"]["environment"] = "live"
    settings["sites"]["awsuae"]["pools"]["gpu"]["machines"] = ["p4d.24xlarge"]
    settings["sites"]["awsuae"]["pools"]["cpu"]["profile"] = "cheap"
    settings["sites"]["azuae"]["budget"]["aed_per_month"] = -1
    settings["sites"]["azuae"]["network"]["cidr"] = "10.30.0.0/17"
    assert {problem.path for problem in problems(settings)} == {
        "platform.tags.owner",
        "platform.tags.environment",
        "platform.sites.awsuae.pools.gpu.machines.0",
        "platform.sites.awsuae.pools.cpu.profile",
        "platform.sites.azuae.budget.aed_per_month",
        "platform.sites.awsuae.network.cidr",
    }


def test_settings_of_the_wrong_shape_are_refused_in_words() -> None:
    assert "a mapping of its fields" in problems([])[0].allowed
    assert problems(changed("sites", {}))[0].path == "platform.sites"
    assert problems(changed("sites", {"awsuae": None}))[0].path == "platform.sites.awsuae"


def test_unreadable_stack_files_give_one_problem(tmp_path: Path) -> None:
    broken = tmp_path / "Pulumi.x.yaml"
    broken.write_text("config: [")
    assert [p.allowed for p in problems_in(broken)] == ["a readable YAML file"]
    broken.write_text("- config")
    assert [p.allowed for p in problems_in(broken)] == ["a mapping with the key `config`"]
    for config, count in (("5", 1), ("[1]", 1), ("text", 1), ("true", 1), ("", 0), ("{}", 0)):
        broken.write_text(f"config: {config}\n")
        assert [p.allowed for p in problems_in(broken)] == ["a mapping of keys and values"] * count
    assert [p.allowed for p in problems_in(tmp_path / "Pulumi.none.yaml")] == ["a readable YAML file"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "config:\n  falaj:platform:\n    tags: {}\n    tags: {}\n",
            "line 4, column 5: 'tags' is a duplicate key. Fix: remove one of the two.",
        ),
        (
            "config:\n\tfalaj:platform: {}\n",
            "line 2, column 1: while scanning for the next token, found character '\\t' that cannot start any token. "
            "Fix: indent with spaces, not with tabs.",
        ),
    ],
)
def test_what_the_engine_cannot_read_is_refused_with_its_line(text: str, sentence: str, tmp_path: Path) -> None:
    """The engine ends with `mapping key "tags" already defined at line 3` (pulumi 3.259.0, go-yaml)."""
    file = tmp_path / "Pulumi.x.yaml"
    file.write_text(text)
    assert [str(problem) for problem in problems_in(file)] == [sentence]


def test_a_stack_of_components_alone_has_nothing_to_check_but_misspelt_keys(tmp_path: Path) -> None:
    stack = tmp_path / "Pulumi.x.yaml"
    for text in ("", "config: {aws:region: me-central-1}"):
        stack.write_text(text)
        assert (problems_in(stack), "nothing to check" in check(stack).summary) == ([], True)
    stack.write_text("config: {falaj:platfrom: {}}")
    assert [p.path for p in problems_in(stack)] == ["config.falaj:platfrom"]
    stack.write_text("config: {falaj:defaults: {tags: {owner: Two Words}, notfy: []}}")
    assert [p.path for p in problems_in(stack)] == ["falaj:defaults.tags.owner", "falaj:defaults.notfy"]
    stack.write_text("config: {falaj:defaults: {tags: {owner: ml-platform-team}}}")
    assert problems_in(stack) == []


def test_the_schema_for_editors_is_the_one_of_the_settings() -> None:
    kept = json.loads((ROOT / "docs" / "stack.schema.json").read_text())
    assert kept == schema(), (
        "run: .venv/bin/python -m falaj.components.settings.stackfile schema > docs/stack.schema.json"
    )
