"""`falaj queues`: the workloads in the queues of a cluster that run, wait or were given up."""

import json as json_format
from pathlib import Path
from typing import Annotated

import typer

from falaj.cli.bill_options import input_of
from falaj.cli.common import EXIT_INVALID, CommandError, JsonOption, out
from falaj.cli.queue_states import QueuedWorkload, workloads

WORKLOADS = "kubectl get workloads.kueue.x-k8s.io --all-namespaces --output json"
"""Command that prints what this one reads. `kubectl` knows the cluster, the account and its login."""


def queues(
    file: Annotated[
        Path, typer.Argument(help=f"Workloads of a cluster, as printed by `{WORKLOADS}`; - for its output.")
    ],
    json: JsonOption = False,
) -> None:
    """List the queued workloads of a cluster: deactivated, evicted, pending, starting and running."""
    found = _read(file)
    if json:
        out.file.write(json_format.dumps([workload.document() for workload in found], indent=1) + "\n")
        return
    from rich.table import Table

    table = Table("state", "namespace", "run", "queue", "since", "evictions", "reason", box=None, pad_edge=False)
    for one in found:
        evictions = str(one.evictions or "-")
        texts = (one.namespace, one.owner, one.queue, one.since, evictions, one.reason)
        table.add_row(one.state.value, *map(str, texts))
    if found:
        out.print_table(table, prose="reason")
    else:
        out.print("no queued workloads")


def _read(file: Path) -> list[QueuedWorkload]:
    from falaj.finops.errors import BadInput
    from falaj.finops.input_files import parse_json

    try:
        return workloads(parse_json(input_of(file), str(file)))
    except BadInput as error:
        raise CommandError(f"{error}; write the output of `{WORKLOADS}`", EXIT_INVALID) from None
    except (KeyError, TypeError, AttributeError):
        raise CommandError(
            f"not a list of Kueue's workloads; write the output of `{WORKLOADS}`", EXIT_INVALID
        ) from None
