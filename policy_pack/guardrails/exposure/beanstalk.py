"""Exposure of Elastic Beanstalk environments, whose load balancer and machines are configured by option settings.

By default the load balancer is public, and the machine of an environment without one has a public address (Elastic
Beanstalk, general options: namespaces aws:ec2:vpc and aws:elasticbeanstalk:environment, read 2026-11-27).
"""

from collections.abc import Iterator

from ..engine.families import exposure_rule
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity, aws
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.network_rules import read_rules

_ENVIRONMENT = aws("elasticbeanstalk/Environment")
_TEMPLATE = aws("elasticbeanstalk/ConfigurationTemplate")
_SCHEME = ("aws:ec2:vpc", "elbscheme")
_FORBIDDEN: dict[tuple[str, str], str] = {
    ("aws:ec2:vpc", "associatepublicipaddress"): "true",
    ("aws:elasticbeanstalk:environment", "environmenttype"): "singleinstance",
}
"""Namespace and name of a setting -> the value that gives machines a public address."""

_Settings = dict[tuple[str, str], tuple[str, Plain]]


def _settings(resource: Resource) -> _Settings:
    """Returns (namespace, name) of each setting -> its path and value. Of two, the last one counts."""
    return {
        (str(item.get("namespace")).lower(), str(item.get("name")).lower()): (f"settings[{index}]", item.get("value"))
        for index, item in enumerate(read_rules(resource.props.get("settings")))
    }


def _judge_scheme(resource: Resource, settings: _Settings) -> Outcome:
    path, scheme = settings.get(_SCHEME, ("settings", MISSING))
    if scheme is UNKNOWN:
        return undetermined(f"{path}, ELBScheme, is not known before deployment", path)
    # A worker has no load balancer, and what a template configures is evaluated there.
    is_configured_elsewhere = resource.get("templateName") is not MISSING
    if scheme is MISSING and (is_configured_elsewhere or resource.get("tier") == "Worker"):
        return passed()
    if str(scheme).lower() == "internal":
        return passed()
    return failed(f"{path} must set ELBScheme of aws:ec2:vpc to internal; its load balancer is public", path)


def _check_environment(resource: Resource) -> Iterator[Outcome]:
    if resource.get("settings") is UNKNOWN:
        yield undetermined("settings is not known before deployment", "settings")
        return
    settings = _settings(resource)
    yield _judge_scheme(resource, settings)
    for (namespace, name), public in _FORBIDDEN.items():
        path, value = settings.get((namespace, name), ("settings", MISSING))
        if str(value).lower() == public:
            yield failed(f"{path} of {namespace} gives its machines public addresses", path)


BEANSTALK_EXPOSURE: tuple[Guardrail, ...] = (
    exposure_rule(125, Severity.HIGH, "Elastic Beanstalk environments are internal",
                  "a public address is found and probed within minutes; public is the default",
                  "Add the setting ELBScheme of the namespace aws:ec2:vpc with the value internal, leave "
                  "AssociatePublicIpAddress out, and set EnvironmentType to LoadBalanced",
                  predicate=_check_environment, types=(*_ENVIRONMENT, *_TEMPLATE)),
)  # fmt: skip
