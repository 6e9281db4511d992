"""Deployments that the pack cannot evaluate are refused, unless the settings allow them.

The pack evaluates three packages. Resources of other packages, and resources that deploy templates or scripts, would
bypass it, so they are refused by default. `escape` in enforcement.yaml lists the exceptions.
"""

from collections.abc import Collection, Iterator, Mapping

from ..engine.escape_settings import EscapeSettings
from ..engine.families import unverifiable_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Resource
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.verdicts import Outcome, failed
from .add_ons import ADD_ONS
from .admission_bindings import admission_bindings
from .admission_scopes import ADMISSION_SCOPES
from .allowed_types import is_allowed
from .chart_values import CHART_VALUES
from .code_sources import PROGRAM_TYPES, check_sources
from .command_images import command_image_guardrail
from .helm_releases import helm_guardrails
from .image_tags import IMAGE_TAGS
from .images import ImageSources
from .indirect_deployments import INDIRECT_TYPES, check_templates
from .kubernetes_groups import check_controllers
from .loaded_programs import check_programs
from .machine_images import machine_image_guardrail
from .reviewed_charts import reviewed_chart_guardrail
from .scripts import SCRIPT_TYPES, check_scripts
from .workload_images import workload_image_guardrail

_EVALUATED_PACKAGES = frozenset({"aws", "azure-native", "kubernetes", "pulumi", "falaj"})
_LOCAL_PACKAGES = frozenset({"random", "time", "tls", "std"})
"""Packages that create no resources in any cloud."""

_CLOUD_PACKAGES = frozenset({"aws", "azure-native", "kubernetes"})
_OFFICIAL_DOWNLOADS = ("https://get.pulumi.com/", "github://api.github.com/pulumi/")
"""Where Pulumi publishes plug-ins."""
_UNKNOWN_MODULE = lazy_regex(r"(?:aws|azure-native):index[/:]")
"""Types of a package generated from a Terraform provider of the same name; the SDKs have none in this module."""

_RENDER_PROPERTY = "renderYamlToDirectory"


def _package(resource: Resource) -> str:
    """Returns the package of a resource or provider."""
    return resource.type.removeprefix("pulumi:providers:").split(":")[0]


def _check_package(allowed: dict[str, str]) -> Predicate:
    def predicate(resource: Resource) -> Iterator[Outcome]:
        # A component has no provider and creates no cloud resource itself; its children are evaluated.
        if resource.provider is None and not resource.type.startswith("pulumi:providers:"):
            return
        name = _package(resource)
        if name in _EVALUATED_PACKAGES or name in _LOCAL_PACKAGES or is_allowed(resource, allowed):
            return
        yield failed(f"it is of package {name}, which no guardrail evaluates")

    return predicate


def _check_plugin(allowed: dict[str, str]) -> Predicate:
    """Returns the check that a package has the plug-in of its name.

    The engine (3.259.0, providers/registry.go) keeps in `__internal` of a provider from where its plug-in comes, and
    the plug-in that a parameter makes another package, such as a Terraform provider.
    """

    def predicate(resource: Resource) -> Iterator[Outcome]:
        if _package(resource) not in _CLOUD_PACKAGES or is_allowed(resource, allowed):
            return
        if _UNKNOWN_MODULE.match(resource.type):
            yield failed(f"{resource.type} is no type of the package that the guardrails evaluate")
        internal = resource.get("__internal")
        if not resource.type.startswith("pulumi:providers:") or not isinstance(internal, Mapping):
            return
        if internal.keys() & {"name", "parameterization"}:
            yield failed(f"its plug-in is {internal.get('name') or 'another one'}, with a parameter")
        address = internal.get("pluginDownloadURL", "")
        if address and not str(address).startswith(_OFFICIAL_DOWNLOADS):
            yield failed(f"its plug-in comes from {address}")

    return predicate


def _check_rendering(resource: Resource) -> Iterator[Outcome]:
    if resource.type == "pulumi:providers:kubernetes" and resource.get(_RENDER_PROPERTY) not in (MISSING, ""):
        yield failed("its objects are rendered to files and deployed by other means", _RENDER_PROPERTY)


_WHY = "no guardrail can evaluate what it does not see"


def unverifiable_guardrails(
    settings: EscapeSettings, images: ImageSources, namespaces: Collection[str], privileged: Collection[str]
) -> tuple[Guardrail, ...]:
    """Returns the guardrails, with the exceptions in the settings, and the publishers of images, the namespaces of
    others and those of agents of the nodes (`privileged`) that they list."""
    types = settings.allowed_types
    or_list_type = "or list the type under escape.allowed_types in enforcement.yaml, with the reason"
    return (
        unverifiable_rule(101, Severity.CRITICAL, "Resources come from packages that the guardrails evaluate",
                          _WHY, f"Use aws, azure-native or kubernetes, {or_list_type}",
                          predicate=_check_package(types)),
        unverifiable_rule(110, Severity.CRITICAL, "Cloud packages use the plug-ins that Pulumi publishes",
                          "another plug-in under the same name creates what no guardrail sees",
                          f"Use the published package, without plugin_download_url and parameters, {or_list_type}",
                          predicate=_check_plugin(types)),
        unverifiable_rule(102, Severity.CRITICAL, "Nothing is deployed through templates, scripts or generic resources",
                          _WHY, "Declare the resources in the program; let workflows, schedules, APIs and "
                          "remediations make calls and run documents of guardrails/data/listed_calls.csv only; "
                          f"{or_list_type}",
                          predicate=check_templates(types), types=INDIRECT_TYPES),
        unverifiable_rule(103, Severity.HIGH, "Controllers in a cluster create nothing that no guardrail sees", _WHY,
                          "Declare in the program what the controller would create or change, or list the API group "
                          "(kubernetes:GROUP/*) or the kind (kubernetes:GROUP/v1:KIND) under escape.allowed_types in "
                          "enforcement.yaml, with what its controller does",
                          predicate=check_controllers(types), types=("kubernetes:",)),
        unverifiable_rule(104, Severity.HIGH, "Kubernetes objects are applied by Pulumi, and not rendered to files",
                          _WHY, "Remove renderYamlToDirectory from the provider", predicate=_check_rendering),
        unverifiable_rule(109, Severity.HIGH, "Scripts deploy no resources and run nothing straight from the web",
                          "what a script creates or downloads was not reviewed, and no guardrail sees it",
                          "Declare the resources in the program; install programs from an image, or download a fixed "
                          f"version and compare its checksum, {or_list_type}",
                          predicate=check_scripts(types), types=SCRIPT_TYPES),
        unverifiable_rule(111, Severity.CRITICAL, "Programs come from buckets of the stack, or from listed sources",
                          "the owner of a bucket or repository decides what runs with the role of the resource",
                          "Load the program, or the certificates of callers, from a bucket of the stack, or list the "
                          "bucket's name or the repository's address with its owner under escape.code_sources in "
                          "enforcement.yaml; state the checksum of a plug-in beside its address",
                          predicate=check_programs(settings.code_sources),
                          plan_predicate=check_sources(settings.code_sources), types=PROGRAM_TYPES),
        *helm_guardrails(settings.helm_sources, images, privileged),
        reviewed_chart_guardrail(settings.charts),
        *CHART_VALUES,
        workload_image_guardrail(images),
        command_image_guardrail(images, settings.helm_sources),
        machine_image_guardrail(tuple(settings.image_publishers), images.accounts),
        *ADD_ONS,
        admission_bindings(namespaces),
        *ADMISSION_SCOPES,
        *IMAGE_TAGS,
    )  # fmt: skip
