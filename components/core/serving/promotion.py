"""Which version of a model the winner of an experiment is, and what the registry is told of it. Pure.

A version is never moved or copied: an alias, `champion`, points to it. Who serves or evaluates
`models:/sentiment@champion` follows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from falaj.components.core.serving.experiments import Variant
from falaj.components.core.validation.problems import refusal

_VERSION = re.compile(r"models:/(?P<model>[^/@:\s]{1,100})/(?P<version>[1-9][0-9]{0,8})")
"""How MLflow writes a version of a registered model."""


def _registered(uri: str) -> str:
    if not _VERSION.fullmatch(uri):
        raise refusal("a version of a registered model, `models:/sentiment/4`", "name model and version")
    return uri


ModelVersion = Annotated[str, AfterValidator(_registered)]

_RESERVED = re.compile(r"latest|v[0-9]+")
"""MLflow keeps these for itself."""


def _free(alias: str) -> str:
    if _RESERVED.fullmatch(alias):
        raise refusal("neither `latest` nor `v` with a number", "choose another alias")
    return alias


Alias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,62}$"), AfterValidator(_free)]
"""What may point to a version."""


@dataclass(frozen=True)
class Promotion:
    """One alias of one model, and the version that it is to point to."""

    model: str
    version: int
    alias: str

    @property
    def job_name(self) -> str:
        """The same for the same promotion, and another one for any other."""
        return f"promote-{sha256(f'{self.model}/{self.version}@{self.alias}'.encode()).hexdigest()[:10]}"

    def __str__(self) -> str:
        return f"{self.model}@{self.alias} is version {self.version}"


def model_of(uri: str) -> str:
    """The registered model of a version."""
    return _parts(uri)["model"]


def promotion(winner: Variant | None, models: Mapping[Variant, str], alias: str) -> Promotion | None:
    """What the registry is told; None as long as nothing has won. `models` are the variants' `models:/name/version`."""
    if winner is None:
        return None
    found = _parts(models[winner])
    return Promotion(found["model"], int(found["version"]), alias)


def _parts(uri: str) -> re.Match[str]:
    found = _VERSION.fullmatch(uri)
    if found is None:
        raise ValueError(f"not a version of a registered model: {uri}")
    return found


PROMOTING = """
import os
from mlflow import MlflowClient

name, version, alias = (os.environ[f"FALAJ_{word}"] for word in ("MODEL", "VERSION", "ALIAS"))
client = MlflowClient()
client.get_model_version(name, version)
client.set_registered_model_alias(name, alias, version)
print(f"{name}@{alias} is version {version}")
"""
"""Told by `MLFLOW_TRACKING_URI` where. A version that is not there is an error, and the deployment fails."""
