"""Who may work with vaults: one Kubernetes service account, in named folders. Pure."""

from collections.abc import Collection
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from falaj.components.core.validation.args import Checked
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.tags import CostTags

FOLDER = r"[A-Za-z0-9]+([._-]+[A-Za-z0-9]+)*(/[A-Za-z0-9]+([._-]+[A-Za-z0-9]+)*)*"
"""Pattern of a folder's path."""

Folder = Annotated[str, StringConstraints(pattern=f"^{FOLDER}$")]
"""A folder in a vault, `tenants/treasury`: nothing in it means more than itself in a policy of either cloud."""


class CheckedWorkload(Checked):
    """What the validated arguments of both clouds share; each adds its `vaults` by purpose."""

    namespace: Label
    service_account: Label
    writes: tuple[Purpose, ...] = ()
    tags: CostTags

    @property
    def purposes(self) -> Collection[Purpose]:
        """The vaults that are given."""
        raise NotImplementedError

    @model_validator(mode="after")
    def _writes_what_it_has(self) -> Self:
        for purpose in self.writes:
            if purpose not in self.purposes:
                known = ", ".join(sorted(given.value for given in self.purposes))
                raise refusal(known, "add the vault to `vaults`, or remove it here", "writes", purpose.value)
        return self

    @property
    def subject(self) -> str:
        """The `sub` of the account's tokens."""
        return f"system:serviceaccount:{self.namespace}:{self.service_account}"
