"""Archives on this machine in place of those that `falaj/pipelines/tools.csv` pins, for a machine without internet."""

from __future__ import annotations

import csv
import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.pipelines.repository import Repository


def pin_local_tools(repository: Repository, programs: Mapping[str, Path]) -> None:
    """Gives every tool of the table an archive that runs the program of its name, with its own digest."""
    table = repository.folder / "falaj/pipelines/tools.csv"
    with table.open(newline="") as file:
        rows = [*csv.DictReader(file)]
    assert [row["name"] for row in rows] == sorted(programs)
    for row in rows:
        archive = repository.runner / f"{row['name']}.zip"
        with zipfile.ZipFile(archive, "w") as content:
            member = zipfile.ZipInfo(row["program"])
            member.external_attr = 0o755 << 16
            content.writestr(member, f'#!/bin/sh\nexec {programs[row["name"]]} "$@"\n')
        row |= {"url": archive.as_uri(), "sha256": hashlib.sha256(archive.read_bytes()).hexdigest()}
    with table.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
