"""Reduces a kubeconfig to one context whose server is on an allow-list. Pure, except for reading referenced files.

Messages never repeat the content of a kubeconfig, which may contain keys.
"""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from falaj.components.core.validation.raw import as_list, as_mapping, is_mapping

FILE_KEYS = ("certificate-authority", "client-certificate", "client-key", "tokenFile")
"""Keys whose value is the path of a file. All except `tokenFile` have a counterpart `...-data` with embedded
content."""

Entry = Mapping[str, Any]
ReadFile = Callable[[str], bytes]
"""Returns the content of a file that a kubeconfig refers to. Raises OSError."""


class Unreachable(ValueError):
    """Raised if a kubeconfig is invalid or its server is not allowed. Has the fields of a `Problem`."""

    def __init__(self, path: str, given: object, allowed: str, fix: str) -> None:
        super().__init__(f"{path}: {given} is not allowed; allowed: {allowed}. Fix: {fix}.")
        self.path, self.given, self.allowed, self.fix = path, given, allowed, fix


@dataclass(frozen=True)
class ReachableCluster:
    """Connection to one cluster. `kubeconfig` includes the credentials; `public` contains only server and context."""

    context: str
    server: str
    kubeconfig: str

    @property
    def public(self) -> str:
        """A kubeconfig as JSON with server and context, without credentials."""
        return json.dumps(
            {
                "apiVersion": "v1",
                "kind": "Config",
                "current-context": self.context,
                "clusters": [{"name": self.context, "cluster": {"server": self.server}}],
                "contexts": [{"name": self.context, "context": {"cluster": self.context, "user": ""}}],
                "users": [],
            }
        )


def load_cluster(kubeconfig: str, context: str, servers: Sequence[str], read: ReadFile) -> ReachableCluster:
    """Returns the cluster of a context, whose server must be one of `servers`. Raises `Unreachable`.

    The returned kubeconfig contains only this context, and embeds the files that it refers to, so that it is valid on
    any machine.
    """
    document = _parsed(kubeconfig)
    context_entry = _named_entry(document, "contexts", context, "context")
    cluster = _named_entry(document, "clusters", str(context_entry.get("cluster")), "cluster")
    user = _named_entry(document, "users", str(context_entry.get("user")), "user")
    server = str(cluster.get("server", "")).rstrip("/")
    if server not in servers:
        fix = "add its address if it is the right cluster, or name another context"
        raise Unreachable("servers", server, ", ".join(servers), fix)
    if cluster.get("insecure-skip-tls-verify"):
        allowed = "a server whose certificate is verified"
        raise Unreachable("context", context, allowed, "add certificate-authority-data to the kubeconfig")
    resolved_context = {"cluster": context, "user": context}
    if context_entry.get("namespace"):
        resolved_context["namespace"] = str(context_entry["namespace"])
    resolved = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": context,
        "clusters": [{"name": context, "cluster": _with_embedded_files({**cluster, "server": server}, read)}],
        "contexts": [{"name": context, "context": resolved_context}],
        "users": [{"name": context, "user": _with_embedded_files(user, read)}],
    }
    return ReachableCluster(context, server, json.dumps(resolved))


def file_reader(folder: Path) -> ReadFile:
    """Returns a reader of files that a kubeconfig in `folder` refers to; paths are relative to it, as in kubectl."""
    return lambda name: (folder / Path(name).expanduser()).read_bytes()


def read_no_file(name: str) -> bytes:
    """Raises OSError: the reader of a kubeconfig that was not loaded from a file."""
    raise OSError(f"{name} is a file")


def _parsed(kubeconfig: str) -> Entry:
    try:
        document = yaml.safe_load(kubeconfig)
    except yaml.YAMLError:
        document = None
    if not is_mapping(document):
        raise Unreachable("kubeconfig", "its text", "a kubeconfig, as YAML or JSON", "correct the kubeconfig")
    return as_mapping(document)


def _named_entry(document: Entry, kind: str, name: str, key: str) -> Entry:
    """Returns the value of `key` in the entry of that name. Raises `Unreachable` unless there is exactly one."""
    entries = [as_mapping(entry) for entry in as_list(document.get(kind)) if is_mapping(entry)]
    matches = [entry.get(key) for entry in entries if entry.get("name") == name]
    if len(matches) != 1 or not is_mapping(matches[0]):
        names = ", ".join(sorted(str(entry.get("name")) for entry in entries)) or "none: it has no entries"
        raise Unreachable("context", name, f"one of the {kind} in the kubeconfig ({names})", "choose one of these")
    return as_mapping(matches[0])


def _with_embedded_files(entry: Entry, read: ReadFile) -> dict[str, Any]:
    """Returns an entry with the content of referenced files embedded."""
    embedded = {key: value for key, value in entry.items() if key not in FILE_KEYS}
    for key in FILE_KEYS:
        data_key = "token" if key == "tokenFile" else f"{key}-data"
        if key not in entry or data_key in entry:
            continue
        try:
            content = read(str(entry[key]))
        except OSError:
            fix = "create the file, or embed its content in the kubeconfig"
            raise Unreachable("kubeconfig", f"{key}: {entry[key]}", "a file that can be read", fix) from None
        embedded[data_key] = content.decode().strip() if key == "tokenFile" else base64.b64encode(content).decode()
    return embedded
