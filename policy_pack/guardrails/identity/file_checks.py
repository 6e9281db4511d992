"""Checks of files and commands of programs that no row of a table can state."""

from .auth_subrequests import check_auth_subrequests
from .proxy_servers import check_proxy_servers
from .vault_policies import check_vault_policies
from .vault_roles import check_vault_roles

FILE_CHECKS = (check_auth_subrequests, check_proxy_servers, check_vault_policies, check_vault_roles)
