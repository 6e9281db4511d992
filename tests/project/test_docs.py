"""Whatever a document or a comment of a stack file refers to exists, and the programs in documents run."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path

import pytest

from falaj.facts import labels
from tests.every_case import check_every
from tests.project.pages import DOCUMENTS, PAGES, ROOT, STACK_FILES, anchors, headings, programs, text_of
from tests.unit.components.mocks import build

FOLDERS = ("components", "docs", "examples", "falaj", "pipelines", "policy_pack", "tests")
PATH = re.compile(rf"(?<![\w/.@-])(?:{'|'.join(FOLDERS)})/[\w./*<>-]*|(?<![\w/.])\./(?:try|test)\b")
LINK = re.compile(r"\]\((?!https?:)([^)#[\]]*)(?:#([^)]+))?\)|\$schema=([\w./]+)")
CITATION = re.compile(r'\b(README|[\w./-]+\.md)`?(?: of the checkout)?(?:,| under)\s+"([^"]+)"')
SYMBOLIC_LINKS = re.compile(r"((?:`[\w/]+`(?:, | and )?)+)\s+(?:is\s+a\s+link|are\s+links)\b")
MODULE = re.compile(r"python -m ((?:falaj|tests)\b[\w.]*)")
LABELS = {value for value in vars(labels).values() if isinstance(value, str) and value.startswith("falaj/")}
RULES = "docs/rules/"
"""Pages of the rules: their programs leave out what a rule does not read, so `test_rule_pages` runs them."""
PROGRAMS = {place: program for place, program in programs() if not place.startswith(RULES)}
GENERATED = {page for page in DOCUMENTS if page == "docs/guardrails.md" or page.startswith(("docs/components/", RULES))}


def exists(path: str, page: str) -> bool:
    """Returns whether a path exists, relative to the root or to the page; `<name>` and `*` match any name."""
    pattern = re.sub(r"<\w+>", "*", path.removeprefix("./")).rstrip("/.")
    return any(any(folder.glob(pattern)) for folder in (ROOT, (ROOT / page).parent))


def paths(text: str) -> Iterator[str]:
    """Yields paths inside the repository. Labels and annotations of nodes look similar and are excluded."""
    for item in PATH.findall(text):
        if item.rstrip("-") not in LABELS:
            yield item


def broken_links(text: str, page: str) -> Iterator[str]:
    """Yields the links, with their anchors, that lead nowhere."""
    for path, anchor, schema in LINK.findall(text):
        target = (ROOT / page).parent / (path or schema) if path or schema else ROOT / page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield f"{path or schema}#{anchor}"


def wrong_citations(text: str, page: str) -> Iterator[str]:
    """Yields the headings cited as `README, "Heading"` that their page does not have."""
    for cited, heading in CITATION.findall(text):
        file = cited if cited.endswith(".md") else f"{cited}.md"
        candidates = [folder / file for folder in (ROOT, (ROOT / page).parent)]
        if not any(target.is_file() and heading in headings(target) for target in candidates):
            yield f'{cited}, "{heading}"'


def wrong_symbolic_links(text: str, page: str) -> Iterator[str]:
    """Yields what a text calls a link and what is none in the page's folder."""
    for names in SYMBOLIC_LINKS.findall(text):
        yield from (
            name for name in re.findall(r"`([^`]+)`", names) if not (ROOT / page).parent.joinpath(name).is_symlink()
        )


def layout(text: str) -> Iterator[str]:
    """Yields paths of the tree under "Project layout". Descriptions follow after spaces; two spaces indent the
    contents of a folder.
    """
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


def check_paths(page: str) -> None:
    assert [path for path in paths(text_of(page)) if not exists(path, page)] == []


def test_every_path_exists() -> None:
    check_every(PAGES, check_paths)


def check_links(page: str) -> None:
    assert list(broken_links(text_of(page), page)) == []


def test_every_link_leads_somewhere() -> None:
    check_every(PAGES, check_links)


def check_citations(page: str) -> None:
    assert list(wrong_citations(text_of(page), page)) == []


def test_every_cited_heading_exists() -> None:
    check_every(PAGES, check_citations)


def check_symbolic_links(page: str) -> None:
    assert list(wrong_symbolic_links(text_of(page), page)) == []


def test_every_symbolic_link_is_one() -> None:
    check_every(PAGES, check_symbolic_links)


def check_modules(page: str) -> None:
    modules = set(MODULE.findall(text_of(page)))
    assert [module for module in modules if find_spec(module) is None] == []


def test_every_python_module_exists() -> None:
    check_every(PAGES, check_modules)


@pytest.mark.parametrize("page", sorted(set(DOCUMENTS) - GENERATED))
def test_lines_are_at_most_120_characters(page: str) -> None:
    lines = enumerate(text_of(page).splitlines(), start=1)
    assert [number for number, line in lines if len(line) > 120 and not line.startswith("|")] == []


@pytest.mark.parametrize("place", PROGRAMS)
def test_every_program_runs(place: str, tmp_path: Path) -> None:
    program = tmp_path / "__main__.py"
    program.write_text(PROGRAMS[place])

    def run() -> None:
        run_path(str(program), run_name="__main__")

    assert build(run).custom()


def test_the_project_layout_exists() -> None:
    named = list(layout((ROOT / "CONTRIBUTING.md").read_text()))
    assert "components/core/" in named
    assert [path for path in named if not exists(path, "CONTRIBUTING.md")] == []


def test_documents_and_stack_files_are_found() -> None:
    assert {"README.md", "docs/install.md", "examples/hybrid/README.md"} <= set(DOCUMENTS)
    assert {"Pulumi.dev.yaml", "examples/hybrid/Pulumi.hybrid.yaml"} <= set(STACK_FILES)
    assert {place.partition(":")[0] for place in PROGRAMS} >= {"README.md", "docs/install.md"}
    assert "$schema=docs/stack.schema.json" in text_of("Pulumi.dev.yaml")
    assert "spaces:" not in text_of("Pulumi.dev.yaml")


def test_what_does_not_exist_is_found() -> None:
    assert list(paths("see `falaj/facts/none.py`, https://a.example/docs/x and `falaj/aed-per-hour`")) == [
        "falaj/facts/none.py"
    ]
    assert not exists("falaj/facts/none.py", "README.md")
    assert exists("policy_pack/guardrails/<concern>/rules.py", "README.md")
    page = "examples/hybrid/Pulumi.hybrid.yaml"
    assert list(broken_links("$schema=../stack.schema.json", page)) == ["../stack.schema.json#"]
    assert list(broken_links("[a](README.md#none)", "README.md")) == ["README.md#none"]
    assert list(wrong_citations('see README, "Deploy"', page)) == ['README, "Deploy"']
    assert list(wrong_citations('`docs/install.md` under "As a package"', page)) == []
    assert list(wrong_symbolic_links("`components` and `policy_pack` are links to it", page)) == ["components"]
