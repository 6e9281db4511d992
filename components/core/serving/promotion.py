"""Promotion of an experiment's winner in the model registry. Pure.

A version is never moved or copied: an alias, `champion`, points to it. Whoever serves or evaluates
`models:/sentiment@champion` follows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

from pydantic import AfterValidator

from falaj.components.core.serving.experiments import Variant
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.text_forms import TextForm

_VERSION = re.compile(r"models:/(?P<model>[^/@:\s]{1,100})/(?P<version>[1-9][0-9]{0,8})")
"""A version of a registered model, in MLflow's notation."""


def _registered(uri: str) -> str:
    if not _VERSION.fullmatch(uri):
        raise refusal("a version of a registered model, `models:/sentiment/4`", "name model and version")
    return uri


ModelVersion = Annotated[str, AfterValidator(_registered)]
"""A version of a registered model, `models:/sentiment/4`."""

_RESERVED = re.compile(r"latest|v[0-9]+")
"""Aliases that MLflow reserves."""


def _free(alias: str) -> str:
    if _RESERVED.fullmatch(alias):
        raise refusal("neither `latest` nor `v` with a number", "choose another alias")
    return alias


Alias = Annotated[
    str,
    TextForm(
        r"^[a-z][a-z0-9_-]{0,62}$",
        "at most 63 lower-case letters, digits, dashes and underscores, first a letter",
        "champion",
    ),
    AfterValidator(_free),
]
"""An alias of a model version."""


@dataclass(frozen=True)
class Promotion:
    """One alias of one model, and the version that it shall point to."""

    model: str
    version: int
    alias: str

    @property
    def job_name(self) -> str:
        """Name of the job: the same for the same promotion, different for any other."""
        return f"promote-{sha256(f'{self.model}/{self.version}@{self.alias}'.encode()).hexdigest()[:10]}"

    def __str__(self) -> str:
        return f"{self.model}@{self.alias} is version {self.version}"


def model_of(uri: str) -> str:
    """The registered model of a version."""
    return _parts(uri)["model"]


def promotion(winner: Variant | None, models: Mapping[Variant, str], alias: str) -> Promotion | None:
    """The promotion to make; None while there is no winner. `models` are the variants' `models:/name/version`."""
    if winner is None:
        return None
    version = _parts(models[winner])
    return Promotion(version["model"], int(version["version"]), alias)


def _parts(uri: str) -> re.Match[str]:
    match = _VERSION.fullmatch(uri)
    if match is None:
        raise ValueError(f"not a version of a registered model: {uri}")
    return match


PROMOTING = """
import os
from mlflow import MlflowClient

name, version, alias = (os.environ[f"FALAJ_{word}"] for word in ("MODEL", "VERSION", "ALIAS"))
client = MlflowClient()
client.get_model_version(name, version)
client.set_registered_model_alias(name, alias, version)
print(f"{name}@{alias} is version {version}")
"""
"""The program of the job; `MLFLOW_TRACKING_URI` names the registry. A missing version is an error, and the deployment
fails."""
