"""Clients of tunnels: a connection from inside that lets the vendor's callers in, past every rule of a network.

They are recognised by the last part of the image's name, which a mirror keeps, by the program that a container runs,
or by the command of a shell that opens a tunnel.
Names of images as deployments in public repositories have them (cloudflared, ngrok, Tailscale, frpc, inlets, zrok,
chisel) and of programs as each project calls its own (read 2026-11-27); twingate/connector by Twingate, "How to Deploy
a Connector with Docker Compose" (read 2026-11-30); of the rest, no image was looked up. Variables with the key of such
a vendor are in `data/default_destinations.csv`.
"""

import re
from collections.abc import Iterator

from ..engine.families import exposure_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, items_of, one_or_many, stated_items, walk
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import KUBERNETES_TYPES, pods
from ..readers.task_containers import CONTAINERS, containers

_CLIENTS = {
    "cloudflared": "Cloudflare Tunnel",
    "ngrok": "ngrok",
    "ngrok-operator": "ngrok",
    "tailscale": "Tailscale",
    "tailscaled": "Tailscale",
    "k8s-operator": "Tailscale",
    "k8s-proxy": "Tailscale",
    "frpc": "frp",
    "inlets": "inlets",
    "inlets-pro": "inlets",
    "inlets-operator": "inlets",
    "zrok": "zrok",
    "zrok2": "zrok",
    "pagekite": "PageKite",
    "pagekite.py": "PageKite",
    "localtunnel": "localtunnel",
    "bore": "bore",
    "rathole": "rathole",
    "chisel": "chisel",
    "pinggy": "Pinggy",
    "devtunnel": "Dev Tunnels",
    "connector": "Twingate",
    "twingate-connector": "Twingate",
    "relay": "StrongDM",
    "netbird": "NetBird",
    "zerotier": "ZeroTier",
    "zerotier-one": "ZeroTier",
    "firezone-gateway": "Firezone",
    "gateway": "Firezone",
}
"""Last part of the name of an image, or of a program -> the tunnel whose client it is."""
_AMBIGUOUS = {"k8s-operator": "tailscale", "k8s-proxy": "tailscale", "connector": "twingate", "relay": "strongdm",
              "gateway": "firezone"}  # fmt: skip
"""Names that others use too -> what else the image's name must contain."""
_STARTED = {
    "Cloudflare Tunnel": r"cloudflared[ \t]{1,9}(?:--\S{1,60}[ \t]{1,9}){0,6}(?:tunnel|access[ \t]{1,9}tcp)",
    "ngrok": r"ngrok[ \t]{1,9}(?:http|tcp|tls|tunnel|start)",
    "frp": r"frpc[ \t]{1,9}(?:-c|--config|tcp|http|https|stcp|xtcp)",
    "zrok": r"zrok2?[ \t]{1,9}(?:share|reserve|enable)",
    "Tailscale": r"tailscale[ \t]{1,9}(?:up|funnel|serve)",
    "an editor's tunnel": r"(?:code|code-insiders)[ \t]{1,9}tunnel(?![ \t]{1,9}(?:status|kill|prune|unregister|help"
    r"|--help)\b)|devtunnel[ \t]{1,9}host",
    "localtunnel": r"(?:npx[ \t]{1,9}lt|localtunnel)[ \t]{1,9}(?:-p|--port)",
    "bore": r"bore[ \t]{1,9}local",
}
"""Tunnel -> the commands of a shell that open one (as the projects' README files have them; those of an editor by
microsoft/vscode-docs 01a5edb6, "Developing with Remote Tunnels", read 2026-11-29, and which of them open none, as
known)."""
_COMMANDS = lazy_regex(
    "|".join(rf"(?P<_{index}>(?:^|[\s;|&(/]){text}(?![\w-]))" for index, text in enumerate(_STARTED.values()))
)
_ARGUMENTS = lazy_regex(
    r"tunnel(?:[ \t]\S{1,200}){0,20}[ \t](?:run|--token(?:-file)?|--hello-world)(?:[ \t=].*)?", re.DOTALL
)
"""Arguments of an image whose entry point is cloudflared, whatever its name (`cloudflared tunnel run --token-file`,
found as a string in public repositories, read 2026-11-30)."""
_IMAGE = lazy_regex(r"(?:.*/)?(?P<name>[^/:@]+)(?::[^/@]*)?(?:@.*)?")
_AZURE_PATHS = {
    "azure-native:containerinstance:ContainerGroup": ("containers", "initContainers"),
    "azure-native:app:ContainerApp": ("template?.containers", "template?.initContainers"),
    "azure-native:app:Job": ("template?.containers", "template?.initContainers"),
}
"""Type of Azure -> paths of its containers."""


def _client_in(image: Plain, command: Plain) -> str:
    """Returns the tunnel whose client a container runs; empty if it runs none."""
    match = _IMAGE.fullmatch(str(image).lower())
    name = match["name"] if match else ""
    if name in _CLIENTS and _AMBIGUOUS.get(name, "") in str(image).lower():
        return _CLIENTS[name]
    words = one_or_many(command)
    program = str(words[0] if words else "").rsplit("/", 1)[-1]
    text = " ".join(str(word) for word in words)
    started = _COMMANDS.search(text) if len(words) > 1 else None
    if _ARGUMENTS.fullmatch(text):
        return "Cloudflare Tunnel"
    if started:
        return list(_STARTED)[int(str(started.lastgroup)[1:])]
    return _CLIENTS.get(program, "") if program not in _AMBIGUOUS else ""


def _containers(resource: Resource) -> Iterator[tuple[str, Plain, Plain]]:
    """Yields each container as (path, image, command)."""
    for pod in pods(resource):
        for item in pod.containers:
            words = [*stated_items(item.get("command")), *stated_items(item.get("args"))]
            yield item.path, item.get("image"), words
    for path, section in containers(resource):
        words = [*stated_items(section.get("entryPoint")), *stated_items(section.get("command"))]
        yield path, section.get("image"), words
    for pattern in _AZURE_PATHS.get(resource.type, ()):
        for path, value in walk(resource.props, pattern):
            for index, section in enumerate(items_of(value)):
                if isinstance(section, dict):
                    yield f"{path}[{index}]", section.get("image"), section.get("command")


def _check_tunnels(resource: Resource) -> Iterator[Outcome]:
    for path, image, command in _containers(resource):
        client = _client_in(image, command)
        sentence = f"{path} is a client of {client}, which lets callers in through a connection of its own"
        yield failed(sentence, path) if client else passed()


TUNNEL_EXPOSURE: tuple[Guardrail, ...] = (
    exposure_rule(131, Severity.CRITICAL, "No container opens a tunnel for callers from outside",
                  "the vendor of the tunnel lets callers in, past load balancers, firewalls and network policies",
                  "Remove the container, and serve the callers through an internal gateway or load balancer",
                  predicate=_check_tunnels, types=(*KUBERNETES_TYPES, *CONTAINERS, *_AZURE_PATHS)),
)  # fmt: skip
