"""The linters and schemas of the hosts report nothing for the pipelines, and do report errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipelines.tools import ROOT, complaints

pytestmark = pytest.mark.engine

CALLERS = sorted(ROOT.glob("pipelines/github/callers/*.yml"))
WORKFLOWS = sorted([*ROOT.glob("pipelines/github/*.yml"), *CALLERS, *ROOT.glob(".github/workflows/*.yml")])
ACTIONS = sorted(ROOT.glob("pipelines/github/*/action.yml"))
AZURE = sorted(ROOT.glob("pipelines/azure/*.yml"))
SCHEMAS = {
    "github-workflows": (WORKFLOWS, ()),
    "github-actions": (ACTIONS, ()),
    "gitlab-ci": ([ROOT / "pipelines/gitlab/.gitlab-ci.yml"], ("--data-transform", "gitlab-ci")),
    # The patterns of this schema are not valid in the checker's default Unicode mode.
    "azure-pipelines": (AZURE, ("--data-transform", "azure-pipelines", "--regex-variant", "nonunicode")),
}


def zizmor(folder: Path, *files: Path) -> str:
    options = (
        "--offline",
        "--no-progress",
        "--quiet",
        "--persona",
        "pedantic",
        "--config",
        ROOT / "pipelines/zizmor.yml",
    )
    return complaints(folder / "zizmor", *options, *files)


def schema(folder: Path, name: str, *files: Path) -> str:
    return complaints(folder / "check-jsonschema", "--builtin-schema", f"vendor.{name}", *SCHEMAS[name][1], *files)


def test_actionlint(actionlint: Path) -> None:
    assert complaints(actionlint, *WORKFLOWS) == ""


def test_zizmor(python_linters: Path) -> None:
    assert zizmor(python_linters, *WORKFLOWS, *ACTIONS) == ""


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema(python_linters: Path, name: str) -> None:
    assert SCHEMAS[name][0]
    assert schema(python_linters, name, *SCHEMAS[name][0]) == ""


def test_yamllint(python_linters: Path) -> None:
    config = ROOT / "pipelines/yamllint.yml"
    assert complaints(python_linters / "yamllint", "--strict", "--config-file", config, "pipelines", ".github") == ""


@pytest.mark.parametrize(
    ("old", "new", "audit"),
    [
        ("on:\n  pull_request:", "on:\n  pull_request_target:", "dangerous-triggers"),
        ("@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2", "@v6", "unpinned-uses"),
        ("permissions: {}\nconcurrency", "permissions: write-all\nconcurrency", "excessive-permissions"),
        ('test "$RESULT" = success', 'echo "${{ github.head_ref }}"', "template-injection"),
        ("persist-credentials: false", "clean: true", "artipacked"),
    ],
)
def test_zizmor_finds_vulnerabilities(python_linters: Path, tmp_path: Path, old: str, new: str, audit: str) -> None:
    text = (ROOT / "pipelines/github/pull-request.yml").read_text()
    assert old in text
    broken = tmp_path / "broken.yml"
    broken.write_text(text.replace(old, new, 1))
    assert f"[{audit}]" in zizmor(python_linters, broken)


def test_actionlint_finds_an_unknown_name(actionlint: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yml"
    broken.write_text((ROOT / "pipelines/github/pull-request.yml").read_text().replace("needs.check", "needs.chek"))
    assert "chek" in complaints(actionlint, broken)


@pytest.mark.parametrize(
    ("name", "file", "old", "new"),
    [
        ("gitlab-ci", "gitlab/.gitlab-ci.yml", "resource_group: ", "resource_groups: "),
        ("azure-pipelines", "azure/azure-pipelines.yml", "lockBehavior: sequential", "lockBehaviour: sequential"),
        ("github-actions", "github/check/action.yml", "using: composite", "use: composite"),
    ],
)
def test_a_schema_finds_a_wrong_key(
    python_linters: Path, tmp_path: Path, name: str, file: str, old: str, new: str
) -> None:
    text = (ROOT / "pipelines" / file).read_text()
    assert old in text
    broken = tmp_path / "broken.yml"
    broken.write_text(text.replace(old, new, 1))
    assert schema(python_linters, name, broken) != ""
