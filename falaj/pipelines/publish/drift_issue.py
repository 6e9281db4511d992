"""Tells drift in an issue: one a stack, opened once, updated, and closed when nothing differs.

`python -m falaj.pipelines.publish.drift_issue HOST FOLDER...`: HOST is `github` or `gitlab`, and each folder is an
artefact of the nightly job: it is called `cost-<stack>` and holds drift.json of the step `drift`. Without the file
nothing is known, and the issue stays as it is. The issue names resources and properties; their values are in the job's
log only. Exit status 1 if a file is not what the step writes.
"""

import json
import os
import re
import sys
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from falaj.pipelines.publish.github import AUTHOR, gh, listed
from falaj.pipelines.publish.gitlab import GitLab
from falaj.pipelines.publish.untrusted import STACK, Unsound, harmless, text_of

FOLDER = re.compile(f"cost-({STACK})")
MOST_CHANGES = 100
"""Maximum changes that an issue lists."""
MOST_NAME = 200
"""Maximum characters of a name."""


class Issues(ABC):
    """The issues of a project on a code host."""

    @abstractmethod
    def own(self) -> list[tuple[int, str]]:
        """Number and text of the open issues that this program's identity has opened, oldest first."""

    @abstractmethod
    def open(self, title: str, body: str) -> None:
        """Opens an issue."""

    @abstractmethod
    def rewrite(self, number: int, body: str) -> None:
        """Replaces the text of an issue."""

    @abstractmethod
    def close(self, number: int) -> None:
        """Closes an issue."""


class GitHubIssues(Issues):
    """Issues of the repository REPOSITORY, through `gh`."""

    def __init__(self) -> None:
        self._where = f"repos/{os.environ['REPOSITORY']}/issues"

    def own(self) -> list[tuple[int, str]]:
        issues = listed(self._where, state="open", creator=AUTHOR, direction="asc")
        return [(one["number"], one["body"] or "") for one in issues if "pull_request" not in one]

    def open(self, title: str, body: str) -> None:
        gh("--method", "POST", self._where, body={"title": title, "body": body})

    def rewrite(self, number: int, body: str) -> None:
        gh("--method", "PATCH", f"{self._where}/{number}", body={"body": body})

    def close(self, number: int) -> None:
        gh("--method", "PATCH", f"{self._where}/{number}", body={"state": "closed", "state_reason": "completed"})


class GitLabIssues(Issues):
    """Issues of the job's project."""

    def __init__(self) -> None:
        self._gitlab = GitLab.of_the_job()

    def own(self) -> list[tuple[int, str]]:
        issues = self._gitlab.listed("/issues", state="opened", author_id=str(self._gitlab.own_id()), sort="asc")
        return [(one["iid"], one["description"] or "") for one in issues]

    def open(self, title: str, body: str) -> None:
        self._gitlab.ask("POST", "/issues", {"title": title, "description": body})

    def rewrite(self, number: int, body: str) -> None:
        self._gitlab.ask("PUT", f"/issues/{number}", {"description": body})

    def close(self, number: int) -> None:
        self._gitlab.ask("PUT", f"/issues/{number}", {"state_event": "close"})


HOSTS: dict[str, type[Issues]] = {"github": GitHubIssues, "gitlab": GitLabIssues}


def main(issues: Issues, folders: list[Path]) -> int:
    """Tells the drift of every stack; 1 if a file is not what the step writes."""
    status = 0
    for folder in folders:
        named = FOLDER.fullmatch(folder.name)
        if named is None or not (folder / "drift.json").exists():
            continue
        try:
            _tell(issues, named[1], _changes(folder / "drift.json"))
        except Unsound as unsound:
            print(f"{named[1]}: {unsound}", file=sys.stderr)
            status = 1
    return status


def _tell(issues: Issues, stack: str, changes: list[dict[str, Any]]) -> None:
    first = f"<!-- falaj drift: {stack} -->"
    ours = [(number, text) for number, text in issues.own() if text.split("\n", 1)[0].strip() == first]
    body = _body(first, stack, changes)
    if not changes:
        for number, _ in ours:
            issues.close(number)
    elif not ours:
        issues.open(f"Drift in {stack}", body)
    elif ours[0][1].replace("\r", "").strip() != body.strip():
        issues.rewrite(ours[0][0], body)


def _body(first: str, stack: str, changes: list[dict[str, Any]]) -> str:
    lines = [f"- {_code(one['name'])} ({_code(one['type'])}){_what(one['path'])}" for one in changes[:MOST_CHANGES]]
    rest = [f"- and {len(changes) - MOST_CHANGES} more"] if len(changes) > MOST_CHANGES else []
    summary = f"The clouds differ from the state of `{stack}`: somebody changed it outside of the stack, or deleted it."
    repair = (
        f"Run `pulumi refresh --preview-only --stack {stack}` to see the values. To restore the state, run the "
        "deployment; to keep the change, write it into the program. This issue is closed when the next nightly job "
        "finds no drift."
    )
    return harmless("\n".join([first, summary, "", *lines, *rest, "", repair, ""]))


def _what(path: str) -> str:
    return f": {_code(path)}" if path else " no longer exists"


def _code(text: str) -> str:
    """A name as inline code: a cloud or a stranger may have chosen it."""
    return f"`{re.sub('[`|@<>]|[^ -~]', '', text)[:MOST_NAME]}`"


def _changes(file: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(text_of(file))
    except (ValueError, RecursionError):
        raise Unsound(f"{file.name} is no JSON") from None
    keys = ("name", "type", "path")
    if not isinstance(found, list) or not all(
        isinstance(one, dict) and all(isinstance(one.get(key), str) for key in keys) for one in found
    ):
        raise Unsound(f"{file.name} is no list of changes")
    return found


if __name__ == "__main__":
    sys.exit(main(HOSTS[sys.argv[1]](), [Path(folder) for folder in sys.argv[2:]]))
