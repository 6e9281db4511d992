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
        ("examples/smb-inference/Pulumi.smb.yaml", (*SERVICE, "model", "gib"), 9e-7),
    ],
)
def test_a_size_below_the_least_is_refused(base: str, place: tuple[str, ...], value: float, tmp_path: Path) -> None:
    assert problems_in(ROOT / base) == []
    (problem,) = problems_in(_changed(base, place, value, tmp_path))
    assert str(problem).startswith(f"platform.{'.'.join(place)}: ")


def test_a_model_of_a_few_kilobytes_is_taken(tmp_path: Path) -> None:
    """A linear model of scikit-learn with few coefficients has about 1 kB, as known."""
    base, place = "examples/smb-inference/Pulumi.smb.yaml", (*SERVICE, "model", "gib")
    assert problems_in(_changed(base, place, 1e-6, tmp_path)) == []
    (problem,) = problems_in(_changed(base, place, 9e-7, tmp_path))
    assert problem.fix == "choose a number from 0.000001 to 2000"


def _changed(base: str, place: tuple[str, ...], value: float, folder: Path) -> Path:
    content: Any = yaml.safe_load((ROOT / base).read_text(encoding="utf-8"))
    holder = content["config"][KEY]
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = value
    changed = folder / "Pulumi.changed.yaml"
    changed.write_text(yaml.safe_dump(content), encoding="utf-8")
    return changed
