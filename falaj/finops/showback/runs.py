"""Runs of cost exports, read from names and manifests: which export, which days, when.

A run is one execution of an export: it writes one file, or numbered parts beside each other. Layouts:

- AWS Data Exports (User Guide, dataexports-export-delivery; read 2026-11-27): `<export>/data/BILLING_PERIOD=2026-11/`
  with parts `<export>-00001.csv.gz`; if every run is kept, in a folder per run below it. The name of an export may have
  dots (CreateExport, `Name`).
- Azure Cost Management: `<export>/<first>-<last day>/<time of run>/<run>/part_0_0001.csv` beside `manifest.json`, or
  the days above the export (Microsoft's FinOps toolkit, data-processing.md; read 2026-11-27).

In both, every run has all charges of its billing period or days, so the newest one replaces the former as a whole.
"""

import calendar
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Run:
    """One run of an export. `written` is when it ran (UTC), if a manifest or a name says so. `dataset` is what it
    exports, such as `ActualCost`, as far as a manifest or a name says so. Runs of one export have the same `export`:
    Azure's ID of it, or the path without time and days. `days` are the first and last day of which the run has all
    charges, if the layout or a manifest says so.
    """

    name: str
    written: datetime | None
    dataset: str
    export: str
    days: tuple[date, date] | None

    def is_newer(self, other: "Run") -> bool:
        """Returns whether both are runs of one export, and this one ran later."""
        if self.written is None or other.written is None:
            return False
        return self.export == other.export and self.written > other.written

    def replaces(self, other: "Run") -> bool:
        """Returns whether the run is newer and has all days of the other one."""
        if not (self.days and other.days and self.is_newer(other)):
            return False
        return self.days[0] <= other.days[0] and other.days[1] <= self.days[1]


_SUFFIX = re.compile(r"(\.snappy)?\.(csv|parquet|json)(\.gz)?$", re.IGNORECASE)
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

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""ID of a run."""

_DATE_RANGE = re.compile(r"(\d{8})-(\d{8})")
"""Azure's folder of a month: the days that are exported, not the time of a run."""

_BILLING_PERIOD = re.compile(r"BILLING_PERIOD=(\d{4})-(\d\d)", re.IGNORECASE)
"""Folder of AWS Data Exports."""


def run_of(path: Path) -> Run:
    """Returns the run that wrote a file."""
    manifest = _manifest(path.parent)
    label = _label(path.name)
    named, has_clock = _time_in_names(path)
    submitted = _submitted(manifest)
    days = _days_of(manifest) or _days_in_names(path)
    return Run(
        str(path.parent / label),
        submitted or named,
        _dataset(manifest, path),
        _export_id(manifest) or _export_in_names(path.absolute().parent, label),
        # A day as the name of a folder may be a partition, of which every one counts; a time is that of a run.
        days if submitted or has_clock else None,
    )


def _label(name: str) -> str:
    """Returns the name of a file without the number of the part; that of another file as it is."""
    part = _PART.fullmatch(_SUFFIX.sub("", name))
    return "".join(group or "" for group in part.groups()) if part else name


def _manifest(folder: Path) -> Mapping[str, Any]:
    """Returns the manifest of Azure beside its files; empty if there is none."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def _section(manifest: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = manifest.get(name)
    return section if isinstance(section, dict) else {}


def _time(value: object) -> datetime | None:
    try:
        # Azure writes seven decimal places.
        found = datetime.fromisoformat(re.sub(r"\.\d+", "", str(value)))
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _submitted(manifest: Mapping[str, Any]) -> datetime | None:
    return _time(_section(manifest, "runInfo").get("submittedTime"))


def _days_of(manifest: Mapping[str, Any]) -> tuple[date, date] | None:
    first, last = (_time(_section(manifest, "runInfo").get(name)) for name in ("startDate", "endDate"))
    return (first.date(), last.date()) if first and last else None


def _export_id(manifest: Mapping[str, Any]) -> str:
    return str(_section(manifest, "exportConfig").get("resourceId") or "").lower()


def _dataset(manifest: Mapping[str, Any], path: Path) -> str:
    """Returns Azure's name of the dataset: one scope may be exported as several of them."""
    given = str(_section(manifest, "exportConfig").get("type", ""))
    text = given or "/".join(path.parts[-_NEAR:]).lower()
    return next((dataset for dataset in _DATASETS if dataset.lower() in text.lower()), given)


def _time_in_names(path: Path) -> tuple[datetime | None, bool]:
    """Returns the time in the name of the file, otherwise in the nearest folder, and whether it is more than a day:
    days of a range do not count.
    """
    for label in (path.name, *(folder.name for folder in path.absolute().parents)):
        value = label.rpartition("=")[2]
        if _DATE_RANGE.fullmatch(value):
            continue
        if times := list(_TIME.finditer(value)):
            year, month, day, *clock = times[-1].groups()
            try:
                time = datetime(int(year), int(month), int(day), *(int(part or 0) for part in clock), tzinfo=UTC)
            except ValueError:  # such as 30 February
                continue
            return time, clock[0] is not None
    return None, False


def _days_in_names(path: Path) -> tuple[date, date] | None:
    """Returns the days of Azure's folder of days, or the month of AWS's folder of a billing period."""
    for folder in path.absolute().parents:
        try:
            if days := _DATE_RANGE.fullmatch(folder.name):
                return date.fromisoformat(days[1]), date.fromisoformat(days[2])
            if period := _BILLING_PERIOD.fullmatch(folder.name):
                first = date(int(period[1]), int(period[2]), 1)
                return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
        except ValueError:  # numbers that are no days
            continue
    return None


def _export_in_names(folder: Path, label: str) -> str:
    """Returns a path without what differs between the runs of one export: times, days and IDs of runs."""
    return "/".join([*_lasting(folder), _TIME.sub("", _ID.sub("", label))])


def _lasting(folder: Path) -> Iterator[str]:
    for name in folder.parts:
        time = _TIME.search(name)
        of_a_run = _DATE_RANGE.fullmatch(name) or _BILLING_PERIOD.fullmatch(name) or (time and time[4])
        if not of_a_run:
            yield _TIME.sub("", _ID.sub("", name))
