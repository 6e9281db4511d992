"""Tells the reports of a check on its pull request. Runs with a token that can write, on data that a stranger wrote.

`python -m falaj.pipelines.publish.github_comment REPORTS CHECKED`: each folder of REPORTS is called `falaj-<stack>` and
holds what `falaj verdict` wrote. The comments are written through `gh`; what of the SARIF files is sound goes to
CHECKED. No package is installed where a token is.
"""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from falaj.pipelines.publish.github import AUTHOR, gh, listed
from falaj.pipelines.publish.untrusted import STACK, Unsound, body_of, marker, text_of

REPORT = re.compile(f"falaj-({STACK})")
MOST_STACKS = 20
OWNERS = Path(__file__).parents[3] / "pipelines" / "CODEOWNERS"
"""Names what judges a change, line by line: read beside this program, so that a change cannot shorten it."""
MOST_FILES = 10
"""Maximum files that the notice names."""
MOST_LISTED = 3000
"""GitHub lists so many files of a pull request and no more (REST API, "List pull requests files", 2026-11-27)."""
NOTICE = """> [!WARNING]
> **This change alters what judges it:** {files}. The report below is by its own code. An owner of these files approves.
"""


def findings_of(file: Path, stack: str) -> dict[str, Any]:
    """The SARIF file, its runs named after the stack so that they stand beside those of other stacks."""
    try:
        found = json.loads(text_of(file))
    except (ValueError, RecursionError):
        raise Unsound(f"{file.name} is no JSON") from None
    runs = found.get("runs") if isinstance(found, dict) else None
    if not isinstance(runs, list) or not all(isinstance(run, dict) for run in runs) or found.get("version") != "2.1.0":
        raise Unsound(f"{file.name} is no SARIF 2.1.0")
    for number, run in enumerate(runs):
        run["automationDetails"] = {"id": f"falaj/{stack}/{number}/"}
    return found


def pull_request(repository: str, owner: str, branch: str, commit: str) -> int | None:
    """The open pull request of that commit: asked of the code host, since a report can claim any number."""
    arguments = ("--method", "GET", f"repos/{repository}/pulls", "-f", "state=open", "-f", f"head={owner}:{branch}")
    found = [one["number"] for one in gh(*arguments) if one["head"]["sha"] == commit]
    return found[0] if len(found) == 1 else None


def judges(repository: str, number: int) -> list[str]:
    """The files of the pull request that judge it: asked of the code host, whatever the report says."""
    owned = [line.split()[0].lstrip("/") for line in OWNERS.read_text().splitlines() if line.startswith("/")]
    where = f"repos/{repository}/pulls/{number}/files"
    files = listed(where)
    names = {one[key] for one in files for key in ("filename", "previous_filename") if key in one}
    folders = tuple(path for path in owned if path.endswith("/"))
    found = sorted(name for name in names if name.startswith(folders) or name in owned)
    return [*found, *(["more files than GitHub lists"] if len(files) >= MOST_LISTED else [])]


def notice(files: list[str]) -> str:
    """The notice above the report; nothing if the change alters nothing that judges it."""
    if not files:
        return ""
    rest = f" and {len(files) - MOST_FILES} more" if len(files) > MOST_FILES else ""
    return NOTICE.format(files=", ".join(f"`{re.sub('[`|@<]', '', name)[:100]}`" for name in files[:MOST_FILES]) + rest)


def publish(repository: str, number: int, first: str, body: str) -> None:
    """Write over our comment that begins so, or write a new one."""
    where = f"repos/{repository}/issues/{number}/comments"
    ours = [
        one["id"]
        for one in listed(where)
        if one["user"]["login"] == AUTHOR and one["body"].split("\n", 1)[0].strip() == first
    ]
    if ours:
        gh("--method", "PATCH", f"repos/{repository}/issues/comments/{ours[0]}", body={"body": body})
    else:
        gh("--method", "POST", where, body={"body": body})


def main(reports: Path, checked: Path) -> int:
    """Tell every sound report; 1 where one is not."""
    repository, commit = os.environ["REPOSITORY"], os.environ["COMMIT"]
    number = pull_request(repository, os.environ["OWNER"], os.environ["BRANCH"], commit)
    if number is None:
        print("no open pull request has this commit: there is nothing to tell")
        return 0
    checked.mkdir(parents=True, exist_ok=True)
    status = written = 0
    above = notice(judges(repository, number))
    for folder in sorted(reports.iterdir())[:MOST_STACKS]:
        named = REPORT.fullmatch(folder.name)
        if named is None or folder.is_symlink() or not folder.is_dir():
            continue
        try:
            publish(
                repository, number, marker(named[1]), body_of(text_of(folder / "report.md"), named[1], commit, above)
            )
            if (folder / "report.sarif").exists():
                found = findings_of(folder / "report.sarif", named[1])
                (checked / f"{named[1]}.sarif").write_text(json.dumps(found), encoding="utf-8")
                written += 1
        except Unsound as unsound:
            print(f"{named[1]}: {unsound}", file=sys.stderr)
            status = 1
    if written:
        with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as output:
            output.write(f"number={number}\n")
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
