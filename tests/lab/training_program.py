"""Two training runs, as a program: their settings are in a file beside it, so that a test can change them."""

import os
from pathlib import Path

import pulumi

from falaj.components.core.training.training_args import TrainingRunArgs
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.components.kubernetes.training.training_run import TrainingRun
from tests.unit.components.training_sample import ARGS

site = pulumi.ComponentResource("tests:lab:Site", "site")
cluster = site_kubernetes("site", Path(os.environ["FALAJ_LAB_KUBECONFIG"]).read_text(), site)
on_it = pulumi.ResourceOptions(providers={"kubernetes": cluster})
place, steps = Path("settings").read_text().split()
RUN = {**ARGS, "namespace": place, "parameters": {"steps": steps}}

TrainingRun("one", TrainingRunArgs.of("one", RUN), on_it)
TrainingRun("several", TrainingRunArgs.of("several", {**RUN, "nodes": 2}), on_it)
