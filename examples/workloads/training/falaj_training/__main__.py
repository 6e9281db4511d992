"""Starts the processes of this machine and answers for them with one exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

from falaj_training.contract import PEER_WAIT_SECONDS, TRY_AGAIN, Contract, read

PROCESS = "FALAJ_PROCESS"
"""Which process of the machine it is, for those started here."""

TERMINATED, KILLED = 143, 137
"""Exit codes of a process that ended by SIGTERM, and by SIGKILL."""


def verdict(codes: list[int], nodes: int) -> int:
    """The exit code of a machine for those of its processes (negative: killed by that signal).

    A bug comes first, whoever noticed it first; then a process that was killed; then others that are lost.
    """
    said = [_said(code, nodes) for code in codes if code != 0]
    if bugs := [code for code in said if code not in (TRY_AGAIN, TERMINATED, KILLED)]:
        return bugs[0]
    if KILLED in said:
        return KILLED
    return TRY_AGAIN if said else 0


def _said(code: int, nodes: int) -> int:
    # NCCL's watchdog ends a process that waits for a machine that is gone with SIGABRT.
    if code == -signal.SIGABRT and nodes > 1:
        return TRY_AGAIN
    return 128 - code if code < 0 else code


def launch(contract: Contract) -> int:
    """As many processes as the contract says, all ended when one fails."""
    from falaj_training.train import main

    if contract.processes_per_node == 1:
        return main(contract, contract.node_rank)
    running = [
        subprocess.Popen([sys.executable, "-m", "falaj_training"], env={**os.environ, PROCESS: str(number)})
        for number in range(contract.processes_per_node)
    ]
    signal.signal(signal.SIGTERM, lambda *_: [each.send_signal(signal.SIGTERM) for each in running])
    while all(each.poll() in (None, 0) for each in running) and any(each.poll() is None for each in running):
        time.sleep(0.1)
    first = [code for each in running if (code := each.poll())]
    # One that lost the others says so late: whoever is at fault has spoken by then, and the rest only wait.
    _end(running, 2 * PEER_WAIT_SECONDS if set(first) <= {TRY_AGAIN} else 1.0)
    return verdict([each.wait() for each in running], contract.nodes)


def _end(running: list[subprocess.Popen[bytes]], seconds: float) -> None:
    until = time.monotonic() + seconds
    while any(each.poll() is None for each in running) and time.monotonic() < until:
        time.sleep(0.1)
    for each in running:
        if each.poll() is None:
            each.kill()


def start() -> int:
    """The machine, or one of its processes."""
    contract = read()
    number = os.environ.get(PROCESS)
    if number is None:
        return launch(contract)
    from falaj_training.train import main

    return main(contract, contract.node_rank * contract.processes_per_node + int(number))


if __name__ == "__main__":
    sys.exit(start())
