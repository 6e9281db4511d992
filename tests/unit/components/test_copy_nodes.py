"""The nodes on which a stack's copies run, from its settings to the component."""

from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from falaj.components.build import vault_copies
from falaj.components.build.replication import FlowSpec, ReplicationArgs
from falaj.components.core.validation.enums import Profile, Purpose
from falaj.components.settings.load import platform_settings
from falaj.components.settings.stackfile import KEY
from tests.unit.components.azure_samples import GROUP, GROUP_ID
from tests.unit.components.test_replication import ARGS
from tests.unit.settings.stacks import ROOT


def test_the_settings_name_the_nodes_of_the_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[ReplicationArgs] = []
    flows = {Purpose.MODELS: FlowSpec.model_validate(ARGS["flows"]["models"])}
    sites = SimpleNamespace(
        group_name=GROUP, group_id=GROUP_ID, oidc_issuer_url="https://issuer.example/aks/", kubernetes=None
    )
    monkeypatch.setattr(vault_copies, "_flows", lambda *_: flows)
    monkeypatch.setattr(vault_copies, "_components", lambda *_: (sites, sites))
    monkeypatch.setattr("falaj.components.build.replication.Replication", lambda _name, args, _opts: made.append(args))
    config = yaml.safe_load((ROOT / "Pulumi.prod-uae.yaml").read_text(encoding="utf-8"))["config"][KEY]
    config["sites"]["azuae"]["pools"]["batch"] = {"profile": "batch", "machines": ["Standard_D8as_v5"], "max": 2}
    config["replication"]["profile"] = "batch"
    site: Any = SimpleNamespace(kubernetes=None)
    vault_copies.replicate(platform_settings(config), {"azuae": site, "awsuae": site}, {"azuae": site, "awsuae": site})
    assert [args.profile for args in made] == [Profile.BATCH]
