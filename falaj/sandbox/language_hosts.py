"""Provides the language host of a project that is not in Python, unless the Pulumi CLI has brought it.

That of YAML is the official one, built from its Go module. Those of TypeScript, JavaScript and Go are Falaj's own,
because Pulumi publishes theirs only as a part of the CLI's release.
"""

import os
import shutil
from pathlib import Path

from falaj.sandbox.environment import install_plugin, write_launcher
from falaj.sandbox.go_build import BuildFailed, GoProgram, Log, compile_program, find_go
from falaj.sandbox.paths import Paths, cache
from falaj.sandbox.project_file import file_in
from falaj.sandbox.toolchain import Engine, EngineNotFound

YAML_VERSION = "1.25.0"
"""Version of the Go module `github.com/pulumi/pulumi-yaml`."""

OWN_HOSTS = ("nodejs", "go")
"""Runtimes whose programs `falaj.sandbox.program_hosts` runs."""


class LanguageHostNotFound(EngineNotFound):
    """A project has no language host, and none could be built. The message is one sentence."""


def provide_language_host(paths: Paths, engine: Engine, log: Log) -> None:
    """Puts the language host of the project's runtime into its sandbox, unless the engine finds one itself.

    That of YAML is built from its Go module into the cache the first time, which takes about a minute. Raises
    `LanguageHostNotFound`.
    """
    # Outside a project, `pulumi new` makes one.
    language = paths.read_project().runtime if file_in(paths.project) else ""
    host = paths.bin / f"pulumi-language-{language}"
    if language != "yaml" and language not in OWN_HOSTS:
        return
    if _is_installed(host, engine):
        host.unlink(missing_ok=True)
        return
    if language == "yaml":
        _link(host, _built_yaml_host(log))
    else:
        write_launcher(host, "falaj.sandbox.program_hosts", language)
    install_plugin(paths, "language", language)


def yaml_host_path() -> Path:
    """Returns the path in the cache of the language host of YAML."""
    return cache() / f"language-yaml-{YAML_VERSION}" / "pulumi-language-yaml"


def yaml_host() -> GoProgram:
    """Returns the Go program of the language host of YAML. A build takes about a minute on two cores."""
    return GoProgram(
        title=f"Pulumi YAML {YAML_VERSION}",
        file="pulumi-language-yaml",
        module=f"""module falaj.local/language-yaml

go 1.25

require github.com/pulumi/pulumi-yaml v{YAML_VERSION}

replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e
""",
        package="github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
        flags=f"-s -w -X github.com/pulumi/pulumi-yaml/pkg/version.Version=v{YAML_VERSION}",
    )


def _is_installed(host: Path, engine: Engine) -> bool:
    """Returns whether the Pulumi CLI's own host is beside the engine or on PATH."""
    on_path = shutil.which(host.name)
    return (engine.path.parent / host.name).is_file() or (on_path is not None and Path(on_path) != host)


def _built_yaml_host(log: Log) -> Path:
    target = yaml_host_path()
    if not target.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            compile_program(find_go(target.parent, log), yaml_host(), target, log)
        except BuildFailed as reason:
            raise LanguageHostNotFound(
                f"no language host for the YAML program: none on PATH; none in the cache; {reason}. Install the Pulumi "
                "CLI, which brings it, then run this again"
            ) from None
        log(f"Pulumi YAML {YAML_VERSION}: built from its Go module, now in the cache")
    return target


def _link(path: Path, target: Path) -> None:
    temporary = path.with_suffix(f".{os.getpid()}")
    temporary.symlink_to(target)
    temporary.replace(path)
