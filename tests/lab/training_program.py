"""Program with two training runs; their namespace and steps are in the file settings, which tests change."""

import os
from pathlib import Path

import pulumi

from falaj.components.core.training.training_args import TrainingRunArgs
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.components.kubernetes.training.training_run import TrainingRun
from tests.unit.components.training_sample import ARGS

site = pulumi.ComponentResource("tests:lab:Site", "site")
cluster = site_kubernetes("site", Path(os.environ["FALAJ_LAB_KUBECONFIG"]).read_text(), site)
in_cluster = pulumi.ResourceOptions(providers={"kubernetes": cluster})
namespace, steps = Path("settings").read_text().split()
RUN = {**ARGS, "namespace": namespace, "parameters": {"steps": steps}}

TrainingRun("one", TrainingRunArgs.of("one", RUN), in_cluster)
TrainingRun("several", TrainingRunArgs.of("several", {**RUN, "nodes": 2}), in_cluster)
