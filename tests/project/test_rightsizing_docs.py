"""docs/rightsizing.md: its examples are answered, and it names every field, kind and model."""

import re
from pathlib import Path

import pytest
import yaml

from falaj.facts.prices import catalogue
from falaj.facts.vision_models import VISION_MODELS
from falaj.finops.rightsize.choose import answer
from falaj.finops.rightsize.profile import KINDS, ModelShape, VisionFigures
from falaj.finops.rightsize.profile_file import load
from falaj.finops.rightsize.sites import regions

TEXT = Path(__file__).parents[2].joinpath("docs/rightsizing.md").read_text(encoding="utf-8")
PROFILES = {yaml.safe_load(text)["name"]: text for text in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)}
TRACE = re.search(r"```csv\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("name", PROFILES)
def test_an_example_is_answered(name: str, tmp_path: Path) -> None:
    assert TRACE is not None
    (tmp_path / "requests.csv").write_text(TRACE[1])
    (tmp_path / "profile.yaml").write_text(PROFILES[name])
    result = answer(load(tmp_path / "profile.yaml"), regions(), catalogue())
    assert result.best is not None


def test_every_kind_field_and_model_is_named() -> None:
    assert {yaml.safe_load(text)["kind"] for text in PROFILES.values()} == set(KINDS)
    fields = {name for model in (*KINDS.values(), ModelShape, VisionFigures) for name in model.model_fields}
    assert {name for name in fields if f"`{name}`" not in TEXT and f"{name}:" not in TEXT} == set()
    assert {name for name in VISION_MODELS if f"`{name}`" not in TEXT} == set()
