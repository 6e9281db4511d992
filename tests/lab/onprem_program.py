"""Program with the laboratory as an on-premises cluster; its node names are in the file nodes.json, which tests
change."""

import json
import os
from pathlib import Path

import yaml

from falaj.components.core.validation.enums import Profile
from falaj.components.kubernetes.site.args import ExistingSiteArgs
from falaj.components.kubernetes.site.site import Site
from tests.samples import COST_TAGS
from tests.unit.components.onprem_samples import ARGS

kubeconfig = Path(os.environ["FALAJ_LAB_KUBECONFIG"])
server = yaml.safe_load(kubeconfig.read_text())["clusters"][0]["cluster"]["server"]
nodes = json.loads(Path("nodes.json").read_text())

args = {
    **ARGS,
    "connection": {"servers": [server], "context": "falaj-lab", "kubeconfig_path": str(kubeconfig)},
    "pools": {
        "system": {"profile": Profile.SYSTEM, "machine": "cpu", "nodes": nodes["system"]},
        "batch": {"profile": Profile.BATCH, "machine": "cpu", "nodes": nodes["batch"]},
        "gpu": {"profile": Profile.TRAINING, "machine": "h100x8", "nodes": nodes["gpu"], "tenant": "retail"},
    },
    "tags": COST_TAGS,
}
Site("rack", ExistingSiteArgs.of("rack", args))
