"""A price update: what it would change, before anything is written."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from falaj.finops.markdown_table import table
from falaj.finops.prices.changes import PriceChange, by_hand, changes, doubts
from falaj.finops.prices.tables import KEYS, Tables, read, updated, write
from falaj.finops.prices.vendor_list import VendorList


@dataclass(frozen=True)
class Refresh:
    """The tables as they would be, what changes, what stays because the lists do not say it, and what is in doubt."""

    date: str
    after: Tables
    changes: tuple[PriceChange, ...]
    notes: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def summary(self) -> str:
        """How much changes, in one sentence."""
        kinds = Counter(change.label if change.label in ("new", "gone") else "changed" for change in self.changes)
        counts = ", ".join(f"{kinds[kind]} {kind}" for kind in ("changed", "new", "gone"))
        return f"lists of {self.date}: prices {counts}; {len(self.notes)} left as they were"

    def document(self) -> dict[str, Any]:
        """All of it for programs."""
        return {
            "date": self.date,
            "changes": [
                {
                    "table": one.table,
                    "region": one.region,
                    "what": one.what,
                    "before_usd": None if one.before is None else str(one.before),
                    "after_usd": None if one.after is None else str(one.after),
                    "change": one.label,
                }
                for one in self.changes
            ],
            "left": list(self.notes),
            "doubts": list(self.doubts),
        }


def own_folder() -> Path:
    """Where this program's own price list lies."""
    return Path(str(resources.files("falaj.facts") / "data"))


def compare(folder: Path | None, lists: Sequence[VendorList]) -> Refresh:
    """What the lists would change in the files of `folder`; where it has none, in those of this program."""
    there = folder is not None and all((folder / f"{name}.csv").is_file() for name in KEYS)
    before = read(folder if folder is not None and there else own_folder())
    after = updated(before, lists)
    unclear = [f"{result.region} {one.unclear}" for result in lists for one in result.machines.values() if one.unclear]
    unmatched = [f"{result.region} {row}" for result in lists for row in result.unmatched]
    new = [f"{name} is new: enter its GPUs by hand" for name in by_hand(before, lists)]
    return Refresh(
        date=max((result.date for result in lists), default=""),
        after=after,
        changes=tuple(changes(before, after)),
        notes=(*unclear, *unmatched, *new),
        doubts=tuple(doubts(before, after, lists)),
    )


def save(refresh: Refresh, folder: Path | None) -> None:
    """Writes the tables; until the last moment the old ones are there, whole."""
    write(refresh.after, folder or own_folder())


def markdown(refresh: Refresh) -> str:
    """All changes for a reviewer."""
    lines = [f"# Prices of {refresh.date}", "", f"{refresh.summary}.", ""]
    lines += [f"- **implausible**: {doubt}" for doubt in refresh.doubts]
    rows = (
        (one.region, one.what, *("-" if usd is None else str(usd) for usd in (one.before, one.after)), one.label)
        for one in refresh.changes
    )
    lines += ["", *table(("region", "item", "before USD", "now USD", "change"), rows, words=2)]
    lines += ["", *(f"- unchanged: {note}" for note in refresh.notes)]
    return "\n".join(lines) + "\n"
