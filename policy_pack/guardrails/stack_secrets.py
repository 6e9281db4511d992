"""Secrets of the evaluated stack that the public passphrase of Falaj's sandbox encrypts (FJ-PACK-005).

The engine passes the inputs of resources to a pack, in which secrets are decrypted, and not how the stack encrypts
them. It starts a pack in the folder of the program, though (NewPolicyAnalyzer in its SDK, 3.259.0), so the rule reads
the stack file there. In the sandbox, whose clouds are emulated, its passphrase is the right one: `falaj check` says
there that a secret must not get into git.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import yaml

from falaj.facts import strict_yaml
from falaj.facts.passphrase import NoCryptography, public_secrets

from .engine.rows import Concern, Guardrail, Severity
from .engine.verdicts import Outcome, failed, passed, undetermined

SECRETS_RULE = Guardrail(
    id="FJ-PACK-005",
    concern=Concern.ESCAPE,
    severity=Severity.HIGH,
    what="No secret of a stack is encrypted with the public passphrase of the sandbox",
    why="who has the stack file, or its history in git, can read secrets that were set in the sandbox",
    remedy="Renew the secret where it came from, run `pulumi stack change-secrets-provider` outside of the sandbox, "
    "and set the secret again",
)
"""Not in the registry, because it evaluates the stack file and no resource."""


def is_in_sandbox(variables: Mapping[str, str]) -> bool:
    """Returns whether the engine of these environment variables is that of a sandbox: its home and its state are in one
    folder (`falaj.sandbox.paths`)."""
    home = variables.get("PULUMI_HOME", "")
    return bool(home) and variables.get("PULUMI_BACKEND_URL") == (Path(home).absolute().parent / "state").as_uri()


def evaluate_stack_file(folder: Path, stack: str) -> Outcome:
    """Returns whether a secret in the file of a stack is public. `folder`: that of the project, or one inside it.

    A stack file that is elsewhere (`--config-file`) or cannot be read passes: the engine reads it first."""
    try:
        paths = public_secrets(_stack_file(folder, stack))
    except NoCryptography:
        return undetermined("the package `cryptography`, which could tell who encrypts the stack's secrets, is missing")
    if not paths:
        return passed()
    return failed(f"Pulumi.{stack}.yaml: {', '.join(paths)}: the public passphrase of the sandbox decrypts it")


def _stack_file(folder: Path, stack: str) -> Mapping[str, Any]:
    for candidate in (folder, *folder.parents):
        for suffix in (".yaml", ".yml", ".json"):
            if (project := candidate / f"Pulumi{suffix}").is_file():
                content = _content(project)
                # Up to Pulumi 3.33 the folder of the stack files was called `config`.
                former = content.get("config")
                inside = content.get("stackConfigDir") or (former if isinstance(former, str) else "")
                return _content(candidate / str(inside) / f"Pulumi.{stack}{suffix}")
    return {}


def _content(file: Path) -> Mapping[str, Any]:
    try:
        content = strict_yaml.load(file)
    except (OSError, yaml.YAMLError):
        return {}
    return cast(Mapping[str, Any], content) if isinstance(content, dict) else {}
