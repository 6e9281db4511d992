"""The programs on the pages of the components: those in YAML on the engine, those in TypeScript through the compiler."""

import json
import os

import pytest

from falaj.sandbox.toolchain import Engine
from tests.engine.conftest import MakeProject
from tests.engine.languages import PROGRAMS, add_package, provide_host, tsc
from tests.engine.program import Program
from tests.project.created_types import COMPONENTS
from tests.project.created_types import PROGRAMS as TEXTS
from tests.scan.tools import NoTools

pytestmark = pytest.mark.engine


def test_the_programs_in_typescript_compile(make_project: MakeProject, engine: Engine) -> None:
    program = Program(make_project(PROGRAMS / "typescript", "typescript programs").session)
    try:
        provide_host(program, engine)
        add_package(program)
    except NoTools as missing:
        if os.environ.get("FALAJ_REQUIRE_ENGINE"):
            pytest.fail(f"the language tests are required: {missing}")
        pytest.skip(str(missing))
    files = {f"{name}.ts": TEXTS.typescript(of) for name, of in COMPONENTS.items()}
    for name, text in files.items():
        (program.folder / name).write_text(text)
    settings = json.loads((program.folder / "tsconfig.json").read_text())
    settings["files"] = list(files)
    (program.folder / "tsconfig.json").write_text(json.dumps(settings))
    compiled = tsc(program, "-p", ".")
    assert (compiled.status, compiled.output) == (0, "")
