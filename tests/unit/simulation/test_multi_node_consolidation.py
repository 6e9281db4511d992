"""Why the simulation has no consolidation of several nodes at once: the components' budgets leave it no pair of a pool.

Karpenter's multi-node consolidation takes candidates in the order of their savings ratio, each only while the budget of
its NodePool for the reason `Underutilized` allows one more, and does nothing with fewer than two of them
(`ComputeCommands` and `firstNConsolidationOption` in pkg/controllers/disruption/multinodeconsolidation.go; a percentage
rounds up, `GetAllowedDisruptions` in pkg/apis/v1/nodepool.go; kubernetes-sigs/karpenter, commit 2266468, read
2026-11-29).
"""

from __future__ import annotations

from math import ceil, inf

import pytest

from falaj.components.core.node_pools.disruption import WHEN_UNDERUSED, Disruption, budgets, disruption_of
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.settings.load import platform_settings
from tests.unit.settings.stacks import raw

RUNS = (Profile.TRAINING, Profile.BATCH)


def candidates(disruption: Disruption, nodes: int, is_office_hour: bool) -> float:
    """Returns how many nodes of a pool may be candidates together, by upstream's arithmetic of budgets."""
    if disruption.policy != WHEN_UNDERUSED:
        return 0
    allowed = inf
    for budget in budgets(OfficeHours(), disruption):
        reasons, text = budget["reasons"], str(budget["nodes"])
        is_active = "schedule" not in budget or is_office_hour
        if isinstance(reasons, list) and "Underutilized" in reasons and is_active:
            allowed = min(allowed, ceil(int(text[:-1]) * nodes / 100) if text.endswith("%") else int(text))
    return min(allowed, nodes)


@pytest.mark.parametrize("is_office_hour", [True, False])
@pytest.mark.parametrize("profile", RUNS)
def test_of_the_nodes_of_a_pool_for_runs_one_is_a_candidate_at_most(profile: Profile, is_office_hour: bool) -> None:
    for capacity in Capacity:
        most = max(candidates(disruption_of(profile, capacity), nodes, is_office_hour) for nodes in range(1000))
        assert most == (1 if capacity is Capacity.SPOT_FIRST else 0)


def test_a_pool_of_cpu_services_has_two_candidates_from_eleven_nodes_on_outside_office_hours() -> None:
    disruption = disruption_of(Profile.INFERENCE_CPU, Capacity.ON_DEMAND)
    assert [candidates(disruption, nodes, is_office_hour=False) for nodes in (1, 10, 11, 20, 21)] == [1, 1, 2, 2, 3]
    assert candidates(disruption, 500, is_office_hour=True) == 0


@pytest.mark.parametrize("stack", ["dev", "prod-uae"])
def test_candidates_of_two_pools_of_a_site_share_no_machine(stack: str) -> None:
    """One new machine must take all pods of a pair (`len(results.NewNodeClaims) != 1`). Pools of different profiles are
    tainted, so it takes those of one profile only; that is the replacement of a single node, which is modelled."""
    for site in platform_settings(raw(stack)).sites.values():
        underused = [
            pool.profile
            for pool in site.pools.values()
            if pool.profile is not Profile.SYSTEM
            and disruption_of(pool.profile, pool.capacity).policy == WHEN_UNDERUSED
        ]
        assert len(underused) == len({*underused})
