"""Runs the scenario of some seeds on the laboratory, and keeps what was measured."""
import argparse, json, tempfile
from dataclasses import asdict
from datetime import date
from pathlib import Path
from falaj.sandbox.lab.cluster import Lab
from falaj.sandbox.lab.api import Api
from tests.lab.validation.laboratory import deployed, measured
from tests.lab.validation.scenario import jobs
p = argparse.ArgumentParser(); p.add_argument("--seeds", type=int, default=10); p.add_argument("--first", type=int, default=0)
p.add_argument("--out", default="/tmp/simlab")
o = p.parse_args()
with tempfile.TemporaryDirectory(prefix="validation-") as folder:
    lab = Lab(Path(folder) / "cluster")
    lab.up(print, with_parent=True)
    try:
        api = Api(lab.kubeconfig)
        project = Path(folder) / "project"; project.mkdir()
        with deployed(lab, api, project):
            for seed in range(o.first, o.first + o.seeds):
                m = measured(api, jobs(seed))
                Path(o.out).mkdir(exist_ok=True)
                (Path(o.out) / f"seed-{seed}.json").write_text(json.dumps({"run": asdict(m.run), "delays": asdict(m.delays), "load": m.load, "seconds": m.seconds, "date": str(date.today()), "jobs": {k: asdict(v) for k, v in m.seen.jobs.items()}, "pods": [asdict(v) for v in m.seen.pods.values()], "nodes": [asdict(v) for v in m.seen.nodes.values()]}))
                print(seed, m.seconds, m.load, m.delays, flush=True)
    finally:
        lab.down()
