"""Where commands and calls of programs send data, if they name no address: a bucket, an account of storage, a registry
or a repository by its name.

Commands and options by each program's own reference, as known on 2026-11-28: "aws s3api", "az storage", "docker push",
"crane", "oras", "helm push", "git push", "git remote"; calls of boto3, "S3.Client.upload_file". Repetitions are
bounded, so that the time is linear in the length of a text.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .commands import Command, commands_in
from .named_hosts import Kind, Named

_PROGRAMS = re.compile(r"\b(?:aws|az|docker|podman|nerdctl|buildah|crane|oras|skopeo|regctl|helm|git)\b")
_SENDING_TO_S3 = frozenset({
    "put-object", "copy-object", "upload-part", "upload-part-copy", "create-multipart-upload",
})  # fmt: skip
_SENDING_TO_AZURE = frozenset(
    {"upload", "upload-batch", "sync", "copy", "start", "start-batch", "put", "insert", "set"}
)
_PUSHING = frozenset({"push"})
_COPYING = {"crane": ("append", "copy", "cp"), "skopeo": ("copy", "sync"), "oras": ("copy", "cp"), "regctl": ("copy",)}
"""Program -> commands that write into a registry: a copy to its last operand, `append` to that of an option."""
_TARGET_OPTIONS = ("-t", "--new_tag", "--new-tag")
_CHARTS, _FILES_LAST = "helm", "oras"
_HUB = "docker.io"
_VALUE_OPTIONS = frozenset({"--authfile", "--creds", "--cert-dir", "--format", "--username", "--password", "--config"})
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_ACCOUNT = re.compile(r"[a-z0-9]{3,24}")
_IMAGE = re.compile(
    r"(?:oci://|docker://)?([a-z0-9][\w.-]{0,200}(?::\d{1,5})?)/([\w./-]{1,300})[\w./@:${}-]{0,200}", re.IGNORECASE
)
SHARED_FORGES = frozenset({
    "github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "dev.azure.com", "ssh.dev.azure.com",
    "gist.github.com", "huggingface.co", "hf.co",
})  # fmt: skip
"""Hosts at which anybody has repositories, so that a list of programs' sources there is no list of destinations."""
PLUGIN_PLACE = re.compile(r"plugins?\[\d{1,4}\]\.location$", re.IGNORECASE)
"""Path of the address of a program that a controller downloads and runs, such as a plug-in of Argo Rollouts
(argoproj/argo-rollouts 9f8d111d, docs/plugins.md, read 2026-11-29)."""
SHARED_REGISTRIES = frozenset({
    "docker.io", "ghcr.io", "mcr.microsoft.com", "nvcr.io", "public.ecr.aws", "quay.io", "registry.gitlab.com",
    "ttl.sh",
})  # fmt: skip
"""Registries in which anybody has repositories, so that a list of what is loaded from there is no list of
destinations."""
_REPOSITORY = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[\w.:%${}-]{1,100}@)?|(?:\w{1,40}@)?(?=[\w.-]{1,200}:))(?P<host>[a-z0-9][\w.-]{1,200})(?::\d{1,5})?[/:]"
    r"(?P<path>[\w./~-]{1,200})",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"url\.(\S{1,200})\.(?:push)?insteadof", re.IGNORECASE)
"""Setting of git by which another address takes the place of a repository's."""
_OWN_ACCOUNT = re.compile(r"\bAZURE_STORAGE_ACCOUNT=[\"']?([a-z0-9]{3,24})\b")
"""Variable of az and azcopy with the account of storage."""
_CALLED = re.compile(
    r"\bBucket\s{0,9}=\s{0,9}[\"']([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])[\"']"
    r"|\bupload_file(?:obj)?\(\s{0,20}[^,()]{1,100},\s{0,20}[\"']([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])[\"']"
    r"|\.Bucket\(\s{0,9}[\"']([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])[\"']\s{0,9}\)\.(?:put_object|upload_file)"
)
"""Buckets in calls of boto3."""


def _option(words: Sequence[str], *names: str) -> str:
    """Returns the value of an option; empty if it is not set."""
    for index, word in enumerate(words):
        name, _, value = word.partition("=")
        if name in names:
            return value or (words[index + 1] if index + 1 < len(words) else "")
    return ""


def _of_aws(words: Sequence[str]) -> Iterator[Named]:
    if "s3api" in words and not _SENDING_TO_S3.isdisjoint(words):
        bucket = _option(words, "--bucket")
        yield from [Named(Kind.BUCKET, bucket)] if _BUCKET.fullmatch(bucket) else []


def _of_az(words: Sequence[str]) -> Iterator[Named]:
    if words[:1] == ("storage",) and not _SENDING_TO_AZURE.isdisjoint(words):
        account = _option(words, "--account-name", "--destination-account-name")
        yield from [Named(Kind.HOST, f"{account}.blob.core.windows.net")] if _ACCOUNT.fullmatch(account) else []


def _of_registry(program: str, words: Sequence[str]) -> Iterator[Named]:
    """Yields the registry to which an image, a chart or another artifact is pushed. Files stand before the address, but
    with oras behind it; a name without a slash is one of Docker's own."""
    if "--push" in words:
        operands = [word for flag, word in pairwise(words) if flag in ("-t", "--tag")]
        yield from _registry_of(operands[0] if operands else "")
    verbs = [index for index, word in enumerate(words[:8]) if word in _PUSHING]
    operands = [word for index, word in enumerate(words) if verbs and index > verbs[0] and not word.startswith("-")
                and words[index - 1] not in _VALUE_OPTIONS]  # fmt: skip
    address = operands[0 if program == _FILES_LAST else -1] if operands else _copied_to(program, words)
    yield from _registry_of(address) if program != _CHARTS or address.startswith("oci://") else ()


def _registry_of(address: str) -> Iterator[Named]:
    match = _IMAGE.fullmatch(address)
    if match is not None:
        host = match[1].lower()
        name = host.partition(":")[0] if "." in host or ":" in host else _HUB
        is_shared = name in SHARED_REGISTRIES
        yield Named(Kind.REPOSITORY, f"{name}/{match[2]}".lower()) if is_shared else Named(Kind.HOST, name)


def _copied_to(program: str, words: Sequence[str]) -> str:
    """Returns the address to which a command copies an image; empty if it copies none into a registry."""
    if set(_COPYING.get(program, ())).isdisjoint(words[:8]):
        return ""
    target = _option(words, *_TARGET_OPTIONS)
    last = next((word for word in reversed(words) if not word.startswith("-")), "")
    return target or ("" if "append" in words else last)


def _of_git(words: Sequence[str]) -> Iterator[Named]:
    """Yields the repositories to which a command pushes, or that it names for a later one."""
    is_remote = words[:1] == ("remote",) and words[1:2] in (("add",), ("set-url",))
    if "push" in words[:4] or is_remote or words[:1] == ("config",):
        plain = (_INSTEAD.sub(r"\1", word.removeprefix("--repo=")) for word in words)
        for match in filter(None, map(_REPOSITORY.fullmatch, plain)):
            yield Named(Kind.REPOSITORY, f"{match['host']}/{match['path'].removesuffix('.git')}".lower())


_READERS = {"aws": _of_aws, "az": _of_az, "git": _of_git}


def _of_command(command: Command) -> Iterator[Named]:
    read = _READERS.get(command.program)
    yield from read(command.words) if read else _of_registry(command.program, command.words)


def sent_to(text: str) -> tuple[Named, ...]:
    """Returns the buckets, accounts, registries and repositories to which a text sends, each once."""
    commands = [item for item in commands_in("", text, _PROGRAMS) if item.program != "git" or "push" in text]
    found = [named for command in commands for named in _of_command(command)]
    found += [Named(Kind.HOST, f"{name}.blob.core.windows.net") for name in _OWN_ACCOUNT.findall(text)]
    if "Bucket" in text or "upload_file" in text:
        found += [Named(Kind.BUCKET, name) for names in _CALLED.findall(text) for name in names if name]
    return tuple(dict.fromkeys(found))
