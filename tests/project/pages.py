"""Collects the texts that users read: documents, and the comments of stack files."""

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

from falaj.components.reference.markdown import prose

ROOT = Path(__file__).parents[2]

DOCUMENTS = sorted(
    file.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "examples/**/*.md", "templates/**/*.md")
    for file in ROOT.glob(pattern)
)
STACK_FILES = sorted(
    file.relative_to(ROOT).as_posix()
    for pattern in ("Pulumi*.yaml", "examples/*/Pulumi*.yaml", "templates/*/Pulumi*.yaml")
    for file in ROOT.glob(pattern)
)
PAGES = (*DOCUMENTS, *STACK_FILES)

_COMMENT = re.compile(r"(?:^|\s)#(.*)$", re.MULTILINE)
_FENCED = re.compile(r"^( *)```.*?^\1```$", re.MULTILINE | re.DOTALL)
_PROGRAM = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def text_of(page: str) -> str:
    """Returns the text of a document, or the comments of a stack file, one a line."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return text if page in DOCUMENTS else "\n".join(comment.strip() for comment in _COMMENT.findall(text))


def headings(page: Path) -> list[str]:
    """Returns the headings of a document, without those inside code."""
    return re.findall(r"^#+ (.+)$", _FENCED.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """Returns the anchors of the headings of a document, as code hosts derive them."""
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings(page)}


def wrapped(text: str) -> str:
    """Returns a docstring as paragraphs of lines of at most 120 characters."""
    paragraphs = prose(text).split("\n\n")
    return "\n\n".join(fill(of, 120, break_long_words=False, break_on_hyphens=False) for of in paragraphs)


def programs() -> Iterator[tuple[str, str]]:
    """Yields each Python program of the documents, with the page and line at which it begins."""
    for page in DOCUMENTS:
        text = text_of(page)
        for match in _PROGRAM.finditer(text):
            yield f"{page}:{text.count(chr(10), 0, match.start(1)) + 1}", match.group(1)
