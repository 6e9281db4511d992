"""The programs on the pages of the components: every component has them, they run, and what they create is current."""

import ast

import pytest

from falaj.components.plugin import PACKAGES
from falaj.components.reference.created import FILE, CreatedType, created_types, rules_on
from falaj.components.reference.layout import WIDTH, Group, lay_out
from falaj.components.reference.programs import declared_arguments
from tests.project.created_types import COMPONENTS, PROGRAMS, recorded, table

EVERY = pytest.mark.parametrize("name", COMPONENTS)


def test_every_component_has_a_declaration() -> None:
    declared = {f"{package}.{kind}" for package in PACKAGES for kind in declared_arguments(package)}
    assert declared == COMPONENTS.keys()
    assert len(declared) > 60


@EVERY
def test_the_program_in_python_creates_the_component(name: str) -> None:
    package, kind = name.split(".")
    assert [of.name for of in recorded(name).of(f"falaj:{package}:{kind}") if not of.parent] == ["uae"]


@EVERY
def test_the_program_in_python_imports_what_an_installed_package_exports(name: str) -> None:
    tree = ast.parse(PROGRAMS.python(COMPONENTS[name]))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert modules == {"falaj.components"}


def test_what_the_programs_create_and_are_charged_for_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == table(), "run: python -m tests.project.created_types"
    assert (
        CreatedType("aws:kms/key:Key", ["kms key per month", "kms requests per 10000 requests"])
        in (created_types()["aws.Vault"])
    )


def test_rules_name_a_type_or_the_group_of_its_api() -> None:
    rules = {
        "A": ["aws:s3/bucket:Bucket"],
        "B": ["kubernetes:apps/"],
        "C": ["aws:", "kubernetes:"],
        "D": ["aws:s3/x:X"],
    }
    assert rules_on([CreatedType("aws:s3/bucket:Bucket", [])], rules) == ["A"]
    assert rules_on([CreatedType("kubernetes:apps/v1:Deployment", [])], rules) == ["B"]


def test_expressions_are_broken_only_where_a_line_is_too_long() -> None:
    short = Group("f(", [("a=", "1"), ("", Group("{", [], "}"))], ")")
    assert lay_out("x = ", short) == "x = f(a=1, {})"
    long = Group("f(", [("a=", '"' + "x" * WIDTH + '"'), ("b=", short)], ")")
    assert lay_out("x = ", long).splitlines() == ["x = f(", f'    a="{"x" * WIDTH}",', "    b=f(a=1, {}),", ")"]
