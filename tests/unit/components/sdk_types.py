"""Inputs of resources compared with the types of the SDKs, as the emulated clouds compare them."""

from falaj.sandbox.clouds.check import check_inputs
from falaj.sandbox.clouds.sdk_schema import sdk
from falaj.sandbox.clouds.spec import ResourceType
from falaj.sandbox.clouds.values import Props

PACKAGES = {"pulumi_aws", "pulumi_azure_native", "pulumi_kubernetes"}


def rejected(token: str, name: str, inputs: Props) -> list[str]:
    """Returns what the SDK's type of a resource does not allow; nothing for custom resources, which it does not know,
    nor for properties that stand-ins of tests leave out.
    """
    package = f"pulumi_{token.partition(':')[0].replace('-', '_')}"
    if package not in PACKAGES or token not in sdk(package).tokens:
        return []
    failures = check_inputs(sdk(package), sdk(package).schema(token), ResourceType(token), inputs, strict_enums=False)
    return [
        f"{token} {name}: {path}: {reason}"
        for path, reason in failures
        if "." in path or not reason.startswith("missing required")
    ]
