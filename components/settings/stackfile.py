"""Checks stack files without the Pulumi engine: `python -m falaj.components.settings.stackfile`.

`check FILE...` prints one line per problem (with `--json`, a list of objects) and exits with status 2 if there are any,
also if a fact file of this package is invalid.
`schema` prints the JSON Schema of a stack file, with which editors complete and check it.
"""

import argparse
import difflib
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self, cast

import yaml
from pydantic import BaseModel

from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.deprecations import recorded_deprecations
from falaj.components.core.validation.field_docs import described
from falaj.components.core.validation.platform_defaults import PlatformDefaults, validated_defaults
from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.raw import as_mapping, is_list, is_mapping
from falaj.components.core.validation.set_once import WHERE
from falaj.components.settings.checks.stack import warnings
from falaj.components.settings.config_references import NAMESPACE, in_config, resolve
from falaj.components.settings.load import SettingsRefused, platform_settings, tenant_stack_settings
from falaj.components.settings.secrets import secret_problems
from falaj.components.settings.stack import CONFIG_KEY, Settings
from falaj.components.settings.tenant_stack import CONFIG_KEY as TENANT_CONFIG_KEY
from falaj.components.settings.tenant_stack import TenantStackSettings
from falaj.components.settings.values import value_problems
from falaj.facts import clock, strict_text, strict_yaml
from falaj.facts.rows import BadRow

KEY, TENANT_KEY = f"falaj:{CONFIG_KEY}", f"falaj:{TENANT_CONFIG_KEY}"
MODELS: Mapping[str, type[Settings] | type[TenantStackSettings]] = {KEY: Settings, TENANT_KEY: TenantStackSettings}
"""Configuration key -> model of its value: the whole platform, or one tenant's own stack."""

VALIDATE: Mapping[str, Callable[[object], object]] = {KEY: platform_settings, TENANT_KEY: tenant_stack_settings}
"""Configuration key -> function that validates its value as a whole."""


@dataclass(frozen=True)
class CheckResult:
    """Problems of a stack file, and warnings about valid settings."""

    problems: Sequence[Problem] = ()
    warnings: Sequence[str] = ()
    summary: str = "good"
    """What to say of a file without problems."""


class Unreadable(Problem):
    """A stack file that is no YAML; `given` is the reason, and `path` is where."""

    @classmethod
    def of(cls, where: str, reason: str, fix: str) -> Self:
        """Returns the problem."""
        return cls(where, reason, "a readable YAML file", fix)

    @property
    def _reason(self) -> str:
        return str(self.given)


def check(path: Path) -> CheckResult:
    """Checks a stack file. Errors, including a crash of the check itself, are returned as problems.

    Raises `BadRow` if a fact file of this package is invalid, which is no problem of the stack file."""
    with recorded_deprecations() as deprecated:
        try:
            result = _check(path)
        except BadRow:
            raise
        except Exception as error:
            given, allowed = f"{type(error).__name__}: {error}", "a file that this check can process"
            result = CheckResult([Problem(path.name, given, allowed, "report it to the maintainers, with this file")])
    return replace(result, warnings=[*deprecated, *result.warnings])


def problems_in(path: Path) -> list[Problem]:
    """Returns the problems of a stack file; empty for a valid one."""
    return [*check(path).problems]


def _check(path: Path) -> CheckResult:
    try:
        text = strict_yaml.parse(strict_text.read(path))
    except OSError as error:
        return CheckResult([Unreadable.of("the file", strict_text.reason(error), "check its name and permissions")])
    except ValueError as error:
        reason = strict_text.reason(error)
        return CheckResult([Unreadable.of("the file", reason, _text_fix(reason))])
    except yaml.YAMLError as error:
        where, _, what = strict_yaml.describe(error).partition(": ")
        return CheckResult([Unreadable.of(where, what, _yaml_fix(what))])
    if text is not None and not is_mapping(text):
        return CheckResult([Problem(path.name, type(text).__name__, "a mapping with the key `config`", "correct it")])
    if unreadable := [*_unread(as_mapping(text))]:
        return CheckResult(unreadable)
    config = as_mapping(text).get("config")
    if config is not None and not is_mapping(config):
        return CheckResult([Problem("config", type(config).__name__, "a mapping of keys and values", "correct it")])
    config = as_mapping(config)
    if public := [*secret_problems(as_mapping(text))]:
        return CheckResult(public)
    defaults = cast(object, config.get(WHERE) or {})
    if unusable := [*value_problems(defaults, WHERE)]:
        return CheckResult(unusable)
    try:
        validated_defaults(defaults)
    except BadArguments as refused:
        return CheckResult(refused.problems)
    key = next((key for key in MODELS if key in config), None)
    if key is None:
        return _without_settings(config, path.name.removeprefix("Pulumi.").removesuffix(".yaml"))
    try:
        settings = VALIDATE[key](resolve(config[key], in_config(config)))
    except SettingsRefused as refused:
        return CheckResult(refused.problems)
    advice = warnings(settings) if isinstance(settings, Settings) else ()
    return CheckResult(warnings=[*_ignored(as_mapping(text)), *advice])


def _text_fix(reason: str) -> str:
    return "save it as UTF-8" if "UTF-8" in reason else "make it shorter"


_YAML_FIXES = {
    "'\\t'": "indent with spaces, not with tabs",
    "duplicate key": "remove one of the two",
    "cannot be seen": "write the word again",
    "mapping values are not allowed": "put a value that contains `: ` in quotes, or correct the indentation",
}
"""Part of a message of PyYAML or of `strict_yaml` -> the fix."""


def _yaml_fix(what: str) -> str:
    return next((fix for part, fix in _YAML_FIXES.items() if part in what), "correct it")


_TEXTS = ("secretsprovider", "encryptedkey", "encryptionsalt")


def _unread(content: Mapping[str, object]) -> Iterator[Problem]:
    """Yields a problem for each top-level key of a stack file that the engine cannot read, and for those that it
    ignores though they have settings of Falaj, or mean to (sdk 3.259.0, go/common/workspace, `ProjectStack`). A key
    whose settings `config` takes over by an anchor is for people."""
    config = as_mapping(content.get("config"))
    for key, value in content.items():
        if key in _TEXTS and (is_list(value) or is_mapping(value)):
            yield Problem(f"{key}", type(value).__name__, "a text", "write what the engine has written, or remove it")
        is_lost = any(str(name).startswith(f"{NAMESPACE}:") and name not in config for name in as_mapping(value))
        if key != "config" and (is_lost or str(key).lower() == "config"):
            yield Problem(f"{key}", "a key that the engine does not read", "config", "write its values below `config`")
    for key in config:
        if fix := _key_fix(key):
            yield Problem(f"config.{key}", "a key that the engine cannot read", "`namespace:name`", fix)


def _ignored(content: Mapping[str, object]) -> Iterator[str]:
    """Yields a warning if the engine ignores plain values of a stack file whose keys are almost its own, such as a
    misspelt salt. Other keys, lists and mappings may have anchors, and `x-` begins what is for people."""
    known = ("config", "environment", *_TEXTS)
    keys = [
        f"{key}" for key, value in content.items()
        if key not in known and not f"{key}".startswith("x-") and not (is_list(value) or is_mapping(value))
        and difflib.get_close_matches(f"{key}".lower(), known, n=1, cutoff=0.8)
    ]  # fmt: skip
    if keys:
        more = f" and {len(keys) - 1:,} more" if len(keys) > 1 else ""
        yield f"the engine ignores the key {keys[0]!r:.60}{more} outside `config`: correct the spelling, or remove it"


def _key_fix(key: object) -> str:
    """Returns how to correct a key of `config` that the engine cannot read, or nothing. It reads a text, which gets the
    project's namespace if it has none (pulumi 3.259.0, `pulumi config` on such files, 2026-11-28)."""
    if not isinstance(key, str):
        return "write it in quotes"
    parts = key.split(":")
    is_read = len(parts) in (1, 2) or (len(parts) == 3 and parts[1] == "config")
    return "" if is_read else "leave only one colon"


def _without_settings(config: Mapping[str, object], stack: str) -> CheckResult:
    """Checks a stack of a program that takes components only: it has no settings here, but perhaps a misspelt key, or
    settings under a key of another namespace or of none. Plain values in Falaj's namespace are what settings refer to.
    """
    problems = [
        Problem(
            f"config.{key}",
            "an unknown key of Falaj",
            " or ".join((*MODELS, WHERE)),
            "correct its spelling, or remove it",
        )
        for key in config
        if str(key).lower().startswith(f"{NAMESPACE}:") and key != WHERE and is_mapping(config[key])
    ]
    for key, value in config.items():
        right = next((name for name, model in MODELS.items() if _are_settings(as_mapping(value), model)), None)
        if right is not None and not str(key).lower().startswith(f"{NAMESPACE}:"):
            allowed = " or ".join(MODELS)
            problems.append(Problem(f"config.{key}", "settings of Falaj", allowed, f"write them below `{right}`"))
    return CheckResult(problems, summary=_NO_SETTINGS.format(stack=stack))


def _are_settings(value: Mapping[str, object], model: type[BaseModel]) -> bool:
    """Returns whether a mapping has tags, as all settings, what a platform or a tenant consists of, and only fields of
    the model. Objects of other programs have tags too, and names."""
    if "tags" not in value or not value.keys() <= model.model_fields.keys():
        return False
    if model is Settings:
        return any(is_mapping(value.get(name)) for name in ("sites", "onprem", "tenants"))
    return {"name", "tier"} <= value.keys()


_NO_SETTINGS = f"""no key {" or ".join(MODELS)}, so nothing to check here. Not checked: what the program gives to \
components, and the guardrails; `falaj preview --stack {{stack}}` evaluates both"""


def schema() -> dict[str, object]:
    """Returns the JSON Schema of a whole stack file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A stack of the Falaj platform, or of one of its tenants",
        "type": "object",
        "required": ["config"],
        "properties": {
            "config": {
                "type": "object",
                "anyOf": [{"required": [key]} for key in (*MODELS, WHERE)],
                "properties": {
                    key: _described(key, model) for key, model in {**MODELS, WHERE: PlatformDefaults}.items()
                },
            }
        },
    }


def _described(key: str, model: type[BaseModel]) -> dict[str, object]:
    template = f"#/properties/config/properties/{key}/$defs/{{model}}"
    return described(model.model_json_schema(ref_template=template), model)


def main() -> int:
    """Runs the command and returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m falaj.components.settings.stackfile", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check_parser = commands.add_parser("check", help="check stack files")
    check_parser.add_argument("files", nargs="+", type=Path)
    check_parser.add_argument("--json", action="store_true")
    commands.add_parser("schema", help="print the JSON Schema of a stack file")
    options = parser.parse_args()
    if options.command == "schema":
        print(json.dumps(schema(), indent=2))
        return 0
    try:
        clock.today()
        results = {str(path): check(path) for path in options.files}
    except (BadRow, clock.InvalidDay) as error:
        print(error, file=sys.stderr)
        return 2
    if os.environ.get(clock.VARIABLE):
        print(f"warning: dates are checked for the day in {clock.VARIABLE}, {clock.today()}", file=sys.stderr)
    if options.json:
        rows = {file: [vars(problem) for problem in result.problems] for file, result in results.items()}
        print(json.dumps(rows, indent=2, default=str))
        unchecked = [each.summary for each in results.values() if each.summary != CheckResult.summary]
        print(*unchecked, sep="\n", end="\n" if unchecked else "", file=sys.stderr)
    else:
        _print(results)
    return 2 if any(result.problems for result in results.values()) else 0


def _print(results: Mapping[str, CheckResult]) -> None:
    for file, result in results.items():
        summary = () if result.problems else (result.summary,)
        for line in (*summary, *(f"warning: {warning}" for warning in result.warnings), *result.problems):
            print(f"{Path(file).name}: {line}")


def _written() -> int:
    """Runs the command. Exit status 3 if its output cannot be written."""
    try:
        status = main()
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"the output: {error.strerror or error}; write it elsewhere", file=sys.stderr)
        return 3
    return status


if __name__ == "__main__":
    sys.exit(_written())
