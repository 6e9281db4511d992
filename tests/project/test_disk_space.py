"""`./test --all` refuses a disk that would be full before its end."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(tmp_path: Path, free_kb: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs ./test with a `df` that states this free space, and without the files that it would go on with."""
    shutil.copy(ROOT / "test", tmp_path)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "df").write_text(
        f"#!/bin/sh\necho Filesystem 1024-blocks Used Available\necho disk 9 9 {free_kb}\n"
    )
    (tmp_path / "bin" / "df").chmod(0o755)
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
    environment = {"PATH": path, "HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    return subprocess.run(
        ["sh", "./test", *arguments], cwd=tmp_path, env=environment, text=True, capture_output=True, check=False
    )


def test_a_full_disk_is_refused_at_once(tmp_path: Path) -> None:
    ran = run(tmp_path, 1_600_000, "--all")
    assert ran.returncode == 3
    assert ran.stderr == (
        f"./test: 1 GB are free for {tmp_path}; --all needs 10, and 30 on a new machine. Fix: delete old files there\n"
    )


@pytest.mark.parametrize(("free_kb", "arguments"), [(10_000_000, ["--all"]), (1_600_000, [])])
def test_enough_room_and_a_part_of_the_tests_go_on(tmp_path: Path, free_kb: int, arguments: list[str]) -> None:
    ran = run(tmp_path, free_kb, *arguments)
    assert "free" not in ran.stderr
    assert "bootstrap.sh" in ran.stderr
