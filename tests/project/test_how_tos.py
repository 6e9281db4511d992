"""The settings in the how-to pages are valid: of a site, and of the policy pack."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from guardrails.engine.enforcement import load_enforcement
from guardrails.engine.exemptions import load_exemptions
from guardrails.registry import IDS

from falaj.components.settings.stackfile import check
from tests.project.pages import ROOT, text_of


def blocks(page: str) -> Iterator[Any]:
    """Yields the YAML documents of a page."""
    for indent, text in re.findall(r"^( *)```yaml\n(.*?)^\1```", text_of(page), re.MULTILINE | re.DOTALL):
        yield yaml.safe_load(re.sub(f"^{indent}", "", text, flags=re.MULTILINE))


def merged(settings: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """Returns settings with those of a page; mappings are merged."""
    return settings | {
        key: merged(settings[key], value) if isinstance(value, dict) and isinstance(settings.get(key), dict) else value
        for key, value in change.items()
    }


@pytest.mark.parametrize("page", ["docs/existing-network.md", "docs/private-cluster.md"])
def test_settings_of_a_site(page: str, tmp_path: Path) -> None:
    found = list(blocks(page))
    assert found
    for change in found:
        stack = yaml.safe_load((ROOT / "Pulumi.dev.yaml").read_text(encoding="utf-8"))
        sites = stack["config"]["falaj:platform"]["sites"]
        sites["devaws"] = merged(sites["devaws"], change)
        file = tmp_path / "Pulumi.dev.yaml"
        file.write_text(yaml.safe_dump(stack))
        result = check(file)
        assert [*map(str, result.problems)] == []
        assert not [warning for warning in result.warnings if "connected to no other" in warning]


def test_settings_of_the_pack(tmp_path: Path) -> None:
    enforcement, exemptions = blocks("docs/pack-settings.md")
    file = tmp_path / "enforcement.yaml"
    file.write_text(yaml.safe_dump(enforcement))
    levels = load_enforcement(file, IDS)
    assert {str(levels.default["FJ-COST-106"]), str(levels.stacks["dev"]["cost"])} == {"advisory"}
    file = tmp_path / "exemptions.yaml"
    file.write_text(yaml.safe_dump(exemptions))
    assert [(exemption.rule, exemption.owner) for exemption in load_exemptions(file, IDS)] == [
        ("FJ-EXP-101", "network-team")
    ]
