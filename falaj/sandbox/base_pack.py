"""The policy pack of another commit, so that a change is not judged by rules that it brings along."""

import io
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from falaj.sandbox.previews import CommitNotFound, git_output, link_environment
from falaj.sandbox.project_file import PACK_FILE, InvalidProject, read_pack
from falaj.sandbox.python_environment import EnvironmentMissing

PACK = "policy_pack"
"""Folder of a project's own pack."""
RULES = (PACK, "falaj/__init__.py", *(f"falaj/{name}" for name in ("facts", "finops")))
"""Paths of a project that decide a judgement: its pack, and what the pack imports where the project contains it."""
CHECK = (
    *(".github", ".gitlab-ci.yml", "azure-pipelines.yml", "pipelines", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab"),
    *(
        "requirements.txt",
        "requirements.lock",
        "pyproject.toml",
        "falaj/bootstrap.sh",
        *(f"falaj/{name}" for name in ("cli", "pipelines", "sandbox")),
    ),
)
"""Paths of a project that decide how the check runs: pipelines, owners, pinned packages, and the command itself."""


@contextmanager
def pack_at(project: Path, commit: str) -> Iterator[Path | None]:
    """Extracts the pack of a commit, with what it imports of the project, to a temporary folder; None if it has none.

    The pack's folder comes first on Python's search path, so the `falaj` in it is found before the installed one. A
    link to another folder of the repository is followed at that commit; what lies outside has no commits, and is used
    as it is. Raises `CommitNotFound` if git cannot read the commit.
    """
    linked = _link_at(project, commit)
    if linked is not None:
        if is_in_repository(project, linked) and linked.name == PACK:
            with pack_at(linked.parent, commit) as pack:
                yield pack
        else:
            yield linked
        return
    names = git_output(project, "ls-tree", "--name-only", commit, "--", *RULES).splitlines()
    if PACK not in names:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="falaj-rules-") as folder:
        target = Path(folder) / "extracted"
        with tarfile.open(fileobj=io.BytesIO(_archive(project, commit, names))) as content:
            try:
                content.extractall(target, filter="data")
            except tarfile.FilterError as error:
                raise CommitNotFound(f"the rules at {commit} cannot be read: {error}") from None
        pack = target / PACK
        if (target / "falaj").is_dir():
            (target / "falaj").rename(pack / "falaj")
        try:
            # Not the environment in the project's own pack: the change may have put it there.
            link_environment(read_pack(pack / PACK_FILE), None)
        except (InvalidProject, EnvironmentMissing) as error:
            raise CommitNotFound(f"the rules at {commit} cannot be used: {error}") from None
        yield pack


def _link_at(project: Path, commit: str) -> Path | None:
    """Returns the folder to which the pack of a commit is a link; None if it is none."""
    mode = git_output(project, "ls-tree", commit, "--", PACK).partition(" ")[0]
    if mode != _LINK:
        return None
    return Path(os.path.normpath(project.resolve() / git_output(project, "show", f"{commit}:./{PACK}")))


_LINK = "120000"
"""Mode of a symbolic link in git."""


def is_in_repository(project: Path, folder: Path) -> bool:
    """Whether a folder is in the git repository of a project. Raises `CommitNotFound` if git cannot tell."""
    return folder.is_relative_to(Path(git_output(project, "rev-parse", "--show-toplevel")).resolve())


def changed_rules(project: Path, commit: str) -> tuple[str, ...]:
    """Returns the changed files that decide a judgement, also those of a folder of the repository to which the pack is
    a link."""
    changed = changed_files(project, commit, RULES)
    pack = project / PACK
    home = pack.resolve().parent
    if pack.is_symlink() and home.is_dir() and is_in_repository(project, home):
        changed = (*changed, *changed_files(home, commit, RULES))
    return changed


def changed_files(project: Path, commit: str, paths: Sequence[str]) -> tuple[str, ...]:
    """Returns the files below these paths that differ between a commit and the working tree, new ones included."""
    compared = git_output(project, "diff", "--no-ext-diff", "--no-renames", "--relative", "--name-only", "-z", commit,
                          "--", *paths)  # fmt: skip
    others = git_output(project, "ls-files", "--others", "--exclude-standard", "-z", "--", *paths)
    return tuple(sorted(filter(None, {*compared.split("\0"), *others.split("\0")})))


def _archive(project: Path, commit: str, names: Sequence[str]) -> bytes:
    """Returns these paths of a commit as a tar archive, without running a filter that a repository configures."""
    command = ["git", "archive", "--format=tar", commit, "--", *names]
    done = subprocess.run(command, cwd=project, capture_output=True, check=False)
    if done.returncode:
        raise CommitNotFound(f"git archive failed: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout
