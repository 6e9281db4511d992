"""The credential plug-in of a kubeconfig's user, as client-go runs it on the emulated runner: `aws eks get-token`.

Sources: aws/aws-cli, branch v2, awscli/customizations/eks/get_token.py (the options; the token is a presigned
GetCallerIdentity request with the cluster's name, signed by the role of `--role-arn` in a session EKSGetTokenAuth),
awscli/constants.py and errorhandler.py (exit codes), awscli/data/cli.json (global options); kubernetes/client-go,
plugin/pkg/client/auth/exec/exec.go (messages). Read 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Sequence

from falaj.sandbox.clouds.kubernetes.connection import kubeconfig_user
from falaj.sandbox.clouds.values import Json, Props, get_all, get_path, get_str
from falaj.sandbox.runner import Runner

_COMMAND = ("eks", "get-token")
_OPTIONS = frozenset({"cluster-name", "cluster-id", "role-arn"})
_GLOBAL_OPTIONS = frozenset(
    {"output", "profile", "region", "query", "endpoint-url", "ca-bundle", "color", "cli-read-timeout"}
    | {"cli-connect-timeout", "cli-binary-format", "cli-error-format"}
)
_PROFILES = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE")
_INVALID_ARGUMENTS, _OTHER_ERROR = 252, 255
"""Exit codes of `aws`: for arguments that it does not know, and for a profile that does not exist."""

_SESSION_NAME = "EKSGetTokenAuth"


class NoToken(Exception):
    """The plug-in returns no token. The message is client-go's."""


def token_holder(config: Props, cluster_name: str, runner: Runner) -> Runner | None:
    """Returns whom the token of a provider's kubeconfig identifies to a cluster; None if the cluster accepts none.

    Raises `NoToken` if the plug-in fails.
    """
    plugin = get_path(kubeconfig_user(config), "exec")
    if plugin is None:
        return None
    options = _options(plugin)
    if options.get("cluster-name") != cluster_name:
        return None  # the token is bound to the name of another cluster
    role = options.get("role-arn")
    return runner if role is None else runner.assuming(role, _SESSION_NAME)


def _options(plugin: Json) -> dict[str, str]:
    """Returns the options of `aws eks get-token`. Raises `NoToken`."""
    command, args = get_str(plugin, "command"), [str(argument) for argument in get_all(plugin, "args[*]")]
    if command != "aws":
        raise NoToken(f"getting credentials: exec: executable {command} not found")
    pairs = args[2:]
    options = {name.removeprefix("--"): value for name, value in zip(pairs[::2], pairs[1::2], strict=False)}
    if tuple(args[:2]) != _COMMAND or len(pairs) % 2 or options.keys() - _OPTIONS - _GLOBAL_OPTIONS:
        raise NoToken(_failed(_INVALID_ARGUMENTS))
    if "profile" in options or _names_profile(get_all(plugin, "env[*]")):
        raise NoToken(_failed(_OTHER_ERROR))  # the runner has no file with profiles
    return options


def _names_profile(variables: Sequence[Json]) -> bool:
    return any(get_str(variable, "name") in _PROFILES for variable in variables)


def _failed(status: int) -> str:
    return f"getting credentials: exec: executable aws failed with exit code {status}"
