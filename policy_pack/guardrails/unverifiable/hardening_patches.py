"""Rules of Kyverno and Gatekeeper that change pods and accounts before they are stored, and only take from them.

A patch states what the object gets; a key in brackets with a plus sign is set where the object has none, and one in
brackets alone chooses elements of a list (kyverno.io, "Mutate Rules", read 2026-12-02). So a patch is harmless if each
of its values is one by which a pod has less: fields of pods by kubernetes.io, "Pod Security Standards" (Baseline and
Restricted, read 2026-12-02); that a token, links to services, a file system that is written or an image of the machine
are more by "Configure a Security Context for a Pod or Container", as known. An Assign of Gatekeeper sets one value at
one location, in which elements of lists are chosen by their name (open-policy-agent/gatekeeper 07d4e88a
website/docs/mutation.md, read 2026-12-03).
"""

from collections.abc import Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain

_ADDED = lazy_regex(r"\+\((\w{1,60})\)")
_CHOSEN = lazy_regex(r"\(\w{1,60}\)")
_STEP = r"\w{1,60}(?:\[name:[^\[\].]{1,80}\])?"
_LOCATION = lazy_regex(rf"{_STEP}(?:\.{_STEP}){{0,12}}")
"""Where an Assign sets a value: names of parts, and of elements of lists in brackets."""
_REPLACED = frozenset({"appArmorProfile", "capabilities", "seccompProfile"})
"""Parts that an Assign may replace: it takes away what another part has and the value leaves out."""
_PARTS = frozenset({
    "spec", "template", "jobTemplate", "containers", "initContainers", "ephemeralContainers", "securityContext",
    "appArmorProfile", "capabilities", "seccompProfile", "windowsOptions",
})  # fmt: skip
"""Keys of parts of an object."""
_HARDENED: Mapping[str, Plain] = {
    "automountServiceAccountToken": False,
    "enableServiceLinks": False,
    "allowPrivilegeEscalation": False,
    "privileged": False,
    "hostNetwork": False,
    "hostPID": False,
    "hostIPC": False,
    "hostProcess": False,
    "procMount": "Default",
    "runAsNonRoot": True,
    "readOnlyRootFilesystem": True,
    "imagePullPolicy": "Always",
    "type": "RuntimeDefault",
    "drop": ["ALL"],
}
"""Field of a pod, a container or an account -> the value by which it has less."""


def only_hardens(mutate: Plain) -> bool:
    """Returns whether a rule of Kyverno gives the object that is admitted only values by which it has less."""
    return isinstance(mutate, Mapping) and set(mutate) == {"patchStrategicMerge"} and _hardens(*mutate.values())


def assigns_less(spec: Plain) -> bool:
    """Returns whether an Assign of Gatekeeper states its value itself, and an object has less by it."""
    parameters = spec.get("parameters") if isinstance(spec, Mapping) else None
    assign = parameters.get("assign") if isinstance(parameters, Mapping) else None
    if not isinstance(spec, Mapping) or not isinstance(assign, Mapping) or set(assign) != {"value"}:
        return False
    location = str(spec.get("location"))
    names = [step.partition("[")[0] for step in location.split(".")] if _LOCATION.fullmatch(location) else [""]
    patch: Plain = assign["value"]
    for name in reversed(names):
        patch = {name: patch}
    return (names[-1] in _HARDENED or names[-1] in _REPLACED) and _hardens(patch)


def _hardens(patch: Plain) -> bool:
    if isinstance(patch, list):
        return all(map(_hardens, patch))
    return isinstance(patch, Mapping) and bool(patch) and all(_is_harmless(*item) for item in patch.items())


def _is_harmless(key: str, value: Plain) -> bool:
    """Returns whether a key of a patch chooses an element by a text, or sets values by which an object has less."""
    if _CHOSEN.fullmatch(key):
        return isinstance(value, str)
    match = _ADDED.fullmatch(key)
    name = key if match is None else match[1]
    if name in _PARTS:
        return _hardens(value)
    return name in _HARDENED and type(value) is type(_HARDENED[name]) and value == _HARDENED[name]
