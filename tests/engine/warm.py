"""Starts the engine's Python programs from a process that has loaded the SDKs, which take most of their time to load.

The engine starts its programs with the same command lines as always, but the interpreter in the sandbox's scripts is
`warm_python`. The components are loaded too, because every test project links to them (the program of an earlier
version unloads them first), and the policy pack, for copies that do not change its code.
"""

import os
import sys
from functools import cache
from pathlib import Path

from tests.forked.server import INSTALLED_ONLY, forking_python

FALAJ = Path(__file__).parents[2] / "falaj"

SHARED = "FALAJ_WARM_PYTHON"
"""Environment variable with the interpreter that all test processes of a run share."""

SDKS = (
    "grpc", "pydantic", "yaml", "pulumi", "pulumi.runtime", "pulumi.policy", "pulumi_policy",
    "pulumi.provider.experimental", "pulumi.provider.experimental.component", "pulumi_aws", "pulumi_azure_native",
    "pulumi_kubernetes",
    *(f"pulumi_aws.{module}" for module in (
        "autoscaling", "backup", "budgets", "cloudwatch", "costexplorer", "ec2", "ecr", "efs", "eks", "iam", "kms",
        "lambda_", "s3", "sns", "sqs", "ssm", "vpc",
    )),
    *(f"pulumi_azure_native.{module}" for module in (
        "authorization", "compute", "consumption", "containerregistry", "containerservice", "keyvault",
        "managedidentity", "monitor", "network", "operationalinsights", "privatedns", "resources", "storage",
    )),
    *(f"pulumi_kubernetes.{module}" for module in (
        "apiextensions", "apps.v1", "autoscaling.v2", "batch.v1", "core.v1", "helm.v3", "meta.v1", "networking.v1",
        "policy.v1", "rbac.v1", "scheduling.v1", "storage.v1",
    )),
    "rich.table", "typer", "jinja2",
)  # fmt: skip
"""Libraries of programs, plug-ins and commands."""

QUIET = "tests.engine.quiet_sdk"
"""Imported after the SDKs: it lets them say less."""

LOADED = ("cli", "components", "facts", "finops", "preflight", "rights", "sandbox/clouds")
"""Folders of this checkout whose modules programs, commands and tests use."""

OWN = ("falaj.sandbox.language_host", "falaj.sandbox.session")

COMPLETED = "tests.engine.completed"
"""Imported last: it completes what is loaded."""


@cache
def warm_python() -> Path:
    """Returns an interpreter that forks programs from a process with the SDKs and this checkout's modules."""
    if shared := os.environ.get(SHARED):
        return Path(shared)
    return forking_python(sys.executable, [*SDKS, QUIET, *OWN, *_modules(), COMPLETED])


def _modules() -> list[str]:
    files = [file for folder in LOADED for file in (FALAJ / folder / ".").rglob("*.py")]
    names = [".".join(file.relative_to(FALAJ.parent).with_suffix("").parts) for file in files]
    return sorted(name.removesuffix(".__init__") for name in names if not name.endswith("__main__"))


def share_warm_python() -> Path:
    """Lets the test processes that this process starts use one interpreter; returns it."""
    python = warm_python()
    os.environ[SHARED] = str(python)
    return python


@cache
def python_with_sdks() -> Path:
    """Returns an interpreter that forks programs of other checkouts, from a process with the SDKs alone."""
    return forking_python(sys.executable, [*SDKS, QUIET])


def fork_programs_of(python: Path) -> None:
    """Lets programs of a virtual environment be forked from a process with the SDKs and the `falaj` installed there.

    `python` is its interpreter. Code of the command line (`-c`) starts it as usual.
    """
    interpreter = python.with_name("python-started")
    interpreter.symlink_to(python.resolve())
    forking = forking_python(str(interpreter), [*SDKS, *OWN, *_modules()], options=INSTALLED_ONLY)
    python.unlink()
    python.write_text(f"""#!/bin/sh
case $1 in
-c) exec {interpreter} "$@" ;;
*) exec {forking} "$@" ;;
esac
""")
    python.chmod(0o755)
