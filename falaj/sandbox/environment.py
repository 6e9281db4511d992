"""The environment variables with which plain `pulumi` commands run against the emulated clouds."""

import contextlib
import os
import shlex
import sys
from pathlib import Path

from falaj.components.core.site import waiting
from falaj.facts import clouds
from falaj.facts.passphrase import SANDBOX_PASSPHRASE
from falaj.sandbox.paths import Paths
from falaj.sandbox.runner import INSIDE, LOCATION
from falaj.sandbox.toolchain import OWN_HOST, Engine

CLOUDS = (*(entry.package for entry in clouds.CLOUDS.values() if entry.emulator is not None), "kubernetes")
"""Packages with an emulated cloud."""

COMPONENTS = "falaj"
"""The plug-in of the components, as programs in YAML name its types: `falaj:aws:Vault`."""

SKIP_CHECKPOINTS = "PULUMI_SKIP_CHECKPOINTS"
"""Makes the engine write its state once, at the end of an operation, instead of after each step."""

_HIDDEN_PREFIXES = ("AWS_", "ARM_", "AZURE_", "KUBE", "PULUMI_")
"""Prefixes of the user's cloud variables. The sandbox hides these variables, so that no command reaches a real account.
"""


def sandbox_variables(paths: Paths, engine: Engine) -> dict[str, str]:
    """Returns all environment variables of a command in the sandbox."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name == SKIP_CHECKPOINTS or not name.startswith(_HIDDEN_PREFIXES)
    }
    inherited.pop("PYTHONDONTWRITEBYTECODE", None)
    own_python = str(Path(sys.executable).parent)
    return inherited | {
        "PATH": os.pathsep.join((str(paths.bin), str(engine.path.parent), own_python, inherited.get("PATH", ""))),
        "PULUMI_HOME": str(paths.home),
        "PULUMI_BACKEND_URL": paths.state.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": SANDBOX_PASSPHRASE,
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        # Garbage collection took a fifth of the run time of the short-lived engine (measured on prod-uae).
        "GOGC": inherited.get("GOGC", "400"),
        # All plug-ins are installed. A search for others would only wait for the network.
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        # Those of the user's PATH would reach real clouds, and the engine warns of each plug-in that it finds on PATH.
        "PULUMI_IGNORE_AMBIENT_PLUGINS": "true",
        # The installed version serves every older one that a program asks for, whatever SDK it was written with.
        "PULUMI_ENABLE_LEGACY_PLUGIN_SEARCH": "true",
        "FALAJ_INVENTORY": str(paths.inventory),
        "FALAJ_EVIDENCE": str(paths.evidence),
        "FALAJ_SANDBOX": str(paths.sandbox),
        waiting.RECORD: str(paths.waits),
        # The sandbox runs deployments as they are meant to run: on a runner inside the network of the site.
        LOCATION: inherited.get(LOCATION, INSIDE),
    }


_LAUNCHER = "falaj.sandbox.plugin_launcher"

_NEWEST = "v9999.0.0"
"""Version of the installed plug-ins: newer than each that a program may ask for."""


def prepare(paths: Paths, engine: Engine) -> None:
    """Creates the folders of the sandbox, which only their user enters, and the launchers of its plug-ins."""
    paths.sandbox.mkdir(mode=0o700, parents=True, exist_ok=True)
    if paths.shared is None:  # one of an earlier version; a folder that the user names may have other uses
        paths.sandbox.chmod(0o700)
    for folder in (paths.bin, paths.state, paths.home, paths.evidence):
        folder.mkdir(mode=0o700, exist_ok=True)
    _keep_no_log(paths)
    for cloud in CLOUDS:
        write_launcher(paths.bin / f"pulumi-resource-{cloud}", "falaj.sandbox.clouds", cloud)
        install_plugin(paths, "resource", cloud)
    # A program that names no folder or address of the components gets those of this Falaj.
    write_launcher(paths.bin / f"pulumi-resource-{COMPONENTS}", "falaj.components")
    install_plugin(paths, "resource", COMPONENTS)
    host = paths.bin / "pulumi-language-python"
    if engine.has_language_host:
        host.unlink(missing_ok=True)
    else:
        write_launcher(host, OWN_HOST)
        install_plugin(paths, "language", "python")


def _keep_no_log(paths: Paths) -> None:
    """Keeps the engine from its automatic log, which no variable switches off, with a file in the place of its folder.

    The engine goes on without one (pkg 3.259.0, logging/encrypted.go, `StartLogging`, read 2026-11-28). Writing every
    property of every resource took a third of its processor time (measured on dev: 1.6 instead of 1.1 seconds), and
    nothing reads it. A sandbox that an earlier version has made keeps its folder.
    """
    with contextlib.suppress(FileExistsError):
        (paths.home / "logs").touch(mode=0o600, exist_ok=False)


def install_plugin(paths: Paths, kind: str, name: str) -> None:
    """Installs a program of `paths.bin` as a plug-in (`resource` or `language`) of the engine's home.

    The folder's name is how the engine stores plug-ins (sdk 3.259.0, go/common/workspace/plugins.go, `pluginRegexp`).
    """
    program = f"pulumi-{kind}-{name}"
    folder = paths.home / "plugins" / f"{kind}-{name}-{_NEWEST}"
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        (folder / program).symlink_to(os.path.relpath(paths.bin / program, folder))


def write_launcher(path: Path, module: str, *arguments: str) -> None:
    """Writes a launcher under the name that the engine looks for. Atomic: writes a temporary file and renames it.

    `-P` keeps the folder in which the engine starts it off the path: an exported pack carries a part of `falaj`.
    """
    command = " ".join(shlex.quote(part) for part in (sys.executable, "-P", "-m", _LAUNCHER, module, *arguments))
    text = f'#!/bin/sh\nexec {command} "$@"\n'
    if path.is_file() and path.read_text() == text:
        return
    temporary = path.with_suffix(f".{os.getpid()}")
    temporary.write_text(text)
    temporary.chmod(0o700)
    temporary.replace(path)
