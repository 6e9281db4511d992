"""Parameters of controls of Security Hub by which a control asks for less than AWS lets it ask for.

A control passes what meets the value of a parameter, in place of AWS's own. Most ranges begin at that value, so that
another one can only be stricter; those below reach further. Names, ranges and AWS's values by "Security Hub CSPM
controls" for IAM (IAM.7), Amazon Cognito, AWS Secrets Manager (3 and 4), Amazon Kinesis (3) and Amazon CloudWatch, in
copies of the AWS Security Hub User Guide (read 2026-12-02). A secret that only a disaster needs is unused for longer
than AWS's 90 days: how long that may be was decided here. Lists of ports are a row of `switches/aws.csv`.
"""

from collections.abc import Iterator
from math import inf

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import Plain, Resource, walk
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_POLICIES = aws("securityhub/ConfigurationPolicy")
_PARAMETERS = "configurationPolicy.securityControlsConfiguration.securityControlCustomParameters[*].parameters"
_REQUIRED = lazy_regex(r"[Rr]equire(?:Uppercase|Lowercase|Symbols|Numbers)(?:Characters)?")
"""What a password must have, for IAM.7 and for user pools: true by default."""
_RANGES = {
    ("int", "maxDaysSinceRotation"): (0, 90),
    ("int", "unusedForDays"): (0, 180),
    ("int", "temporaryPasswordValidity"): (0, 30),
    ("string", "minimumBackupRetentionPeriod"): (168, inf),
}
"""Kind and name of a number -> the least and the most that a control may ask for."""


def check_control_parameters(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each parameter of a control that asks for less."""
    if resource.type not in _POLICIES:
        return
    for path, listed in walk(resource.props, _PARAMETERS):
        for index, parameter in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(parameter, dict) and parameter.get("valueType") != "DEFAULT":
                yield from _check(parameter, f"{path}[{index}]")


def _check(parameter: dict[str, Plain], path: str) -> Iterator[Outcome]:
    name = str(parameter.get("name"))
    if _REQUIRED.fullmatch(name) and str(_value(parameter, "bool")).lower() == "false":
        yield failed(f"{path}.bool.value must be true: the control passes passwords without it", f"{path}.bool.value")
    for (kind, wanted), (least, most) in _RANGES.items():
        number = number_of(_value(parameter, kind)) if name == wanted else None
        if number is not None and not least <= number <= most:
            bound = f"at most {most}" if least == 0 else f"at least {least}"
            place = f"{path}.{kind}.value"
            yield failed(f"{place} must be {bound}: the control asks for less than AWS does", place)


def _value(parameter: dict[str, Plain], kind: str) -> Plain:
    stated = parameter.get(kind)
    return stated.get("value") if isinstance(stated, dict) else None
