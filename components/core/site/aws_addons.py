"""EKS add-ons of a stack's own, beside those that every site has. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from pydantic import AfterValidator, Field

from falaj.components.core.accounts.aws_accounts import PolicyArn
from falaj.components.core.site.eks_addons import BEFORE_NODES, ON_NODES, OPTIONAL, AddonVersion, OptionalAddon
from falaj.components.core.validation.args import Input, Spec
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import Problem, refusal
from falaj.components.core.validation.text_forms import TextForm

OURS = {addon.name for addon in (*BEFORE_NODES, *ON_NODES, *OPTIONAL.values())} - {OptionalAddon.SNAPSHOTS.value}
"""Add-ons that sites install, always or for their storage."""

AddonName = Annotated[
    str, TextForm(r"^[a-z0-9][a-z0-9_-]{0,99}$", "the name of an EKS add-on", "amazon-cloudwatch-observability")
]


def _is_object(text: str) -> str:
    try:
        is_object = isinstance(json.loads(text), dict)
    except ValueError:
        is_object = False
    if not is_object:
        raise refusal("a JSON object by the add-on's schema", "see `aws eks describe-addon-configuration`")
    return text


class ExtraAddonSpec(Spec):
    """An EKS add-on."""

    version: Input[AddonVersion] | None = None
    """Pinned version, such as `v1.20.2-eksbuild.1`. Default: EKS's default for the Kubernetes version."""
    configuration: Input[Annotated[str, AfterValidator(_is_object)]] | None = None
    """Configuration as JSON, by the schema that `aws eks describe-addon-configuration` shows. Default: the add-on's
    own."""
    service_account: Input[Label] | None = None
    """Service account of the add-on that calls AWS APIs, as its documentation names it. Default: none does."""
    policies: Sequence[Input[PolicyArn]] = Field(default=(), max_length=10)
    """ARNs of the IAM policies of that service account, which gets a role of its own by EKS Pod Identity."""


class ExtraAddons(Spec):
    """Further EKS add-ons."""

    addons: Mapping[AddonName, ExtraAddonSpec] = Field(default={})
    """EKS add-ons by name, such as `amazon-cloudwatch-observability`, besides those that every site installs. Their
    images come from EKS's registry, without egress too. Default: none."""


def addon_problems(addons: Mapping[str, ExtraAddonSpec]) -> Iterator[Problem]:
    """Yields the problems of add-ons, with paths relative to their mapping."""
    for name, addon in addons.items():
        if name in OURS:
            allowed = "an add-on that sites do not install themselves"
            yield Problem(name, "stated here", allowed, "pin it in `addon_versions`")
        if bool(addon.policies) is not (addon.service_account is not None):
            missing = "policies" if addon.service_account else "service_account"
            other = "service_account" if addon.service_account else "policies"
            yield Problem.missing(f"{name}.{missing}", f"`{other}` is given", "give both or neither")
