"""Services of the clouds' SDKs load what is used, and have the same names as when they are loaded whole."""

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from falaj.components.sdk_loading import _Finder, load_what_is_used

ROOT = Path(__file__).parents[3]

DESCRIBE = """
import importlib, json, sys, types
def described(value):
    if isinstance(value, types.ModuleType):
        return value.__name__
    return f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', type(value).__name__)}"
def names(service):
    module = importlib.import_module(service)
    found = {name: described(getattr(module, name)) for name in dir(module) if not name.startswith("_")}
    return found
print(json.dumps({service: names(service) for service in sys.argv[1:]}))
"""
SERVICES = ("pulumi_aws.efs", "pulumi_aws.ecr", "pulumi_azure_native.keyvault", "pulumi_kubernetes.core.v1",
            "pulumi_kubernetes.helm.v3")  # fmt: skip


def _names(before: str) -> dict[str, dict[str, str]]:
    done = subprocess.run(
        [sys.executable, "-c", before + DESCRIBE, *SERVICES], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_name_of_a_service_is_the_same_object_as_in_the_whole_service() -> None:
    whole, used = _names(""), _names("import falaj.components")
    for service in SERVICES:
        assert used[service] == whole[service]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A service with a resource, a function that its module is called after, and a name that two modules define."""
    folder = tmp_path / "pulumi_aws" / "sample"
    folder.mkdir(parents=True)
    texts = {
        "../__init__.py": "",
        "__init__.py": "import typing\nfrom ._inputs import *\nfrom .box import *\nfrom .get_box import *\n",
        "_inputs.py": "__all__ = [\n    'BoxArgs',\n    'Both',\n]\nclass BoxArgs: pass\nBoth = 'inputs'\n",
        "box.py": "from ._inputs import *\n__all__ = ['Box', 'Both']\nclass Box: args = BoxArgs\nBoth = 'box'\n",
        "get_box.py": '__all__ = ["get_box"]\ndef get_box(): return 1\n',
    }
    for name, text in texts.items():
        (folder / name).write_text(text)
    ours = {name for name in sys.modules if name.partition(".")[0] == "pulumi_aws"}
    for name in ours:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(str(tmp_path))
    load_what_is_used()
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == "pulumi_aws"]:
        del sys.modules[name]


def _sample() -> ModuleType:
    return importlib.import_module("pulumi_aws.sample")


def _loaded() -> set[str]:
    return {name.rpartition(".")[2] for name in sys.modules if name.startswith("pulumi_aws.sample.")}


def test_a_module_is_loaded_when_its_name_is_used(package: Path) -> None:
    sample = _sample()
    assert _loaded() == set()
    assert sample.Box.args is sample.BoxArgs
    assert _loaded() == {"box", "_inputs"}


def test_the_last_module_that_defines_a_name_counts_whatever_is_loaded_first(package: Path) -> None:
    sample = _sample()
    assert (sample.BoxArgs.__name__, sample.Both) == ("BoxArgs", "box")
    importlib.reload(importlib.import_module("pulumi_aws.sample._inputs"))
    assert sample.Both == "box"


def test_a_function_is_not_hidden_by_the_module_that_is_called_after_it(package: Path) -> None:
    importlib.import_module("pulumi_aws.sample.get_box")
    assert _sample().get_box() == 1


def test_all_names_can_be_listed_and_imported(package: Path) -> None:
    assert {"Box", "BoxArgs", "Both", "get_box", "typing"} <= set(dir(_sample()))
    namespace: dict[str, object] = {}
    exec("from pulumi_aws.sample import *", namespace)  # noqa: S102
    assert {"Box", "BoxArgs", "Both", "get_box"} <= namespace.keys()
    with pytest.raises(AttributeError, match=r"module 'pulumi_aws.sample' has no attribute 'Bax'"):
        _ = _sample().Bax


def test_a_module_that_lists_no_names_is_loaded_with_the_whole_service(package: Path) -> None:
    (package / "get_box.py").write_text("def get_box(): return 2\n")
    assert _sample().get_box() == 2
    assert _loaded() == {"box", "_inputs", "get_box"}


def test_one_finder_is_enough() -> None:
    load_what_is_used()
    assert sum(isinstance(finder, _Finder) for finder in sys.meta_path) == 1
