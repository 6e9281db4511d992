"""Imported last before programs are forked: completes what each of them would compute anew, and equally.

These are the models of arguments and settings, which are built at their first use, the table of machines, and the
modules of the policy pack.
"""

import sys
from collections.abc import Iterator

from pydantic import BaseModel

from falaj.facts import machines
from tests.engine.warm_pack import WarmPack, load


def _models(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for model in base.__subclasses__():
        yield model
        yield from _models(model)


for _model in _models(BaseModel):
    _model.model_rebuild()
machines.machines(region="me-central-1")
sys.meta_path.insert(0, WarmPack(load()))
