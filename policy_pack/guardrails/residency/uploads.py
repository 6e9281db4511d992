"""Programs whose own address is the destination: they name no host, and send data to an account of anybody.

The patterns are commands and functions of the programs' own references: ollama/ollama fb307609 docs/import.mdx;
minio/mc 77f82e18 README.md (the alias `play` is there from the start); rubygems/rubygems 69ec4a3 lib/rubygems/commands/
push_command.rb; huggingface/huggingface_hub 002a326 docs/source/en/guides/cli.md; "hf jobs run", Kaggle "kaggle models
instances versions create", GitHub CLI (`new` is another name of `create`), modelscope, ntfy, sendme, runpodctl, gcloud,
oci, ibmcloud, coscmd, b2, wrangler, Databricks, Modal, BentoML, hatch, flit, pdm, pnpm, maturin and anaconda, found as
strings, read 2026-11-29; "hf buckets cp", wandb, twine, croc, wormhole, ffsend, pastebinit, ipfs, webtorrent, apprise,
telegram-send, slackcat, signal-cli, bq, snow, "PUT file:" of Snowflake, dvc, datalad, dolt, git-annex, glab, dotnet,
together, clearml-data, comet, netlify, vercel, firebase, flyctl, railway and kopia, found as strings, read 2026-11-30.
Repetitions are bounded, so that the time is linear in the length of a text.
"""

import re
from collections.abc import Iterator

from ..engine.families import residency_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed
from ..readers.commands import list_texts
from ..readers.expressions import Expression
from ..readers.leaf_cache import cached_by_leaf
from ..readers.texts import Leaf, read_texts
from .default_destinations import check_defaults

_UPLOADS = {
    "Hugging Face": (
        r"\b(?:huggingface-cli|hf)[ \t]{1,9}(?:upload|upload-large-folder|sync"
        r"|jobs[ \t]{1,9}(?:scheduled[ \t]{1,9})?(?:uv[ \t]{1,9})?run)\b",
        r"\bhf[ \t]{1,9}buckets[ \t]{1,9}(?:sync|cp)[ \t]{1,9}(?:-\S{1,60}[ \t]{1,9}){0,6}(?!-|[\"']?hf://)\S",
        r"\bpush_to_hub\s{0,9}\(|\bpush_to_hub\s{0,9}=\s{0,9}True\b|--push[_-]to[_-]hub\b",
        r"\bHfApi\([^)\n]{0,200}\)\.(?:upload|create_repo)",
    ),
    "Weights & Biases": (
        r"\bwandb[ \t]{1,9}(?:(?:beta[ \t]{1,9})?sync|artifact[ \t]{1,9}put|launch)\b|\bwandb\.init\(",
        r"--report[_-]to[ =]wandb\b",
    ),
    "Kaggle": (
        r"\bkaggle[ \t]{1,9}(?:(?:datasets|models|kernels|[dmk]|instances|variations|versions)[ \t]{1,9}){1,3}"
        r"(?:create|version|push)\b",
        r"\bkaggle[ \t]{1,9}c(?:ompetitions)?[ \t]{1,9}submit\b",
    ),
    "GitHub": (
        r"\bgh[ \t]{1,9}(?:(?:gist|repo)[ \t]{1,9}(?:create|new)|release[ \t]{1,9}(?:upload|create|new))\b",
        r"\bgh[ \t]{1,9}gist[ \t]{1,9}edit[^\n;|&]{0,200}[ \t](?:-a|--add)\b",
    ),
    "the hub of Ollama": (
        r"\bollama[ \t]{1,9}push[ \t]{1,9}(?:--\S{1,40}[ \t]{1,9}){0,3}"
        r"(?!-|localhost|\$|[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}[:/])\S",
    ),
    "the hub of ModelScope": (r"\bmodelscope[ \t]{1,9}upload[ \t]{1,9}(?!fail)\S",),
    "a public index of packages": (
        r"\b(?:twine|maturin|anaconda)[ \t]{1,9}upload\b",
        r"\b(?:poetry|uv|npm|pnpm|yarn|cargo|hatch|flit|pdm|maturin)[ \t]{1,9}publish\b",
        r"\bgem[ \t]{1,9}push[ \t]{1,9}\S|\bdotnet[ \t]{1,9}nuget[ \t]{1,9}push\b",
    ),
    "a relay on the web": (
        r"\b(?:wormhole|croc|sendme|runpodctl)[ \t]{1,9}(?:send|tx)\b|\bwormhole-rs[ \t]{1,9}send(?!-local)\b",
        r"\bffsend[ \t]{1,9}upload\b(?![^\n;|&]{0,200}[ \t](?:-h|--host)\b)"
        r"|\bpastebinit\b(?![^\n;|&]{0,200}[ \t]-b\b)",
        r"\bsyncthing[ \t]{1,9}(?:serve|cli)\b|(?:^|/)(?:croc|kubo|resilio-sync|syncthing)(?=[:@])",
        r"\bipfs(?:-cluster-ctl)?[ \t]{1,9}(?:add|dag[ \t]{1,9}put|name[ \t]{1,9}publish|pin[ \t]{1,9}remote)\b",
        r"\bwebtorrent[ \t]{1,9}(?:seed|create)\b",
    ),
    "a messenger": (
        r"\b(?:telegram-send|slackcat)[ \t]{1,9}\S|\bapprise[ \t]{1,9}(?:-{1,2}[a-z]|[\w+]{2,20}://)",
        r"\bsignal-cli\b[^\n;|&]{0,200}[ \t]send\b",
        r"(?:^|[\s;|&(/])ntfy[ \t]{1,9}(?:publish|pub|send|trigger)[ \t]{1,9}(?!fail|[^\n;|&]{0,200}\w/\w)\S",
    ),
    "the warehouse or store of another cloud": (
        # `bq` and a blank: of three characters, so that texts without it are left out
        r"\b(?:bq |bq"
        "\t"
        r")[ \t]{0,8}(?:--\S{1,99}[ \t]{1,9}){0,6}(?:load|insert|cp|mk)\b",
        r"\bgcloud[ \t]{1,9}(?:storage[ \t]{1,9}(?:cp|mv|rsync)|builds[ \t]{1,9}submit)\b",
        r"\bkopia[ \t]{1,9}repo(?:sitory)?[ \t]{1,9}(?:create|connect|sync-to)[ \t]{1,9}(?:b2|gcs|gdrive|rclone)\b",
        r"\bgcloud[ \t]{1,9}pubsub[ \t]{1,9}topics[ \t]{1,9}publish\b",
        r"\bsnow[ \t]{1,9}stage[ \t]{1,9}copy\b|\bsnowsql[ \t]{1,9}-",
        r"\bsnow[ \t]{1,9}sql\b[^\n;]{0,200}?\b(?i:put)[ \t]{1,9}file:",
        r"\boci[ \t]{1,9}os[ \t]{1,9}object[ \t]{1,9}(?:bulk-upload|put)\b",
        r"\bibmcloud[ \t]{1,9}cos[ \t]{1,9}(?:object-put|upload)\b",
        r"\bcoscmd[ \t]{1,9}(?:-\S{1,40}[ \t]{1,9}){0,6}upload\b",
        r"(?:^|[\s;|&(/])b2[ \t]{1,9}(?:upload-file|file[ \t]{1,9}upload)[ \t]{1,9}(?!fail)\S",
        r"(?:^|[\s;|&(/])mc[ \t]{1,9}(?:-\S{1,60}[ \t]{1,9}){0,6}(?:cp|mv|mirror|put|pipe)[ \t][^\n;|&]{0,300}?\bplay/",
        r"\bwrangler[ \t]{1,9}r2[ \t]{1,9}object[ \t]{1,9}put\b",
        r"\bmodal[ \t]{1,9}volume[ \t]{1,9}put\b|\bbentoml[ \t]{1,9}push[ \t]{1,9}\S",
    ),
    "a service that trains and compares models": (
        r"\btogether[ \t]{1,9}files[ \t]{1,9}upload\b|\bcomet[ \t]{1,9}upload[ \t]{1,9}\S{1,200}\.zip\b",
        r"\bmodal[ \t]{1,9}(?:deploy|run)[ \t]{1,9}\S{1,200}\.py\b",
    ),
    "ClearML": (r"\bclearml-data[ \t]{1,9}(?:upload|sync)\b",),
    "a platform that runs programs": (
        r"\b(?:netlify|vercel|wrangler(?:[ \t]{1,9}pages)?|firebase|fly(?:ctl)?)[ \t]{1,9}deploy"
        r"(?=[ \t]{1,9}-|[ \t]{0,9}(?:\Z|[\n;|&\"']))",
        r"\brailway[ \t]{1,9}up(?=[ \t]{1,9}-|[ \t]{0,9}(?:\Z|[\n;|&\"']))",
    ),
    "GitLab": (r"\bglab[ \t]{1,9}(?:snippet[ \t]{1,9}create|release[ \t]{1,9}(?:create|upload))\b",),
    "a workspace of Databricks": (
        r"\bdatabricks[ \t]{1,9}(?:fs[ \t]{1,9}cp|workspace[ \t]{1,9}import(?:-dir)?|bundle[ \t]{1,9}deploy)\b",
    ),
    "the remote that a repository names": (
        r"\b(?:dvc(?:[ \t]{1,9}exp)?|datalad|(?<!bd )dolt)[ \t]{1,9}push\b",
        r"\bgit[ -]annex[ \t]{1,9}(?:sync|push|copy[^\n;|&]{0,99}--to)\b|\bgit[ \t]{1,9}lfs[ \t]{1,9}push\b",
    ),
}
"""Where programs send to by default -> their commands that send."""
_SENDING = Expression("|".join(f"(?P<_{index}>{'|'.join(texts)})" for index, texts in enumerate(_UPLOADS.values())))
_ELSEWHERE = {
    "Hugging Face": lazy_regex(r"\bHF_ENDPOINT\b"),
    "Weights & Biases": lazy_regex(
        r"\bWANDB_BASE_URL\b|\b(?:WANDB_MODE|mode)\s{0,9}[=:]\s{0,9}[\"']?(?:offline|disabled)"
    ),
    "GitHub": lazy_regex(r"\bGH_HOST\b"),
    "GitLab": lazy_regex(r"\bGITLAB_HOST\b"),
    "ClearML": lazy_regex(r"\bCLEARML_API_HOST\b|--storage\b"),
    "a public index of packages": lazy_regex(
        r"\b(?:TWINE_REPOSITORY_URL|UV_PUBLISH_URL|PDM_PUBLISH_REPO|MATURIN_REPOSITORY_URL|HATCH_INDEX_REPO"
        r"|FLIT_INDEX_URL"
        r"|RUBYGEMS_HOST|(?i:npm_config_registry))\b|--(?:repo(?:sitory(?:-url)?)?|registry|index|publish-url|host"
        r"|source)\b"
        r"|\bnuget[ \t]{1,9}push\b[^\n;|&]{0,200}[ \t]-s\b"
        r"|\b(?:(?:hatch|pdm|poetry)[ \t]{1,9}publish|twine[ \t]{1,9}upload)\b[^\n;|&]{0,200}[ \t]-r[ \t=]{0,9}[\"']?"
        r"(?!(?:test)?pypi\b|main\b|test\b)\w"
    ),
    "a workspace of Databricks": lazy_regex(r"\bDATABRICKS_HOST\b"),
    "the hub of ModelScope": lazy_regex(r"\bMODELSCOPE_DOMAIN\b"),
    "the remote that a repository names": lazy_regex(
        r"\b(?:dvc|dolt|git)[ \t]{1,9}remote[ \t]{1,9}(?:add|modify|set-url)\b"
    ),
}
"""Where programs send to by default -> their settings of another address, which FJ-RES-003 evaluates, or that nothing
is sent. A setting of one program says nothing about the others."""
_HUB = "Hugging Face"
_COMMAND = lazy_regex(r"(?:^|\.)(?:args|command|arguments|entryPoint)$")
"""Path of a list with the words of one command."""


def _check(resource: Resource) -> Iterator[Outcome]:
    yield from _check_uploads(resource)
    yield from check_defaults(resource)


@cached_by_leaf
def _sending(leaf: Leaf) -> tuple[re.Match[str], ...]:
    """Returns the commands in a text that send."""
    return tuple(_SENDING.finditer(f"{_option(leaf.key)}{leaf.value}"))


def _check_uploads(resource: Resource) -> Iterator[Outcome]:
    every = read_texts(resource).leaves
    lists = [Leaf(path, "", text, True) for path, text in list_texts(every).items() if _COMMAND.search(path)]
    texts = ((leaf, matches) for leaf, matches in _sending.among(every) if isinstance(leaf.value, str))
    found = [
        (leaf, list(_UPLOADS)[int(str(match.lastgroup)[1:])], match[0]) for leaf, matches in texts for match in matches
    ]
    found += [(leaf, list(_UPLOADS)[int(str(match.lastgroup)[1:])], match[0])
              for leaf in lists for match in _sending(leaf)]  # fmt: skip
    found += [(leaf, _HUB, leaf.key) for leaf, _ in _pushes.among(every)]
    for leaf, place, command in found:
        elsewhere = _ELSEWHERE.get(place)
        if elsewhere is None or not any(
            elsewhere.search(f"{item.key}={item.value}") for item in (*every, *lists) if isinstance(item.value, str)
        ):
            yield failed(f"{leaf.path} sends data to {place} ({command!r})", leaf.path)


_PUSHES = lazy_regex(r"(?:.*[_.-])?push_?to_?hub", re.IGNORECASE)
"""Setting by which a training program stores its model at the hub (`push_to_hub` of transformers, diffusers
and LeRobot, found as strings with their meaning, read 2026-11-30)."""


@cached_by_leaf
def _pushes(leaf: Leaf) -> bool:
    return _PUSHES.fullmatch(leaf.key.lstrip("-")) is not None and str(leaf.value).lower() in ("true", "1", "yes")


def _option(key: str) -> str:
    """Returns the option of a command whose value is the next item of a list of arguments."""
    return f"{key} " if key.startswith("--") else ""


UPLOADS: tuple[Guardrail, ...] = (
    residency_rule(114, Severity.CRITICAL, "Programs send nothing to hubs, relays and stores that they know by default",
                   "the address is in the program, and everybody has an account there",
                   "Store results in a bucket of the stack; set the address of your own server in the program, "
                   "such as WANDB_BASE_URL, HF_ENDPOINT or --repository-url, or its mode to offline",
                   predicate=_check, types=("aws:", "azure-native:", "kubernetes:")),
)  # fmt: skip
