"""Scripts of machines, builds and pods: they run nothing straight from the web, and deploy nothing themselves.

Patterns have bounded repetitions, so that the time is linear in the length of a text.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Iterator, Mapping

from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, from_json, leaves, walk
from ..engine.rows import CONTAINER_GROUPS, Predicate, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from .allowed_types import is_allowed
from .changing_commands import changing, in_pods_of_others
from .installs import unpinned_install
from .loaded_paths import loaded
from .stopped_recorders import stopped

_SCRIPT_KEYS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        aws("ec2/Instance", "ec2/SpotInstanceRequest", "ec2/LaunchTemplate", "ec2/LaunchConfiguration",
            "ec2/SpotFleetRequest", "lightsail/Instance", "imagebuilder/ImageRecipe"),
        frozenset({"userData", "userDataBase64"}),
    ),
    **dict.fromkeys(aws("codebuild/Project"), frozenset({"buildspec"})),
    **dict.fromkeys(aws("imagebuilder/Component"), frozenset({"data"})),
    **dict.fromkeys(aws("sagemaker/NotebookInstanceLifecycleConfiguration"), frozenset({"onCreate", "onStart"})),
    **dict.fromkeys(aws("sagemaker/StudioLifecycleConfig"), frozenset({"studioLifecycleConfigContent"})),
    **dict.fromkeys(aws("imagebuilder/ContainerRecipe"), frozenset({"dockerfileTemplateData"})),
    **dict.fromkeys(aws("ecs/TaskDefinition"), frozenset({"command", "entryPoint"})),
    **dict.fromkeys(aws("ecs/DaemonTaskDefinition", "ecs/ExpressGatewayService", "lambda/Function",
                        "lightsail/ContainerServiceDeploymentVersion"), frozenset({"commands", "entryPoints"})),
    **dict.fromkeys(aws("apprunner/Service"), frozenset({"buildCommand", "startCommand"})),
    **dict.fromkeys(aws("batch/JobDefinition"), frozenset({"command", "commands", "args"})),
    **dict.fromkeys(azure("compute:VirtualMachine", "compute:VirtualMachineScaleSet",
                          "compute:VirtualMachineScaleSetVM"), frozenset({"customData", "userData"})),
    **dict.fromkeys(azure("azurefleet:Fleet", "computebulkactions:BulkAction"),
                    frozenset({"customData", "userData", "commandToExecute", "script", "content"})),
    **dict.fromkeys(azure("compute:VirtualMachineExtension", "hybridcompute:MachineExtension"),
                    frozenset({"commandToExecute", "script"})),
    **dict.fromkeys(azure("batch:Pool"), frozenset({"commandLine"})),
    **dict.fromkeys(azure("containerregistry:Task", "containerregistry:TaskRun"), frozenset({"encodedTaskContent"})),
    **dict.fromkeys(azure("virtualmachineimages:VirtualMachineImageTemplate"), frozenset({"inline"})),
    **dict.fromkeys(CONTAINER_GROUPS,
                    frozenset({"command"})),
    **dict.fromkeys(azure("web:WebAppSiteContainer", "web:WebAppSiteContainerSlot"), frozenset({"startUpCommand"})),
    **dict.fromkeys(azure("web:WebApp", "web:WebAppSlot"), frozenset({"appCommandLine", "parameters"})),
    **dict.fromkeys(azure("compute:GalleryApplicationVersion"), frozenset({"install", "update"})),
    **dict.fromkeys(azure("web:StaticSite"), frozenset({"apiBuildCommand", "appBuildCommand"})),
    **dict.fromkeys(azure("machinelearningservices:Compute"), frozenset({"scriptData"})),
    **dict.fromkeys(azure("machinelearningservices:Job"), frozenset({"command"})),
}  # fmt: skip
"""Type -> keys, at any depth, whose texts are scripts or commands. `parameters` of an app are those of the program that
heals it (pulumi-azure-native 3.29.0, AutoHealCustomAction; App Service blog of 2018-09-10, read 2026-11-30)."""
_OBJECT_KEYS = frozenset({"command", "args", "userData", "script", "source"})
"""The same for Kubernetes objects: commands of containers, sources of workflows, and user data of EC2NodeClass."""
_CONTAINERS = (
    "kubernetes:", "aws:ecs/", "aws:batch/", "aws:lightsail/", "aws:apprunner/", "azure-native:containerinstance:",
    "azure-native:web:WebApp",
)  # fmt: skip
"""Types of containers and apps, which start again and again."""
_BUILD = "buildCommand"
"""Key of a command of App Runner that a build runs once (botocore 1.44.8, apprunner, CodeConfigurationValues, read
2026-11-29)."""
_CONFIG_MAP = "kubernetes:core/v1:ConfigMap"
_INTERPRETER = "#!"
"""Beginning of the texts of a ConfigMap that are scripts."""

_SHELL = r"(?:(?:/\w{1,9}){0,4}/)?(?:ba|z|da|k|a)?sh|python[\d.]{0,5}|perl|ruby|node|iex|pwsh"
_FETCH = r"(?:curl|wget|iwr|irm|invoke-webrequest|invoke-restmethod)"
_FROM_THE_WEB = lazy_regex(
    rf"\b{_FETCH}\b[^|;\n]{{0,500}}\|\s{{0,9}}(?:tee\s[^|;\n]{{0,99}}\|\s{{0,9}})?"
    rf"(?:sudo\s{{1,9}}(?:-\w{{1,9}}\s{{1,9}}){{0,4}})?(?:env\s[^|;\n]{{0,99}}\s)?(?:{_SHELL})\b"
    rf"|\b(?:{_SHELL}|source|eval|\.)\s{{1,9}}(?:-\w{{1,9}}\s{{1,9}}){{0,4}}[\"'`]?(?:<\(|\$\(|`)\s{{0,9}}{_FETCH}\b"
    rf"|\b(?:iex|invoke-expression)\b[^\n]{{0,80}}(?:downloadstring|{_FETCH})"
    r"|\b(?:exec|eval)\s{0,9}\(.{0,120}(?:urlopen|requests\.get|http\.get)"
    r"|(?:^|\n)#include(?:-once)?\s{1,9}https?://",
    re.IGNORECASE,
)
_DOWNLOADS = tuple(
    lazy_regex(rf"\b{_FETCH}\b[^|;&\n]{{0,300}}?{before}(?P<file>[\w.~/-]{{1,80}})(?=\s|$|[;&|])", re.IGNORECASE)
    for before in (r"\s-\w{0,9}o\s{1,9}", r"\s--output(?:-document)?[\s=]{1,9}", r">\s{0,9}", r"://[\w.:-]{1,99}/")
)
"""Downloads into a file that an option, a redirection or the address names."""
_CHECKED = lazy_regex(r"\b(?:sha(?:256|384|512)sum|gpg|cosign|rpm\s{1,9}(?:-K|--checksig))\b", re.IGNORECASE)
"""Programs that compare a download with a checksum or a signature."""
_COMMENT = lazy_regex(r"(?m)^[ \t]{0,99}#(?!!|include)[^\n]*")
_CONTINUATION = lazy_regex(r"[\\`^]\r?\n\s{0,99}")
_RUN_FILE = lazy_regex(
    rf"(?<![\w./-])(?:{_SHELL}|source|chmod\s{{1,9}}(?:-R\s)?(?:[ugoa]{{0,4}}\+[rws]{{0,3}}x\w{{0,2}}"
    r"|[0-7]{0,3}[1357][0-7]{0,2})|install\s[^\n;|&]{0,99}?(?:-m|--mode)[\s=]?0?[1357]\d\d)"
    r"\s{1,9}(?:-\w{1,9}\s{1,9}){0,4}(?P<file>[\w./~-]{1,80})",
    re.IGNORECASE,
)
"""A file that a shell runs, or that is made a program."""
_PUNCTUATION = lazy_regex(r"[\[\],'\"]+")
"""What separates the words of a command that is a list in YAML or JSON."""
_GZIP = b"\x1f\x8b"
_LARGEST_TEXT = 65_536
"""Bytes of a compressed text that are read. User data has 16 KiB at most before it is compressed on EC2."""
_LONGEST_SCRIPT = 262_144
"""Characters of a script that are read in a second; a longer one is refused."""
_BASE64 = lazy_regex(r"[A-Za-z0-9+/\s]{16,}+={0,2}\s*")


def check_scripts(allowed: Mapping[str, str]) -> Predicate:
    """Returns the check of scripts. `allowed`: types in the settings."""

    def predicate(resource: Resource) -> Iterator[Outcome]:
        for item in expand_list(resource):
            for path, text in _scripts_of(item):
                violation = _violation(text) or _start(item, path, text) or _reach(item, text)
                yield failed(f"{path} {violation}", path) if violation and not is_allowed(item, allowed) else passed()

    return predicate


def _start(resource: Resource, path: str, text: str) -> str:
    """Returns what a container loads when it starts, which a build does once and tests."""
    is_start = resource.type.startswith(_CONTAINERS) and not path.endswith(_BUILD)
    package = unpinned_install(text) if is_start else ""
    return f"installs a package without a fixed version when it starts: {package[:60]!r}" if package else ""


def _reach(resource: Resource, text: str) -> str:
    """Returns what a script of a cluster does in pods of another namespace than its own, if that is known."""
    namespace = next((value for _, value in walk(resource.props, "metadata?.namespace?")), "default")
    if not resource.type.startswith("kubernetes:") or not isinstance(namespace, str):
        return ""
    found = in_pods_of_others(_CONTINUATION.sub(" ", text), namespace)
    return f"reaches into pods of another namespace: {found[:60]!r}" if found else ""


def _scripts_of(resource: Resource) -> Iterator[tuple[str, str]]:
    if resource.type == _CONFIG_MAP:
        texts = ((path, value) for path, _, value in leaves(resource.props.get("data"), "data"))
        return ((path, text) for path, text in texts if isinstance(text, str) and text.startswith(_INTERPRETER))
    is_object = resource.type.startswith("kubernetes:")
    return _scripts(resource.props, "", _OBJECT_KEYS if is_object else _SCRIPT_KEYS.get(resource.type, frozenset()))


def _scripts(value: Plain, path: str, keys: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yields the texts under the keys as (path, text); the words of a list are one command."""
    value = from_json(value) if isinstance(value, str) and value[:1] in "{[" else value
    if isinstance(value, Mapping):
        for key, item in value.items():
            item_path = f"{path}.{key}" if path else key
            if key in keys and isinstance(item, str):
                yield item_path, _decoded(item)
            elif key in keys and isinstance(item, list) and all(isinstance(word, str) for word in item):
                yield item_path, " ".join(map(str, item))
            else:
                yield from _scripts(item, item_path, keys)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _scripts(item, f"{path}[{index}]", keys)


def _decoded(text: str) -> str:
    """Returns a text that may be in Base64 and compressed, as user data is."""
    if not _BASE64.fullmatch(text):
        return text
    try:
        data = base64.b64decode(text)
        if data.startswith(_GZIP):
            data = zlib.decompressobj(wbits=31).decompress(data, _LARGEST_TEXT)
        return data.decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, zlib.error):
        return text


def _violation(text: str) -> str:
    if len(text) > _LONGEST_SCRIPT:
        return f"has {len(text)} characters; the guardrails read {_LONGEST_SCRIPT} at most"
    text = _CONTINUATION.sub(" ", _COMMENT.sub("", text))
    if (match := _FROM_THE_WEB.search(text)) or (match := _run_download(text)):
        return f"runs a program straight from the web: {match[0].strip()[:60]!r}"
    for form in (text, _PUNCTUATION.sub(" ", text)):
        if found := changing(form):
            return f"deploys or changes resources, and no guardrail sees the result: {found[:60]!r}"
        if found := stopped(form):
            return f"ends what records or watches on the machine: {found[:60]!r}"
    found = loaded(text)
    return f"writes what the machine loads without admission or review: {found[:60]!r}" if found else ""


def _run_download(text: str) -> re.Match[str] | None:
    """Returns the download of a script that a shell runs without the comparison of a checksum."""
    if _CHECKED.search(text):
        return None
    files = {match["file"].rsplit("/", 1)[-1] for download in _DOWNLOADS for match in download.finditer(text)} - {""}
    return next((match for match in _RUN_FILE.finditer(text) if match["file"].rsplit("/", 1)[-1] in files), None)


SCRIPT_TYPES: tuple[str, ...] = (*_SCRIPT_KEYS, "kubernetes:")
"""Every type whose scripts are read."""
