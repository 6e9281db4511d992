"""What reads a large plan in one process: the bill, the report of a verdict, the evidence, the pack, a cloud."""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from guardrails import reports
from guardrails.engine.evidence import EvidenceFile
from pulumi.provider.experimental import provider as rpc

from falaj.cli.bill_options import next_month, prices_of
from falaj.facts.tags import COST_TAGS
from falaj.finops.document import document
from falaj.finops.estimate import Estimate, estimate
from falaj.finops.money import Rates
from falaj.finops.plan import read
from falaj.finops.report.changes import changes
from falaj.finops.report.files import write_all
from falaj.finops.report.model import report
from falaj.finops.usage import load
from falaj.sandbox.clouds.__main__ import load as load_cloud
from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.clouds.property_values import to_property_map
from falaj.sandbox.clouds.provider import EmulatedCloud
from falaj.sandbox.environment import CLOUDS
from falaj.sandbox.evidence import read_evidence
from falaj.sandbox.previews import AS_JSON
from falaj.sandbox.session import operation
from falaj.sandbox.toolchain import Engine
from tests.bench.big_plans import enlarged
from tests.bench.measuring import measured, measured_call
from tests.bench.pack import plan
from tests.bench.table import Row
from tests.bench.workloads import make_project, workload
from tests.policies.harness import STRICT, Pack

_LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"


def bill(preview: str) -> Estimate:
    """Reads a preview, and estimates its cost as `falaj bill` does."""
    return estimate(read(preview), load(None), prices_of(None), Rates())


def write_verdict(preview: str, evidence: Path, folder: Path) -> None:
    """Estimates a preview, and writes the report that `falaj verdict` writes, as a change to the same plan."""
    result = bill(preview)
    change = report(result, next_month(), None, (), changes(result.plan, result.plan), read_evidence(evidence))
    runs = json.loads(reports.sarif(reports.rows_of([evidence])))["runs"]
    write_all(folder, change, document(result, next_month(), None, ()), runs)


def evaluate(size: int, folder: Path) -> Path:
    """Evaluates the policy pack on compliant resources of all types, and returns its evidence."""
    pack, resources = Pack(STRICT), plan(size)
    pack.run.evidence = EvidenceFile(folder)
    pack.evaluate_stack(*resources)
    pack.run.evidence.close()
    return max(folder.glob("guardrails-*"), key=lambda file: file.stat().st_mtime_ns)


def live_in_cloud(size: int, folder: Path) -> None:
    """Creates, reads and deletes log groups in an emulated cloud, as the engine asks for it."""
    inventory = Inventory(folder / f"{size}.db", CLOUDS[0])
    asyncio.run(_life(EmulatedCloud(load_cloud(CLOUDS[0]), inventory), size))
    inventory.close()


async def _life(cloud: EmulatedCloud, size: int) -> None:
    cloud.config = {"region": "me-central-1"}
    tags = {tag.key: tag.example for tag in COST_TAGS}
    created: list[tuple[str, rpc.CreateResponse]] = []
    for number in range(size):
        urn = f"urn:pulumi:bench::bench::{_LOG_GROUP}::log-{number}"
        inputs = to_property_map({"name": f"/bench/{number}", "retentionInDays": 30, "tags": tags}, {})
        checked = await cloud.check(rpc.CheckRequest(urn, {}, inputs, b""))
        created.append((urn, await cloud.create(rpc.CreateRequest(urn, checked.inputs or {}, 0, preview=False))))
    for urn, made in created:
        await cloud.read(rpc.ReadRequest(urn, made.resource_id or "", made.properties or {}, {}))
        await cloud.delete(rpc.DeleteRequest(urn, made.resource_id or "", made.properties or {}, 0))


def steps(preview: str, size: int, folder: Path) -> Mapping[str, Callable[[], object]]:
    """Returns the steps by name, for a preview that is enlarged to `size` resources. Evidence is that of the pack."""
    large, evidence = enlarged(preview, size), evaluate(size, folder)
    return {
        "bill": partial(bill, large),
        "report of a verdict": partial(write_verdict, large, evidence, folder / "report"),
        "guardrail report, SARIF": lambda: reports.sarif(reports.rows_of([evidence])),
        "guardrail report, JUnit": lambda: reports.junit(reports.rows_of([evidence])),
        "policy pack with evidence": partial(evaluate, size, folder),
        "emulated cloud, create to delete": partial(live_in_cloud, size, folder),
    }


def analyses(size: int, engine: Engine, folder: Path) -> Iterator[Row]:
    """Yields the rows of all steps on a plan of `size` resources, made from a preview of stack dev."""
    subject = workload("dev")
    session = make_project(folder / "project", subject, engine)
    preview = measured(session, *operation("preview", subject.stack, extra=AS_JSON))[1]
    for name, step in steps(preview, size, folder).items():
        yield Row(f"plan of {size:,}", size, name, "in one process", measured_call(step))
