"""The policy pack of another commit, so that a change is not judged by rules that it brings along."""

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from falaj.sandbox.previews import CommitNotFound, git_output, link_environment

PACK = "policy_pack"
"""Folder of a project's own pack."""
RULES = (PACK, "falaj/__init__.py", *(f"falaj/{name}" for name in ("facts", "finops")))
"""Paths of a project that decide a judgement: its pack, and what the pack imports where the project contains it."""
CHECK = (
    *(".github", ".gitlab-ci.yml", "azure-pipelines.yml", "pipelines", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab"),
    *("requirements.txt", "pyproject.toml", "falaj/bootstrap.sh", *(f"falaj/{name}" for name in ("cli", "sandbox"))),
)
"""Paths of a project that decide how the check runs: pipelines, owners, pinned packages, and the command itself."""


@contextmanager
def pack_at(project: Path, commit: str) -> Iterator[Path | None]:
    """Extracts the pack of a commit, with what it imports of the project, to a temporary folder; None if it has none.

    The pack's folder comes first on Python's search path, so the `falaj` in it is found before the installed one.
    Raises `CommitNotFound` if git cannot read the commit.
    """
    names = git_output(project, "ls-tree", "--name-only", commit, "--", *RULES).splitlines()
    if PACK not in names:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="falaj-rules-") as folder:
        target = Path(folder) / "extracted"
        with tarfile.open(fileobj=io.BytesIO(_archive(project, commit, names))) as content:
            content.extractall(target, filter="data")
        pack = target / PACK
        if (target / "falaj").is_dir():
            (target / "falaj").rename(pack / "falaj")
        link_environment(pack, "PulumiPolicy.yaml")
        yield pack


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
