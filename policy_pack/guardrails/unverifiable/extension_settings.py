"""Settings of extensions of Azure's machines by which they switch a protection off, or open the machine.

An extension is recognised by its type wherever a resource has one: at a machine, in a profile of a scale set or a
fleet, on a server outside Azure. Extensions read names of settings in any case. Sources: of the virus scanner, whose
exclusions are lists with semicolons, MicrosoftDocs/azure-docs 04d72278 articles/virtual-machines/extensions/
iaas-antimalware-windows.md; of disk encryption a program that sends `DisableEncryption`; of the attestation "Boot
integrity monitoring overview" (disableAlerts); of SQL Server templates with the type SqlIaaSAgent in public
repositories (names as of `sqlvirtualmachine:SqlVirtualMachine` of pulumi-azure-native 3.29.0). All read 2026-12-01.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, leaves
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed

_MACHINES = azure(
    "azurefleet:Fleet", "azurestackhci:Extension", "azurestackhci:MachineExtension", "batch:Pool",
    "compute:VirtualMachineExtension", "compute:VirtualMachineScaleSet", "compute:VirtualMachineScaleSetExtension",
    "compute:VirtualMachineScaleSetVMExtension", "computebulkactions:BulkAction",
    "connectedvmwarevsphere:MachineExtension", "hybridcompute:MachineExtension", "scvmm:MachineExtension",
    "servicefabric:NodeType",
)  # fmt: skip
"""Types with extensions: those whose inputs have a publisher, a type and settings in the same object."""
_SEPARATOR = ";"
_INDEX = lazy_regex(r"\[\d+\]")
_DRIVE = r"(?:[a-z]:|%systemdrive%|\*|[\\/])"
_WHOLE = lazy_regex(
    rf"{_DRIVE}?[\\/*]*|{_DRIVE}?[\\/]?(?:users|windows|programdata|program files(?: \(x86\))?)[\\/*]*"
    r"|%(?:windir|systemroot|programfiles|programdata|public|temp|tmp)%[\\/*]*",
    re.IGNORECASE,
)
"""A drive, or a folder in which every program and every user writes."""
_PROGRAMS = lazy_regex(
    r"\*?\.?(?:\*|exe|dll|com|scr|sys|bat|cmd|ps1|psm1|vbs|vbe|js|jse|wsf|hta|msi|jar|py|docm|xlsm)", re.IGNORECASE
)
"""Endings of programs and of scripts."""
_INTERPRETERS = lazy_regex(
    r"(?:.*[\\/])?(?:\*|powershell(?:_ise)?|pwsh|cmd|wscript|cscript|mshta|rundll32|regsvr32|explorer|svchost|python\w?"
    r"|java\w?|node|w3wp|winword|excel|outlook)(?:\.exe)?",
    re.IGNORECASE,
)
"""Programs that run what others bring."""


@dataclass(frozen=True)
class _Setting:
    """Settings at a `path` of an extension of a `kind`, and how one of their values does harm; `why` says what."""

    kind: str
    path: str
    is_harmful: Callable[[str], bool]
    why: str


def _names(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: any(pattern.fullmatch(item.strip()) for item in value.split(_SEPARATOR) if item.strip())


def _is(word: str) -> Callable[[str], bool]:
    return lambda value: value.strip().lower() == word


_SCANNER = "iaasantimalware"
_SETTINGS = (
    _Setting(_SCANNER, "antimalwareenabled", _is("false"), "malicious programs run unseen"),
    _Setting(_SCANNER, "realtimeprotectionenabled", _is("false"), "malicious programs run unseen"),
    _Setting(_SCANNER, "exclusions.paths", _names(_WHOLE), "the scanner leaves out where every program lies"),
    _Setting(_SCANNER, "exclusions.extensions", _names(_PROGRAMS), "the scanner leaves out programs"),
    _Setting(_SCANNER, "exclusions.processes", _names(_INTERPRETERS),
             "the scanner leaves out what a program opens that runs what others bring"),
    *(_Setting(kind, "encryptionoperation", lambda value: value.strip().lower().startswith("disable"),
               "the disks are written back in plain text")
      for kind in ("azurediskencryption", "azurediskencryptionforlinux")),
    _Setting("guestattestation", "attestationconfig.disablealerts", _is("true"),
             "nobody hears that the machine started with another system"),
    _Setting("sqliaasagent", "serverconfigurationsmanagementsettings.sqlconnectivityupdatesettings.connectivitytype",
             _is("public"), "the database is open to the internet"),
    _Setting("sqliaasagent", "autobackupsettings.enableencryption", _is("false"), "backups are not encrypted"),
)  # fmt: skip


def check_extension_settings(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each setting of an extension that does harm."""
    for place, extension in _extensions(resource.props, "") if resource.type in _MACHINES else ():
        kind = str(extension.get("type")).strip().lower()
        rows = [item for item in _SETTINGS if item.kind == kind]
        for path, _, value in leaves(extension["settings"]) if rows else ():
            name, place_of_value = _INDEX.sub("", path).lower(), f"{place}settings.{path}"
            for item in rows:
                if item.path == name and item.is_harmful(str(value)):
                    yield failed(f"{place_of_value} must have another value: otherwise {item.why}", place_of_value)


def _extensions(value: Plain, path: str) -> Iterator[tuple[str, Mapping[str, Plain]]]:
    """Yields what has a publisher and settings, with the beginning of its path."""
    if isinstance(value, dict):
        if isinstance(value.get("settings"), dict) and "publisher" in value:
            yield path, value
        for name, item in value.items():
            yield from _extensions(item, f"{path}{name}.")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _extensions(item, f"{path[:-1]}[{index}].")
