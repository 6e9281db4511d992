"""The end of `./try`: the estimate of the deployed stack, and its HTML page."""

import json
from pathlib import Path

from falaj.cli import tour
from falaj.cli.common import out
from falaj.sandbox.environment import prepare, sandbox_variables
from falaj.sandbox.paths import Paths
from falaj.sandbox.session import Session
from falaj.sandbox.toolchain import Engine
from tests.unit.finops.plans import step
from tests.unit.finops.reports import GPU, UNPRICED, evidence

SETTINGS = """
config:
  falaj:platform:
    currency: {aed_per_usd: 3.7, as_of: "2026-11-01"}
    ceilings: {aed_per_month: 20000}
"""


def test_the_bill_is_told_in_the_stacks_own_rates_and_what_is_missing_is_named(
    tmp_path: Path,
) -> None:
    (tmp_path / "Pulumi.prod.yaml").write_text(SETTINGS)
    engine = Engine(Path("/usr/bin/true"), "3.259.0", "test")
    paths = Paths(tmp_path)
    prepare(paths, engine)
    (paths.evidence / "guardrails-1.jsonl").write_text(json.dumps(evidence()) + "\n")
    state = [step(*row)["newState"] for row in (GPU, UNPRICED)]
    with out.capture() as capture:
        tour._bill(Session(paths, engine, sandbox_variables(paths, engine)), "prod", state, since=0)
    text = " ".join(capture.get().split())
    page = tmp_path / ".falaj" / "report" / "prod.html"
    for expected in ("at least 26,955.98", "VAT 5 %", "the type has no price model", "above the ceiling"):
        assert expected in text
    assert page.as_uri() in capture.get()
    assert "26,955.98" in page.read_text()
    assert "SHA-256" in page.read_text()
