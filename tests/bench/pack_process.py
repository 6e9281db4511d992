"""Measures processor time of a policy pack's process beside one that does nothing, without an engine.

`python -m tests.bench.pack_process [RESOURCES] [ROUNDS] [PACK...]`: starts each pack as the engine does, sends the
calls of a preview of log groups, and prints the processor time of its process. Further packs are those of other
checkouts. Rounds alternate, so that all packs meet the same load of the machine; the best round counts.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grpc
from google.protobuf import empty_pb2, json_format, struct_pb2
from pulumi.runtime.proto import analyzer_pb2 as proto
from pulumi.runtime.proto import analyzer_pb2_grpc

from falaj.facts.tags import COST_TAGS

ROOT = Path(__file__).parents[2]
PACKS = {"nothing": Path(__file__).with_name("nothing_pack"), "policy_pack": ROOT / "policy_pack"}
KEY = "arn:aws:kms:me-central-1:123456789012:key/00000000-0000-4000-8000-000000000000"
TYPE, PROVIDER = "aws:cloudwatch/logGroup:LogGroup", "pulumi:providers:aws"


def _struct(values: dict[str, object]) -> struct_pb2.Struct:
    return json_format.ParseDict(values, struct_pb2.Struct())


def requests(count: int) -> Iterator[proto.AnalyzeRequest]:
    """Yields the requests for compliant log groups, as in `tests.bench.plain`."""
    urn = "urn:pulumi:prod-uae::bench::"
    site = proto.AnalyzerProviderResource(
        type=PROVIDER, properties=_struct({"region": "me-central-1"}), urn=f"{urn}{PROVIDER}::bench", name="bench"
    )
    tags: dict[str, object] = {tag.key: tag.example for tag in COST_TAGS}
    for number in range(count):
        name = f"log-{number}"
        props = {"name": f"/bench/{number}", "retentionInDays": 30, "kmsKeyId": KEY, "tags": tags, "tagsAll": tags}
        yield proto.AnalyzeRequest(
            type=TYPE, properties=_struct(props), urn=f"{urn}{TYPE}::{name}", name=name, provider=site,
            options=proto.AnalyzerResourceOptions(),
        )  # fmt: skip


def seconds(pack: Path, asked: list[proto.AnalyzeRequest]) -> float:
    """Returns the processor time of a pack's process for a preview, in seconds, its start included."""
    command = [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(pack)]
    hidden = ("FALAJ_EVIDENCE", "PYTHONDONTWRITEBYTECODE")  # no evidence is written, and compiled modules are kept
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    with subprocess.Popen(command, cwd=pack, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        with grpc.insecure_channel(f"127.0.0.1:{int(process.stdout.readline())}") as channel:
            stub = analyzer_pb2_grpc.AnalyzerStub(channel)
            stub.GetAnalyzerInfo(empty_pb2.Empty())
            stack = proto.AnalyzeStackRequest()
            for request in asked:
                stub.Remediate(request)
                assert not stub.Analyze(request).diagnostics
                stack.resources.append(
                    proto.AnalyzerResource(
                        type=request.type, properties=request.properties, urn=request.urn, name=request.name
                    )
                )
            stub.AnalyzeStack(stack)
        process.send_signal(signal.SIGKILL)
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    return usage.ru_utime + usage.ru_stime


def main(count: str = "1000", rounds: str = "3", *others: str) -> None:
    """Prints the best round of each pack: processor time in all, and a resource."""
    asked = list(requests(int(count)))
    packs = PACKS | {other: Path(other) for other in others}
    best = dict.fromkeys(packs, float("inf"))
    for _ in range(int(rounds)):
        for name, pack in packs.items():
            best[name] = min(best[name], seconds(pack, asked))
    for name, total in best.items():
        print(
            f"{name}: {total:.2f} s, {total / len(asked) * 1000:.2f} ms a resource, {total / best['nothing']:.2f} times"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
