"""The messages in docs/troubleshooting.md are those that the code prints today."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from guardrails.engine.enforcement import load_enforcement
from guardrails.registry import IDS
from typer.testing import CliRunner

from falaj import extras
from falaj.cli.app import app
from falaj.cli.common import CommandError
from falaj.components import aws
from falaj.components.core.validation.args import BadArguments
from falaj.components.settings.stackfile import check
from falaj.sandbox import toolchain
from falaj.sandbox.go_build import BuildFailed
from falaj.sandbox.official_release import ReleaseUnavailable
from tests.engine.test_troubleshooting import MESSAGES as FROM_THE_ENGINE
from tests.policies.harness import Given, Pack
from tests.project.pages import ROOT, text_of
from tests.samples import COST_TAGS

PAGE = text_of("docs/troubleshooting.md")
TODAY = "2026-11-28"
NOT_PRODUCED = {"The API server does not answer", "The sign-in program is not installed"}
"""Messages of other programs on real clouds. The page says so."""


def entries() -> dict[str, str]:
    """Heading -> its message, on one line."""
    found = re.findall(r"^### ([^\n]+)\n\n```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    return {heading: one_line(message) for heading, message in found}


def one_line(text: str) -> str:
    return " ".join(text.split())


Change = Callable[[dict[str, Any], dict[str, Any]], object]
"""Makes a mistake in the settings of the platform, or in those of its site."""

SETTINGS: dict[str, Change] = {
    "A required field is missing": lambda platform, _: platform["tags"].pop("owner"),
    "A key is misspelt": lambda _, site: site.update(regoin=site.pop("region")),
    "A region is outside the UAE": lambda _, site: site.update(region="eu-west-1"),
    "A machine type is not offered": lambda _, site: site["pools"]["gpuspot"].update(machines=["p4d.24xlarge"]),
    "The Kubernetes version is a number": lambda _, site: site.update(kubernetes_version=1.36),
    "The Kubernetes version is not supported": lambda _, site: site.update(kubernetes_version="1.29"),
    "The network is too small": lambda _, site: site["network"].update(cidr="10.10.0.0/24"),
    "Work does not fit its node pool": lambda platform, _: platform["tenants"]["research"]["runs"]["first-run"].update(
        gpus=8
    ),
}

BUCKET = "aws:s3/bucket:Bucket"
WORLD = {"protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": ["0.0.0.0/0"]}
RESOURCES = {
    "A resource lacks cost tags": Given(BUCKET, {"tags": {**COST_TAGS, "owner": ""}}, "models"),
    "A resource is in another region": Given(BUCKET, {"tags": COST_TAGS}, "models", {"region": "eu-west-1"}),
    "A port is open to the world": Given(
        "aws:ec2/securityGroup:SecurityGroup", {"tags": COST_TAGS, "ingress": [WORLD]}, "ssh"
    ),
}

COMMANDS = {
    "There is no project": ["check", "--project", "."],
    "There is no such stack": ["check", "--project", str(ROOT), "--stack", "prd"],
    "The base of a report is not in the clone": (
        ["verdict", "--project", str(ROOT), "--stack", "dev", "--base", "origin/none"]
    ),
}

BILLS = {
    "A price is missing": {"instanceType": "p4d.24xlarge"},
    "A cost threshold is exceeded": {"instanceType": "g6.12xlarge", "region": "me-central-1"},
}


@pytest.mark.parametrize("heading", SETTINGS)
def test_settings(heading: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FALAJ_TODAY", TODAY)
    stack = yaml.safe_load((ROOT / "Pulumi.dev.yaml").read_text(encoding="utf-8"))
    platform = stack["config"]["falaj:platform"]
    SETTINGS[heading](platform, platform["sites"]["devaws"])
    file = tmp_path / "Pulumi.dev.yaml"
    file.write_text(yaml.safe_dump(stack))
    assert entries()[heading] == one_line("\n".join(f"{file.name}: {problem}" for problem in check(file).problems))


@pytest.mark.parametrize("heading", RESOURCES)
def test_guardrails(heading: str) -> None:
    pack = Pack(load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS))
    assert entries()[heading] in [report.text for report in pack.evaluate_resource(RESOURCES[heading])]


@pytest.mark.parametrize("heading", COMMANDS)
def test_commands(heading: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused = CliRunner().invoke(app, COMMANDS[heading]).exception
    assert isinstance(refused, CommandError)
    assert entries()[heading].replace("origin/main", "origin/none") == f"falaj: {refused}"


@pytest.mark.parametrize("heading", BILLS)
def test_bills(heading: str, tmp_path: Path) -> None:
    urn = "urn:pulumi:dev::p::aws:ec2/instance:Instance::big"
    state = {"urn": urn, "type": "aws:ec2/instance:Instance", "custom": True, "inputs": BILLS[heading]}
    (tmp_path / "plan.json").write_text(json.dumps({"steps": [{"op": "create", "urn": urn, "newState": state}]}))
    (tmp_path / "ceilings.yaml").write_text("aed_per_month: 5000\n")
    files = ["--plan", str(tmp_path / "plan.json"), "--ceilings", str(tmp_path / "ceilings.yaml")]
    printed = CliRunner().invoke(app, ["bill", "--stack", "dev", *files], env={"COLUMNS": "300"}).output
    assert entries()[heading] in one_line(printed)


def test_a_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "_installed", lambda module: False)
    with pytest.raises(extras.MissingExtra) as missing:
        extras.require("falaj.components.aws", "aws")
    assert entries()["The SDK of a cloud is not installed"] == str(missing.value)


def test_arguments() -> None:
    with pytest.raises(BadArguments) as refused:
        aws.Vault("models", {"region": "me-central-1", "purpose": "model"})  # type: ignore[arg-type]
    assert entries()["Arguments of a component are invalid"] == one_line(str(refused.value))


def test_no_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fails(error: Exception) -> Callable[..., object]:
        def source(*_: object) -> object:
            raise error

        return source

    monkeypatch.setattr(toolchain.shutil, "which", lambda _: None)
    monkeypatch.setattr(toolchain, "cache", lambda: tmp_path)
    unreachable = ReleaseUnavailable("the official release cannot be reached (no route to host)")
    monkeypatch.setattr(toolchain, "_official", fails(unreachable))
    monkeypatch.setattr(toolchain, "_build_from_source", fails(BuildFailed("neither go nor npm is on PATH")))
    with pytest.raises(toolchain.EngineNotFound) as missing:
        toolchain.find_engine(print)
    assert entries()["There is no engine"] == str(missing.value)


def headings_with_a_test() -> Iterator[str]:
    tables: Iterable[Iterable[str]] = (SETTINGS, RESOURCES, COMMANDS, BILLS, FROM_THE_ENGINE)
    for table in tables:
        yield from table
    yield from ("The SDK of a cloud is not installed", "Arguments of a component are invalid", "There is no engine")


def test_every_entry_has_a_test_or_says_that_it_has_none() -> None:
    assert set(entries()) == set(re.findall(r"^### (.+)$", PAGE, re.MULTILINE))
    assert set(entries()) == {*headings_with_a_test(), *NOT_PRODUCED}
    assert PAGE.count("not produced in a test") == len(NOT_PRODUCED)
    assert len(entries()) >= 20
