"""Models, and programs that serve them, by which another team answers what is asked of a model.

Only names tell, as with roles (`names_of_teams`): a route from one model to another is how versions are rolled out, and
runtimes of a platform are chosen by themselves too. So a name counts that says `team-` or `tenant-` itself, where
neither the namespace nor the model asked for is that team's. llm-d/llm-d-inference-scheduler 520af478f, apix/v1alpha2/
inferencemodelrewrite_types.go (`modelRewrite`); kubernetes-sigs/gateway-api-inference-extension 84436a96b, docs/
proposals/002-api-proposal (`modelName`, `targetModels`); datreeio/CRDs-catalog 7b1e26ef9, `modelAliases` of
agentgateway and `modelNameOverride` of AIGatewayRoute; kserve/kserve aaac4e294, servingruntime_types.go
(`autoSelect`: a model that names no runtime gets it); read 2026-11-30.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, leaves
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart
from ..readers.shared_namespaces import is_shared
from .namespace_loans import namespace_of
from .team_names import team_of

_ANSWERING = lazy_regex(
    r"(?P<rule>spec(?:\.rules\[\d{1,4}\])?)"
    r"\.(?:targets\[\d{1,4}\]\.modelRewrite|targetModels\[\d{1,4}\]\.name|backendRefs\[\d{1,4}\]\.modelNameOverride)"
)
_ASKED = lazy_regex(
    r"(?P<rule>spec(?:\.rules\[\d{1,4}\])?)\.(?:modelName"
    r"|matches\[\d{1,4}\]\.(?:model|headers\[\d{1,4}\])\.value)"
)
_ALIAS = lazy_regex(r"(?P<rule>spec\..{0,200}\bmodelAliases)\.(?P<asked>.{1,200})", re.DOTALL)
_ROUTES = (
    ":InferenceModelRewrite",
    ":InferenceModel",
    ":AIGatewayRoute",
    ":AgentgatewayBackend",
    ":AgentgatewayPolicy",
)
_TEAM = lazy_regex(r"(?<![\w-])(?:teams?|tenants?|squads?)[-_.](?P<team>[a-z0-9]{1,60})", re.IGNORECASE)
_OF_ALL = ":ClusterServingRuntime"
_IMAGE = lazy_regex(r"spec\.(?:containers|initContainers)\[\d{1,4}\]\.image|spec\..{0,60}\.image")


def check_models(item: Resource) -> Iterator[Outcome]:
    """Checks that no model, adapter or runtime answers for others that by its name is a team's."""
    if item.type.endswith(_ROUTES):
        yield from _check_routes(item)
    elif item.type.endswith(_OF_ALL):
        yield from _check_runtime(item)


def _stated(item: Resource) -> list[tuple[str, str]]:
    return [(path, str(value)) for path, _, value in leaves(item.props.get("spec"), "spec")
            if isinstance(value, str | bool)]  # fmt: skip


def _words(name: str) -> set[str]:
    return set(re.split(r"[^a-z0-9]", name.lower()))


def _check_routes(item: Resource) -> Iterator[Outcome]:
    own, stated = namespace_of(ObjectPart("", item.props)), _stated(item)
    asked: dict[str, set[str]] = defaultdict(set)
    for path, value in stated:
        if (question := _ASKED.fullmatch(path)) is not None:
            asked[question["rule"]].update(_words(value))
    for path, value in stated:
        alias = _ALIAS.fullmatch(path)
        found = alias or _ANSWERING.fullmatch(path)
        team = _TEAM.search(value) if found is not None else None
        if found is None or team is None or is_shared(team["team"]):
            continue
        of_model = _words(alias["asked"]) if alias else asked[found["rule"]]
        is_own = team["team"].lower() in of_model | _words(own)
        text = f"{path} is {value}, by its name another team's, and answers what is asked of a model of others"
        yield passed() if is_own else failed(text, path)


def _check_runtime(item: Resource) -> Iterator[Outcome]:
    stated = _stated(item)
    if not any(path.endswith(".autoSelect") and value.lower() == "true" for path, value in stated):
        return
    for path, value in stated:
        teams = (
            [name for name in value.split("@")[0].split("/")[:-1] if team_of(name)] if _IMAGE.fullmatch(path) else []
        )
        if teams:
            text = f"{path} is of {teams[0]}, whose program answers for each model that names no runtime"
            yield failed(text, path)
