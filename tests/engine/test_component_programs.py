"""The programs on the pages of the components in YAML, on the engine. `test_languages` compiles those in TypeScript."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from falaj.components.plugin import PACKAGES
from falaj.components.reference.declarations import Component
from falaj.components.reference.pages import page_of
from falaj.sandbox.toolchain import Engine
from tests.engine.conftest import MakeProject
from tests.engine.harness import ROOT
from tests.engine.languages import PROGRAMS, provide_host
from tests.engine.program import Program
from tests.project.created_types import COMPONENTS
from tests.project.created_types import PROGRAMS as TEXTS

pytestmark = pytest.mark.engine

CONFIG = {"aws:region": "me-central-1"}

COPIED = {
    "aws.Vault": ("python", "__main__.py"),
    "azure.Vault": ("yaml", "Pulumi.yaml"),
    "kubernetes.Foundation": ("python", "__main__.py"),
}
"""Component -> language and file of the program that is copied from its page."""


def resource(of: Component) -> str:
    return of.kind.__name__.lower()


def one_program(components: list[Component]) -> str:
    """Returns one program in YAML of the programs of several components, each under a name of its own."""
    head = {"name": "pages", "runtime": "yaml"}
    program: dict[str, Any] = {**head, "variables": {}, "resources": {}, "outputs": {}}
    for of in components:
        parts = yaml.safe_load(TEXTS.yaml(of))
        program["variables"] |= parts.get("variables", {})
        program["resources"][resource(of)] = parts["resources"]["uae"]
        for name, value in parts.get("outputs", {}).items():
            program["outputs"][f"{resource(of)}-{name}"] = value.replace("uae.", f"{resource(of)}.")
    return yaml.safe_dump(program, sort_keys=False)


@pytest.mark.parametrize("name", COPIED)
def test_a_page_is_all_that_its_program_needs(name: str, engine: Engine, tmp_path: Path) -> None:
    language, file = COPIED[name]
    page = (ROOT / "docs" / "components" / page_of(COMPONENTS[name])).read_text(encoding="utf-8")
    blocks = dict(reversed(re.findall(r"^```(\w+)\n(.*?)^```", page, re.MULTILINE | re.DOTALL)))
    (tmp_path / file).write_text(blocks[language])
    path = os.pathsep.join((str(engine.path.parent), str(Path(sys.executable).parent), os.environ["PATH"]))
    variables = os.environ | {"PATH": path, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(
        ["sh", "-e", "-c", blocks["sh"]], cwd=tmp_path, env=variables, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    package, kind = name.split(".")
    assert f"+ falaj:{package}:{kind} uae create" in re.sub(" +", " ", ran.stdout)


@pytest.mark.parametrize("package", PACKAGES)
def test_the_programs_in_yaml_are_planned(make_project: MakeProject, engine: Engine, package: str) -> None:
    components = [of for of in COMPONENTS.values() if of.package == package]
    program = Program(make_project(PROGRAMS / "yaml", f"{package} programs").session)
    provide_host(program, engine)
    (program.folder / "Pulumi.yaml").write_text(one_program(components))
    (program.folder / "Pulumi.dev.yaml").write_text(yaml.safe_dump({"config": CONFIG}))
    planned = program.do("preview", "--json")
    assert planned.status == 0, planned.output
    steps, _ = json.JSONDecoder().raw_decode(planned.output[planned.output.index("{\n") :])
    created = {step["urn"].rpartition("::")[2]: step["newState"]["type"] for step in steps["steps"]}
    assert {name: created.get(name) for name in map(resource, components)} == {
        resource(of): f"falaj:{package}:{of.kind.__name__}" for of in components
    }
