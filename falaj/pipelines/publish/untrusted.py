"""Texts that a stranger wrote, made harmless for a comment on a code host."""

import re
from pathlib import Path

MOST_CHARACTERS = 65_000
"""GitHub takes comments of 65,536 characters, GitLab of 1,000,000."""
MOST_BYTES = 5_000_000
STACK = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
"""Name of a stack."""
NOTE = "\n\n<sub>Written by the check of {commit}, which runs the pull request's own code.</sub>\n"

_LOADED = re.compile(r"!\[|<(?=\s*(?:img|picture|source|video|audio|a)\b)", re.IGNORECASE)
_MENTION = re.compile(r"@(?=\w)")
_QUICK_ACTION = re.compile(r"^(\s*)/(?=\w)", re.MULTILINE)
"""A line of a GitLab note that begins with a slash and a word is a command, which the author's rights execute
(https://docs.gitlab.com/user/project/quick_actions/, 2026-11-28)."""


class Unsound(Exception):
    """A file that is not what a step writes; the message says why."""


def marker(stack: str) -> str:
    """The first line of a stack's comment, as `falaj verdict` writes it."""
    return f"<!-- falaj verdict: {stack} -->"


def text_of(file: Path) -> str:
    """The text of a file that is a file, and not too long."""
    if file.is_symlink() or not file.is_file():
        raise Unsound(f"{file.name} is no file")
    if file.stat().st_size > MOST_BYTES:
        raise Unsound(f"{file.name} is longer than {MOST_BYTES} bytes")
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Unsound(f"{file.name} is no text") from None


def harmless(text: str) -> str:
    """The text so that nobody is mentioned, nothing is loaded from elsewhere, and no line is a command."""
    text = _LOADED.sub(lambda found: "\\" + found[0], text.replace("\r", ""))
    text = _MENTION.sub("@<!-- -->", text)
    return _QUICK_ACTION.sub(r"\1\\/", text)


def body_of(text: str, stack: str, commit: str, notice: str = "") -> str:
    """The comment of a report, below a notice."""
    if not text.startswith(marker(stack) + "\n"):
        raise Unsound(f"report.md does not begin as a report of {stack}")
    first, rest = text.split("\n", 1)
    body = f"{first}\n{notice}{harmless(rest)}{NOTE.format(commit=commit)}"
    if len(body) > MOST_CHARACTERS:
        raise Unsound("report.md is longer than a comment may be")
    return body
