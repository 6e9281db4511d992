"""No file outside the clouds' own files and the registry names a cloud, except those in `cloud_names.py`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from falaj.facts.clouds import CLOUDS
from tests.every_case import check_every
from tests.project.cloud_names import EXCEPTIONS, TABLES

ROOT = Path(__file__).parents[2]
SEARCHED = ("components", "falaj/cli", "falaj/facts", "falaj/finops")
OWN = re.compile(rf"(^|[/_])({'|'.join(CLOUDS)})([/_]|\.py$)")
"""A file or folder of one cloud: `components/aws/`, `core/site/aws_rules.py`."""
REGISTRY = "falaj/facts/clouds.py"
WORD = re.compile(rf"[\w.:/@-]*(?:{'|'.join(CLOUDS)})[\w.:/@-]*", re.IGNORECASE)


def searched() -> list[str]:
    files = [*ROOT.glob("falaj/*.py"), *(file for folder in SEARCHED for file in (ROOT / folder).rglob("*.py"))]
    paths = sorted(str(file.relative_to(ROOT)) for file in files)
    return [path for path in paths if path != REGISTRY and not OWN.search(path)]


def names_in(text: str) -> set[str]:
    """Returns the identifiers that name a cloud, and the words of strings that do, except documentation."""
    tree = ast.parse(text)
    documentation = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    found = (word for node in ast.walk(tree) if id(node) not in documentation for word in _texts(node))
    return {word for text in found for word in WORD.findall(text)}


def _texts(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Constant(value=str() as text) | ast.Name(id=text) | ast.Attribute(attr=text):
            yield text
        case ast.FunctionDef(name=text) | ast.ClassDef(name=text) | ast.arg(arg=text) | ast.alias(name=text):
            yield text
        case ast.keyword(arg=str() as text) | ast.ImportFrom(module=str() as text):
            yield text
        case _:
            pass


def check_names(path: str) -> None:
    reason, allowed = EXCEPTIONS.get(path, ("", frozenset()))
    named = names_in((ROOT / path).read_text(encoding="utf-8"))
    assert named == allowed, f"use the registry of clouds ({REGISTRY}), or state the reason in cloud_names.py: {reason}"


def test_a_file_names_no_cloud_without_a_reason() -> None:
    check_every([path for path in searched() if path not in TABLES], check_names)


def test_every_exception_is_needed() -> None:
    files = set(searched())
    assert set(EXCEPTIONS) | set(TABLES) <= files
    assert not set(EXCEPTIONS) & set(TABLES)
    assert not [path for path in TABLES if not names_in((ROOT / path).read_text(encoding="utf-8"))]
    assert not [path for path, (reason, names) in EXCEPTIONS.items() if len(reason) < 20 or not names]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("x = cloud is Cloud.AWS", {"AWS"}),
        ("def is_azure(name): return name == 'aws'", {"is_azure", "aws"}),
        ("f(aws=1)\nfrom falaj.finops.aws import b", {"aws", "falaj.finops.aws"}),
        ("x = {'key': 'the command aws ec2 and s3'}", {"aws"}),
        ('"""Documents AWS."""\nx = 1\n"""The same on Azure."""', set()),
        ("x = CLOUDS[cloud].display_name", set()),
    ],
)
def test_names_are_found(code: str, names: set[str]) -> None:
    assert names_in(code) == names


@pytest.mark.parametrize("path", ["components/aws/x.py", "components/core/site/azure_rules.py", "falaj/finops/aws.py"])
def test_files_of_a_cloud_are_its_own(path: str) -> None:
    assert OWN.search(path)
    assert not OWN.search("components/core/site/laws.py")
