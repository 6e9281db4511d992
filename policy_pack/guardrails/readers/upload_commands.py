"""Where commands and calls of programs send data, if they name no address: a bucket, an account of storage, a registry
or a repository by its name.

"aws s3api" by boto/botocore 0e6e240 botocore/data/s3; "az" by Azure/azure-cli 00cad64 src/azure-cli/azure/cli/
command_modules/storage/commands.py and 0166521 acr/_params.py ("az acr build" and "az keyvault secret set" found as
strings); "git" by git/git 000823c Documentation/git.txt; calls by boto3 1.44.8, s3/inject.py and its resources; read
2026-11-30. Registries: `readers/registry_pushes.py`. Repetitions are bounded, so that the time is linear in the length
of a text.
"""

import re
from collections.abc import Iterator, Sequence

from ..engine.lazy_regex import lazy_regex
from .commands import Command, commands_in
from .named_hosts import Kind, Named
from .registry_pushes import REGISTRY_PROGRAMS, pushed_to

_PROGRAMS = lazy_regex(rf"\b(?:aws|az|git|{'|'.join(REGISTRY_PROGRAMS)})\b")
_SENDING_TO_S3 = frozenset({
    "put-object", "put-object-annotation", "copy-object", "upload-part", "upload-part-copy", "create-multipart-upload",
})  # fmt: skip
_SENDING_TO_AZURE = frozenset({
    "upload", "upload-batch", "sync", "copy", "start", "start-batch", "put", "insert", "set", "append", "merge",
    "replace",
})  # fmt: skip
_UPDATED = frozenset({"message", "metadata"})
"""What `az storage ... update` sends data to; of other things it changes a setting."""
_OTHER_SENDING = (
    (("acr", "import"), ("--name", "-n"), "azurecr.io"),
    (("acr", "build"), ("--registry", "-r"), "azurecr.io"),
    (("keyvault", "secret", "set"), ("--vault-name",), "vault.azure.net"),
)
"""Other commands of az: their words, the options that name a resource, and the domain of its host."""
_BUCKET = lazy_regex(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_ACCOUNT = lazy_regex(r"[a-z0-9]{3,24}")
_RESOURCE = lazy_regex(r"([A-Za-z0-9][A-Za-z0-9-]{1,62})(?:\.azurecr\.io)?")
SHARED_FORGES = frozenset({
    "github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "dev.azure.com", "ssh.dev.azure.com",
    "gist.github.com", "huggingface.co", "hf.co",
})  # fmt: skip
"""Hosts at which anybody has repositories, so that a list of programs' sources there is no list of destinations."""
PLUGIN_PLACE = lazy_regex(r"plugins?\[\d{1,4}\]\.location$", re.IGNORECASE)
"""Path of the address of a program that a controller downloads and runs, such as a plug-in of Argo Rollouts
(argoproj/argo-rollouts 9f8d111d, docs/plugins.md, read 2026-11-29)."""
_REPOSITORY = lazy_regex(
    r"(?:(?:https?|ssh|git)://(?:[\w.:%${}-]{1,100}@)?"
    r"|(?:\w{1,40}@)?(?=[\w.-]{1,200}:))(?P<host>[a-z0-9][\w.-]{1,200})(?::\d{1,5})?[/:]"
    r"(?P<path>[\w./~-]{1,200})",
    re.IGNORECASE,
)
_INSTEAD = lazy_regex(
    r"url\.([^\s=]{1,200})\.(?:push)?insteadof(?:=\S{0,300})?|remote\.[\w.-]{1,60}\.(?:push)?url=", re.IGNORECASE
)
"""Settings of git by which another address takes the place of a repository's, or is that of a remote one."""
_VALUE_OPTIONS_OF_GIT = frozenset({"-C", "-c", "--git-dir", "--work-tree", "--namespace", "--config-env"})
_PUSHING = frozenset({"push", "send-pack", "http-push", "config"})
_OWN_ACCOUNT = lazy_regex(
    r"(?:\b(?:AZURE_STORAGE_ACCOUNT|RCLONE_AZUREBLOB_ACCOUNT)=|--azureblob-account[= ]"
    r"|\btype\s{0,9}=\s{0,9}azureblob\s{0,9}\n(?:[^\[\n]{0,200}\n){0,9}?account\s{0,9}=\s{0,9})[\"']?([a-z0-9]{3,24})\b"
)
"""Variable of az and azcopy with the account of storage; and those of rclone, with its option and its file (manual of
rclone, "azureblob", found as a string, read 2026-11-30)."""
_NAME = r"[\"']([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])[\"']"
_CALLED = lazy_regex(
    rf"\bBucket\s{{0,9}}[=:]\s{{0,9}}(?:aws\.String\(\s{{0,9}})?{_NAME}"
    rf"|\bupload_file(?:obj)?\(\s{{0,20}}[^,()]{{1,100}},\s{{0,20}}{_NAME}"
    rf"|\.copy\(\s{{0,20}}(?:\{{[^{{}}\n]{{0,200}}\}}|\w{{1,60}})\s{{0,9}},\s{{0,20}}{_NAME}\s{{0,9}},"
    rf"|\.(?:Bucket|Object)\(\s{{0,9}}{_NAME}[^()\n]{{0,300}}\)(?:\.Object\([^()\n]{{0,300}}\))?"
    r"\.(?:put|put_object|upload_file(?:obj)?|copy|copy_from|initiate_multipart_upload)\b"
)
"""Buckets in calls of boto3, and in those of the SDKs for JavaScript and Go."""
_CALLS = ("Bucket", "upload_file", ".copy(", ".Object(")


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
    is_update = "update" in words and not _UPDATED.isdisjoint(words)
    if words[:1] == ("storage",) and (is_update or not _SENDING_TO_AZURE.isdisjoint(words)):
        account = _option(words, "--account-name", "--destination-account-name")
        yield from [Named(Kind.HOST, f"{account}.blob.core.windows.net")] if _ACCOUNT.fullmatch(account) else []
    for command, options, domain in _OTHER_SENDING:
        match = _RESOURCE.fullmatch(_option(words, *options)) if words[: len(command)] == command else None
        yield from [Named(Kind.HOST, f"{match[1]}.{domain}".lower())] if match else []


def _of_git(words: Sequence[str]) -> Iterator[Named]:
    """Yields the repositories to which a command pushes, or that it names for a later one."""
    rest = words
    while rest and rest[0].startswith("-"):
        rest = rest[2 if rest[0] in _VALUE_OPTIONS_OF_GIT else 1 :]
    is_remote = rest[:1] == ("remote",) and not {"add", "set-url"}.isdisjoint(rest[1:3])
    if is_remote or not _PUSHING.isdisjoint(rest[:1]) or "push" in rest[:4]:
        plain = (_INSTEAD.sub(r"\1", word.removeprefix("--repo=")) for word in words)
        for match in filter(None, map(_REPOSITORY.fullmatch, plain)):
            yield Named(Kind.REPOSITORY, f"{match['host']}/{match['path'].removesuffix('.git')}".lower())


_READERS = {"aws": _of_aws, "az": _of_az, "git": _of_git}


def _of_command(command: Command) -> Iterator[Named]:
    read = _READERS.get(command.program)
    yield from read(command.words) if read else pushed_to(command.program, command.words)


def sent_to(text: str) -> tuple[Named, ...]:
    """Returns the buckets, accounts, registries and repositories to which a text sends, each once."""
    may_push = "push" in text or "send-pack" in text
    commands = [item for item in commands_in("", text, _PROGRAMS) if item.program != "git" or may_push]
    found = [named for command in commands for named in _of_command(command)]
    found += [Named(Kind.HOST, f"{name}.blob.core.windows.net") for name in _OWN_ACCOUNT.findall(text)]
    if any(call in text for call in _CALLS):
        found += [Named(Kind.BUCKET, name) for names in _CALLED.findall(text) for name in names if name]
    return tuple(dict.fromkeys(found))
