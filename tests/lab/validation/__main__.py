"""Measures the scenario on the laboratory, and renews the tables of docs/simulation-validation.md.

`python -m tests.lab.validation --seeds 10` runs seeds 0 to 9, each for six to seven minutes, and keeps what it measures
in `measured/`; without `--seeds`, it only simulates what is kept there again.
"""

import argparse
import tempfile
from pathlib import Path

from falaj.sandbox.lab.api import Api
from falaj.sandbox.lab.cluster import Lab
from tests.lab.validation.comparison import compared, simulations
from tests.lab.validation.laboratory import deployed, measured
from tests.lab.validation.records import save, saved
from tests.lab.validation.scenario import jobs
from tests.lab.validation.tables import FIGURES, PAGE, document, page


def measure(seeds: range) -> None:
    """Runs seeds on a laboratory of its own."""
    with tempfile.TemporaryDirectory(prefix="validation-") as folder:
        lab = Lab(Path(folder) / "cluster")
        lab.up(print, with_parent=True)
        try:
            api = Api(lab.kubeconfig)
            (project := Path(folder) / "project").mkdir()
            with deployed(lab, api, project):
                for seed in seeds:
                    record = measured(api, seed, jobs(seed))
                    save(record)
                    end = "" if record.counts else ", too late to count"
                    print(f"seed {seed}: load {record.load_highest:.0f}, {record.late:.2f} s late{end}", flush=True)
        finally:
            lab.down()


def renew() -> None:
    """Simulates what was measured, and writes the figures and the tables."""
    records = saved()
    draws = {record.seed: simulations(record, jobs(record.seed)) for record in records}
    together = compared([record for record in records if record.counts], draws)
    by_seed = {record.seed: compared([record], draws) for record in records}
    FIGURES.write_text(document(records, together, by_seed))
    PAGE.write_text(page(PAGE.read_text(), records, together, by_seed))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.lab.validation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=0, help="number of seeds to measure")
    parser.add_argument("--first", type=int, default=0, help="the first of them")
    options = parser.parse_args()
    if options.seeds:
        measure(range(options.first, options.first + options.seeds))
    renew()
