"""Checks of what tenants may reach: who deploys their workloads, their hosts, and the authentication of requests.
Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from falaj.components.core.serving.authentication import authentication_problems
from falaj.components.core.serving.gateways import ISTIO
from falaj.components.core.site.rules import rules_of
from falaj.components.core.tenancy.hosts import covers, shared_host_problems
from falaj.components.core.validation.problems import Problem, below
from falaj.components.settings.stack import Settings
from falaj.components.settings.tenant_arguments import gateway_tenants, hosts_by_path
from falaj.components.settings.workloads import ClusterSettings

_GROUP = r"(?!system:).*\S.*"
_GROUP_KIND = "the name of a group of the cluster's identity provider, without the prefix `system:`"


@dataclass(frozen=True)
class _Site:
    """A site: its shared settings, the form of its deployers, and who uses its API server already."""

    shared: ClusterSettings
    form: str
    kind: str
    identities: Sequence[str] = ()


def tenant_access_problems(settings: Settings, root: str) -> Iterator[Problem]:
    """Yields the problems of tenants' access in valid settings, with paths under `root`."""
    for name, site in _sites(settings).items():
        for problem in (
            *_deployer_problems(name, site, settings),
            *_host_problems(name, site, settings),
            *_authentication_problems(name, site, settings),
        ):
            yield from below(f"{root}.tenants", [problem])


def _sites(settings: Settings) -> Mapping[str, _Site]:
    sites = {
        name: _Site(
            site.cluster,
            rules_of(site.cloud).administrator,
            rules_of(site.cloud).administrator_kind,
            [*map(str, site.administrators), *rules_of(site.cloud).identities(site)],
        )
        for name, site in settings.sites.items()
    }
    return sites | {name: _Site(site.cluster, _GROUP, _GROUP_KIND) for name, site in settings.onprem.items()}


def _deployer_problems(name: str, site: _Site, settings: Settings) -> Iterator[Problem]:
    """Yields deployers that are no identity of the site, and those that have other rights there: a principal has one
    access entry on EKS, and whoever deploys for two tenants is confined to neither."""
    taken = dict.fromkeys(site.identities, f"site {name}")
    for tenant_name, tenant in settings.tenants.items():
        space = tenant.spaces.get(name)
        for index, deployer in enumerate(space.deployers if space else ()):
            path = f"{tenant_name}.spaces.{name}.deployers.{index}"
            if not re.fullmatch(site.form, deployer):
                yield Problem(path, deployer, site.kind, "write it like that")
            elif deployer in taken:
                allowed = f"an identity without other rights; {taken[deployer]} names it too"
                yield Problem(path, deployer, allowed, "use an identity of its own")
            taken.setdefault(deployer, f"tenant {tenant_name}")


def _host_problems(name: str, site: _Site, settings: Settings) -> Iterator[Problem]:
    """Yields hosts of spaces that the gateway does not serve, and hosts of two tenants."""
    domains = site.shared.gateway.domains if site.shared.gateway else ()
    by_tenant = {
        tenant_name: {f"{tenant_name}.{path}": host for path, host in hosts_by_path(tenant, name).items()}
        for tenant_name, tenant in settings.tenants.items()
    }
    for hosts in by_tenant.values():
        for path, host in hosts.items():
            if f".spaces.{name}." in path and not any(covers(domain, host) for domain in domains):
                allowed = f"names below {', '.join(domains)}" if domains else "none, because the site has no gateway"
                yield Problem(path, host, allowed, "add a domain to the site's gateway")
    yield from shared_host_problems(by_tenant)


def _authentication_problems(name: str, site: _Site, settings: Settings) -> Iterator[Problem]:
    """Yields tenants that do not say how requests are authenticated, and those whose gateway cannot."""
    if site.shared.gateway is None:
        return
    for tenant_name, tenant in settings.tenants.items():
        if tenant.authentication is None and hosts_by_path(tenant, name):
            yield Problem.missing(
                f"{tenant_name}.authentication",
                f"the tenant has hosts on site {name}",
                "name issuer and audiences of the tokens, or set `method: none` to let every request through",
            )
    served = gateway_tenants(name, settings.tenants)
    yield from authentication_problems(served, site.shared.gateway.gateway_class == ISTIO)
