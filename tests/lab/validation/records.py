"""What was measured on the laboratory, in a file for each seed. Times are in seconds of the laboratory."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.lab.validation.figures import JobLife, NodeLife, Run
from tests.lab.validation.simulated import Delays

FOLDER = Path(__file__).parent / "measured"

LATEST_SECONDS = 0.5
"""A run counts if 95 % of its jobs were submitted with less delay: real programs lag as the submitting one does."""


@dataclass(frozen=True)
class Record:
    """A run of the scenario on the laboratory."""

    seed: int
    date: str
    """Day of the run, such as 2026-11-28."""
    load_before: float
    """Load average of the machine, over a minute."""
    load_highest: float
    """The highest while jobs were submitted and at the end."""
    late: float
    """By how many seconds the latest 5 % of the jobs were submitted late, or later."""
    seconds: float
    """How long it took."""
    delays: Delays
    run: Run

    @property
    def counts(self) -> bool:
        """Whether the laboratory kept up with the scenario."""
        return self.late <= LATEST_SECONDS


def save(record: Record) -> None:
    """Writes a run, in place of an earlier one of the same seed."""
    FOLDER.mkdir(exist_ok=True)
    head = {name: value for name, value in asdict(record).items() if name not in ("run", "delays")}
    head = {name: _rounded(value) for name, value in head.items()}
    delays = {name: _rounded(value) for name, value in asdict(record.delays).items()}
    lines = [json.dumps(head | {"delays": delays, "evictions": record.run.evictions})[:-1] + ","]
    for name, lives in (("jobs", record.run.jobs), ("nodes", record.run.nodes)):
        rows = ",\n".join(json.dumps([_rounded(value) for value in life]) for life in lives)
        lines.append(f'"{name}": [\n{rows}\n]' + ("," if name == "jobs" else "}"))
    _file(record.seed).write_text("\n".join(lines) + "\n")


def saved() -> list[Record]:
    """Returns all runs by seed."""
    return [load(seed) for seed in sorted(int(file.stem.removeprefix("seed-")) for file in FOLDER.glob("seed-*.json"))]


def load(seed: int) -> Record:
    """Returns the run of a seed. Raises `FileNotFoundError`."""
    row = json.loads(_file(seed).read_text())
    run = Run(
        [JobLife(*job) for job in row.pop("jobs")], [NodeLife(*node) for node in row.pop("nodes")], row["evictions"]
    )
    del row["evictions"]
    return Record(**(row | {"delays": Delays(**row["delays"]), "run": run}))


def _file(seed: int) -> Path:
    return FOLDER / f"seed-{seed}.json"


def _rounded(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value
