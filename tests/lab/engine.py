"""The real engine with the real Kubernetes provider, on the laboratory."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from falaj.sandbox.lab.cluster import Lab
from falaj.sandbox.lab.programs import PROGRAMS, program_path
from falaj.sandbox.paths import Paths
from falaj.sandbox.toolchain import EngineNotFound, find_engine
from tests.engine.harness import ROOT, Project, open_project


def lab_project(lab: Lab, program: str, folder: Path) -> Project:
    """Creates a project of a program in this folder, whose engine uses the real Kubernetes provider."""
    try:
        engine = find_engine(print)
    except EngineNotFound as none:
        pytest.fail(f"the laboratory's tests are required: {none}")
    for linked in ("components", "tests"):
        (folder / linked).symlink_to(ROOT / linked)
    for file in ROOT.glob("Pulumi*.yaml"):
        shutil.copy(file, folder)
    shutil.copy(Path(__file__).parent / program, folder / "__main__.py")
    project = open_project(Paths(folder), engine)
    paths, environment = project.session.paths, project.session.environment
    (provider,) = (program for program in PROGRAMS if program.file == "pulumi-resource-kubernetes")
    stub = paths.bin / provider.file
    stub.unlink()
    stub.symlink_to(program_path(provider))
    variables = environment | {"FALAJ_LAB_KUBECONFIG": str(lab.kubeconfig)}
    return Project(replace(project.session, environment=variables))
