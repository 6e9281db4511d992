"""A stack's settings without the engine: `python -m falaj.components.settings.stackfile`.

`check FILE...` prints one line a problem (or, with `--json`, a list of objects) and exits with 2 if there is one.
`schema` prints the JSON Schema of a stack file, so that editors complete and check it.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from falaj.components.core.validation.deprecations import recorded_deprecations
from falaj.components.core.validation.field_docs import described
from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.raw import as_mapping
from falaj.components.settings.checks.stack import warnings
from falaj.components.settings.load import SettingsRefused, platform_settings, tenant_stack_settings
from falaj.components.settings.stack import CONFIG_KEY, Settings
from falaj.components.settings.tenant_stack import CONFIG_KEY as TENANT_CONFIG_KEY
from falaj.components.settings.tenant_stack import TenantStackSettings

KEY, TENANT_KEY = f"falaj:{CONFIG_KEY}", f"falaj:{TENANT_CONFIG_KEY}"
MODELS: Mapping[str, type[Settings] | type[TenantStackSettings]] = {KEY: Settings, TENANT_KEY: TenantStackSettings}
"""What a stack file has: the whole platform, or the work of one tenant on it."""

VALIDATE: Mapping[str, Callable[[object], object]] = {KEY: platform_settings, TENANT_KEY: tenant_stack_settings}
"""Key -> the validation of its value as a whole."""


@dataclass(frozen=True)
class CheckResult:
    """What is wrong with a stack file, and what is legal and still worth a warning."""

    problems: Sequence[Problem] = ()
    warnings: Sequence[str] = ()


def check(path: Path) -> CheckResult:
    """Check a stack file. Whatever is wrong with it, or with this check, is a problem of this file and never raised."""
    with recorded_deprecations() as deprecated:
        try:
            result = _check(path)
        except Exception as crash:
            given, allowed = f"{type(crash).__name__}: {crash}", "a file that this check can judge"
            result = CheckResult([Problem(path.name, given, allowed, "report it to the maintainers, with this file")])
    return CheckResult(result.problems, [*deprecated, *result.warnings])


def problems_in(path: Path) -> list[Problem]:
    """Everything wrong with a stack file; empty for a good one."""
    return [*check(path).problems]


def _check(path: Path) -> CheckResult:
    try:
        text = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as unreadable:
        given = " ".join(str(unreadable).split())
        return CheckResult([Problem(path.name, given, "a readable YAML file", "correct it, in UTF-8")])
    config = as_mapping(as_mapping(text).get("config"))
    key = next((key for key in MODELS if key in config), None)
    if key is None:
        return CheckResult(
            [Problem(f"config.{KEY}", None, "the platform's settings", "copy the key from Pulumi.dev.yaml")]
        )
    try:
        settings = VALIDATE[key](config[key])
    except SettingsRefused as refused:
        return CheckResult(refused.problems)
    return CheckResult(warnings=warnings(settings) if isinstance(settings, Settings) else ())


def schema() -> dict[str, object]:
    """The JSON Schema of a whole stack file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A stack of the Falaj platform, or of one of its tenants",
        "type": "object",
        "required": ["config"],
        "properties": {
            "config": {
                "type": "object",
                "anyOf": [{"required": [key]} for key in MODELS],
                "properties": {key: _described(key) for key in MODELS},
            }
        },
    }


def _described(key: str) -> dict[str, object]:
    template = f"#/properties/config/properties/{key}/$defs/{{model}}"
    return described(MODELS[key].model_json_schema(ref_template=template), MODELS[key])


def main() -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m falaj.components.settings.stackfile", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="check stack files")
    checking.add_argument("files", nargs="+", type=Path)
    checking.add_argument("--json", action="store_true")
    commands.add_parser("schema", help="print the JSON Schema of a stack file")
    options = parser.parse_args()
    if options.command == "schema":
        print(json.dumps(schema(), indent=2))
        return 0
    found = {str(path): check(path) for path in options.files}
    if options.json:
        rows = {file: [vars(problem) for problem in checked.problems] for file, checked in found.items()}
        print(json.dumps(rows, indent=2, default=str))
    else:
        _print(found)
    return 2 if any(checked.problems for checked in found.values()) else 0


def _print(found: Mapping[str, CheckResult]) -> None:
    for file, checked in found.items():
        name = Path(file).name
        if not checked.problems:
            print(f"{name}: good")
        for warning in checked.warnings:
            print(f"{name}: warning: {warning}")
        for problem in checked.problems:
            print(f"{name}: {problem}")


if __name__ == "__main__":
    sys.exit(main())
