"""The usage file, and the defaults for what it omits."""

import difflib
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from falaj.facts.calendar import OFFICE_CLOSES, OFFICE_OPENS, WORKING_DAYS
from falaj.finops.errors import BadInput, shown
from falaj.finops.input_files import parse_yaml, read_text
from falaj.finops.usage_model import PoolUsage, SiteUsage, StoreUsage, Usage, WorkloadUsage

D = Decimal

_NO_SITE = SiteUsage()
"""A site that the usage file does not name."""

Model = TypeVar("Model", bound=BaseModel)

PROFILES: Mapping[str, PoolUsage] = {
    "system": PoolUsage(load=D(0), utilisation=D("0.5")),
    "training": PoolUsage(load=D("0.25"), utilisation=D("0.6")),
    "batch": PoolUsage(load=D("0.2"), utilisation=D("0.6")),
    "inference-cpu": PoolUsage(load=D("0.25"), utilisation=D("0.4")),
    "inference-gpu": PoolUsage(load=D("0.25"), utilisation=D("0.3")),
}
"""Default usage of pools by workload profile: assumptions, to be replaced by measurements. The low utilisation of
inference is still above that of the Alibaba GenAI trace of 2026, whose GPUs were busy 7 % of the time on average.
"""

OTHER_PROFILE = PoolUsage(load=D("0.25"), utilisation=D("0.5"))

VAULTS: Mapping[str, StoreUsage] = {
    "datasets": StoreUsage(stored_gb=D(2000), written_gb=D(200), writes=D(100_000), reads=D(2_000_000)),
    "checkpoints": StoreUsage(stored_gb=D(500), written_gb=D(500), writes=D(50_000), reads=D(50_000)),
    "models": StoreUsage(stored_gb=D(200), written_gb=D(50), writes=D(10_000), reads=D(200_000)),
    "artifacts": StoreUsage(stored_gb=D(100), written_gb=D(50), writes=D(50_000), reads=D(50_000)),
}
"""Default contents of vaults: assumptions for a team's first months."""

OTHER_VAULT = StoreUsage(stored_gb=D(10), written_gb=D(5), writes=D(10_000), reads=D(10_000))
"""Defaults of buckets and storage accounts for other purposes: cost exports, flow logs."""

STORE_COMMON = StoreUsage(cool_share=D(0), retrieved_gb=D(0))

SITE: Mapping[str, Decimal] = {
    "internet_out_gb": D(100),
    "copied_out_gb": D(200),
    "cross_zone_gb": D(500),
    "nat_gb": D(500),
    "load_balancer_gb": D(200),
    "endpoint_gb": D(500),
    "logs_gb": D(50),
    "flow_logs_gb": D(50),
    "files_gb": D(100),
    "files_moved_gb": D(100),
    "images_gb": D(50),
    "volumes_gb": D(100),
    "key_requests": D(100_000),
    "backup_gb": D(100),
}
"""Default usage of a site per month: assumptions. `copied_out_gb` applies only where copies of vaults leave."""

CONTROL_PLANE_LOGS_GB, CONTROL_PLANE_LOGS_GB_PER_NODE = D(50), D(20)
"""Default logs of an EKS control plane per month: assumptions. Nearly all is the audit log, a line per API request
(github.com/useparagon/enterprise-installer, pull request 158, 2026-06), and machines and their pods send most of them.
A small cluster paid 144 USD a month in eu-west-3, about 240 GB (github.com/Smana/cloud-native-ref, pull request 1920,
2026-08).
"""


def load(path: Path | None) -> Usage:
    """Reads the usage file; without a path, returns an empty one. Raises `BadInput` with one
    sentence for all errors.
    """
    if path is None:
        return Usage()
    return parse(read_text(path), str(path))


def parse(text: str, location: str = "usage") -> Usage:
    """Parses the text of a usage file. Raises `BadInput`."""
    usage = checked(Usage, parse_yaml(text, location), location)
    if usage.as_of is not None and usage.as_of > datetime.now(UTC).date():
        raise BadInput(f"{location}: as_of", f"{usage.as_of.isoformat()} is in the future")
    if usage.shared.by == "weights" and not usage.shared.weights:
        raise BadInput(f"{location}: shared.weights", "by: weights requires weights")
    return usage


def checked(model: type[Model], raw: object, location: str) -> Model:
    """Validates `raw` against a model. Raises `BadInput`; for an unknown field, the message suggests similar ones."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        message = "; ".join(_validation_message(model, problem) for problem in error.errors())
        raise BadInput(location, " ".join(message.split())) from None  # a key of the input may have line breaks


def _validation_message(model: type[BaseModel], problem: Any) -> str:
    path = ".".join(str(step) for step in problem["loc"]) or "(root)"
    if problem["type"] == "value_error" and not problem["loc"]:
        # A sentence on several fields, which names them and their values.
        return str(problem["ctx"]["error"])
    if problem["type"] != "extra_forbidden":
        return f"{path}: {problem['msg'][0].lower()}{problem['msg'][1:]}, not {shown(problem['input'])}"
    keys = sorted(_keys(model, problem["loc"][:-1]))
    suggestions = difflib.get_close_matches(str(problem["loc"][-1]), keys, n=3) or keys
    return f"{path}: unknown field; did you mean: {', '.join(suggestions)}"


def _keys(model: type[BaseModel], steps: tuple[int | str, ...]) -> set[str]:
    """Returns the field names of the model at a path."""
    current: Any = model
    for step in steps:
        if isinstance(current, type) and issubclass(current, BaseModel):
            current = current.model_fields[str(step)].annotation
        else:
            current = get_args(current)[-1]
    return set(current.model_fields) if isinstance(current, type) and issubclass(current, BaseModel) else set()


def office_hours_a_month() -> Decimal:
    """Returns the working hours of an average month: working days per week by 365/7/12 by hours per day. Public
    holidays are not excluded.
    """
    opens, closes = (int(text.split(":")[0]) for text in (OFFICE_OPENS, OFFICE_CLOSES))
    return D(len(WORKING_DAYS)) * 365 / 7 / 12 * (closes - opens)


def _first(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _layers(usage: Usage, site: str, pool: str, profile: str) -> list[PoolUsage]:
    layers = [usage.sites.get(site, _NO_SITE).pools.get(pool), usage.profiles.get(profile)]
    return [layer for layer in layers if layer is not None]


def stated_hours(usage: Usage, site: str, pool: str, profile: str) -> Decimal | None:
    """Returns the hours that the usage file states for a pool: the site's value, else the profile's; None without
    either.
    """
    stated = _layers(usage, site, pool, profile)
    return _first(*(office_hours_a_month() if layer.office_hours else layer.hours for layer in stated))


def pool_usage(usage: Usage, site: str, pool: str, profile: str) -> tuple[PoolUsage, bool]:
    """Returns the usage of a pool (the site's, else the profile's, else the default) and whether
    the default was used.
    """
    default = PROFILES.get(profile, OTHER_PROFILE)
    stated = _layers(usage, site, pool, profile)
    nodes = _first(*(layer.nodes for layer in stated))
    load_ = None if nodes is not None else _first(*(layer.load for layer in stated))
    hours = stated_hours(usage, site, pool, profile)
    result = PoolUsage(
        nodes=nodes,
        load=_first(load_, default.load) if nodes is None else None,
        hours=_first(hours, min(D(usage.hours), D(744))),
        utilisation=_first(*(layer.utilisation for layer in stated), default.utilisation),
    )
    return result, nodes is None and load_ is None


def workload_usage(usage: Usage, site: str, namespace: str, workload: str) -> WorkloadUsage:
    """Returns the usage of a workload by its full name, else by its name alone; an empty one if the file states
    neither.
    """
    stated = usage.sites.get(site, _NO_SITE).workloads
    return stated.get(f"{namespace}/{workload}") or stated.get(workload) or WorkloadUsage()


def store_usage(usage: Usage, site: str, vault: str) -> tuple[StoreUsage, bool]:
    """Returns the usage of a vault (the site's, else the default of its purpose) and whether the default was used."""
    site_vault = usage.sites.get(site, _NO_SITE).vaults.get(vault)
    stated = site_vault or usage.site_defaults.vaults.get(vault) or StoreUsage()
    default = VAULTS.get(vault, OTHER_VAULT)
    values = {
        name: _first(getattr(stated, name), getattr(default, name), getattr(STORE_COMMON, name))
        for name in StoreUsage.model_fields
    }
    return StoreUsage(**values), stated.stored_gb is None


def site_usage(usage: Usage, site: str, key: str) -> tuple[Decimal, bool]:
    """Returns a quantity of a site (its own, else the file's default for sites, else the built-in one), and whether the
    built-in default was used.
    """
    stated = stated_site_usage(usage, site, key)
    return (stated, False) if stated is not None else (SITE[key], True)


def stated_site_usage(usage: Usage, site: str, key: str) -> Decimal | None:
    """Returns a quantity of a site that the usage file states, for the site or for all; None without either."""
    return _first(getattr(usage.sites.get(site, _NO_SITE), key), getattr(usage.site_defaults, key))
