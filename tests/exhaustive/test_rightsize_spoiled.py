"""Corrupted exports, profiles and inventories: read, or rejected in one sentence, never a crash."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from falaj.facts.prices import catalogue
from falaj.finops.errors import BadInput
from falaj.finops.rightsize import exports, inventory, profile_file, sites
from falaj.finops.rightsize.advice import advise
from falaj.finops.rightsize.evidence import gather
from tests.thorough import many
from tests.unit.finops.utilisation import cloudwatch, dcgm, flat, opencost, prometheus

JUNK = st.sampled_from([None, True, -1, 1e400, "", "x", "NaN", [], {}, [[]], {"a": 1}, [None], "2026-99-99", 10**30])

WHOLE: dict[str, Any] = {
    "prometheus": json.loads(prometheus(*dcgm("a", weeks=1, tensor=flat(0.1), fb=flat(5)))),
    "opencost": json.loads(opencost("a", weeks=1, cpuCost=1, cpuCoreRequestAverage=2, cpuCoreUsageAverage=1)),
    "cloudwatch": json.loads(cloudwatch("i", weeks=1, CPUUtilization=flat(5))),
}
PROFILE = {"kind": "inference", "parameters_billion": 8, "context_tokens": 2048, "requests_per_second": 2,
           "prompt_tokens": {"mean": 100, "p95": 200}, "output_tokens": 9,
           "measured": [{"machine": "g6.xlarge", "precision": "bf16", "per_second": 3, "source": "x"}]}  # fmt: skip
INVENTORY = {"subjects": {"a*": {"machine": "g5.xlarge", "region": "me-central-1", "keep": ["x"]}}}
OWN = {"sites": {"dc": [{"name": "a", "vcpu": 8, "memory_gib": 64, "count": 1, "usd_hour": "1.5"}]}}


def spoil(value: Any, steps: list[int], junk: Any) -> Any:
    """Returns the value with junk at the place to which the steps lead."""
    if not steps or not isinstance(value, dict | list) or not value:
        return junk
    if isinstance(value, dict):
        chosen = sorted(value)[steps[0] % len(value)]
        return {key: spoil(item, steps[1:], junk) if key == chosen else item for key, item in value.items()}
    location = steps[0] % len(value)
    return [spoil(name, steps[1:], junk) if at == location else name for at, name in enumerate(value)]


def held(read: Callable[[], Any]) -> Any:
    """Returns what was read; None if it was rejected in one sentence."""
    try:
        return read()
    except BadInput as refused:
        if "\n" in str(refused):
            raise
        return None


STEPS = st.lists(st.integers(0, 200), max_size=7)


@pytest.mark.parametrize("name", sorted(WHOLE))
@settings(max_examples=many(60), deadline=None)
@given(steps=STEPS, junk=JUNK)
def test_a_corrupted_export(name: str, steps: list[int], junk: Any) -> None:
    text = json.dumps(spoil(WHOLE[name], steps, junk))
    points = held(lambda: getattr(exports, name)(text, "export"))
    if points is not None:
        advise(inventory.with_inventory(gather(points), inventory.MachineInventory()), catalogue())


@settings(max_examples=many(80), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, junk=JUNK)
def test_corrupted_files(tmp_path: Path, steps: list[int], junk: Any) -> None:
    file = tmp_path / "file.yaml"
    for full, read in ((PROFILE, profile_file.load), (INVENTORY, inventory.load), (OWN, _own)):
        file.write_text(yaml.safe_dump(spoil(full, steps, junk)))
        held(lambda read=read: read(file))


def _own(file: Path) -> object:
    return sites.own_sites(file, catalogue())


@pytest.mark.parametrize("text", ["a", "a,b\n1", "\x00", '"a\nb', "TimeGenerated,Resource,MetricName,Average\n,,,\n"])
def test_corrupted_tables(text: str) -> None:
    for read in (exports.azure_monitor, exports.cloudwatch):
        with pytest.raises(BadInput):
            read(text, "export")
