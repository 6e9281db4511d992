"""Files of cost exports: files and folders as given, with the form and the run of each file.

A run is one execution of an export: it writes one file, or numbered parts beside each other. Layouts:

- AWS Data Exports (User Guide, dataexports-export-delivery; read 2026-11-27): `<export>/data/BILLING_PERIOD=2026-11/`
  with parts `<export>-00001.csv.gz`; if every run is kept, in a folder per run below it.
- Azure Cost Management: `<export>/<first>-<last day>/<time of run>/<run>/part_0_0001.csv` beside `manifest.json`
  (Microsoft's FinOps toolkit, data-processing.md; read 2026-11-27).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from falaj.finops.errors import BadInput


class Form(StrEnum):
    """Form of a file."""

    CSV = "CSV"
    GZIP = "gzip"
    PARQUET = "Parquet"
    ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of an export. `written` is when it ran (UTC), if a manifest or a name says so. `dataset` is what it
    exports, such as `ActualCost`, as far as a manifest or a name says so.
    """

    name: str
    written: datetime | None
    dataset: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read."""

    path: Path
    form: Form
    run: Run
    label: str
    """Path as given, for messages."""
    rows: tuple[int, ...] = ()
    """Numbers of an estimate's rows that are read."""


_SUFFIXES = (".csv", ".csv.gz", ".parquet")
"""Files that are read in a folder; an export's manifests and checksums are not."""

_SIGNATURES = ((b"PAR1", Form.PARQUET), (b"\x1f\x8b", Form.GZIP))
_FOREIGN_SIGNATURES = (
    (b"PK", "is a zip archive; unpack it"),
    (b"\xff\xfe", "is UTF-16; save it as UTF-8"),
    (b"\xfe\xff", "is UTF-16; save it as UTF-8"),
)

_PART = re.compile(r"(part)_\d+(?:_\d+)?|(part-)\d+(.*)|(.*-)0\d{4}|(data_)\d+")
"""Numbered parts of Azure, of Spark, of AWS (five digits), and of DuckDB; the groups are what they have in common."""

_DATASETS = ("ActualCost", "AmortizedCost", "FocusCost")
_NEAR = 7
"""Parts of a path in which a dataset is named: root, export, days, time, run, file."""

_TIME = re.compile(
    r"(?<![0-9a-fA-F])(20\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])"
    r"(?:[T_-]?([01]\d|2[0-3])[:_-]?([0-5]\d)[:_-]?([0-5]\d)?)?(?![0-9a-fA-F])"
)
"""A day, with or without a time. Digits of a longer hexadecimal number, such as a run's ID, are none."""

_DATE_RANGE = re.compile(r"\d{8}-\d{8}")
"""Azure's folder of a month: the days that are exported, not the time of a run."""


def source_files(paths: Iterable[Path]) -> list[SourceFile]:
    """Returns the files of all paths, each once. Raises `BadInput`."""
    unique: dict[Path, Path] = {}
    for path in paths:
        for file in _expanded(path):
            unique.setdefault(file.resolve(), file)
    return [SourceFile(file, _form(file), _run(file), str(file)) for file in unique.values()]


def _expanded(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    files = [file for file in sorted(path.rglob("*")) if file.name.lower().endswith(_SUFFIXES) and file.is_file()]
    if not files:
        raise BadInput(str(path), f"is a folder without a file that ends in {', '.join(_SUFFIXES)}")
    yield from files


def _form(path: Path) -> Form:
    if path.suffix == ".json":
        return Form.ESTIMATE
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise BadInput(str(path), f"cannot be read: {error.strerror}") from None
    for signature, sentence in _FOREIGN_SIGNATURES:
        if start.startswith(signature):
            raise BadInput(str(path), sentence)
    form = next((form for signature, form in _SIGNATURES if start.startswith(signature)), Form.CSV)
    if path.suffix == ".parquet" and form is not Form.PARQUET:
        raise BadInput(str(path), "is no Parquet file: it does not begin with PAR1")
    return form


def _run(path: Path) -> Run:
    stem = path.name.split(".")[0]
    part = _PART.fullmatch(stem)
    label = "".join(group or "" for group in part.groups()) if part else path.name
    manifest = _manifest(path.parent)
    written = _submitted(manifest) or _time_in_names(path)
    return Run(str(path.parent / label), written, _dataset(manifest, path))


def _manifest(folder: Path) -> Mapping[str, Any]:
    """Returns the manifest of Azure beside its files; empty if there is none."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def _submitted(manifest: Mapping[str, Any]) -> datetime | None:
    try:
        # Azure writes seven decimal places.
        written = datetime.fromisoformat(re.sub(r"\.\d+", "", manifest["runInfo"]["submittedTime"]))
    except (ValueError, KeyError, TypeError):
        return None
    return written.replace(tzinfo=UTC) if written.tzinfo is None else written.astimezone(UTC)


def _dataset(manifest: Mapping[str, Any], path: Path) -> str:
    """Returns Azure's name of the dataset: one scope may be exported as several of them."""
    config = manifest.get("exportConfig")
    given = str(config.get("type", "")) if isinstance(config, dict) else ""
    text = given or "/".join(path.parts[-_NEAR:]).lower()
    return next((dataset for dataset in _DATASETS if dataset.lower() in text.lower()), given)


def _time_in_names(path: Path) -> datetime | None:
    """Returns the time in the name of the file, otherwise in the nearest folder: days of a range do not count."""
    for label in (path.name, *(folder.name for folder in path.parents)):
        value = label.rpartition("=")[2]
        if _DATE_RANGE.fullmatch(value):
            continue
        if times := list(_TIME.finditer(value)):
            year, month, day, *clock = (int(part or 0) for part in times[-1].groups())
            try:
                return datetime(year, month, day, *clock, tzinfo=UTC)
            except ValueError:  # such as 30 February
                continue
    return None
