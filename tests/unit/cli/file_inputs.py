"""Every file that a command reads: valid content, and the command that reads it. Stack files have tests of their own.

`answered` runs a command in this process, as `falaj` runs it, and says how it ended.
"""

import gzip
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from falaj.cli.app import app
from falaj.cli.failures import answer
from tests.unit.cli import sandbox_files as sandbox
from tests.unit.cli.file_input import FILE, FileInput
from tests.unit.cli.input_mutants import as_json, as_table
from tests.unit.cli.pack_inputs import PACK, REVIEWED, run_pack
from tests.unit.cli.test_queues import EVICTED, RUNNING
from tests.unit.finops import input_contents as contents
from tests.unit.finops.controlling_files import controlling, month
from tests.unit.finops.measurements import rows as measured
from tests.unit.finops.price_sheets import csp
from tests.unit.finops.spoiled_inputs import READERS
from tests.unit.finops.utilisation import azure, cloudwatch, dcgm, flat, opencost, prometheus
from tests.unit.reconcile.states import VAULT, VPC, export
from tests.unit.rights.test_documents import BUCKET
from tests.unit.rights.test_documents import plan as rights_plan
from tests.unit.settings.stacks import ROOT
from tests.unit.simulation.spoiled_traces import TRACES
from tests.unit.simulation.trace_files import THROUGHPUTS
from tests.unit.test_drift import LOGS, refresh

PROJECT = ("--project", str(ROOT))


def _rows(records: list[dict[str, Any]]) -> tuple[tuple[str, ...], ...]:
    return (tuple(records[0]), *(tuple(str(item) for item in record.values()) for record in records))


def _same(content: Any) -> bytes:
    return content


def _packed(content: Any) -> bytes:
    return gzip.compress(as_table(content))


def _lines(content: Any) -> bytes:
    """Returns one line of JSON for each row, as evidence files have them."""
    return b"".join(as_json(row) + b"\n" for row in content) if isinstance(content, list) else as_json(content)


def _text_table(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split(",")) for line in text.splitlines())


BILL = ("bill", "--stack", "demo", "--allow-missing", "--plan", "{plan}")
CONTROLLING = ("--month", "2026-10", "--rate", "3.6725@2026-10-31")
SIMULATE = ("simulate", *PROJECT, "--stack", "dev", "--month", "2026-12")
CHARGES = _rows(month())
DAYS = (*(f"2026-10-{day:02}" for day in range(1, 32)), *(f"2026-11-{day:02}" for day in range(1, 28)))
RATES = (("date", "aed_per_usd"), *((day, "3.6725") for day in DAYS))
REQUESTS = [
    {"variant": variant, "time": f"2026-10-{day:02}T{hour:02}:30:00Z", "latency_s": "0.2", "error": "0", "tokens": "9",
     "cost_usd": "0.1", "quality": "0.8", "user": "u1"}
    for day in range(1, 11) for hour in range(24) for variant in "ab" for _ in range(5)
]  # fmt: skip
LINES = (("account", "service", "net"), ("111122223333", "EC2", "1"))
ENFORCEMENT = {
    "default": {"all": "mandatory", "cost": "advisory", "FJ-TAG-001": "disabled"},
    "stacks": {"dev": {"all": "advisory"}},
    "presets": ["karpenter"],
    "add_tags": {"dev": {"environment": "dev"}},
    "identity": {"trusted": {"111122223333": "the account of the platform team"}},
}
EXEMPTION = {
    "rule": "FJ-TAG-001", "urn": "urn:pulumi:dev::*::bucket", "owner": "a", "ticket": "T-1", "reason": "moves soon",
    "approved_by": "c", "created": "2026-11-01", "expires": "2026-12-01",
}  # fmt: skip
EVIDENCE = [
    {"rule": "FJ-TAG-001", "urn": "urn:pulumi:dev::falaj::aws:s3/bucket:Bucket::b", "path": "tags", "says": "no tag",
     "verdict": "fail", "level": "mandatory", "concern": "tags", "severity": "high", "controls": ["a", "b"],
     "stack": "dev", "time": "2026-11-20T10:00:00+00:00"}
]  # fmt: skip
USED = ("rightsize", "usage", "--inventory", "{inventory}", "--prometheus", "{prometheus}")
RECOVER = ("recover", "--stack", sandbox.STACK, "--project", "{folder}")
DB = "clouds/.falaj/inventory.db"
PAGE_COMMENT = [{"id": 1, "body": "<!-- falaj:demo -->", "user": {"login": "bot"}}]

INPUTS: Mapping[str, FileInput] = {
    "plan": FileInput((*BILL[:-1], FILE), contents.PLAN),
    "plan of rights": FileInput(("rights", "--stack", "demo", "--plan", FILE), json.loads(rights_plan(BUCKET))),
    "base plan": FileInput((*BILL, "--base", FILE), contents.PLAN),
    "base estimate": FileInput((*BILL, "--base", FILE), READERS["estimate"].content),
    "usage": FileInput((*BILL, "--usage", FILE), contents.USAGE),
    "ceilings": FileInput((*BILL, "--ceilings", FILE), contents.CEILINGS),
    "price book": FileInput((*BILL, "--price-book", FILE), contents.BOOK),
    "controlling of a bill": FileInput((*BILL, "--controlling", FILE), controlling()),
    "rates of a bill": FileInput((*BILL, "--fx", "day", "--fx-rates", FILE), RATES, as_table),
    "comments": FileInput(("comment", "--stack", "demo", "--comments", FILE), PAGE_COMMENT, json=False),
    "refresh": FileInput(("drift", FILE), json.loads(refresh(LOGS, "retentionInDays", old={"retentionInDays": 1},
                                                             new={"retentionInDays": 2})), status=(1,)),
    # The stack has no site on a cloud, so that no account is asked once the file is read.
    "state of a stack": FileInput(
        ("recover", "--cloud", "--stack", "onprem", "--project", str(ROOT / "examples/onprem"), "--state", FILE),
        json.loads(export(VPC, VAULT)), status=(2,),
    ),
    "workloads": FileInput(("queues", FILE), {"items": [RUNNING, EVICTED]}),
    "charges": FileInput(("showback", FILE, "--month", "2026-10"), CHARGES, as_table),
    "charges, packed": FileInput(("showback", FILE, "--month", "2026-10", "--markdown"), CHARGES, _packed, json=False),
    "charges, estimated": FileInput(
        ("showback", "{charges}", FILE, "--month", "2026-10"), {"format": "falaj-estimate/1", "focus": month()[:3]},
        name="estimate.json",
    ),
    "utilisation": FileInput(
        ("showback", "{charges}", "--month", "2026-10", "--utilisation", FILE),
        (("site", "busy"), ("uae", "0.5")), as_table,
    ),
    "rates of showback": FileInput(
        ("showback", "{charges}", "--month", "2026-10", "--fx", "day", "--fx-rates", FILE), RATES, as_table
    ),
    "budgets": FileInput(
        ("controlling", "budgets", "{charges}", *CONTROLLING, "--budgets", FILE), contents.BUDGETS
    ),
    "controlling": FileInput(
        ("controlling", "journal", "{charges}", *CONTROLLING, "--kind", "chargeback", "--controlling", FILE),
        controlling(),
    ),
    "controlling of VAT": FileInput(
        ("controlling", "vat", "{charges}", *CONTROLLING, "--controlling", FILE), controlling()
    ),
    "charges of a journal": FileInput(
        ("controlling", "journal", FILE, *CONTROLLING, "--kind", "accrual", "--controlling", "{controlling}"), CHARGES,
        as_table,
    ),
    "invoice": FileInput(
        ("controlling", "reconcile", "{charges}", *CONTROLLING[2:], "--invoice-file", FILE), contents.INVOICE,
        status=(1,),
    ),
    "lines of an invoice": FileInput(
        ("controlling", "reconcile", "{charges}", *CONTROLLING[2:], "--invoice-file", "{invoice without lines}",
         "--invoice-lines", FILE), LINES, as_table, status=(1,),
    ),
    "measurements": FileInput(("experiment", "verdict", FILE), _rows(measured(24 * 8)), as_table),
    "measurements in JSON": FileInput(
        ("experiment", "verdict", FILE), {"rules": contents.RULES, "windows": measured(24 * 8)}
    ),
    "requests of an experiment": FileInput(
        ("experiment", "verdict", FILE), _rows(REQUESTS), as_table, status=(0, 1, 2)
    ),
    "rules of an experiment": FileInput(("experiment", "verdict", "{measurements}", "--rules", FILE), contents.RULES),
    "trace of requests": FileInput(
        ("experiment", "replay", FILE, "--assume", "{assumptions}"), _rows(contents.TRACE), as_table, status=(0, 1)
    ),
    "assumptions": FileInput(
        ("experiment", "replay", "{trace of requests}", "--assume", FILE), contents.ASSUMPTIONS, status=(0, 1)
    ),
    "profile": FileInput(("rightsize", "profile", FILE), contents.PROFILE),
    "on-premises machines": FileInput(
        ("rightsize", "profile", "{profile}", "--on-prem-machines", FILE), contents.OWN
    ),
    "inventory": FileInput((*USED[:2], "--prometheus", "{prometheus}", "--inventory", FILE), contents.INVENTORY),
    "prometheus": FileInput(
        (*USED[:4], "--prometheus", FILE), json.loads(prometheus(*dcgm("a", weeks=1, tensor=flat(0.1), fb=flat(5))))
    ),
    "opencost": FileInput(
        (*USED[:4], "--opencost", FILE),
        json.loads(opencost("a", weeks=1, cpuCost=1, cpuCoreRequestAverage=2, cpuCoreUsageAverage=1)),
    ),
    "cloudwatch": FileInput(
        (*USED[:4], "--cloudwatch", FILE), json.loads(cloudwatch("a", weeks=1, CPUUtilization=flat(5)))
    ),
    "azure monitor": FileInput(
        (*USED[:4], "--azure-monitor", FILE), _text_table(azure("a", weeks=1, Percentage_CPU=flat(5))), as_table
    ),
    "price sheet": FileInput(
        ("prices", "sheet", FILE, "--contract", "EA 1", "--day", "2026-11-20"),
        _rows([csp("Virtual Machines NCads H100 v5 Series", "NC40ads H100 v5", "7")]), as_table, json=False,
    ),
    "speeds": FileInput(
        ("simulate", *PROJECT, "--stack", "prod-uae", "--work", "{work}", "--services", FILE),
        {"services": {"sentiment": {"slots": 2, "seconds_per_request": 0.1, "late_seconds": 1}}},
    ),
    "evidence": FileInput(
        ("guardrails", "report", FILE, "--output", "{output}"), EVIDENCE, _lines, json=False
    ),
    "enforcement": FileInput(("enforcement.yaml", FILE), ENFORCEMENT, json=False),
    "exemptions": FileInput(("exemptions.yaml", FILE), {"exemptions": [EXEMPTION]}, json=False),
    "reviewed programs": FileInput(("reviewed_programs.yaml", FILE), {"reviewed_programs": [REVIEWED]}, json=False),
    "evidence of programs": FileInput(("guardrails", "review", FILE), EVIDENCE, _lines, json=False),
    "project": FileInput(
        ("check", "--project", "{folder}"), {"name": "demo", "runtime": "python"}, name="Pulumi.yaml"
    ),
    "inventory of the clouds": FileInput(
        ("inventory", "--project", "{folder}"), sandbox.CLOUDS, sandbox.as_inventory, name=DB, around=sandbox.kept_clean
    ),
    "inventory of the clouds, kinds": FileInput(
        ("inventory", "--kinds", "--project", "{folder}"), sandbox.CLOUDS, sandbox.as_inventory,
        name=DB, around=sandbox.kept_clean,
    ),
    "inventory of the clouds, edit": FileInput(
        ("inventory", "edit", "logs", "tags.owner", "b", "--project", "{folder}"), sandbox.CLOUDS, sandbox.as_inventory,
        name=DB, around=sandbox.kept_clean,
    ),
    "inventory of the clouds, delete": FileInput(
        ("inventory", "delete", "logs", "--project", "{folder}"), sandbox.CLOUDS, sandbox.as_inventory,
        name=DB, around=sandbox.kept_clean,
    ),
    "inventory of the clouds, recover": FileInput(
        RECOVER, sandbox.CLOUDS, sandbox.as_inventory, name=DB, around=sandbox.engine_stands_in
    ),
    "state in the sandbox": FileInput(
        RECOVER, sandbox.CHECKPOINT, name=f"stack/.falaj/{sandbox.STATE}", around=sandbox.engine_stands_in
    ),
    "state of a first up": FileInput(
        RECOVER, sandbox.CHECKPOINT, name=f"first/.falaj/{sandbox.STATE}", around=sandbox.interrupted_first_up
    ),
    **{
        f"work, {form}": FileInput((*SIMULATE, "--work", FILE), content, _same)
        for form, content in TRACES.items() if not form.startswith("spot-")
    },
    **{
        f"spot, {form}": FileInput((*SIMULATE, "--work", "{work}", "--spot", f"{FILE},bid=1"), content, _same)
        for form, content in TRACES.items() if form.startswith("spot-")
    },
}  # fmt: skip
"""Name of an input -> valid content and command."""

COMPANIONS: Mapping[str, Callable[[], bytes]] = {
    "work": lambda: TRACES["jobs"],
    "invoice without lines": lambda: as_json({**contents.INVOICE, "lines": []}),
    "spoiled/simulation_throughputs.json": lambda: as_json(THROUGHPUTS),
    "spoiled/Pulumi.dev.yaml": (ROOT / "Pulumi.dev.yaml").read_bytes,
    **{f"spoiled/{name}": content for name, content in sandbox.COMPANIONS.items()},
}
"""Further files that commands read, of which those in `spoiled` are beside the spoiled file."""


@cache
def valid(name: str) -> bytes:
    """Returns the bytes of a valid file."""
    return INPUTS[name].text(INPUTS[name].content)


def write_valid(folder: Path) -> None:
    """Writes the valid file of every input, under the name of the input, and what is read beside them."""
    for name in INPUTS:
        (folder / name).write_bytes(valid(name))
    for name, content in COMPANIONS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content())


@dataclass(frozen=True)
class Answer:
    """How a command ended."""

    status: int
    sentence: str
    """The error; empty if there is none."""
    crash: BaseException | None
    seconds: float
    """Processor time of the command."""
    output: str = ""


def answered(name: str, folder: Path, file: Path, more: tuple[str, ...] = ()) -> Answer:
    """Runs the command of an input with a file, in a folder with the valid files of the others."""
    given = INPUTS[name]
    names = {f"{{{other}}}": str(folder / other) for other in (*INPUTS, *COMPANIONS, "output")}
    names |= {FILE: str(file), "{folder}": str(file.parent)}
    command = [_with_names(part, names) for part in (*given.command, *more)]
    started = time.process_time()
    with given.around(file):
        status, sentence, crash, output = (run_pack if command[0] in PACK else _run)(command)
    return Answer(status, sentence, crash, time.process_time() - started, output)


def _with_names(part: str, names: Mapping[str, str]) -> str:
    for name, path in names.items():
        part = part.replace(name, path)
    return part


def _run(command: list[str]) -> tuple[int, str, BaseException | None, str]:
    result = CliRunner().invoke(app, command)
    error = result.exception
    if error is None or isinstance(error, SystemExit):
        return result.exit_code, result.stderr if result.exit_code == 2 else "", None, result.stdout
    answer_of_main = answer(error) if isinstance(error, Exception) else None
    if answer_of_main is None:
        return 1, "", error, result.stdout
    return answer_of_main[1], answer_of_main[0], None, result.stdout
