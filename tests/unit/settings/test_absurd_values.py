"""Values that are in their bounds and yet absurd: refused with path, value, what is allowed, and the fix."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from falaj.components.settings.stackfile import problems_in
from tests.unit.settings.stacks import ROOT

TRAINING = ROOT / "examples" / "enterprise-training" / "Pulumi.training.yaml"
ROLE = "arn:aws:iam::123456789012:role/platform"
SERVING = "tenants.retail-banking.services.assistant.serving"
INTENTS = "tenants.retail-banking.experiments.intents"


def prod(tmp_path: Path, *values: tuple[str, Any], source: Path = ROOT / "Pulumi.prod-uae.yaml") -> list[str]:
    """Returns the problems of a shipped stack in which some values are others."""
    content = yaml.safe_load(source.read_text(encoding="utf-8"))
    for path, value in values:
        target = content["config"]["falaj:platform"]
        *parents, last = path.split(".")
        for step in parents:
            target = target.setdefault(step, {})
        target[last] = value
    file = tmp_path / "Pulumi.x.yaml"
    file.write_text(yaml.safe_dump(content, sort_keys=False))
    return [str(problem) for problem in problems_in(file)]


@pytest.mark.parametrize(
    ("path", "value", "at"),
    [
        ("sites.awsuae.budget.notify", ["a@example.ae", "b@example.ae", "a@example.ae"], 2),
        ("sites.awsuae.pools.gpu.machines", ["g6.xlarge", "g6.xlarge"], 1),
        ("sites.awsuae.administrators", [ROLE, ROLE], 1),
        ("sites.azuae.vaults", ["datasets", "checkpoints", "models", "models"], 3),
    ],
)
def test_a_value_of_a_list_stands_once(tmp_path: Path, path: str, value: list[str], at: int) -> None:
    (found,) = prod(tmp_path, (path, value))
    assert found == (
        f'platform.{path}.{at}: "{value[at]}" is not allowed; allowed: each value once. Fix: remove the repeated one.'
    )


def test_arguments_of_a_program_may_repeat_themselves(tmp_path: Path) -> None:
    arguments = ["--lora", "a", "--lora", "b"]
    assert prod(tmp_path, (f"{SERVING}.args", arguments), (f"{SERVING}.command", ["sh", "-c", "sh"])) == []


def test_a_system_pool_is_for_all(tmp_path: Path) -> None:
    (found,) = prod(tmp_path, ("sites.awsuae.pools.system.tenant", "retail-banking"))
    assert found.startswith('platform.sites.awsuae.pools.system.tenant: "retail-banking" is not allowed; allowed: none')


@pytest.mark.parametrize(("gib", "is_refused"), [(16, False), (150, False), (189, False), (190, True), (2000, True)])
def test_a_model_fits_into_the_memory_of_its_gpus_and_its_pod(tmp_path: Path, gib: float, is_refused: bool) -> None:
    """One H100 NVL of 94 GiB and a pod of 96 GiB."""
    found = prod(tmp_path, (f"{SERVING}.model.gib", gib))
    assert bool(found) == is_refused
    assert all(f"{SERVING}.model.gib" in each and "less than 190 GiB" in each for each in found)


def test_a_model_on_a_part_of_a_gpu_has_only_its_memory(tmp_path: Path) -> None:
    """A third of an A10, 8 GiB, and a pod of 48 GiB."""
    assert prod(tmp_path, (f"{INTENTS}.a.model", {"uri": "vault://models/intents/a", "gib": 50})) == []
    (found,) = prod(tmp_path, (f"{INTENTS}.a.model", {"uri": "vault://models/intents/a", "gib": 56}))
    assert f"{INTENTS}.a.model.gib" in found


@pytest.mark.parametrize(
    ("efficiency", "is_refused"),
    [
        ({"checkpoint_seconds": 90, "checkpoint_interval_seconds": 1}, True),
        ({"checkpoint_seconds": 90, "checkpoint_interval_seconds": 90}, True),
        ({"checkpoint_seconds": 90, "checkpoint_interval_seconds": 91}, False),
        ({"checkpoint_interval_seconds": 10}, True),
        ({"checkpoint_seconds": 0.1, "checkpoint_interval_seconds": 1}, False),
        ({"checkpoint_seconds": 3600}, False),
    ],
)
def test_a_run_computes_between_two_checkpoints(tmp_path: Path, efficiency: dict[str, float], is_refused: bool) -> None:
    path = "tenants.data-science.runs.arabic-llm.efficiency"
    found = prod(tmp_path, (path, efficiency), source=TRAINING)
    assert [each.partition(":")[0] for each in found] == [f"platform.{path}.checkpoint_interval_seconds"] * is_refused
    assert all("more than checkpoint_seconds" in each for each in found)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ends", "2126-12-15T08:00:00+04:00"),
        ("starts", "1926-12-15T08:00:00+04:00"),
        ("ends", "2028-12-01T08:00:01+04:00"),
    ],
)
def test_an_experiment_is_in_this_century_and_ends(tmp_path: Path, field: str, value: str) -> None:
    found = prod(tmp_path, (f"{INTENTS}.{field}", value))
    assert [each.partition(":")[0] for each in found] == [f"platform.{INTENTS}.{field}"]


def test_an_experiment_of_a_year_is_good(tmp_path: Path) -> None:
    assert prod(tmp_path, (f"{INTENTS}.ends", "2027-12-01T08:00:00+04:00")) == []


@pytest.mark.parametrize(
    ("follows", "target", "is_refused"),
    [
        ("prompts", 1e9, True), ("prompts", 0.001, True), ("prompts", 2000, False), ("tokens", 0.5, True),
        ("tokens", 800, False), ("queue", 1e8, True), ("queue", 0.5, False), ("requests", 0.001, False),
        ("requests", 1e9, True),
    ],
)  # fmt: skip
def test_a_replica_can_reach_its_target(tmp_path: Path, follows: str, target: float, is_refused: bool) -> None:
    load = {"follows": follows, "target": target, "prometheus": "http://prometheus.monitoring:9090"}
    found = prod(tmp_path, (f"{SERVING}.load", load))
    assert [each.partition(":")[0] for each in found] == [f"platform.{SERVING}.load.target"] * is_refused
    assert prod(tmp_path, (f"{SERVING}.load", load | {"query": "sum(own_metric)"})) == []


@pytest.mark.parametrize(
    ("path", "value", "is_refused"),
    [
        ("ceilings.aed_per_month", 0.05, True),
        ("ceilings.sites", {"azuae": 0.3}, True),
        ("ceilings.increase_percent", 0.2, True),
        ("ceilings.increase_percent", 0, False),
        ("ceilings.increase_percent", 1, False),
        ("sites.awsuae.budget.notify", ["finops@example.a"], True),
        ("sites.awsuae.budget.notify", ["finops@example.123"], True),
        ("sites.awsuae.budget.notify", ["finops@xn--mgbaam7a8h.xn--mgbaam7a8h"], False),
    ],
)
def test_amounts_percentages_and_addresses_are_such(tmp_path: Path, path: str, value: Any, is_refused: bool) -> None:
    found = prod(tmp_path, (path, value))
    assert [each.startswith(f"platform.{path}") for each in found] == [True] * is_refused


def test_a_fraction_instead_of_a_percentage_names_what_is_meant(tmp_path: Path) -> None:
    (found,) = prod(tmp_path, ("ceilings.increase_percent", 0.2))
    assert "0, or 1 to 10,000 percent" in found
    assert "0.2 is a factor of 0.002: write 20" in found
