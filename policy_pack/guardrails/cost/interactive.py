"""Machines on which people and queries work now and then: they stop when nobody uses them.

Spark pools pause and scale (MicrosoftDocs/azure-docs bda7428c, Advisor cost recommendations,
EnableSynapseSparkComputeAutoPauseGuidance and AutoScaleGuidance), Data Explorer stops by itself unless a program says
otherwise (StopUnusedClusters there, and pulumi-azure-native 3.29.0, Cluster). A notebook instance stops by a script of
its life cycle alone (aws-samples/amazon-sagemaker-notebook-instance-lifecycle-config-samples, auto-stop-idle, in ten
public programs), a space of SageMaker by idle settings (botocore 1.44.8, sagemaker, IdleSettings), an application of
EMR Serverless by itself (botocore, emr-serverless, AutoStopConfig), a cluster of EMR by its policy
(AutoTerminationPolicy). All read 2026-12-01.
"""

import re
from collections.abc import Iterator

from ..engine.conditions import SET, TRUE, none_of
from ..engine.families import cost_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, walk
from ..engine.rows import Check, Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.environments import is_non_production

_IDLE = "appLifecycleManagement.idleSettings.lifecycleManagement"
_STOPS = (
    Check(azure("synapse:BigDataPool"), "autoPause.enabled", TRUE),
    Check(azure("synapse:BigDataPool"), "autoScale.enabled", TRUE),
    Check(aws("cloud9/EnvironmentEC2"), "automaticStopTimeMinutes", SET),
    Check(aws("sagemaker/NotebookInstance"), "lifecycleConfigName", SET),
    *(Check(aws("sagemaker/UserProfile"), f"userSettings?.{app}?.{_IDLE}", none_of("DISABLED"))
      for app in ("jupyterLabAppSettings", "codeEditorAppSettings")),
)  # fmt: skip
_CLUSTER, _DOMAIN = aws("emr/Cluster", "sagemaker/Domain")
_ML_COMPUTE, _DATABASE, _EXPLORER = azure("machinelearningservices:Compute", "sql:Database", "kusto:Cluster")
_APPS = ("jupyterLabAppSettings", "codeEditorAppSettings")
_SERVERLESS = lazy_regex(r"(?:GP|HS)_S_\w{1,40}", re.IGNORECASE)
"""Sizes of databases of Azure that are billed by the second of use, and may pause: the general ones after 15 minutes,
those of Hyperscale after an hour (Microsoft Learn, "Serverless compute tier for Azure SQL Database", read
2026-12-01)."""


def _at(value: Plain, path: str) -> Plain:
    return next((item for _, item in walk(value, path)), MISSING)


def _is_set(*values: Plain) -> bool:
    return any(value is UNKNOWN or value not in (MISSING, None, "", [], {}) for value in values)


def _check_cluster(resource: Resource) -> Iterator[Outcome]:
    """Evaluates a cluster that goes on when its steps are done, as by default."""
    ends = resource.get("keepJobFlowAliveWhenNoSteps") is False
    has_policy = _is_set(resource.get("autoTerminationPolicy"))
    yield passed() if ends or has_policy else failed("autoTerminationPolicy is not set, so it runs on without work")


def _check_domain(resource: Resource) -> Iterator[Outcome]:
    """Evaluates JupyterLab of a domain, and the code editor where the domain sets it up."""
    settings = _at(resource.props, "defaultUserSettings")
    stated = [app for app in _APPS if _is_set(_at(settings, app))] if isinstance(settings, dict) else []
    for app in stated or _APPS[:1]:
        path = f"defaultUserSettings.{app}"
        is_idle = _at(resource.props, f"{path}.{_IDLE}") in ("ENABLED", UNKNOWN)
        scripts = _at(resource.props, f"{path}.lifecycleConfigArns")
        text = f"{path}.{_IDLE} is not ENABLED, so its spaces run until somebody stops them"
        yield passed() if settings is UNKNOWN or is_idle or _is_set(scripts) else failed(text, path)


def _check_instance(resource: Resource) -> Iterator[Outcome]:
    """Evaluates a compute instance, which one person uses; a cluster has its own rule."""
    if str(_at(resource.props, "properties.computeType")).lower() == "computeinstance":
        inner = "properties.properties"
        stops = (_at(resource.props, f"{inner}.idleTimeBeforeShutdown"),
                 _at(resource.props, f"{inner}.schedules?.computeStartStop"))  # fmt: skip
        text = f"{inner}.idleTimeBeforeShutdown is not set, so it runs until somebody stops it"
        yield passed() if _is_set(*stops) else failed(text, inner)


def _check_pause(resource: Resource) -> Iterator[Outcome]:
    """Evaluates a serverless database outside production; in production the first query may not wait."""
    if is_non_production(resource) and _SERVERLESS.fullmatch(str(_at(resource.props, "sku.name"))):
        is_never = number_of(resource.get("autoPauseDelay")) == -1
        yield failed("autoPauseDelay of -1 never pauses it", "autoPauseDelay") if is_never else passed()


def _check_explorer(resource: Resource) -> Iterator[Outcome]:
    """Evaluates a cluster of Data Explorer outside production; in production it may have to answer at any hour."""
    if is_non_production(resource):
        stays = str(resource.get("enableAutoStop")).lower() == "false"
        yield failed("enableAutoStop must not be false", "enableAutoStop") if stays else passed()


_EVALUATED = {
    _CLUSTER: _check_cluster,
    _DOMAIN: _check_domain,
    _ML_COMPUTE: _check_instance,
    _DATABASE: _check_pause,
    _EXPLORER: _check_explorer,
}


def _check_stops(resource: Resource) -> Iterator[Outcome]:
    yield from _EVALUATED[resource.type](resource)


INTERACTIVE: tuple[Guardrail, ...] = (
    cost_rule(128, Severity.LOW, "Notebooks, Spark pools and query clusters stop when nobody uses them",
              "people work on them for a few hours of the day, and they are charged for all hours",
              "Set the time without work after which it stops, such as auto_pause, idle_time_before_shutdown or "
              "idle_settings",
              checks=_STOPS, predicate=_check_stops, types=tuple(_EVALUATED)),
)  # fmt: skip
