"""One site in Python, YAML, TypeScript and Go on the real engine: the same resources, and the compilers' refusals."""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cache

import pytest

from falaj.sandbox.toolchain import Engine, EngineNotFound
from tests.engine.conftest import MakeProject
from tests.engine.languages import COMPILED, PROGRAMS, add_package, go_command, provide_host, tsc
from tests.engine.program import STACK, Program, deployed_program
from tests.project.created_types import COMPONENTS
from tests.project.created_types import PROGRAMS as TEXTS
from tests.scan.tools import NoTools

pytestmark = pytest.mark.engine

GENERATED = re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|[0-9a-f]{7,}", re.IGNORECASE)
"""What differs in each deployment: IDs, and the suffixes of names."""

Deployed = Callable[[str], Program]


@pytest.fixture(scope="module")
def project(make_project: MakeProject, engine: Engine) -> Deployed:
    """Makes the project of a language, with its language host and its SDK. Skips with a reason if a tool is missing."""

    @cache
    def make(language: str) -> Program:
        session = make_project(PROGRAMS / language, language).session
        program = Program(replace(session, environment=session.environment | COMPILED))
        try:
            provide_host(program, engine)
            if language in ("typescript", "go"):
                add_package(program)
        except (NoTools, EngineNotFound) as missing:
            if os.environ.get("FALAJ_REQUIRE_ENGINE"):
                pytest.fail(f"the language tests are required: {missing}")
            pytest.skip(str(missing))
        return program

    return make


@pytest.fixture(scope="module")
def deployed(project: Deployed) -> Iterator[Deployed]:
    """Deploys the program of a language once; destroys it at the end, which must leave nothing."""
    with ExitStack() as stack:

        @cache
        def deploy(language: str) -> Program:
            return stack.enter_context(deployed_program(project(language), pack=False))

        yield deploy


def resources(program: Program) -> Mapping[str, object]:
    """Returns the inputs of each resource by URN; only those of components differ in spelling between languages."""
    return {
        resource["urn"]: json.loads(GENERATED.sub("*", json.dumps(resource.get("inputs"))))
        if resource["custom"]
        else {}
        for resource in program.state(STACK)
        if resource["type"] != "pulumi:providers:falaj"
    }


@pytest.mark.parametrize("language", ["yaml", "typescript", "go"])
def test_a_program_creates_what_the_one_in_python_creates(language: str, deployed: Deployed) -> None:
    expected = resources(deployed("python"))
    assert len(expected) > 100
    assert resources(deployed(language)) == expected
    outputs = json.loads(deployed(language).pulumi("stack", "output", "--json", "--stack", STACK).output)
    assert outputs["cluster"] == "uae-cluster-dev"
    assert outputs["uri"].startswith("s3://results-bucket-")


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("retentionDays: 365", "retentionDays: long", "retentionDays: Cannot assign type 'string' to type 'integer'"),
        ("purpose: artifacts", "purpose: pictures", 'ARTIFACTS ("artifacts")'),
        (
            "scope: arabic-llm",
            "scope: arabic-llm\n      colour: red",
            "Property colour does not exist on 'falaj:aws:BudgetAlarm'",
        ),
        ("scope: arabic-llm", "region: me-central-1", "Missing required property 'scope'"),
        (
            "retentionDays: 365",
            "retentionDays: 0",
            "is not allowed; allowed: 1 or more. Fix: choose a number that is 1 or more.",
        ),
    ],
)
def test_a_wrong_argument_in_yaml_is_refused(project: Deployed, right: str, wrong: str, says: str) -> None:
    with changed(project("yaml"), {right: wrong}) as program:
        refused = program.do("preview")
    assert refused.status != 0
    assert says in refused.output
    assert "Traceback" not in refused.output


ACCOUNT = """resources:
  account:
    type: pulumi:providers:aws
    properties: {region: me-central-1}
  copies:
    type: falaj:aws:Vault
    options: {providers: ["${account}"]}
    properties: {region: me-central-1, purpose: datasets, tags: "${tags}"}
"""


def test_a_program_in_yaml_passes_a_provider_of_its_own(project: Deployed) -> None:
    with changed(project("yaml"), {"resources:\n": ACCOUNT}) as program:
        planned = program.do("preview", "--json")
    steps, _ = json.JSONDecoder().raw_decode(planned.output[planned.output.index("{\n") :])
    [bucket] = [step for step in steps["steps"] if step["urn"].endswith("::copies-bucket")]
    assert "::pulumi:providers:aws::account::" in bucket["newState"]["provider"]


@contextmanager
def changed(program: Program, texts: Mapping[str, str]) -> Iterator[Program]:
    """The program in YAML with some texts, each of which it has once, replaced for the duration of a test."""
    file = program.folder / "Pulumi.yaml"
    original = text = file.read_text()
    for right, wrong in texts.items():
        assert text.count(right) == 1
        text = text.replace(right, wrong)
    file.write_text(text)
    try:
        yield program
    finally:
        file.write_text(original)


TYPESCRIPT = """import {{ aws }} from "@falaj/falaj";
const tags = {{ project: "arabic-llm" }};
new aws.Vault("wrong", {{ region: "me-central-1", {arguments} }});
"""


def test_the_compiler_of_typescript_refuses_wrong_arguments(project: Deployed) -> None:
    program = project("typescript")
    assert tsc(program, "-p", ".").output == ""
    wrong = {
        "key": ('purpose: "models", colour: "red", tags', "'colour' does not exist in type 'VaultArgs'"),
        "missing": ("tags", "Property 'purpose' is missing in type"),
        "word": ('purpose: "pictures", tags', "Type '\"pictures\"' is not assignable to type"),
        "type": ('purpose: "models", retentionDays: "long", tags', "Type 'string' is not assignable to type 'number'"),
    }
    for name, (arguments, _) in wrong.items():
        (program.folder / f"{name}.ts").write_text(TYPESCRIPT.format(arguments=arguments))
    settings = json.loads((program.folder / "tsconfig.json").read_text())
    settings["files"] = [f"{name}.ts" for name in wrong]
    (program.folder / "wrong.json").write_text(json.dumps(settings))
    errors = re.split(r"^(?=\S)", tsc(program, "-p", "wrong.json").output, flags=re.MULTILINE)
    for name, (_, says) in wrong.items():
        [error] = [error for error in errors if error.startswith(f"{name}.ts")]
        assert says in error


def test_the_programs_on_the_pages_of_the_components_compile(project: Deployed) -> None:
    program = project("typescript")
    files = {f"{name}.ts": TEXTS.typescript(of) for name, of in COMPONENTS.items()}
    for name, text in files.items():
        (program.folder / name).write_text(text)
    settings = json.loads((program.folder / "tsconfig.json").read_text()) | {"files": list(files)}
    (program.folder / "pages.json").write_text(json.dumps(settings))
    compiled = tsc(program, "-p", "pages.json")
    assert (compiled.status, compiled.output) == (0, "")


GO = """package main

import "git.example.ae/falaj/falaj/sdk/go/falaj/aws"

var _ = aws.VaultArgs{{{arguments}}}
"""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ('Colour: "red"', "unknown field Colour in struct literal of type"),
        ("Purpose: aws.PurposePICTURES", "undefined: aws.PurposePICTURES"),
        ('RetentionDays: "long"', 'cannot use "long" (untyped string constant) as *int value'),
    ],
)
def test_the_compiler_of_go_refuses_wrong_arguments(project: Deployed, arguments: str, says: str) -> None:
    program = project("go")
    wrong = program.folder / "wrong.go"
    wrong.write_text(GO.format(arguments=arguments))
    try:
        vetted = go_command(program, "vet", ".")
    finally:
        wrong.unlink()
    assert vetted.status != 0
    assert says in vetted.output
