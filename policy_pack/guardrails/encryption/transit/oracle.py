"""Traffic of Oracle on RDS: in plain text, unless an option of its group says otherwise.

Native network encryption is an option of the group, which leaves encryption to the client (REQUESTED) unless its
setting says REQUIRED; the option SSL opens a second port with TLS, and excludes the former (Amazon RDS User Guide,
"Oracle native network encryption", its option settings, and "Oracle Secure Sockets Layer", read on 2026-11-29). That
the first port still takes plain text then is left to the groups of the network. A database without a group of its own
has the default one, without options (awsdocs/amazon-rds-user-guide f2e9ed3
doc_source/Appendix.Oracle.Options.NetworkEncryption.md, read 2026-11-30).
"""

import re
from collections.abc import Iterator

from ...engine.lazy_regex import lazy_regex
from ...engine.reading import MISSING, UNKNOWN, Plain, Resource, stated_items
from ...engine.rows import aws
from ...engine.verdicts import Outcome, failed, undetermined

ORACLE_TYPES = aws("rds/OptionGroup", "rds/Instance")
_GROUP, _DATABASE = ORACLE_TYPES
_ORACLE = lazy_regex(r"oracle-\w{2,4}(?:-cdb)?", re.IGNORECASE)
_NATIVE, _TLS, _SETTING = "NATIVE_NETWORK_ENCRYPTION", "SSL", "SQLNET.ENCRYPTION_SERVER"
_REMEDY = f"the option {_NATIVE} with {_SETTING} as REQUIRED, or the option {_TLS}"


def check_oracle(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for a group of options of Oracle without encryption, and for a database without a group."""
    if resource.type == _GROUP and _is_oracle(resource.get("engineName")):
        yield from _check_options(resource.get("options"))
    elif resource.type == _DATABASE and _is_oracle(resource.get("engine")):
        name = resource.get("optionGroupName")
        if name is MISSING or (isinstance(name, str) and re.match(r"\s*(?:default:|$)", name)):
            yield failed(f"optionGroupName must name a group with {_REMEDY}", "optionGroupName")


def _is_oracle(engine: Plain) -> bool:
    return isinstance(engine, str) and _ORACLE.fullmatch(engine.strip()) is not None


def _check_options(options: Plain) -> Iterator[Outcome]:
    found = [item for item in stated_items(options) if isinstance(item, dict)]
    names = [item.get("optionName") for item in found]
    if UNKNOWN in names or UNKNOWN in stated_items(options):
        yield undetermined("options are not known before deployment", "options")
        return
    words = {str(name).strip().upper() for name in names}
    native = [item for item in found if str(item.get("optionName")).strip().upper() == _NATIVE]
    if not words & {_NATIVE, _TLS}:
        yield failed(f"options must have {_REMEDY}", "options")
    elif native and not any(_names_setting(item.get("optionSettings")) for item in native):
        yield failed(f"options must have {_SETTING} as REQUIRED for {_NATIVE}", "options")


def _names_setting(settings: Plain) -> bool:
    """Returns whether the setting that says when traffic is encrypted is among those of an option, or may be."""
    items = stated_items(settings)
    names = [item.get("name") for item in items if isinstance(item, dict)]
    return UNKNOWN in items or UNKNOWN in names or _SETTING in [str(name).strip().upper() for name in names]
