"""The system pools of a site hold what the site itself installs, by CPU, memory and nodes of their own."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from falaj.components.settings.checks.capacity import capacity_warnings, site_load
from falaj.components.settings.load import platform_settings
from falaj.components.settings.stackfile import KEY
from tests.unit.settings.stacks import ROOT, changed, problems

FILES = sorted({*ROOT.glob("Pulumi.?*.yaml"), *ROOT.glob("examples/*/Pulumi.?*.yaml")})


def _settings(file: Any) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))["config"].get(KEY)


def _warnings(raw: dict[str, Any]) -> Iterator[str]:
    settings = platform_settings(raw)
    for name, site in settings.sites.items():
        yield from capacity_warnings(name, site, settings)


@pytest.mark.parametrize("file", [file for file in FILES if _settings(file)], ids=lambda file: file.stem)
def test_as_many_system_nodes_always_run_as_the_shipped_stack_says(file: Any) -> None:
    assert list(_warnings(_settings(file))) == []


def _message(path: str, value: object, stack: str = "prod-uae") -> str:
    (message,) = _warnings(changed(path, value, stack))
    return message


def test_a_warning_states_requests_capacity_and_the_nodes_that_hold_them() -> None:
    message = _message("sites.awsuae.pools.system.min", 3)
    assert "requests 7,190m of CPU and 17.2 GiB, and no two pods of karpenter may run on one node" in message
    assert "a m7g.large offers 1,930m and 6.7 GiB" in message
    assert "so 4 nodes always run, where `min` is 3: set it to 4, or use a larger machine" in message


def test_the_smallest_machine_of_a_pool_counts() -> None:
    assert list(_warnings(changed("sites.awsuae.pools.system.machines", ["m7g.2xlarge"]))) == []
    assert "a m7g.medium offers 940m" in _message(
        "sites.awsuae.pools.system",
        {"profile": "system", "machines": ["m7g.2xlarge", "m7g.medium"], "min": 4, "max": 12},
    )


def test_memory_counts_where_it_is_short_before_the_cpu() -> None:
    """Compute-optimised machines have a quarter of the memory per vCPU."""
    settings = changed(
        "sites.awsuae.pools.system", {"profile": "system", "machines": ["c6g.xlarge"], "min": 2, "max": 6}
    )
    assert "a c6g.xlarge offers 3,920m and 6.4 GiB, so 3 nodes always run" in "".join(_warnings(settings))


def test_controllers_that_must_not_share_a_node_need_two() -> None:
    settings = changed(
        "sites.awsuae.pools.system", {"profile": "system", "machines": ["m7g.4xlarge"], "min": 2, "max": 6}
    )
    load = site_load("awsuae", platform_settings(settings).sites["awsuae"], platform_settings(settings))
    assert load is not None
    assert load.needed == 2


def test_a_single_system_node_holds_one_replica_of_each_controller() -> None:
    settings = platform_settings(changed("sites.devaws.pools.system.min", 1, "dev"))
    load = site_load("devaws", settings.sites["devaws"], settings)
    assert load is not None
    assert {demand.replicas for demand in load.demands if demand.pods.is_scaled} == {1}
    assert load.needed == 1
    assert "may run on one node" not in str(load)


def test_pools_that_hold_it_at_no_size_are_refused() -> None:
    (problem,) = problems(
        changed("sites.awsuae.pools.system", {"profile": "system", "machines": ["m7g.large"], "min": 3, "max": 3})
    )
    assert problem.path == "platform.sites.awsuae.pools.system.max"
    assert problem.fix == "set it to 4, or use a larger machine"
    (problem,) = problems(
        changed("sites.awsuae.pools.system", {"profile": "system", "machines": ["m7g.medium"], "min": 3, "max": 4})
    )
    assert "larger machine" in problem.fix


def test_an_add_on_that_a_site_enables_counts() -> None:
    before, after = (
        platform_settings(changed("sites.azuae.azure", {"azure_policy": on, "defender": on})) for on in (False, True)
    )
    loads = [site_load("azuae", settings.sites["azuae"], settings) for settings in (before, after)]
    parts = [{demand.pods.part for demand in load.demands} for load in loads if load]
    assert parts[1] - parts[0] == {"aks-policy", "aks-defender"}
