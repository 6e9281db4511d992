"""A kubeconfig brought down to one named cluster whose address is on a list. Pure but for the files that it names.

Nothing of it is ever repeated in a message: it may hold a key.
"""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from falaj.components.core.validation.raw import as_list, as_mapping, is_mapping

FILES = ("certificate-authority", "client-certificate", "client-key", "tokenFile")
"""Keys whose value is a file. All but the last have a twin, with `-data` behind it, for what is in that file."""

Entry = Mapping[str, Any]
Read = Callable[[str], bytes]
"""What is in a file that a kubeconfig names; raises OSError."""


class Unreachable(ValueError):
    """A kubeconfig that leads nowhere, or somewhere that is not allowed; says where, what is allowed, and the fix."""

    def __init__(self, path: str, given: object, allowed: str, fix: str) -> None:
        super().__init__(f"{path}: {given} is not allowed; allowed: {allowed}. Fix: {fix}.")
        self.path, self.given, self.allowed, self.fix = path, given, allowed, fix


@dataclass(frozen=True)
class ReachableCluster:
    """How one cluster is reached: `kubeconfig` has all that it takes and may hold a key, `public` where it is alone."""

    context: str
    server: str
    kubeconfig: str

    @property
    def public(self) -> str:
        """A kubeconfig, as JSON, that names the server and the context, and nobody who may come in."""
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


def reached(kubeconfig: str, context: str, servers: Sequence[str], read: Read) -> ReachableCluster:
    """The cluster of a context, whose address must be one of `servers`. Raises `Unreachable`.

    What is handed on was looked at: another context of the same file, its current one for instance, is left out, and
    files that it names are taken in, so that it means the same wherever it is used.
    """
    document = _document(kubeconfig)
    chosen = _named(document, "contexts", context, "context")
    cluster = _named(document, "clusters", str(chosen.get("cluster")), "cluster")
    user = _named(document, "users", str(chosen.get("user")), "user")
    server = str(cluster.get("server", "")).rstrip("/")
    if server not in servers:
        fix = "add its address if it is the right cluster, or name another context"
        raise Unreachable("servers", server, ", ".join(servers), fix)
    if cluster.get("insecure-skip-tls-verify"):
        allowed = "a server whose certificate is checked"
        raise Unreachable("context", context, allowed, "give the kubeconfig its certificate-authority-data")
    where = {"cluster": context, "user": context}
    if chosen.get("namespace"):
        where["namespace"] = str(chosen["namespace"])
    whole = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": context,
        "clusters": [{"name": context, "cluster": _flat({**cluster, "server": server}, read)}],
        "contexts": [{"name": context, "context": where}],
        "users": [{"name": context, "user": _flat(user, read)}],
    }
    return ReachableCluster(context, server, json.dumps(whole))


def reader(folder: Path) -> Read:
    """Reads files that a kubeconfig in `folder` names, as kubectl does: relative to it."""
    return lambda name: (folder / Path(name).expanduser()).read_bytes()


def nothing(name: str) -> bytes:
    """Reads no file: for a kubeconfig that comes from no folder."""
    raise OSError(f"{name} is a file")


def _document(kubeconfig: str) -> Entry:
    try:
        document = yaml.safe_load(kubeconfig)
    except yaml.YAMLError:
        document = None
    if not is_mapping(document):
        raise Unreachable("kubeconfig", "its text", "a kubeconfig, as YAML or JSON", "write it anew")
    return as_mapping(document)


def _named(document: Entry, kind: str, name: str, key: str) -> Entry:
    """The only entry of that name; what is behind `key` in it."""
    listed = [as_mapping(entry) for entry in as_list(document.get(kind)) if is_mapping(entry)]
    found = [entry.get(key) for entry in listed if entry.get("name") == name]
    if len(found) != 1 or not is_mapping(found[0]):
        names = ", ".join(sorted(str(entry.get("name")) for entry in listed)) or "nothing: it has none"
        raise Unreachable("context", name, f"one of the {kind} in the kubeconfig ({names})", "choose one of these")
    return as_mapping(found[0])


def _flat(entry: Entry, read: Read) -> dict[str, Any]:
    """An entry with what is in the files it names."""
    found = {key: value for key, value in entry.items() if key not in FILES}
    for key in FILES:
        data = "token" if key == "tokenFile" else f"{key}-data"
        if key not in entry or data in entry:
            continue
        try:
            content = read(str(entry[key]))
        except OSError:
            fix = "put it there, or give the kubeconfig what is in it"
            raise Unreachable("kubeconfig", f"{key}: {entry[key]}", "a file that can be read", fix) from None
        found[data] = content.decode().strip() if key == "tokenFile" else base64.b64encode(content).decode()
    return found
