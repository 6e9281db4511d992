"""Apps of Azure Container Apps take requests from the network only: external is at the address of their environment,
which is a private one if the environment is internal (learn.microsoft.com/azure/container-apps/ingress-overview and
.../networking, read 2026-12-01). FJ-EXP-204 asks each environment of the plan to be internal; that of another stack is
not known.
"""

from collections.abc import Iterator

from ..engine.conditions import NOT_TRUE
from ..engine.plan import Plan
from ..engine.reading import Resource, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, Verdict, passed, undetermined

APPS = azure("app:ContainerApp")
_ENVIRONMENTS = azure("app:ManagedEnvironment")
_KEYS = ("environmentId", "managedEnvironmentId")
_EXTERNAL = "configuration?.ingress?.external"


def check_ingress(resource: Resource) -> Iterator[Outcome]:
    """Yields for each app whether its ingress is internal to its environment; if not, the plan says more."""
    for path, value in walk(resource.props, _EXTERNAL):
        is_internal = NOT_TRUE.judge(value) is Verdict.PASS
        text = f"{path} must not be true, unless environmentId is of an environment of the stack with internal true"
        yield passed() if is_internal else undetermined(text, path)


def resolve_ingress(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """Resolves an external ingress by the environments that the plan has."""
    if resource.type not in APPS:
        return outcome
    found = [item for key in _KEYS for item in _environments(resource, plan, key)]
    internal = [value for item in found for _, value in walk(item.props, "vnetConfiguration.internal")]
    return passed() if found and all(value is True for value in internal) else outcome


def _environments(resource: Resource, plan: Plan, key: str) -> list[Resource]:
    """Returns the environments of the plan that a property names: by reference, or by group and name."""
    value = resource.get(key)
    if not isinstance(value, str):
        return [item for item in plan.dependencies_of(resource, key) if item.type in _ENVIRONMENTS]
    parts = value.strip("/").lower().split("/")
    return list(plan.by_key(_places).get("/".join((*parts[3:4], *parts[5:])), ()))


def _places(item: Resource) -> Iterator[str]:
    """Yields the identifier of an environment from its group on, in lower case."""
    if item.type in _ENVIRONMENTS:
        group, name = item.get("resourceGroupName"), item.get("environmentName")
        yield f"{group}/microsoft.app/managedenvironments/{name}".lower()
