"""Builds a stack from the `config` of its file, with a recording stand-in for the engine."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from falaj.components.build import platform, tenant_stack
from falaj.components.settings.config_references import in_config, resolve
from falaj.components.settings.load import platform_settings, tenant_stack_settings
from falaj.components.settings.stackfile import KEY, TENANT_KEY
from tests.exhaustive.platform_outputs import ANSWER, exported
from tests.unit.components.mocks import ANSWERS, Answer, Recording, build


def build_config(config: dict[str, Any], answers: Mapping[str, Answer] = ANSWERS) -> Recording | None:
    """Builds the stack in the current folder, where it finds its kubeconfigs. Returns its plan; None without settings.

    `answers`: results of the functions that components call.
    """
    key = next((key for key in (KEY, TENANT_KEY) if key in config), None)
    if key is None:
        return None
    raw = resolve(config[key], in_config(config))

    def program() -> None:
        if key == KEY:
            platform.build(platform_settings(raw))
        else:
            tenant_stack.build(tenant_stack_settings(raw))

    with exported():
        if key == KEY:
            write_kubeconfigs(raw, Path())
        return build(program, {**answers, **ANSWER})


def write_kubeconfigs(raw: Any, folder: Path) -> None:
    """Writes the kubeconfigs that the settings of a platform name, in the folder of its project."""
    for site in (platform_settings(raw).onprem or {}).values():
        connection = site.connection
        if connection.kubeconfig_path is not None:
            _write(folder / connection.kubeconfig_path, connection.context, connection.servers[0])


def _write(path: Path, context: str, server: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    cluster = {"server": server, "certificate-authority-data": "Q0E="}
    content = {
        "clusters": [{"name": context, "cluster": cluster}],
        "contexts": [{"name": context, "context": {"cluster": context, "user": context}}],
        "users": [{"name": context, "user": {"token": "not-to-be-kept"}}],
    }
    path.write_text(json.dumps(content), encoding="utf-8")
