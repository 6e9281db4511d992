"""Programs that a workload loads by a name of its own form: code beside the weights of a model, weights from a hub or a
registry of models, libraries by their coordinates, and the program of a proxy.

Whoever publishes them decides what runs with the role of the workload. They are listed under `escape.code_sources` by
the source in the message. Forms: `--trust-remote-code` of vLLM (vllm-project/production-stack a6c01db0,
helm/README.md) and `trust_remote_code` of transformers (vllm-project/aibrix e3e10f9e, benchmarks/generator), `hf://` of
KServe (kserve/kserve aaac4e29, python/storage), `azureml://registries` of Azure Machine Learning (strings in public
repositories) and the packages of Spark (kubeflow/spark-operator 38082f33, api/v1beta2); read 2026-11-30.
"""

import re
from collections.abc import Collection, Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.rows import Predicate, aws
from ..engine.verdicts import Outcome, failed, passed
from ..readers.commands import list_texts
from ..readers.leaf_cache import cached_by_leaf
from ..readers.texts import Leaf, Leaves, read_texts
from ..readers.upload_commands import PLUGIN_PLACE, SHARED_FORGES
from .preloaded_programs import STARTS, preloaded_programs
from .served_programs import served_programs

_HUB = "https://huggingface.co"
_TRUST = lazy_regex(r"(?:.*[_-])?trust[_-]?(?:remote|custom)[_-]?code", re.IGNORECASE)
"""Key or option by which code in the repository of a model runs (`NIM_TRUST_CUSTOM_CODE` by NVIDIA/k8s-nim-operator
f63f74d7 config/samples/nim/serving/advanced/multi-node, read 2026-11-30)."""
_TRUST_IN_TEXT = lazy_regex(
    r"--trust[_-]remote[_-]code(?![=\s]{1,9}[\"']?(?:false|0|no)\b)|\btrust_remote_code\s{0,9}=\s{0,9}True\b",
    re.IGNORECASE,
)
_OFF = ("", "0", "false", "no", "off")
_MODEL_KEYS = lazy_regex(r"(?:--|.*_)?model(?:[_-](?:id|path|name[_-]or[_-]path|dir|tag))?|(?:HF|VLLM)_MODEL(?:_ID)?",
                         re.IGNORECASE)  # fmt: skip
_MODEL_IN_TEXT = lazy_regex(
    r"--model(?:[_-](?:id|path|dir|name[_-]or[_-]path))?[=\s]{1,9}[\"']?([\w./-]{1,200})|\bserve\s{1,9}([\w./-]{1,200})"
)
_HUB_KEYS = lazy_regex(
    r"model_?url|(?:.*_)?(?:hf|hugging_?face)_?(?:model|repo)(?:_?(?:id|name))?",
    re.IGNORECASE,
)
_HUB_NAME = lazy_regex(r"(?P<owner>[A-Za-z0-9][\w.-]{0,95})/[A-Za-z0-9][\w.-]{0,95}")
"""Keys of the name of a model of the hub, OWNER/NAME (vllm-project/production-stack a6c01db0, helm/README.md, modelURL;
InftyAI/llmaz, OpenModel, modelHub.modelID; HF_MODEL_ID of Amazon SageMaker's containers; read 2026-11-30)."""
_COMMIT = lazy_regex(r"--(?:code[_-])?revision[=\s]{1,9}[\"']?[0-9a-f]{40}\b")
_COMMIT_KEYS = lazy_regex(r"--(?:code[_-])?revision|(?:.*_)?REVISION", re.IGNORECASE)
_HASH = lazy_regex(r"[0-9a-f]{40}")
_FROM_HUB = lazy_regex(r"\bhf://([\w.-]{1,96})")
_FROM_REGISTRY = lazy_regex(r"\bazureml://registries/([\w-]{1,64})", re.IGNORECASE)
_MICROSOFT = lazy_regex(
    r"azure-openai|azureml(?:-(?:ai21|cohere|core42|deepseek|meta|mistral|moonshotai|msr|nvidia|openai|openai-oss"
    r"|preview|restricted|staging|xai))?"
)
"""Registries of models of Microsoft: most by `ai.azure.com/explore/models/…/registry/NAME` in the lists of models of
its documentation, the others as strings in public repositories; read 2026-11-30."""
_PACKAGES_KEYS = lazy_regex(r"packages|spark\.jars\.packages|--packages|(?:.*_)?SPARK_PACKAGES")
_COORDINATES = lazy_regex(r"([A-Za-z][\w-]{0,60}(?:\.[\w-]{1,60}){0,9}):[\w.-]{1,100}:[\w.-]{1,60}")
_PUBLISHERS = (
    "com.amazonaws", "com.azure", "com.databricks", "com.microsoft.azure", "com.nvidia", "graphframes", "io.delta",
    "io.graphframes", "io.openlineage", "ml.dmlc", "mysql", "org.apache", "org.mongodb.spark", "org.postgresql",
    "software.amazon",
)  # fmt: skip
"""Groups of Maven Central of clouds, foundations and vendors of databases (ml.dmlc and org.mongodb.spark by
central.sonatype.com, `graphframes` and io.graphframes by graphframes/graphframes 000c8b22, README.md: the first is the
group of former versions in Spark Packages; the others with their vendors' libraries as strings in public repositories;
read 2026-11-30)."""
_BOOTSTRAP = {
    "sidecar.istio.io/bootstrapOverride": "configmap",
    "binaryPath": "file", "customConfigFile": "file", "configPath": "file", "proxyBootstrapTemplatePath": "file",
}  # fmt: skip
"""Settings that replace the program or the configuration of a pod's proxy -> what they name (istio/api b8f8791d,
annotation/annotations.yaml and mesh/v1alpha1/proxy.proto, read 2026-11-28)."""
_ANNOTATION = lazy_regex(r"annotations?\.(?:sidecar|proxy)\.istio\.io/", re.IGNORECASE)
"""Where an annotation of Istio begins in the path of a field of any name, or of a setting of Spark."""
_PLACE = r"https?://(?:[^@\s/]{1,100}@)?([a-z0-9][\w.-]{1,200})(?::\d{1,5})?/([\w./~-]{1,200})"
_ADDRESS = lazy_regex(_PLACE, re.IGNORECASE)
_VCS = lazy_regex(rf"\b(?:git|hg|svn|bzr)\+(?:ssh|s?ftp|git|https?){_PLACE.removeprefix('https?')}", re.IGNORECASE)
"""Requirement of pip, uv or npm that is a repository (pypa/pip 6d309205, docs/html/topics/vcs-support.md, read
2026-11-30)."""
_SYNC = lazy_regex(r"(?:^|/)git-sync(?:[/:@]|$)")
_SYNC_ARGUMENT = lazy_regex(rf"(?<![\w-])--?repo[= ][\"']?{_PLACE}", re.IGNORECASE)
_SYNC_KEYS = lazy_regex(r"GIT_?SYNC_REPO", re.IGNORECASE)
"""Image, argument and variable of git-sync, whose third version has options with one dash (kubernetes/git-sync
e2be7fa, main.go, read 2026-11-28)."""
_FUNCTIONS = aws("lambda/Function")
_SHARED = lazy_regex(r"/mnt/[\w./-]{1,200}")
"""Variables by which a program of a folder runs before a function's own, and folders of EFS, which every function and
machine that mounts them may write (AWS Lambda Developer Guide, "Modifying the runtime environment", read 2026-11-30;
pulumi-aws 7.51.1, `localMountPath` begins with /mnt/)."""
_NOT_RUN = ("kubernetes:apiextensions.k8s.io/", "kubernetes:kyverno.io/", "kubernetes:policies.kyverno.io/")


def _sources(resource: Resource) -> Iterator[tuple[str, str]]:
    """Yields where a resource loads programs from, as (path, source)."""
    every = read_texts(resource).leaves
    for leaf, sources in _sources_in.among(every):
        yield from ((leaf.path, source) for source in sources)
    for leaf in every if resource.type in _FUNCTIONS else ():
        if isinstance(leaf.value, str) and STARTS.fullmatch(leaf.key) and (found := _SHARED.search(leaf.value)):
            yield leaf.path, f"file:{found[0]}"
    yield from _of_repositories(every)
    yield from preloaded_programs(resource)
    yield from served_programs(resource, every)
    trusting = next((leaf for leaf, _ in _trusts.among(every) if _is_read(leaf)), None)
    if trusting is not None:
        leaves = list(filter(_is_read, every))
        texts = [str(leaf.value) for leaf in leaves] + list(list_texts(leaves).values())
        if not any(map(_is_pinned, leaves)) and not any(map(_COMMIT.search, texts)):
            yield from ((trusting.path, source) for source in _of_models(leaves, texts))


def _is_read(leaf: Leaf) -> bool:
    return isinstance(leaf.value, str | bool)


@cached_by_leaf
def _sources_in(leaf: Leaf) -> tuple[str, ...]:
    """Returns the sources that a leaf names by itself."""
    text, found = str(leaf.value), list[str]()
    if "://" in text:
        found += (f"{_HUB}/{name.lower()}" for name in _FROM_HUB.findall(text))
        found += (f"azureml://registries/{name.lower()}" for name in _FROM_REGISTRY.findall(text)
                  if not _MICROSOFT.fullmatch(name.lower()))  # fmt: skip
    is_hub = _HUB_KEYS.fullmatch(leaf.key) is not None or leaf.path.endswith(".modelHub.modelID")
    if is_hub and (named := _HUB_NAME.fullmatch(text.strip())) is not None:
        found.append(f"{_HUB}/{named['owner'].lower()}")
    name = leaf.key.rpartition(".annotation.")[2]
    if name in _BOOTSTRAP and _ANNOTATION.search(leaf.path) and _is_read(leaf):
        found.append(f"{_BOOTSTRAP[name]}:{text.lower()}")
    if ":" in text and (_PACKAGES_KEYS.fullmatch(leaf.key) or "--packages" in text):
        found += (f"maven:{group}" for group in _COORDINATES.findall(text) if not _is_known(group))
    return tuple(found)


def _of_repositories(leaves: Leaves) -> Iterator[tuple[str, str]]:
    """Yields the repositories at shared forges that installers of packages, git-sync and controllers with plug-ins load
    programs from; FJ-RES-003 evaluates other hosts. A commit says what runs, and not whose it is."""
    found_in = _repositories_of_git_sync if any(_is_git_sync.among(leaves)) else _repositories
    yield from ((leaf.path, address) for leaf, addresses in found_in.among(leaves) for address in addresses)


@cached_by_leaf
def _is_git_sync(leaf: Leaf) -> bool:
    return _SYNC.search(str(leaf.value)) is not None


@cached_by_leaf
def _repositories(leaf: Leaf) -> tuple[str, ...]:
    """Returns the repositories that a leaf names."""
    return _repositories_in(leaf, is_synced=False)


@cached_by_leaf
def _repositories_of_git_sync(leaf: Leaf) -> tuple[str, ...]:
    """Returns the repositories that a leaf names, in a resource with git-sync."""
    return _repositories_in(leaf, is_synced=True)


def _repositories_in(leaf: Leaf, *, is_synced: bool) -> tuple[str, ...]:
    text = str(leaf.value)
    is_key = _SYNC_KEYS.fullmatch(leaf.key) is not None or leaf.path.lower().endswith("gitsync.repo")
    is_key = is_key or PLUGIN_PLACE.search(leaf.path) is not None
    found = _VCS.findall(text) + (_SYNC_ARGUMENT.findall(text) if is_synced else [])
    found += _ADDRESS.findall(text) if is_key or (is_synced and leaf.key == "--repo") else []
    return tuple(
        f"https://{host}/{rest.removesuffix('.git')}".lower() for host, rest in found if host.lower() in SHARED_FORGES
    )


def _is_known(group: str) -> bool:
    return any(group == item or group.startswith(f"{item}.") for item in _PUBLISHERS)


@cached_by_leaf
def _trusts(leaf: Leaf) -> bool:
    text = str(leaf.value)
    is_on = _TRUST.fullmatch(leaf.key.lstrip("-")) is not None and text.lower() not in _OFF
    return is_on or _TRUST_IN_TEXT.search(text) is not None


def _is_pinned(leaf: Leaf) -> bool:
    """Returns whether a leaf fixes the commit of the repository whose code runs."""
    return _COMMIT_KEYS.fullmatch(leaf.key) is not None and _HASH.fullmatch(str(leaf.value)) is not None


def _of_models(leaves: list[Leaf], texts: list[str]) -> Iterator[str]:
    """Yields the sources of the models that variables and commands name; the whole hub if none of them is read. A path
    is on a volume of one's own."""
    words = [str(leaf.value) for leaf in leaves if _MODEL_KEYS.fullmatch(leaf.key)]
    words += [name for text in texts for pair in _MODEL_IN_TEXT.findall(text) for name in pair if name]
    models = [word for word in words if "/" in word and " " not in word and "://" not in word]
    if not models:
        yield _HUB
    yield from (f"{_HUB}/{name.partition('/')[0].lower()}" for name in models if not name.startswith("/"))


def check_programs(listed: Collection[str]) -> Predicate:
    """Returns the check. `listed`: sources or their beginnings, such as `https://huggingface.co/example`."""
    known = tuple(item.rstrip("/").lower() for item in listed)

    def predicate(resource: Resource) -> Iterator[Outcome]:
        if resource.type.startswith(_NOT_RUN):
            return
        for path, source in _sources(resource):
            if any(f"{source}/".lower().startswith(f"{item}/") for item in known):
                yield passed()
            else:
                yield failed(f"{path} loads what {source} has, which is not listed", path)

    return predicate
