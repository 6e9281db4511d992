"""The programs that back up a tracking server's database, run here with a fake for MLflow's access to a vault."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from falaj.components.core.serving.promotion import PROMOTION_SCRIPT
from falaj.components.core.training.tracking import DATABASE_COPY_SCRIPT, DATABASE_FILE

STAND_IN = """
import os, pathlib, shutil

class Vault:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def list_artifacts(self):
        return [type("File", (), {"path": file.name}) for file in self.folder.glob("*")]

    def download_artifacts(self, name, dst_path):
        shutil.copy(self.folder / name, dst_path)

    def log_artifact(self, file):
        if os.path.exists(self.folder.parent / "away"):
            raise OSError("the vault does not answer")
        shutil.copy(file, self.folder)

get_artifact_repository = Vault
"""
CLIENT = """
class MlflowClient:
    def get_model_version(self, name, version):
        if version != "4":
            raise LookupError(version)

    def set_registered_model_alias(self, *told):
        print(told)
"""


class Pod:
    """Folders of a pod, and the programs that run in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("data", "tmp", "vault", "lib"):
            (root / folder).mkdir()
        package = root / "lib/mlflow/store/artifact"
        package.mkdir(parents=True)
        for folder in (package, package.parent):
            (folder / "__init__.py").write_text("")
        (root / "lib/mlflow/__init__.py").write_text(CLIENT)
        (package / "artifact_repository_registry.py").write_text(STAND_IN)
        self.database = root / "data" / Path(DATABASE_FILE).name
        self.copy = root / "vault" / self.database.name

    def start(self, program: str, *args: str, **variables: str) -> subprocess.Popen[str]:
        arguments = {
            "PYTHONPATH": str(self.root / "lib"),
            "TMPDIR": str(self.root / "tmp"),
            "FALAJ_DATABASE": str(self.database),
            "FALAJ_COPIES": str(self.root / "vault"),
        }
        return subprocess.Popen(
            [sys.executable, "-c", program, *args],
            env={**os.environ, **arguments, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def write(self, word: str) -> None:
        connection = sqlite3.connect(self.database)
        with connection:
            connection.execute("create table if not exists words (word text)")
            connection.execute("insert into words values (?)", (word,))
        connection.close()


@pytest.fixture
def pod(tmp_path: Path) -> Pod:
    return Pod(tmp_path)


def words(database: Path) -> list[str]:
    connection = sqlite3.connect(database)
    try:
        return [word for (word,) in connection.execute("select word from words")]
    finally:
        connection.close()


def finished(process: subprocess.Popen[str]) -> tuple[int, str]:
    output, _ = process.communicate(timeout=20)
    return process.returncode, output


def until_said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def test_what_was_written_is_copied_at_once_and_once_more_at_the_end(pod: Pod) -> None:
    pod.write("first")
    following = pod.start(DATABASE_COPY_SCRIPT, "follow")
    assert until_said(following) == "copied to the vault\n"
    assert words(pod.copy) == ["first"]
    pod.write("last")
    following.send_signal(signal.SIGTERM)
    assert finished(following) == (0, "copied to the vault\n")
    assert words(pod.copy) == ["first", "last"]


def test_only_what_changed_is_copied_again(pod: Pod) -> None:
    pod.write("first")
    following = pod.start(DATABASE_COPY_SCRIPT.replace("wait = 3600", "wait = 0.1"), "follow")
    until_said(following)
    before = pod.copy.stat().st_mtime_ns
    time.sleep(0.5)
    assert pod.copy.stat().st_mtime_ns == before
    pod.write("second")
    assert until_said(following) == "copied to the vault\n"
    assert words(pod.copy) == ["first", "second"]
    following.kill()
    following.communicate()


def test_an_unreachable_vault_does_not_stop_the_server(pod: Pod) -> None:
    pod.write("first")
    (pod.root / "away").touch()
    following = pod.start(DATABASE_COPY_SCRIPT.replace("wait = 60", "wait = 0.1"), "follow")
    assert until_said(following) == "not copied: the vault does not answer\n"
    (pod.root / "away").unlink()
    while until_said(following) != "copied to the vault\n":
        pass
    assert words(pod.copy) == ["first"]
    following.kill()
    following.communicate()


def test_a_new_disk_begins_with_the_last_copy_and_an_old_one_is_left_alone(pod: Pod) -> None:
    assert finished(pod.start(DATABASE_COPY_SCRIPT, "restore")) == (0, "")
    assert not pod.database.exists()
    pod.write("copied")
    pod.database.rename(pod.copy)
    assert finished(pod.start(DATABASE_COPY_SCRIPT, "restore")) == (0, "restored from the vault\n")
    assert words(pod.database) == ["copied"]
    pod.write("newer")
    assert finished(pod.start(DATABASE_COPY_SCRIPT, "restore")) == (0, "")
    assert words(pod.database) == ["copied", "newer"]


def test_the_registry_is_told_of_a_version_that_is_there(pod: Pod) -> None:
    arguments = {"FALAJ_MODEL": "sentiment", "FALAJ_ALIAS": "champion"}
    code, output = finished(pod.start(PROMOTION_SCRIPT, FALAJ_VERSION="4", **arguments))
    assert (code, output.splitlines()) == (
        0,
        ["('sentiment', 'champion', '4')", "sentiment@champion is version 4"],
    )
    code, output = finished(pod.start(PROMOTION_SCRIPT, FALAJ_VERSION="5", **arguments))
    assert code == 1
    assert "LookupError" in output
