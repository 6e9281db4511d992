"""Commands that send data to an address which stands in a secret, or in a parameter without a value: nobody sees where
it goes.

Options with a value by curl/curl 5c61e16 docs/cmdline-opts, mirror/wget 8775506 src/main.c, httpie/cli 5b604c3
httpie/cli/definition.py, openssh/openssh-portable 0ef0f5a scp.c and sftp.c, RsyncProject/rsync 7c20b07 options.c, and
the usage of OpenBSD's netcat 1.229 and of ncat (found as strings); read 2026-11-30. A command that names its address is
evaluated by it, and so is a variable that a script or a plan sets. Values of options are no addresses: headers, users,
bodies and files may have variables too. Parameters of workflows and tasks get their values from whoever starts them,
unless the object states a value, a default or the values that are allowed (argoproj/argo-workflows f016ad89
docs/walk-through/parameters.md, and pkg/apis/workflow/v1alpha1/workflow_types.go, Parameter; tektoncd/pipeline 3ee1745a
docs/tasks.md, params, and docs/pipelines.md, Param enum; read 2026-12-01).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Plain, Resource, items_of
from ..engine.verdicts import Outcome, failed
from ..readers.commands import command_texts
from ..readers.kubernetes_objects import pods

_COMMAND = lazy_regex(r"[^\n;|&]{1,2000}")
_POSTING = lazy_regex(
    r"(?:^|[\s/(`])(?P<program>curl|wget|https?|xh|httpie)(?=\s.*?(?<=\s)(?:"
    r"(?:-[fgikLsSv#]{0,9}[TFd]|--upload-file|--form(?:-string)?|--data(?:-\w{1,20})?|--json|--post-(?:file|data)"
    r"|--body-(?:file|data))[\s=\"']|(?:-X\s?|--request[= ]|--method[= ])?(?:POST|PUT)\s))"
)
_COPYING = lazy_regex(r"(?:^|[\s/(`])(?P<program>nc|ncat|netcat|socat|scp|sftp|rsync)\s")
_OF_GSUTIL = lazy_regex(r"\bgsutil\s{1,9}(?:-\S{1,99}\s{1,9}){0,6}\Z")
"""What stands before the command `rsync` of a program of another name, whose place is evaluated with its others."""
_ADDRESS = lazy_regex(r"\w://(?![\"']?\$)")
_OPERAND = lazy_regex(
    r"(?:(?<=[\s@:\"'])|(?<=://)|(?<=--url=))\$\{?(?P<name>\w{1,100})\}?(?=[\s/:\"']|$)(?![^\s/\"']{0,200}@)"
)
_WITH_VALUES = {
    "curl": "AbcCdDeEFhHKmoPQrtTuUwxXyYz", "wget": "aABDeIilnOoPQRTtUwX", "nc": "egGIiMmOPpqsTVWwXx",
    "ncat": "cdegGimopswx", "netcat": "egGIiMmOPpqsTVWwXx", "scp": "cDFiJlMoPSX", "sftp": "BbcDFiJloPRSsX",
    "rsync": "BefMT",
}  # fmt: skip
_OF_HTTPIE = "AaoPps"
"""Letters of the options that have a value."""
_LONG = (
    "aws-sigv4", "auth(?:-type)?", "body-(?:file|data)", "cacert", "cert", "connect-timeout", "cookie(?:-jar)?",
    r"data(?:-\w{1,20})?", "header", "key", "max-time", "oauth2-bearer", "output", "password(?:-file)?",
    "post-(?:file|data)", "preproxy", "proxy(?:-(?:user|header))?", "referer", "request", "retry", "rsh", "upload-file",
    "user(?:-agent)?", "write-out",
)  # fmt: skip
"""Long options whose value may be the next word; with `=`, each but `--url` has one."""
_LONG_OF_CURL = ("form(?:-string)?", "json")
"""In HTTPie, these are switches without a value."""
_WORD = r"(?:\"(?:[^\"\\]|\\.){0,999}\"|'[^']{0,999}'|[^\s\"']){1,999}"
_ADDRESS_FIRST = frozenset({"nc", "ncat", "netcat", "http", "https", "httpie", "xh"})
"""Programs whose address stands before ports and items of the request; of others it is the last operand."""


_PARAMETER = lazy_regex(
    r"\{\{=?\s{0,9}(?:inputs|workflow)\.parameters\.(?P<argo>[\w-]{1,100})\s{0,9}\}\}"
    r"|\$\((?:inputs\.)?params\.(?P<tekton>[\w-]{1,100})\)"
)
_MARK = "given_by_the_caller_"
_STATED = ("value", "default", "enum", "valueFrom")
_ROUNDS = 5
"""How often a parameter may be given on to another one."""


def check_secret_addresses(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each command of a pod that sends data to what a variable from a secret says, or a parameter
    of a workflow to which nothing gives a value."""
    secret = set(_from_secrets(resource))
    open_names = _open_parameters(resource)
    for path, text in command_texts(resource) if secret or open_names else ():
        for command in _COMMAND.findall(_with_variables(text, resource) if open_names else text):
            name = _sent_to(command)
            if name in secret:
                yield failed(f"{path} sends data to the address in {name}, which stands in a secret", path)
                continue
            names = {name, *(_copied_to(command) if open_names else ())}
            for open_name in sorted(item for item in names if item.removeprefix(_MARK) in open_names):
                given = open_name.removeprefix(_MARK).replace("_", "-")
                yield failed(f"{path} sends data to the address in the parameter {given}, which has no value in the "
                             "program: state it, or the values that are allowed", path)  # fmt: skip


_MOVING = lazy_regex(
    r"(?:^|[\s/(`\"'])(?:(?:aws[ \t]{1,9}(?:-\S{1,99}[ \t]{1,9}){0,6}s3|s5cmd|s3cmd|azcopy|gsutil|mc|rclone|skopeo"
    r"|crane|oras)"
    r"[ \t]{1,9}(?:-\S{1,99}[ \t]{1,9}){0,6}(?:copyto|copy|cp|mirror|moveto|move|mv|pipe|push|put|rcat"
    r"|(?:bi|r)?sync)|git[ \t]{1,9}push"
    r"|git[ \t]{1,9}remote[ \t]{1,9}(?:add|set-url)[ \t]{1,9}\S{1,99})(?P<operands>[ \t][^\n;|&]{1,999})"
)
"""Programs that copy files, images or commits to a place that stands behind what is copied, or before it (Argo
Workflows' examples and public repositories have them; oras-project/oras 94fa1d8a cmd/oras/root/push.go and cp.go,
google/go-containerregistry 3f4ff3ca cmd/crane/cmd/push.go and copy.go, aws/aws-cli 07c4fe36
awscli/customizations/s3/subcommands.py, peak/s5cmd 54d6a8a9 command, s3tools/s3cmd cee84f9 s3cmd,
Azure/azure-storage-azcopy 595529da cmd/copy.go and sync.go, minio/mc 77f82e18 cmd, rclone/rclone 64ab1ac3 cmd and
containers/skopeo b71619af docs/skopeo-copy.1.md and skopeo-sync.1.md, and gsutil cp and rsync as strings in public
repositories, read 2026-12-01)."""
_PLACE_FIRST = lazy_regex(r"\bgit\b|\boras\b.{0,600}\bpush$")
"""Commands whose place stands before what is copied."""
_OPEN_PLACE = lazy_regex(r"[\"']?(?:s3|gs|azblob|docker|oci|https?|ssh|sftp)://(?:\w{1,40}@)?\$\{(\w{1,200})\}")
_OPEN_BUCKET = lazy_regex(
    r"\bs3api[ \t]{1,9}(?:copy-object|put-object|upload-part)\b[^\n;|&]{0,600}?"
    r"[ \t]--bucket[= \t]{1,9}[\"']?\$\{(\w{1,200})\}"
)
_OPEN_CALL = lazy_regex(r"\.(?:post|put|patch)\(\s{0,9}f?[\"'](?:https?://)?\$\{(\w{1,200})\}")
_OPEN_WORD = lazy_regex(r"[\"']?\$\{(\w{1,200})\}[\"']?")


def _copied_to(command: str) -> Iterator[str]:
    """Yields the variable that says to which store, registry or repository a command copies, or to which a call posts.

    A word without a scheme is a place elsewhere where it is that of commits or of images, or where what is copied
    stands on the machine itself.
    """
    yield from _OPEN_CALL.findall(command)
    yield from _OPEN_BUCKET.findall(command)
    for match in _MOVING.finditer(command):
        words = [word for word in match["operands"].split() if not word.startswith("-")] or [""]
        program = match[0].removesuffix(match["operands"])
        is_first = _PLACE_FIRST.search(program) is not None
        place = words[0] if is_first else words[-1]
        is_local = len(words) == 1 or words[0].startswith(("/", ".", "~"))
        named = _OPEN_WORD.fullmatch(place) if is_first or is_local or "oras" in program else None
        if found := _OPEN_PLACE.match(place) or named:
            yield found[1]


_OF_SHELL = lazy_regex(r"\$\{?([A-Za-z_]\w{0,99})\}?")


def _with_variables(text: str, resource: Resource) -> str:
    """Returns a text with variables of a shell in place of parameters, and of variables whose value is a parameter."""
    given = {
        str(variable.get("name")): match["argo"] or match["tekton"]
        for pod in pods(resource)
        for container in pod.containers
        for variable in container.children("env")
        if (match := _PARAMETER.fullmatch(str(variable.get("value")).strip()))
    }
    named = _OF_SHELL.sub(lambda match: _marked(given[match[1]]) if match[1] in given else match[0], text)
    return _PARAMETER.sub(lambda match: _marked(match["argo"] or match["tekton"]), named)


def _marked(name: str) -> str:
    return f"${{{_MARK}{_key(name)}}}"


def _key(name: str) -> str:
    return name.replace("-", "_")


def _open_parameters(resource: Resource) -> frozenset[str]:
    """Returns the parameters of a workflow or a task to which the object gives no value."""
    if not resource.type.startswith(("kubernetes:argoproj.io/", "kubernetes:tekton.dev/")):
        return frozenset()
    given: dict[str, set[str]] = defaultdict(set)
    stated: set[str] = set()
    for item in _parameters(resource.props):
        name = _key(str(item["name"]))
        values = [item[key] for key in _STATED if item.get(key) not in (None, "")]
        sources = [match["argo"] or match["tekton"] for value in values for match in _PARAMETER.finditer(str(value))]
        given[name] |= set(map(_key, sources))
        if values and not sources:
            stated.add(name)
    for _ in range(_ROUNDS):
        stated |= {name for name, sources in given.items() if sources and (sources - {name}) & stated}
    return frozenset(given) - stated


def _parameters(value: Plain) -> Iterator[dict[str, Plain]]:
    """Yields each parameter that an object declares or passes on."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in ("parameters", "params"):
                yield from (each for each in items_of(item) if isinstance(each, dict) and "name" in each)
            else:
                yield from _parameters(item)
    elif isinstance(value, list):
        for item in value:
            yield from _parameters(item)


def _sent_to(command: str) -> str:
    """Returns the variable that is the address to which a command sends data; empty if none is."""
    sending = _POSTING.search(command) or _COPYING.search(command)
    if not sending or _OF_GSUTIL.search(command[: sending.start("program")]):
        return ""
    operands = _values_of(sending["program"]).sub(" ", command[sending.start("program") :])
    variables = list(_OPERAND.finditer(operands))
    is_first = sending["program"] in _ADDRESS_FIRST
    address = _ADDRESS.search(operands)
    if not variables or (address and not (is_first and variables[0].start() < address.start())):
        return ""
    return variables[0 if is_first else -1]["name"]


@cache
def _values_of(program: str) -> re.Pattern[str]:
    """Returns a pattern of the options of a program with their values."""
    letters = _WITH_VALUES.get(program, _OF_HTTPIE)
    short = rf"-[a-zA-Z#]{{0,9}}?[{letters}][ \t]{{0,9}}"
    names = _LONG if program in _ADDRESS_FIRST else (*_LONG, *_LONG_OF_CURL)
    long = rf"--(?:(?!url=)[\w-]{{1,40}}=|(?:{'|'.join(names)})[ \t]{{1,9}})"
    return re.compile(rf"(?<=\s)(?:{short}|{long}){_WORD}")


def _from_secrets(resource: Resource) -> Iterator[str]:
    for pod in pods(resource):
        for container in pod.containers:
            for variable in container.children("env"):
                if variable.child("valueFrom").get("secretKeyRef") is not MISSING:
                    yield str(variable.get("name"))
