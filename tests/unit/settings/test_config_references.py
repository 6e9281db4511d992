"""Settings that refer to other keys of the stack's configuration: `owner: ${falaj:owner}`."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pulumi
import pytest
import yaml

from falaj.cli.bill_options import settings_of
from falaj.components.settings.load import SettingsRefused, load_platform
from falaj.components.settings.stackfile import check
from falaj.finops.plan import Plan
from falaj.preflight.stack import read
from tests.unit.settings.stacks import ROOT

VALUES = {"owner": "speech-team", "budget": "7000", "mail": "speech@example.ae", "region": "me-central-1"}


@pytest.fixture
def config() -> dict[str, Any]:
    """The configuration of stack dev, with references in a mapping, a list, and the place of a number."""
    config = yaml.safe_load((ROOT / "Pulumi.dev.yaml").read_text(encoding="utf-8"))["config"]
    platform = config["falaj:platform"]
    platform["tags"]["owner"] = "${falaj:owner}"
    platform["sites"]["devaws"]["region"] = "${falaj:region}"
    platform["sites"]["devaws"]["budget"] |= {"aed_per_month": "${falaj:budget}", "notify": ["${falaj:mail}"]}
    return config | {f"falaj:{key}": value for key, value in VALUES.items()}


def written(config: dict[str, Any], folder: Path) -> Path:
    file = folder / "Pulumi.dev.yaml"
    file.write_text(yaml.safe_dump({"config": config}, sort_keys=False), encoding="utf-8")
    return file


def test_the_check_and_the_preflight_read_the_values(config: dict[str, Any], tmp_path: Path) -> None:
    file = written(config, tmp_path)
    assert not check(file).problems
    settings = read(file)
    assert settings.tags["owner"] == "speech-team"
    budget = settings.sites["devaws"].budget
    assert (budget.aed_per_month, budget.notify) == (Decimal(7000), ["speech@example.ae"])


def test_the_program_and_the_estimate_read_the_values(config: dict[str, Any]) -> None:
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}
    pulumi.runtime.set_all_config(texts)
    try:
        assert load_platform().sites["devaws"].region == "me-central-1"
    finally:
        pulumi.runtime.set_all_config({})
    assert settings_of(Plan("dev", (), config=texts))["tags"]["owner"] == "speech-team"


def test_a_number_and_a_date_of_the_file_are_the_strings_that_the_program_gets(
    config: dict[str, Any], tmp_path: Path
) -> None:
    config["falaj:platform"]["sites"]["devaws"]["budget"]["start"] = "${falaj:start}"
    config |= {"falaj:budget": 7000, "falaj:start": yaml.safe_load("2026-12-01")}
    assert read(written(config, tmp_path)).sites["devaws"].budget.start == "2026-12-01"


@pytest.mark.parametrize("value", [None, {"secure": "v1:abc"}, ["speech-team"]], ids=["missing", "secret", "list"])
def test_every_reference_without_a_plain_value_is_one_problem(
    config: dict[str, Any], value: object, tmp_path: Path
) -> None:
    config["falaj:owner"] = value
    del config["falaj:mail"]
    problems = check(written(config, tmp_path)).problems
    assert [problem.path for problem in problems] == ["platform.tags.owner", "platform.sites.devaws.budget.notify.0"]
    assert str(problems[0]) == (
        'platform.tags.owner: "${falaj:owner}" is not allowed; allowed: a reference to a plain value of the stack, and '
        "there is no falaj:owner. Fix: run `pulumi config set falaj:owner VALUE`, or write the value here."
    )


def test_a_program_stops_at_a_reference_to_a_missing_or_secret_value(config: dict[str, Any]) -> None:
    pulumi.runtime.set_all_config({"falaj:platform": json.dumps(config["falaj:platform"])})
    try:
        with pytest.raises(SettingsRefused, match="pulumi config set falaj:region VALUE"):
            load_platform()
        pulumi.runtime.set_all_config(
            {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()},
            ["falaj:owner"],
        )
        with pytest.raises(SettingsRefused, match=r"^1 problem.*\n.*there is no falaj:owner"):
            load_platform()
    finally:
        pulumi.runtime.set_all_config({})


def test_other_texts_with_dollars_stay(config: dict[str, Any], tmp_path: Path) -> None:
    config["falaj:platform"]["tags"]["owner"] = "${aws:owner}"
    [problem] = check(written(config, tmp_path)).problems
    assert (problem.path, problem.given) == ("platform.tags.owner", "${aws:owner}")
