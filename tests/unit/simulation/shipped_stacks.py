"""Settings and platforms of the stacks, examples and templates of this repository."""

from __future__ import annotations

from pathlib import Path

import yaml

from falaj.components.settings.config_references import in_config, resolve
from falaj.components.settings.load import platform_settings
from falaj.components.settings.stack import Settings
from falaj.components.settings.stackfile import KEY
from falaj.facts.prices import Prices
from falaj.simulation.changes import changed
from falaj.simulation.from_settings import platform
from falaj.simulation.platform_model import MachineType, Platform, PoolModel, ServiceModel
from tests.project.templates import ALL

ROOT = Path(__file__).parents[3]

ANSWERS = {
    "administrator": "arn:aws:iam::123456789012:role/falaj-admin",
    "azure-administrator": "7d1f3c52-6b0e-4c5e-9a57-2f0f6f1f9a10",
    "budget-start": "2026-12-01",
    "business-unit": "retail-banking",
    "cost-centre": "cc-4711",
    "deployer": "arn:aws:iam::123456789012:role/falaj-dev",
    "notify": "speech@bank.example.ae",
    "owner": "speech-team",
}
"""Answers to the prompts of templates without a default."""


def _files() -> dict[str, Path]:
    found = [
        *ROOT.glob("Pulumi.*.yaml"),
        *ROOT.glob("examples/*/Pulumi.*.yaml"),
        *ROOT.glob("templates/*/Pulumi.*.yaml"),
    ]
    with_platform = [file for file in found if KEY in yaml.safe_load(file.read_text())["config"]]
    return {file.relative_to(ROOT).as_posix(): file for file in sorted(with_platform)}


STACKS = _files()
"""Path of each stack file with a platform."""


def config(file: str) -> dict[str, object]:
    """Returns the configuration of a stack file, with answers to the prompts of a template."""
    path = STACKS[file]
    prompts = ALL[path.parent.name].prompts if path.parent.parent.name == "templates" else {}
    answers = {
        f"falaj:{key}": prompt.get("default") or ANSWERS[key] for key, prompt in prompts.items() if key != "budget"
    }
    given = {"falaj:budget": str(ALL[path.parent.name].ceiling)} if "budget" in prompts else {}
    text = path.read_text().replace("${PROJECT}", "speech")
    return {**answers, **given, **yaml.safe_load(text)["config"]}


def settings_of(file: str, *changes: str) -> Settings:
    """Returns the settings of a stack file with changes `PATH=VALUE`."""
    values = config(file)
    return platform_settings(changed(resolve(values[KEY], in_config(values)), changes))


def platform_of(file: str, *changes: str, book: Prices | None = None) -> Platform:
    """Returns the platform of a stack file with changes `PATH=VALUE`."""
    return platform(settings_of(file, *changes), file, book)


def service(of: Platform, name: str) -> ServiceModel:
    """Returns a service of a platform."""
    return next(each for each in of.services if each.name == name)


def machine(of: PoolModel, name: str) -> MachineType:
    """Returns a machine type of a pool."""
    return next(each for each in of.machines if each.name == name)
