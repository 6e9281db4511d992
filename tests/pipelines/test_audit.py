"""What pipelines and releases install may be used here, and is asked for by the audit."""

from __future__ import annotations

import importlib.metadata
import os
import re
import runpy
import subprocess
from email.message import Message
from pathlib import Path
from typing import cast

import pytest
from packaging.markers import Marker

from tests.pipelines.steps import document, github
from tests.pipelines.test_lock import LOCKS, PIN
from tests.pipelines.tools import ROOT

ALLOWED = re.compile(
    r"(BSD|0BSD|[23]-Clause BSD|MIT|Apache|ISC|PSF|Python Software|MPL|Mozilla Public|Zlib|CC0|Dual License)", re.I
)
"""Licences that let a company use, change and pass on the package; MPL-2.0 for files that stay as they are."""
FORBIDDEN = re.compile(r"\b(A?GPL|GNU (Affero )?General|SSPL|BUSL|Business Source|Commons Clause|CC.BY.NC)", re.I)
ELSEWHERE = {"tzdata": "Apache-2.0"}
"""Locked packages that some systems need, and ./test does not install (licence by PyPI, 2026-11-28)."""


def licences(name: str) -> str:
    """What a package states, most exact first."""
    if name in ELSEWHERE:
        return ELSEWHERE[name]
    stated = cast("Message", importlib.metadata.metadata(name))
    classifiers = [item for item in stated.get_all("Classifier") or [] if item.startswith("License ::")]
    return "; ".join(filter(None, [stated.get("License-Expression"), *classifiers, stated.get("License")]))[:400]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_licences_permit_use(lock: Path) -> None:
    names = [name for name, _, marker in PIN.findall(lock.read_text()) if not marker or Marker(marker).evaluate()]
    stated = {name: licences(name) for name in names}
    assert len(stated) > 20
    wrong = {name: text for name, text in stated.items() if not ALLOWED.search(text) or FORBIDDEN.search(text)}
    assert wrong == {}


RECORDING = """#!/bin/sh
printf '%s\\n' "$@"
while [ "$1" != --requirement ]; do shift; done
cat "$2"
exit 7
"""
"""Stands in for pip-audit: prints its arguments and the file, and finds something."""


def test_the_audit_has_every_pin_of_every_lock_and_fails_for_an_unknown_package(tmp_path: Path) -> None:
    """Also pins for other systems and Pythons, which pip-audit leaves out where their markers are false."""
    workflow = document(ROOT / ".github" / "workflows" / "audit.yml")
    steps = [step for step in workflow["jobs"]["audit"]["steps"] if step.get("name") == "Audit the locks"]
    [step] = github(steps, {"runner.temp": str(tmp_path)})
    program = tmp_path / "tools" / "bin" / "pip-audit"
    program.parent.mkdir(parents=True)
    program.write_text(RECORDING)
    program.chmod(0o755)
    done = subprocess.run(
        ["bash", "-e", "-c", step.run], cwd=ROOT, env=os.environ | step.env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    _, *given = re.split(r"^(\S+\.lock), part \d+\n", done.stdout, flags=re.MULTILINE)
    audited: dict[str, set[tuple[str, ...]]] = {}
    for lock, content in zip(given[::2], given[1::2], strict=True):
        audited.setdefault(lock, set()).update(PIN.findall(content))
        assert "--strict" in content.split()
    assert audited == {
        str(lock.relative_to(ROOT)): {(name, version, "") for name, version, _ in PIN.findall(lock.read_text())}
        for lock in (*LOCKS, ROOT / ".ci" / "release.lock")
    }


def test_each_part_has_a_package_once_with_the_digests_of_its_version() -> None:
    script = runpy.run_path(str(ROOT / ".ci" / "audit.py"))
    lock = (
        "# a comment\n"
        "one==1 ; python_full_version < '3.12' \\\n    --hash=sha256:a\n"
        "One==2 ; python_full_version >= '3.12' and sys_platform == 'win32' \\\n"
        "    --hash=sha256:b \\\n    --hash=sha256:c\n"
        "two==3 \\\n    --hash=sha256:d\n"
    )
    assert script["parts"](lock) == [
        "one==1 \\\n    --hash=sha256:a\ntwo==3 \\\n    --hash=sha256:d\n",
        "One==2 \\\n    --hash=sha256:b \\\n    --hash=sha256:c\n",
    ]
