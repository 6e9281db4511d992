"""A price update: what it would change, before anything is written."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from falaj.finops.markdown_table import table
from falaj.finops.prices.changes import PriceChange, changes, implausible_changes, manual_entries
from falaj.finops.prices.tables import Tables, read, updated, write
from falaj.finops.prices.vendor_list import VendorList


@dataclass(frozen=True)
class Refresh:
    """The updated tables, the changes, notes on rows that stay unchanged, and implausible changes."""

    date: str
    after: Tables
    changes: tuple[PriceChange, ...]
    notes: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def summary(self) -> str:
        """The number of changes in one sentence."""
        kinds = Counter(change.label if change.label in ("new", "gone") else "changed" for change in self.changes)
        counts = ", ".join(f"{kinds[kind]} {kind}" for kind in ("changed", "new", "gone"))
        return f"lists of {self.date}: prices {counts}; {len(self.notes)} left as they were"

    def document(self) -> dict[str, Any]:
        """Returns the update as plain data."""
        return {
            "date": self.date,
            "changes": [
                {
                    "table": change.table,
                    "region": change.region,
                    "what": change.what,
                    "before_usd": None if change.before is None else str(change.before),
                    "after_usd": None if change.after is None else str(change.after),
                    "change": change.label,
                }
                for change in self.changes
            ],
            "left": list(self.notes),
            "doubts": list(self.doubts),
        }


def catalogue_folder() -> Path:
    """Returns the folder of the price catalogue in this package."""
    return Path(str(resources.files("falaj.facts") / "data"))


def compare(folder: Path | None, lists: Sequence[VendorList]) -> Refresh:
    """Returns what the lists would change in the files of `folder`, and in those of the package's catalogue that
    `folder` lacks.
    """
    before = read(folder or catalogue_folder(), catalogue_folder())
    after = updated(before, lists)
    unclear = [
        f"{vendor_list.region} {machine.unclear}"
        for vendor_list in lists
        for machine in vendor_list.machines.values()
        if machine.unclear
    ]
    unmatched = [f"{vendor_list.region} {row}" for vendor_list in lists for row in vendor_list.unmatched]
    new_machines = [f"{name} is new: enter its GPUs by hand" for name in manual_entries(before, lists)]
    return Refresh(
        date=max((vendor_list.date for vendor_list in lists), default=""),
        after=after,
        changes=tuple(changes(before, after)),
        notes=(*unclear, *unmatched, *new_machines),
        doubts=tuple(implausible_changes(before, after, lists)),
    )


def save(refresh: Refresh, folder: Path | None) -> None:
    """Writes the tables; each existing file is replaced only when all new files are complete."""
    write(refresh.after, folder or catalogue_folder())


def markdown(refresh: Refresh) -> str:
    """Returns all changes as Markdown for a reviewer."""
    lines = [f"# Prices of {refresh.date}", "", f"{refresh.summary}.", ""]
    lines += [f"- **implausible**: {reason}" for reason in refresh.doubts]
    rows = (
        (
            change.region,
            change.what,
            *("-" if usd is None else str(usd) for usd in (change.before, change.after)),
            change.label,
        )
        for change in refresh.changes
    )
    lines += ["", *table(("region", "item", "before USD", "now USD", "change"), rows, words=2)]
    lines += ["", *(f"- unchanged: {note}" for note in refresh.notes)]
    return "\n".join(lines) + "\n"
