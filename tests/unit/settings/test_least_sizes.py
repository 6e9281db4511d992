"""Sizes that no container and no model has are refused: they are slips, such as bytes for GiB."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from falaj.components.settings.stackfile import KEY, problems_in
from tests.unit.settings.stacks import ROOT

RUN = ("tenants", "research", "runs", "first-run")
SERVICE = ("tenants", "shops", "services", "sentiment", "serving")


@pytest.mark.parametrize(
    ("base", "place", "value"),
    [
        ("Pulumi.dev.yaml", (*RUN, "cpu"), 1e-9),
        ("Pulumi.dev.yaml", (*RUN, "cpu"), 0.0009),
        ("Pulumi.dev.yaml", (*RUN, "memory_gib"), 0.009),
        ("examples/smb-inference/Pulumi.smb.yaml", (*SERVICE, "model", "gib"), 0.00009),
    ],
)
def test_a_size_below_the_least_is_refused(base: str, place: tuple[str, ...], value: float, tmp_path: Path) -> None:
    content: Any = yaml.safe_load((ROOT / base).read_text(encoding="utf-8"))
    assert problems_in(ROOT / base) == []
    holder = content["config"][KEY]
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = value
    changed = tmp_path / "Pulumi.changed.yaml"
    changed.write_text(yaml.safe_dump(content), encoding="utf-8")
    (problem,) = problems_in(changed)
    assert str(problem).startswith(f"platform.{'.'.join(place)}: ")
