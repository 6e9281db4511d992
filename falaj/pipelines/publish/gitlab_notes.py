"""Writes the reports of checks as notes on GitLab's open merge requests: one a stack, written over when it changes.

`python -m falaj.pipelines.publish.gitlab_notes`, in a scheduled pipeline of the default branch: a pipeline of a merge
request runs that request's code and has no token. Reads the newest finished pipeline of each open merge request, and of
its jobs' artifacts the reports. Exit status 1 if a report is not what `falaj verdict` writes.
"""

import re
import sys
from typing import Any

from falaj.pipelines.publish.gitlab import GitLab, run
from falaj.pipelines.publish.untrusted import STACK, Unsound, body_of, marker

JOB = re.compile(rf"(?:falaj )?check: \[({STACK})\]")
"""Name of the job of a stack: GitLab adds the values of the matrix."""
REPORT = "report/report.md"
FINISHED = ("success", "failed")


def main(gitlab: GitLab) -> int:
    """Writes the notes of all open merge requests."""
    status, author = 0, gitlab.own_id()
    for request in gitlab.listed("/merge_requests", state="opened"):
        where = f"/merge_requests/{request['iid']}"
        for stack, commit, text in _reports(gitlab, where):
            try:
                _write(gitlab, where, author, marker(stack), body_of(text, stack, commit))
            except Unsound as unsound:
                print(f"!{request['iid']}, {stack}: {unsound}", file=sys.stderr)
                status = 1
    return status


def _reports(gitlab: GitLab, where: str) -> list[tuple[str, str, str]]:
    """Stack, commit and text of each report of a merge request's newest finished pipeline in this project."""
    pipelines = [one for one in gitlab.listed(f"{where}/pipelines") if one["status"] in FINISHED]
    newest: dict[str, Any] = max(pipelines, key=lambda one: one["id"], default={})
    # The pipeline of a fork is in the fork's project, which the token does not read.
    if str(newest.get("project_id", "")) != gitlab.project:
        return []
    found = []
    for job in gitlab.listed(f"/pipelines/{newest['id']}/jobs"):
        named = JOB.fullmatch(job["name"])
        text = gitlab.text_or_none(f"/jobs/{job['id']}/artifacts/{REPORT}") if named else None
        if named and text is not None:
            found.append((named[1], newest["sha"], text))
    return found


def _write(gitlab: GitLab, where: str, author: int, first: str, body: str) -> None:
    """Writes over our note that begins so, or writes a new one; a note that is as it should be stays."""
    ours = [
        note
        for note in gitlab.listed(f"{where}/notes", sort="asc")
        if note["author"]["id"] == author and note["body"].split("\n", 1)[0].strip() == first
    ]
    if not ours:
        gitlab.ask("POST", f"{where}/notes", {"body": body})
    elif ours[0]["body"].strip() != body.strip():
        gitlab.ask("PUT", f"{where}/notes/{ours[0]['id']}", {"body": body})


if __name__ == "__main__":
    run(main)
