"""The real engine with the real provider of Kubernetes, on the laboratory."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from falaj.sandbox.environment import prepare, variables
from falaj.sandbox.lab.cluster import Lab
from falaj.sandbox.lab.programs import PROGRAMS, built
from falaj.sandbox.paths import Paths
from falaj.sandbox.session import Session
from falaj.sandbox.toolchain import NoEngine, find_engine
from tests.engine.harness import ROOT, Project


def lab_project(lab: Lab, program: str, folder: Path) -> Project:
    """A project of a program beside this file, whose engine finds the real provider instead of the stand-in."""
    try:
        engine = find_engine(print)
    except NoEngine as none:
        pytest.fail(f"the laboratory's tests are required: {none}")
    for linked in ("components", "tests"):
        (folder / linked).symlink_to(ROOT / linked)
    for file in ROOT.glob("Pulumi*.yaml"):
        shutil.copy(file, folder)
    shutil.copy(Path(__file__).parent / program, folder / "__main__.py")
    paths = Paths(folder)
    prepare(paths, engine)
    (provider,) = (program for program in PROGRAMS if program.file == "pulumi-resource-kubernetes")
    standing_in = paths.bin / provider.file
    standing_in.unlink()
    standing_in.symlink_to(built(provider))
    session = Session(paths, engine, variables(paths, engine))
    return Project(replace(session, environment=session.environment | {"FALAJ_LAB_KUBECONFIG": str(lab.kubeconfig)}))
