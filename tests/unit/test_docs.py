"""Every path, link and `falaj` command that the documents name exists."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from falaj.cli.app import app
from falaj.facts import labels

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    file.relative_to(ROOT).as_posix()
    for file in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md"))
)
FOLDERS = ("components", "docs", "examples", "falaj", "pipelines", "policy_pack", "tests")
PATH = re.compile(rf"(?<![\w/.@-])(?:{'|'.join(FOLDERS)})/[\w./*<>-]*|(?<![\w/.])\./(?:try|test)\b")
LINK = re.compile(r"\]\((?!https?:)([^)#[\]]*)(?:#([^)]+))?\)")
COMMAND = re.compile(r"(?:^|`)(?:[\w./]*\.venv/bin/)?(falaj(?: [^`\n#|>]*)?)(?=[`\n#|>]|$)", re.MULTILINE)
MODULE = re.compile(r"python -m ((?:falaj|tests)[\w.]*)")
LABELS = {value for value in vars(labels).values() if isinstance(value, str) and value.startswith("falaj/")}
EVERY_PAGE = pytest.mark.parametrize("page", PAGES)


def exists(path: str, page: str) -> bool:
    """Whether a path leads to something, from the top or from the page; `<name>` and `*` stand for any name."""
    pattern = re.sub(r"<\w+>", "*", path.removeprefix("./")).rstrip("/.")
    return any(any(folder.glob(pattern)) for folder in (ROOT, (ROOT / page).parent))


def paths(text: str) -> Iterator[str]:
    """Paths inside the repository. Labels and annotations of nodes look like some."""
    for found in PATH.findall(text):
        if found.rstrip("-") not in LABELS:
            yield found


def layout(text: str) -> Iterator[str]:
    """Paths of the tree under "Project layout". Descriptions follow after spaces; two spaces indent what is inside."""
    tree = text.split("## Project layout\n\n```text\n")[1].split("```")[0]
    top = ""
    for line in tree.splitlines():
        indent = len(line) - len(line.lstrip())
        names = re.split(r",? {1,2}(?=\S)", re.split(r" {3,}", line.strip())[0])
        if indent == 0:
            top = names[0]
            yield top
        elif indent == 2:
            yield from (f"{top}{name}" for name in names)


def anchors(page: Path) -> set[str]:
    """Anchors of the headings of a page, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@cache
def command_line() -> TyperGroup:
    command = get_command(app)
    assert isinstance(command, TyperGroup)
    return command


def problems(command: str) -> Iterator[str]:
    """Subcommands and options of a command line of `falaj` that do not exist."""
    current = command_line()
    first, *words = command.split()
    assert first == "falaj"
    while words and isinstance(current, TyperGroup) and not words[0].startswith(("-", ".")):
        if words[0] not in current.commands:
            yield words[0]
            return
        current = current.commands[words.pop(0)]
    options = {option for parameter in current.params for option in (*parameter.opts, *parameter.secondary_opts)}
    given = words[: words.index("--")] if "--" in words else words
    yield from (word for word in (one.strip("`,.;").split("=")[0] for one in given) if is_unknown(word, options))


def is_unknown(word: str, options: set[str]) -> bool:
    return word.startswith("-") and word not in ("-", "--help") and word not in options


@EVERY_PAGE
def test_every_path_exists(page: str) -> None:
    assert [path for path in paths((ROOT / page).read_text()) if not exists(path, page)] == []


@EVERY_PAGE
def test_every_link_leads_somewhere(page: str) -> None:
    broken: list[str] = []
    for path, anchor in LINK.findall((ROOT / page).read_text()):
        target = (ROOT / page).parent / path if path else ROOT / page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(f"{path}#{anchor}")
    assert broken == []


@EVERY_PAGE
def test_every_command_exists(page: str) -> None:
    commands = COMMAND.findall((ROOT / page).read_text())
    assert {command: wrong for command in commands if (wrong := list(problems(command)))} == {}


@EVERY_PAGE
def test_every_python_module_exists(page: str) -> None:
    modules = set(MODULE.findall((ROOT / page).read_text()))
    assert [module for module in modules if find_spec(module) is None] == []


def test_the_project_layout_exists() -> None:
    named = list(layout((ROOT / "CONTRIBUTING.md").read_text()))
    assert "components/core/" in named
    assert [path for path in named if not exists(path, "CONTRIBUTING.md")] == []


def test_what_does_not_exist_is_found() -> None:
    assert list(paths("see `falaj/facts/none.py`, https://a.example/docs/x and `falaj/aed-per-hour`")) == [
        "falaj/facts/none.py"
    ]
    assert not exists("falaj/facts/none.py", "README.md")
    assert exists("policy_pack/guardrails/<concern>/rules.py", "README.md")
    assert COMMAND.findall("`.venv/bin/falaj check --stack a`\nfalaj up   # x\n`falaj/facts`") == [
        "falaj check --stack a",
        "falaj up   ",
    ]
    assert list(problems("falaj chekc")) == ["chekc"]
    assert list(problems("falaj check --stak a")) == ["--stak"]
    assert list(problems("falaj guardrails explain FJ-ENC-102 --json")) == []
