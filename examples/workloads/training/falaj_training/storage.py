"""Where checkpoints and models lie: a folder, or a vault by its address."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit


class Store(Protocol):
    """A flat folder of named files, each there whole or not at all."""

    def names(self) -> Iterator[str]: ...
    def read(self, name: str) -> bytes: ...
    def write(self, name: str, data: bytes) -> None: ...
    def delete(self, name: str) -> None: ...


def store(uri: str) -> Store:
    """The store at an address: `file://` here, `s3://`, `abfss://` and others through fsspec."""
    parts = urlsplit(uri)
    return Folder(Path(parts.path)) if parts.scheme in ("", "file") else Vault(uri)


def read(uri: str) -> bytes:
    """One file by its address."""
    folder, name = uri.rstrip("/").rsplit("/", 1)
    return store(folder).read(name)


class Folder:
    """A folder of a disk or a shared file system."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self) -> Iterator[str]:
        return (entry.name for entry in self.path.glob("*") if not entry.name.startswith("."))

    def read(self, name: str) -> bytes:
        return (self.path / name).read_bytes()

    def write(self, name: str, data: bytes) -> None:
        """Aside first, onto the disk, then renamed: a process killed on the way leaves the old file or none."""
        self.path.mkdir(parents=True, exist_ok=True)
        aside = self.path / f".{name}.{os.getpid()}"
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self.path / name)
        folder = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def delete(self, name: str) -> None:
        (self.path / name).unlink(missing_ok=True)


class Vault:
    """An object store: what is put there appears whole once the last part has arrived."""

    def __init__(self, uri: str) -> None:
        import fsspec

        self.files, self.path = fsspec.core.url_to_fs(uri)

    def names(self) -> Iterator[str]:
        """Listed without asking first whether it is there: whoever may list one folder only is refused an answer by S3
        about what is not."""
        self.files.invalidate_cache()
        try:
            found = self.files.ls(self.path, detail=False)
        except FileNotFoundError:
            return iter(())
        return (entry.rsplit("/", 1)[-1] for entry in found)

    def read(self, name: str) -> bytes:
        return self.files.cat_file(f"{self.path}/{name}")

    def write(self, name: str, data: bytes) -> None:
        self.files.pipe_file(f"{self.path}/{name}", data)

    def delete(self, name: str) -> None:
        self.files.rm_file(f"{self.path}/{name}")
