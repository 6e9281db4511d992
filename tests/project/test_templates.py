"""The templates: what they share is equal, and what they prompt for is what their settings and programs read."""

import re
from pathlib import Path

import pytest
import yaml

from tests.project.templates import ALL, STACK, TEMPLATES, shared_files

FIELDS = {"displayName", "description", "quickstart", "config"}
CONFIG_FIELDS = {"description", "default", "secret"}
"""Fields of `template` and of an entry of its `config` that Pulumi reads: `ProjectTemplate` and
`ProjectTemplateConfigValue` of sdk/go/common/apitype/templates.go (3.259.0, read on 2026-11-28)."""

READ = re.compile(r"\$\{falaj:([a-z-]+)\}|config\.require(?:_float)?\(\"([a-z-]+)\"\)")
OWN = {"Pulumi.dev.yaml", "README.md", "__main__.py"}


def text(template: str, path: str) -> str:
    return (TEMPLATES / template / path).read_text(encoding="utf-8")


def files(template: str) -> list[Path]:
    folder = TEMPLATES / template
    return [file for file in folder.rglob("*") if not file.is_dir() and "__pycache__" not in file.parts]


def test_every_folder_is_a_template() -> None:
    # GitLab reads the components of a project from files in this folder.
    assert {folder.name for folder in TEMPLATES.iterdir() if folder.is_dir()} == set(ALL)


@pytest.mark.parametrize("template", ALL)
def test_shared_files_are_those_of_the_generator(template: str) -> None:
    """Correct the source in `templates/vault`, `templates/site` or tests/project/templates.py, then run
    `python -m tests.project.templates`."""
    shared = dict(shared_files(template))
    assert [path for path, content in shared.items() if text(template, path) != content] == []
    found = {file.relative_to(TEMPLATES / template).as_posix() for file in files(template)}
    assert found - OWN == set(shared) - OWN
    assert found >= OWN - {f"Pulumi.{STACK}.yaml"}


@pytest.mark.parametrize("template", ALL)
def test_no_file_is_a_link(template: str) -> None:
    """`pulumi new` reads the files of a folder one by one, and fails on a link to a folder."""
    assert [file for file in files(template) if file.is_symlink()] == []


@pytest.mark.parametrize("template", ALL)
def test_pulumi_knows_every_field(template: str) -> None:
    section = yaml.safe_load(text(template, "Pulumi.yaml"))["template"]
    assert set(section) <= FIELDS
    for prompt in section["config"].values():
        assert set(prompt) <= CONFIG_FIELDS
        assert all(isinstance(value, str) for value in prompt.values())


@pytest.mark.parametrize("template", ALL)
def test_every_prompt_is_read_and_every_value_is_prompted_for(template: str) -> None:
    names = [f"Pulumi.{STACK}.yaml", "__main__.py"]
    texts = [text(template, name) for name in names if (TEMPLATES / template / name).exists()]
    read = {first or second for content in texts for first, second in READ.findall(content)}
    if template == "vault":
        read |= {"business-unit", "cost-centre", "data-classification", "environment", "owner"}  # MANDATORY_KEYS
        assert "for key in MANDATORY_KEYS" in texts[0]
    assert read == set(ALL[template].prompts)


@pytest.mark.parametrize("template", [name for name, template in ALL.items() if template.is_platform])
def test_settings_and_policy_pack_have_one_ceiling(template: str) -> None:
    settings = yaml.safe_load(text(template, f"Pulumi.{STACK}.yaml"))["config"]["falaj:platform"]
    pack = yaml.safe_load(text(template, "policy_pack/enforcement.yaml"))
    assert settings["ceilings"] == {"aed_per_month": pack["cost"]["ceilings"][STACK]}


@pytest.mark.parametrize("template", ALL)
def test_no_substitution_of_pulumi_is_inside_quotes(template: str) -> None:
    """Pulumi inserts a name in YAML files with a line break after it: `toYAMLString` in pkg/cmd/pulumi/templates
    (project_templates.go, 3.259.0)."""
    for file in files(template):
        if file.suffix == ".yaml":
            assert not re.search(r"""["'][^"'\n]*\$\{(PROJECT|DESCRIPTION)\}""", file.read_text(encoding="utf-8")), file
