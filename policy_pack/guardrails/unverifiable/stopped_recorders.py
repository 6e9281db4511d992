"""Commands by which a machine starts without what records who does what on it, or what watches it.

Names of units and packages by SigmaHQ/sigma 10b9835e rules/linux/process_creation/
proc_creation_lnx_security_tools_disabling.yml and 8eaafff1 proc_creation_lnx_security_software_discovery.yml,
proc_creation_lnx_av_kaspersky_av_disabled.yml and win_security_wfp_endpoint_agent_blocked.yml, of Cortex XDR by
searches of its users, and the commands also by elastic/detection-rules 003110e1
defense_evasion_attempt_to_disable_auditd_service.toml, read 2026-12-01; the other names by the vendors' guides, as
known; auditctl(8) (-e 0) and the parameters audit=0 and audit=off of the kernel by linux-audit/audit-userspace
ea855020, docs/auditctl.8 and init.d/auditd.service.in, read 2026-12-01. What is switched on again in the same text, as
to load its settings, is not switched off; nor is what stops before the machine ends or becomes an image, or an agent
that only stops, as runners do before they end (found in public repositories on 2026-12-01).
"""

import re

from ..engine.lazy_regex import lazy_regex

_SENDERS = frozenset(
    {
        "amazon-cloudwatch-agent", "amazoncloudwatchagent", "azuremonitoragent", "elastic-agent", "filebeat",
        "fluent-bit", "fluentd", "rsyslog", "splunkforwarder", "syslog-ng", "td-agent",
    }
)  # fmt: skip
"""Agents that send what others record, which images switch off until a machine has its settings."""
_RECORDERS = lazy_regex(
    r"auditd|auditbeat|filebeat|systemd-journald|rsyslog|syslog-ng|fluent-bit|fluentd|td-agent|splunkforwarder"
    r"|amazoncloudwatchagent|azuremonitoragent|mdatp|cbdaemon|cbagentd|cb-psc-sensor|traps_pmd|cybereason-sensor|xagt"
    r"|sav-protect|sophos-spl|esets|kesl|mfetpd|ossec(?:-hids)?|samhain|taniumclient"
    r"|amazon-(?:cloudwatch|guardduty)-agent(?:-updater)?|falcon-sensor|csagent|falco(?:-\w{1,20})?|tetragon"
    r"|wazuh-agent|osqueryd|ds_agent|sentinel(?:one|agent)|qualys-cloud-agent|elastic-agent|sysmon(?:64)?|sense"
    r"|windefend|eventlog",
    re.IGNORECASE,
)
"""Units and packages that record or watch."""
_OPTIONS = r"(?:[ \t]{1,4}-{1,2}[\w=-]{1,20}){0,4}[ \t]{1,4}"
_STOPS = lazy_regex(
    rf"\bsystemctl{_OPTIONS}(?:stop|kill)(?P<units>[ \t][^\n;|&#]{{1,200}})"
    r"|\b(?:rc-)?service[ \t]{1,4}(?P<service>[\w@.-]{1,60})[ \t]{1,4}stop\b"
    rf"|\b(?:pkill|killall){_OPTIONS}(?P<killed>[\w@.-]{{1,60}})"
    r"|\bstop-service[ \t](?P<windows>[^\n;|#]{1,200})",
    re.IGNORECASE,
)
"""Commands that end a unit until the machine starts again."""
_DISABLES = lazy_regex(
    rf"\bsystemctl{_OPTIONS}(?:disable|mask)(?P<units>[ \t][^\n;|&#]{{1,200}})"
    r"|\bchkconfig[ \t]{1,4}(?P<checked>[\w@.-]{1,60})[ \t]{1,4}off\b"
    rf"|\b(?:yum|dnf|apt|apt-get|zypper){_OPTIONS}(?:remove|erase|purge|autoremove)"
    r"(?P<packages>[ \t][^\n;|&#]{1,200})"
    rf"|\bupdate-rc\.d{_OPTIONS}(?P<rc>[\w@.-]{{1,60}})[ \t]{{1,4}}(?:remove|disable)\b"
    r"|\brc-update[ \t]{1,4}del(?:ete)?[ \t]{1,4}(?P<openrc>[\w@.-]{1,60})"
    r"|\brpm[ \t]{1,4}(?:-e|--erase)(?P<erased>[ \t][^\n;|&#]{1,200})"
    r"|\bset-service[ \t](?P<windows>[^\n;|#]{0,150}disabled[^\n;|#]{0,60})",
    re.IGNORECASE,
)
"""Commands that end a unit for good."""
_STARTS = lazy_regex(
    rf"\bsystemctl{_OPTIONS}(?:start|restart|reload-or-restart|enable)(?P<units>[ \t][^\n;|&#]{{1,200}})"
    r"|\b(?:rc-)?service[ \t]{1,4}(?P<service>[\w@.-]{1,60})[ \t]{1,4}(?:re)?start\b"
    rf"|\bupdate-rc\.d{_OPTIONS}(?P<rc>[\w@.-]{{1,60}})[ \t]{{1,4}}(?:defaults|enable)\b"
    r"|\b(?:start|restart)-service[ \t](?P<windows>[^\n;|#]{1,200})"
    r"|(?P<agent>amazon-cloudwatch-agent)-ctl\b[^\n;|&#]{0,300}?[ \t](?:-s|-a[ \t]{1,4}start)\b",
    re.IGNORECASE,
)
_SILENT = lazy_regex(
    r"\bauditctl[ \t]{1,4}-e[ \t]{0,4}0\b|(?<![\w.-])audit=(?:0|off)\b"
    r"|\bauditpol(?:\.exe)?[ \t]{1,4}/(?:clear|remove)\b",
    re.IGNORECASE,
)
_ENDS = lazy_regex(r"cloud-init[ \t]{1,4}clean|\bsysprep\b|terminate-instances|\b(?:shutdown|poweroff|halt)\b")
"""Commands after which the machine is gone or becomes an image."""


def _names(match: re.Match[str]) -> frozenset[str]:
    """Returns the recorders that a command names, in lower case."""
    words = re.split(r"[\s,'\"\[\]]+", " ".join(filter(None, match.groups())).lower())
    names = (word.removesuffix(".service") for word in words)
    return frozenset(name for name in names if _RECORDERS.fullmatch(name))


def stopped(text: str) -> str:
    """Returns the command by which a text ends what records or watches; empty if there is none."""
    if match := _SILENT.search(text):
        return match[0].strip()
    started = frozenset(name for match in _STARTS.finditer(text) for name in _names(match))
    kept = started | _SENDERS
    passing = () if _ENDS.search(text) else _STOPS.finditer(text)
    found = next((match for match in passing if not _names(match) <= kept), None)
    found = found or next((match for match in _DISABLES.finditer(text) if not _left_off(match) <= started), None)
    return found[0].strip() if found else ""


def _left_off(match: re.Match[str]) -> frozenset[str]:
    """Returns the recorders that a command ends for good: a unit that sends is only not started by itself."""
    is_unit = re.match(r"systemctl(?!.{0,60}?(?:--now|mask))", match[0], re.IGNORECASE) is not None
    return _names(match) - (_SENDERS if is_unit else frozenset())
