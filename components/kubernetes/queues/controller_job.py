"""A controller that a CronJob runs: a program of the standard library alone, whose files are in a ConfigMap."""

import inspect
import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from falaj.components.core.charts.images import mirrored_input
from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.storage.repositories import CachedRegistry
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.enums import Profile
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.facts.labels import PROFILE_LABEL

PYTHON = f"{CachedRegistry.ECR_PUBLIC.value}/docker/library/python:3.13.9-slim"
"""The official Python image, in a registry that both clouds can cache. The program needs the standard library only."""

USER = 65532
"""Numeric user ID without a name. The image's files are readable by all users."""

PROGRAM, SETTINGS = "/opt/falaj", "/etc/falaj"
ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"


@dataclass(frozen=True)
class ControllerProgram:
    """A program and when it runs."""

    name: str
    """Name of its CronJob, account and ConfigMap."""
    main: ModuleType
    """Module that is run, with the paths of the settings and of the account's folder."""
    modules: Mapping[str, ModuleType]
    """Key in the ConfigMap -> other module of the program, which keeps its name in the pod."""
    settings: str
    """Key of the settings in the ConfigMap, a JSON file."""
    interval_minutes: int
    """Minutes between two runs."""

    def files(self, settings: Mapping[str, Any]) -> dict[str, str]:
        """Returns the data of the ConfigMap."""
        sources = {key: inspect.getsource(module) for key, module in self._modules.items()}
        return sources | {self.settings: json.dumps(settings, indent=1)}

    def job(self, image_mirror: Input[str] | None, tags: Mapping[str, str]) -> Any:
        """Returns the spec of the CronJob."""
        return {
            "schedule": f"*/{self.interval_minutes} * * * *",
            "concurrency_policy": "Forbid",
            "starting_deadline_seconds": 120,
            "successful_jobs_history_limit": 1,
            "failed_jobs_history_limit": 3,
            "job_template": {
                "metadata": {"labels": tags},
                "spec": {
                    "backoff_limit": 0,
                    "active_deadline_seconds": 240,
                    "template": {"metadata": {"labels": tags}, "spec": self._pod(image_mirror)},
                },
            },
        }

    @property
    def _modules(self) -> Mapping[str, ModuleType]:
        return {"controller.py": self.main, **self.modules}

    def _pod(self, image_mirror: Input[str] | None) -> dict[str, Any]:
        program = [{"key": key, "path": f"{item.__name__.replace('.', '/')}.py"} for key, item in self._modules.items()]
        settings = {"name": self.name, "items": [{"key": self.settings, "path": self.settings}]}
        return {
            "service_account_name": self.name,
            "automount_service_account_token": True,
            "restart_policy": "Never",
            "enable_service_links": False,
            "node_selector": {PROFILE_LABEL: Profile.SYSTEM.value},
            "tolerations": [{"key": taint.key, "operator": "Exists"} for taint in TRAITS[Profile.SYSTEM].taints],
            "security_context": restricted_pod(USER),
            "containers": [
                {
                    "name": self.name,
                    "image": mirrored_input(PYTHON, image_mirror),
                    "command": ["python", "-B", "-m", self.main.__name__],
                    "args": [f"{SETTINGS}/{self.settings}", ACCOUNT],
                    "env": [{"name": "PYTHONPATH", "value": PROGRAM}],
                    "resources": {"requests": {"cpu": "50m", "memory": "64Mi"}, "limits": {"memory": "128Mi"}},
                    "security_context": restricted_container(),
                    "volume_mounts": [
                        {"name": "program", "mount_path": PROGRAM, "read_only": True},
                        {"name": "settings", "mount_path": SETTINGS, "read_only": True},
                    ],
                }
            ],
            "volumes": [
                {"name": "program", "config_map": {"name": self.name, "items": program}},
                {"name": "settings", "config_map": settings},
            ],
        }
