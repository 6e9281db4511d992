"""Previews of a stack for the pull-request report: of the current program with the policy pack, and of another
commit.
"""

import contextlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from falaj.sandbox.evidence import newest_evidence
from falaj.sandbox.paths import Paths
from falaj.sandbox.project_file import InvalidProject, ProjectFile
from falaj.sandbox.python_environment import EnvironmentMissing, environment_of
from falaj.sandbox.session import Session, operation

AS_JSON = ("--json", "--show-sames")
"""Without `--show-sames` a preview omits unchanged resources."""
NOT_A_REPOSITORY = 128
"""Exit status of git outside a repository, or in one that it may not read."""


class PreviewFailed(Exception):
    """The engine could not preview the stack. The message is the engine's."""


class CommitNotFound(Exception):
    """The commit for the comparison does not exist. The message explains what to do."""


@dataclass(frozen=True)
class Judgement:
    """What a policy pack decided: the plan as the engine's JSON (None if the pack stopped it), and the evidence."""

    plan: str | None
    evidence: Path | None


@dataclass(frozen=True)
class PolicyPreview:
    """A plan as the engine's JSON, and the evidence file of its guardrails; None without a policy pack."""

    text: str
    evidence: Path | None
    refused: bool
    """Whether the policy pack stopped the preview, so that the evidence is incomplete."""
    own: Judgement | None = None
    """What the rules of the change decide, if it alters them; `refused` is decided by those of the base."""


OWN_RULES = "own-rules"
"""Folder below the evidence for what the rules of a change decide on it."""


def preview_with_policies(session: Session, stack: str, pack: Path | None, own: Path | None = None) -> PolicyPreview:
    """Previews a stack, and evaluates the policy pack, which decides; then `own`, the pack that a change brings along.

    If a pack stops the preview, another preview runs without a pack. Raises `PreviewFailed`.
    """
    if pack is None:
        return PolicyPreview(_preview(session, stack), None, False)
    # The judge is first: the other pack is code of the change.
    judged = _judge(session, stack, pack, session.paths.evidence)
    by_own = None if own is None else _judge(session, stack, own, session.paths.evidence / OWN_RULES)
    text = judged.plan or (by_own and by_own.plan) or _preview(session, stack)
    return PolicyPreview(text, judged.evidence, judged.plan is None, by_own)


def _judge(session: Session, stack: str, pack: Path, folder: Path) -> Judgement:
    """Previews a stack with a pack, whose evidence goes to a folder of its own: the newest file is this run's."""
    started = time.time()
    separate = replace(session, environment=session.environment | {"FALAJ_EVIDENCE": str(folder)})
    done = separate.pulumi(*operation("preview", stack, pack=pack, extra=AS_JSON), quiet=True)
    return Judgement(done.stdout if done.returncode == 0 else None, newest_evidence(folder, started - 1))


def commit_of(project: Path, name: str) -> str:
    """Returns the commit of a branch, a tag or an abbreviated hash. Raises `CommitNotFound`."""
    return git_output(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")


def preview_at(paths: Paths, stack: str, commit: str, log: Callable[[str], None]) -> str | None:
    """Previews a stack at a commit, in a separate sandbox. Returns None if the commit has no such stack.

    Uses the Python environment of the project. Raises `CommitNotFound`, `PreviewFailed`, and the errors of
    `Session.open` and `Session.ensure_stack`.
    """
    with _worktree(paths.project, commit) as checkout:
        at_commit = Paths(checkout, checkout / ".falaj")
        try:
            if not at_commit.stack_file(stack).is_file():
                return None
            link_environment(at_commit.read_project(), existing_environment(paths.read_project()))
        except (InvalidProject, EnvironmentMissing) as error:
            raise PreviewFailed(str(error)) from None
        session = Session.open(at_commit, log)
        session.ensure_stack(stack)
        return _preview(session, stack)


def link_environment(checkout: ProjectFile, environment: Path | None) -> None:
    """Links an environment to the place where a checkout of another commit has its own: a git worktree has none.

    Without `environment` it is the one that runs Falaj. Raises `EnvironmentMissing` for options without meaning.
    """
    place = environment_of(checkout.path.parent, checkout.program_folder, checkout.options)
    if place is not None and not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):  # a link to a folder that is gone: the program's preview says so
            place.symlink_to(environment or sys.prefix)


def existing_environment(project: ProjectFile) -> Path | None:
    """Returns the environment of a project, None if it does not exist. Raises `EnvironmentMissing`."""
    environment = environment_of(project.path.parent, project.program_folder, project.options)
    return environment if environment is not None and environment.exists() else None


def _preview(session: Session, stack: str) -> str:
    done = session.pulumi(*operation("preview", stack, extra=AS_JSON), quiet=True)
    if done.returncode != 0:
        raise PreviewFailed(_errors(done.stdout) or done.stderr.strip() or "the engine gave no reason")
    return done.stdout


def _errors(text: str) -> str:
    """Returns the distinct errors in the engine's JSON, or ""."""
    try:
        data, _ = json.JSONDecoder().raw_decode(text.lstrip())
        messages = [str(row["message"]).strip() for row in data["diagnostics"] if row["severity"] == "error"]
    except (ValueError, KeyError, TypeError):
        return ""
    return "\n".join(dict.fromkeys(messages))


@contextlib.contextmanager
def _worktree(project: Path, commit: str) -> Iterator[Path]:
    """Creates a temporary git worktree of a commit, without hooks. Raises `CommitNotFound`."""
    root = git_output(project, "rev-parse", "--show-toplevel")
    with tempfile.TemporaryDirectory(prefix="falaj-base-") as folder:
        tree = Path(folder) / "tree"
        git_output(
            project, "-c", "core.hooksPath=/dev/null", "worktree", "add", "--quiet", "--detach", str(tree), commit
        )
        try:
            yield (tree / project.resolve().relative_to(Path(root).resolve())).resolve()
        finally:
            git_output(project, "worktree", "remove", "--force", str(tree))


def git_output(project: Path, *arguments: str) -> str:
    """Runs a git command in a project; returns its standard output. Raises `CommitNotFound`."""
    try:
        done = subprocess.run(["git", *arguments], cwd=project, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise CommitNotFound("git is not on PATH: give --base a plan or an earlier report") from None
    if done.returncode == 0:
        return done.stdout.strip()
    if done.returncode == NOT_A_REPOSITORY:
        raise CommitNotFound(f"{project.resolve()} is in no git repository: give --base a plan or an earlier report")
    if "rev-parse" in arguments:
        name = arguments[-1].removesuffix("^{commit}")
        raise CommitNotFound(f"no commit {name!r} here: fetch it first (a shallow clone has its newest commit only)")
    raise CommitNotFound(f"git {arguments[-3]} failed: {' '.join(done.stderr.split())}")
