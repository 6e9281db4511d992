"""Commands that send data to an address which stands in a secret: nobody sees where it goes.

Options by the manuals of curl, wget, HTTPie, nc, scp and rsync, as known on 2026-11-28. A command that names its
address is evaluated by it, and so is a variable that a script or a plan sets.
"""

import re
from collections.abc import Iterator

from ..engine.reading import MISSING, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.commands import command_texts
from ..readers.kubernetes_objects import pods

_COMMAND = re.compile(r"[^\n;|&]{1,2000}")
_POSTING = re.compile(
    r"(?:^|[\s/(`])(?:curl|wget|https?|xh|httpie)(?=\s.*?(?<=\s)(?:"
    r"(?:-T|-F|-d|--upload-file|--form(?:-string)?|--data(?:-\w{1,20})?|--json|--post-(?:file|data)"
    r"|--body-(?:file|data))[\s=\"']|(?:-X\s?|--request[= ]|--method[= ])?(?:POST|PUT)\s))"
)
_COPYING = re.compile(r"(?:^|[\s/(`])(?:nc|ncat|netcat|socat|scp|sftp|rsync)\s")
_ADDRESS = re.compile(r"\w://")
_OPERAND = re.compile(r"(?<=[\s@:=\"'])\$\{?(?P<name>\w{1,100})\}?(?=[\s/:\"']|$)")


def check_secret_addresses(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each command of a pod that sends data to what a variable from a secret says."""
    secret = set(_from_secrets(resource))
    for path, text in command_texts(resource) if secret else ():
        for command in _COMMAND.findall(text):
            name = _sent_to(command)
            if name in secret:
                yield failed(f"{path} sends data to the address in {name}, which stands in a secret", path)


def _sent_to(command: str) -> str:
    """Returns the variable that is the address to which a command sends data; empty if none is."""
    is_sending = _POSTING.search(command) or _COPYING.search(command)
    if not is_sending or _ADDRESS.search(command):
        return ""
    names = [match["name"] for match in _OPERAND.finditer(command)]
    return names[-1] if names else ""


def _from_secrets(resource: Resource) -> Iterator[str]:
    for pod in pods(resource):
        for container in pod.containers:
            for variable in container.children("env"):
                if variable.child("valueFrom").get("secretKeyRef") is not MISSING:
                    yield str(variable.get("name"))
