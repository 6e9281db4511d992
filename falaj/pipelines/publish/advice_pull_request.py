"""Proposes cheaper settings in a pull request: one a stack, opened once, updated, and closed when nothing is cheaper.

`python -m falaj.pipelines.publish.advice_pull_request FOLDER...`: each folder is an artefact of the step `advise`, is
called `advice-<stack>`, and holds advice.json and perhaps advice.yaml, the stack file with the advice. The pull request
changes the stack file alone, on a branch of its own, which the program writes anew. Nothing is merged: the check of the
pull request says what the change costs in a plan. Exit status 1 if a file is not what the step writes.
"""

import base64
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from falaj.pipelines.publish.github import AUTHOR, gh, listed
from falaj.pipelines.publish.untrusted import STACK, Unsound, harmless, text_of

FOLDER = re.compile(f"advice-({STACK})")
MOST_CHANGES = 50
"""Maximum changes that the text lists."""
MOST_NAME = 200
"""Maximum characters of a setting or a value."""


class Repository:
    """The repository REPOSITORY on GitHub, through `gh`, and its branch BRANCH to propose changes to."""

    def __init__(self) -> None:
        name = os.environ["REPOSITORY"]
        self._where, self._owner, self._base = f"repos/{name}", name.partition("/")[0], os.environ["BRANCH"]

    def file(self, path: str) -> tuple[str, str]:
        """Returns the text of a file of the base branch, and the digest of its blob."""
        found = gh("--method", "GET", f"{self._where}/contents/{path}", "-f", f"ref={self._base}")
        return base64.b64decode(found["content"]).decode(), found["sha"]

    def pulls(self, branch: str) -> list[dict[str, Any]]:
        """Returns the open pull requests of a branch that this program's identity has opened."""
        head = f"{self._owner}:{branch}"
        pulls = listed(f"{self._where}/pulls", state="open", head=head, base=self._base)
        return [pull for pull in pulls if pull["user"]["login"] == AUTHOR]

    def write(self, branch: str, path: str, text: str, blob: str, message: str) -> None:
        """Starts a branch anew at the base branch, with one commit that changes a file."""
        base = gh("--method", "GET", f"{self._where}/git/ref/heads/{self._base}")["object"]["sha"]
        refs = listed(f"{self._where}/git/matching-refs/heads/{branch}")
        if any(ref["ref"] == f"refs/heads/{branch}" for ref in refs):
            gh("--method", "PATCH", f"{self._where}/git/refs/heads/{branch}", body={"sha": base, "force": True})
        else:
            gh("--method", "POST", f"{self._where}/git/refs", body={"ref": f"refs/heads/{branch}", "sha": base})
        content = base64.b64encode(text.encode()).decode()
        change = {"message": message, "content": content, "sha": blob, "branch": branch}
        gh("--method", "PUT", f"{self._where}/contents/{path}", body=change)

    def open(self, branch: str, title: str, body: str) -> None:
        """Opens a pull request."""
        gh(
            "--method",
            "POST",
            f"{self._where}/pulls",
            body={"title": title, "body": body, "head": branch, "base": self._base},
        )

    def rewrite(self, number: int, title: str, body: str) -> None:
        """Replaces the text of a pull request."""
        gh("--method", "PATCH", f"{self._where}/pulls/{number}", body={"title": title, "body": body})

    def close(self, number: int) -> None:
        """Closes a pull request."""
        gh("--method", "PATCH", f"{self._where}/pulls/{number}", body={"state": "closed"})


def main(repository: Repository, folders: list[Path]) -> int:
    """Proposes the advice of every stack; 1 if a file is not what the step writes."""
    status = 0
    for folder in folders:
        named = FOLDER.fullmatch(folder.name)
        if named is None or not (folder / "advice.json").exists():
            continue
        try:
            _propose(repository, named[1], folder)
        except Unsound as unsound:
            print(f"{named[1]}: {unsound}", file=sys.stderr)
            status = 1
    return status


def _propose(repository: Repository, stack: str, folder: Path) -> None:
    advice, branch, path = _advice(folder / "advice.json"), f"falaj-advice-{stack}", f"Pulumi.{stack}.yaml"
    pulls = repository.pulls(branch)
    today, blob = repository.file(path)
    text = text_of(folder / "advice.yaml") if (folder / "advice.yaml").exists() else today
    if text == today:
        for pull in pulls:
            repository.close(pull["number"])
        return
    title, body = _title(stack, advice), _body(stack, advice)
    if pulls and pulls[0]["title"] == title and (pulls[0]["body"] or "").replace("\r", "").strip() == body.strip():
        return
    repository.write(branch, path, text, blob, title)
    if pulls:
        repository.rewrite(pulls[0]["number"], title, body)
    else:
        repository.open(branch, title, body)


def _advice(file: Path) -> dict[str, Any]:
    """Returns the advice of the step's document. Raises `Unsound`."""
    try:
        advice = json.loads(text_of(file))["advice"]
        needed = (advice["saving_aed"], advice["changes"], advice["advice"]["worst"], advice["today"]["aed"])
    except (ValueError, KeyError, TypeError, RecursionError):
        needed = ()
        advice = {}
    if not needed:
        raise Unsound(f"{file.name} is no output of falaj simulate --advise --json")
    return advice


def _title(stack: str, advice: dict[str, Any]) -> str:
    saving = _number(advice["saving_aed"].get("mean"))
    return f"Save AED {saving:,.0f} a month in {stack}" if saving > 0 else f"Keep the limits of waiting in {stack}"


def _body(stack: str, advice: dict[str, Any]) -> str:
    saving, today, worst = advice["saving_aed"], advice["today"]["aed"], advice["advice"]["worst"]
    low, mean, high = (_number(saving.get(key)) for key in ("low", "mean", "high"))
    lines = [
        f"<!-- falaj advice: {stack} -->",
        f"`falaj simulate --advise` has replayed last month's work of `{stack}` through other settings.",
        "",
        f"- Saving: AED {mean:,.0f} of {_number(today.get('mean')):,.0f} a month (95 % confidence {low:,.0f} to "
        f"{high:,.0f}, over {_number(advice.get('seeds')):.0f} months).",
        f"- Risk, in the worst of these months: jobs wait {_number(worst.get('wait_seconds')) / 60:,.1f} minutes (95th "
        f"percentile), {_number(worst.get('late_share')):.2%} of a service's requests are late, and "
        f"{_number(worst.get('deadlines_missed')):.0f} deadlines are missed.",
        *_held_out(advice.get("held_out")),
        "",
        "| setting | today | advice | saves AED | needed for a limit |",
        "| --- | --- | --- | --- | --- |",
        *(_row(change) for change in advice["changes"][:MOST_CHANGES]),
        "",
        'Select "Approve workflows to run" to start the check, which says what the change costs in a plan. On GitHub '
        "Enterprise Server close and reopen this pull request instead.",
    ]
    return harmless("\n".join(lines)) + "\n"


def _held_out(check: object) -> list[str]:
    """Returns the line on days that the search did not see; none if there were none."""
    if not isinstance(check, dict):
        return []
    try:
        saving, worst, days = check["saving_aed"], check["advice"]["worst"], len(check["days"])
        low, mean, high = (_number(saving[key]) for key in ("low", "mean", "high"))
        late = _number(worst["late_share"])
    except (KeyError, TypeError):
        raise Unsound("advice.json has a check that is none") from None
    return [
        f"- Checked on {days} days that the search did not see: a saving of AED {mean:,.0f} a month ({low:,.0f} "
        f"to {high:,.0f}); at most {late:.2%} of a service's requests are late."
    ]


def _row(change: object) -> str:
    if not isinstance(change, dict):
        raise Unsound("advice.json has a change that is none")
    saving = change.get("saving_aed") or {}
    cells = [_code(change.get(key)) for key in ("setting", "before", "after")]
    needed = "yes" if change.get("is_needed_for_a_limit") else "no"
    return f"| {' | '.join(cells)} | {_number(saving.get('mean', 0)):,.0f} | {needed} |"


def _code(name: object) -> str:
    """Returns a name as code of a table's cell: one line, without what would end the code or the cell."""
    text = " ".join(str(name).split())[:MOST_NAME]
    return "`" + text.replace("`", "'").replace("|", "/") + "`"


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e15:
        raise Unsound("advice.json has a figure that is no number")
    return float(value)


if __name__ == "__main__":
    sys.exit(main(Repository(), [Path(argument) for argument in sys.argv[1:]]))
