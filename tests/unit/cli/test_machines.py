"""What `falaj machines` says of a machine."""

import json

import pytest
from typer.testing import CliRunner

from falaj.cli.app import app


@pytest.mark.parametrize(
    ("name", "gib"),
    [("Standard_NV6ads_A10_v5", 4), ("Standard_NV12ads_A10_v5", 8), ("Standard_NV18ads_A10_v5", 12),
     ("Standard_NV36ads_A10_v5", 24)],
)  # fmt: skip
def test_a_part_of_a_gpu_has_that_part_of_its_memory(name: str, gib: int) -> None:
    """MicrosoftDocs/azure-compute-docs 2bc777f, nvadsa10v5-series.md, read 2026-11-29."""
    result = CliRunner().invoke(app, ["machines", "--region", "uaenorth", "--json"])
    (machine,) = [row for row in json.loads(result.stdout) if row["machine"] == name]
    assert machine["gpu_memory_gib"] == gib


def test_figures_stand_below_each_other() -> None:
    title, *rows = CliRunner().invoke(app, ["machines", "--region", "uaenorth", "--gpu"]).stdout.splitlines()
    end = title.index("USD/h") + len("USD/h")
    assert {row[end - 1].isdigit() and row[end : end + 1].isspace() for row in rows if row.strip()} == {True}
