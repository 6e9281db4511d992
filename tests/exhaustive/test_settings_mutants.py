"""Mutants of all stack files: none crashes the check, and each that is called good can be built."""

import copy
from pathlib import Path

import pytest

from falaj.components.core.tenancy.tenancy import MAX_STORAGE_GIB
from falaj.components.settings.stackfile import KEY
from tests.exhaustive.built_settings import build_config
from tests.exhaustive.settings_mutants import run
from tests.unit.settings.mutants import stack_files

COUNT = 60
"""About a tenth of them is good. `python -m tests.exhaustive.settings_mutants 20000` answers more."""


@pytest.mark.filterwarnings("ignore")
def test_a_mutant_is_refused_or_can_be_built() -> None:
    answers = [(answer, made.base, made.change, why) for made, answer, why in run(COUNT)]
    assert [each for each in answers if each[0] in ("crashed", "slow", "not built")] == []
    assert {each[0] for each in answers} >= {"refused", "built"}


@pytest.mark.filterwarnings("ignore")
def test_the_greatest_space_with_shared_datasets_can_be_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = copy.deepcopy(stack_files()["examples/enterprise-training/Pulumi.training.yaml"]["config"])
    for tenant in config[KEY]["tenants"].values():
        for space in tenant["spaces"].values():
            space["storage_gib"] = MAX_STORAGE_GIB
    assert build_config(config)
