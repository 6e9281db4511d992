"""Writes the comparison: all figures as JSON, and tables into docs/simulation-validation.md."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from tests.lab.validation.comparison import Compared
from tests.lab.validation.records import Record

DOCS = Path(__file__).parents[3] / "docs"
PAGE, FIGURES = DOCS / "simulation-validation.md", DOCS / "simulation-validation.json"

BEGIN, END = "<!-- figures: python -m tests.lab.validation -->", "<!-- end of figures -->"

SHOWN = ("node-hours", "cost, AED", "wait p95, s")
"""Figures of each seed in the table; the file has all."""


def page(
    text: str, records: Sequence[Record], together: Sequence[Compared], by_seed: Mapping[int, Sequence[Compared]]
) -> str:
    """Returns the page with new tables."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    tables = [_together(records, together), _by_seed(records, by_seed)]
    return f"{before}{BEGIN}\n" + "\n\n".join(tables) + f"\n{END}{after}"


def document(records: Sequence[Record], together: Sequence[Compared], by_seed: Mapping[int, Sequence[Compared]]) -> str:
    """Returns all figures as JSON."""
    seeds = [
        {
            "seed": record.seed,
            "date": record.date,
            "load_before": record.load_before,
            "load_highest": record.load_highest,
            "late": record.late,
            "counts": record.counts,
            "seconds": record.seconds,
            "delays": asdict(record.delays),
            "figures": _figures(by_seed[record.seed]),
        }
        for record in records
    ]
    return json.dumps({"all": _figures(together), "seeds": seeds}, indent=1) + "\n"


def _figures(rows: Sequence[Compared]) -> dict[str, dict[str, float]]:
    return {
        row.name: {
            "laboratory": row.real,
            "simulation": row.simulated,
            "spread": row.spread,
            "difference": round(row.difference, 4),
        }
        for row in rows
    }


def written(figures: Mapping[str, Mapping[str, float]]) -> list[Compared]:
    """Returns the rows of a mapping of `document`."""
    return [Compared(name, row["laboratory"], row["simulation"], row["spread"]) for name, row in figures.items()]


def _together(records: Sequence[Record], rows: Sequence[Compared]) -> str:
    seeds = sum(record.counts for record in records)
    lines = [
        f"| the {seeds} seeds that count | laboratory | simulation | standard deviation | difference |",
        "| --- | ---: | ---: | ---: | ---: |",
        *(
            f"| {row.name} | {row.real:.2f} | {row.simulated:.2f} | {row.spread:.2f} | {row.difference:+.1%} |"
            for row in rows
        ),
    ]
    return "\n".join(lines)


def _by_seed(records: Sequence[Record], by_seed: Mapping[int, Sequence[Compared]]) -> str:
    heads = " | ".join(f"{name}, laboratory | simulation" for name in SHOWN)
    lines = [
        f"| seed | date | load before, highest | late, s | {heads} |",
        "| ---: | --- | --- | ---: | " + " | ".join(["---:"] * 2 * len(SHOWN)) + " |",
    ]
    for record in records:
        figures = {row.name: row for row in by_seed[record.seed]}
        cells = " | ".join(
            f"{row.real:.2f} | {row.simulated:.2f} ± {row.spread:.2f}" for row in (figures[name] for name in SHOWN)
        )
        loads = f"{record.load_before:.1f}, {record.load_highest:.1f}"
        seed = f"{record.seed}" if record.counts else f"({record.seed})"
        lines.append(f"| {seed} | {record.date} | {loads} | {record.late:.2f} | {cells} |")
    return "\n".join(lines)
