"""Asks for the known vulnerabilities of everything that locks pin, on whatever system: `audit.py PIP-AUDIT LOCK...`.

pip-audit leaves out a pin whose marker is false where it runs, and refuses two versions of one package (2.10.1,
`_dependency_source/requirement.py`, read 2026-11-28). So each lock is given to it without markers, in parts that have
each package once. Ends with status 1 if one of them has a vulnerability or cannot be audited.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;]+)(?: ; [^\\\n]+?)?(?= \\$|$)", re.MULTILINE)


def parts(lock: str) -> list[str]:
    """Returns the pins of a lock with their digests and without their markers, in parts without a package twice."""
    found: list[dict[str, str]] = []
    starts = [pin.start() for pin in PIN.finditer(lock)]
    for start, end in zip(starts, [*starts[1:], len(lock)], strict=True):
        pin = PIN.match(lock, start)
        assert pin is not None  # noqa: S101 (each start is that of a pin)
        name = pin[1].lower()
        part = next((part for part in found if name not in part), None)
        if part is None:
            found.append(part := {})
        part[name] = f"{pin[1]}=={pin[2]}{lock[pin.end() : end]}"
    return ["".join(part.values()) for part in found]


def main(program: str, *locks: str) -> int:
    """Audits all locks, also after one has failed, and returns the exit status."""
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for lock in map(Path, locks):
            for number, pins in enumerate(parts(lock.read_text(encoding="utf-8")), 1):
                file = Path(folder) / f"{number}-{lock.name}"
                file.write_text(pins, encoding="utf-8")
                print(f"{lock}, part {number}", flush=True)
                # Without `--strict`, a package that the service does not know counts as good.
                command = [program, "--strict", "--disable-pip", "--requirement", str(file)]
                failed |= subprocess.run(command, check=False).returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
