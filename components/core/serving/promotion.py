"""Promotion of an experiment's winner in the model registry. Pure.

A promotion sets an alias such as `champion` to the winning version, without moving or copying it. Programs that load
`models:/sentiment@champion` then use that version.
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


def _is_model_version(uri: str) -> str:
    if not _VERSION.fullmatch(uri):
        raise refusal(
            "a version of a registered model, such as `models:/sentiment/4`", "write the model and its version"
        )
    return uri


ModelVersion = Annotated[str, AfterValidator(_is_model_version)]
"""A version of a registered model, such as `models:/sentiment/4`."""

_RESERVED = re.compile(r"latest|v[0-9]+")
"""Aliases that MLflow reserves."""


def _not_reserved(alias: str) -> str:
    if _RESERVED.fullmatch(alias):
        raise refusal("any alias but `latest` and `v` with a number, which MLflow reserves", "choose another alias")
    return alias


Alias = Annotated[
    str,
    TextForm(
        r"^[a-z][a-z0-9_-]{0,62}$",
        "at most 63 lower-case letters, digits, dashes and underscores, first a letter",
        "champion",
    ),
    AfterValidator(_not_reserved),
]
"""An alias of a model version; `latest` and `v` with a number are reserved by MLflow."""


@dataclass(frozen=True)
class Promotion:
    """An alias of a registered model and the version that it is set to."""

    model: str
    version: int
    alias: str

    @property
    def job_name(self) -> str:
        """Name of the job, unique for each combination of model, version and alias."""
        return f"promote-{sha256(f'{self.model}/{self.version}@{self.alias}'.encode()).hexdigest()[:10]}"

    def __str__(self) -> str:
        return f"{self.model}@{self.alias} is version {self.version}"


def model_of(uri: str) -> str:
    """Returns the name of the registered model of a version."""
    return _parsed(uri)["model"]


def promotion(winner: Variant | None, models: Mapping[Variant, str], alias: str) -> Promotion | None:
    """Returns the promotion of the winner, or None without a winner. `models` is `models:/name/version` by variant."""
    if winner is None:
        return None
    version = _parsed(models[winner])
    return Promotion(version["model"], int(version["version"]), alias)


def _parsed(uri: str) -> re.Match[str]:
    match = _VERSION.fullmatch(uri)
    if match is None:
        raise ValueError(f"not a version of a registered model: {uri}")
    return match


PROMOTION_SCRIPT = """
import os
from mlflow import MlflowClient

name, version, alias = (os.environ[f"FALAJ_{word}"] for word in ("MODEL", "VERSION", "ALIAS"))
client = MlflowClient()
client.get_model_version(name, version)
client.set_registered_model_alias(name, alias, version)
print(f"{name}@{alias} is version {version}")
"""
"""Script of the job; `MLFLOW_TRACKING_URI` is the address of the registry. A missing version makes the deployment
fail."""
