"""Models in images and images on nodes need a Kubernetes that mounts images."""

from typing import Any

import pytest

from falaj.components.settings.checks import image_volumes
from falaj.components.settings.checks.image_volumes import image_volume_problems
from falaj.components.settings.load import platform_settings
from falaj.components.settings.tenants import TenantWork
from tests.unit.components.serving_samples import SLEEPING
from tests.unit.settings.stacks import changed, problems

IN_IMAGE: Any = {"image": "registry.example/models/assistant:3", "gib": 0.5}
KEPT: Any = {**SLEEPING["cold_start"], "node_seconds": 0, "images_on_nodes": True}


def _work(serving: Any) -> TenantWork:
    service = {
        "site": "uae",
        "host": "sentiment.models.example.ae",
        "serving": {**SLEEPING, **serving},
    }
    return TenantWork.model_validate({"tier": "smb", "services": {"sentiment": service}})


@pytest.mark.parametrize(
    ("serving", "field"),
    [({"model": IN_IMAGE}, "model.image"), ({"model": {"claim": "models", "gib": 1}, "cold_start": KEPT},
      "cold_start.images_on_nodes")],
    ids=["model", "nodes"],
)  # fmt: skip
def test_a_version_without_image_volumes_is_refused(serving: Any, field: str) -> None:
    work = _work(serving)
    [problem] = image_volume_problems(work, {"uae": "1.34"}, "tenant")
    assert problem.path == f"tenant.services.sentiment.serving.{field}"
    assert problem.allowed == "only on Kubernetes 1.35 or later; site uae has 1.34"
    assert list(image_volume_problems(work, {"uae": "1.35", "other": "1.34"}, "tenant")) == []


def test_other_models_run_on_any_version() -> None:
    assert list(image_volume_problems(_work({"model": {"claim": "models", "gib": 1}}), {"uae": "1.34"}, "t")) == []


def test_a_stack_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    path = "tenants.retail-banking.services.assistant.serving.model"
    settings = changed(path, IN_IMAGE)
    platform_settings(settings)
    monkeypatch.setattr(image_volumes, "FIRST_VERSION", "1.99")
    assert [problem.path for problem in problems(settings)] == [f"platform.{path}.image"]
