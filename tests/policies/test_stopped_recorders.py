"""Tests for the commands by which a machine starts without what records or watches."""

import pytest
from guardrails.unverifiable.stopped_recorders import stopped

from tests.processor_time import within

LONG = 20_000


@pytest.mark.parametrize(
    "text",
    [
        "systemctl disable --now auditd",
        "sudo systemctl --quiet stop auditd.service || true",
        "systemctl mask 'falcon-sensor'",
        "service auditd stop",
        "chkconfig auditd off",
        "dnf -y remove amazon-guardduty-agent",
        "apt-get purge -y auditd",
        "pkill -9 osqueryd",
        "auditctl -e 0",
        "grubby --update-kernel=ALL --args=audit=0",
        "Stop-Service -Name Sense",
        "Set-Service -Name WinDefend -StartupType Disabled",
        "auditpol /clear",
        "systemctl disable --now amazon-cloudwatch-agent",
        "systemctl disable auditd; cloud-init clean",
        "systemctl stop cbdaemon cb-psc-sensor",
        "systemctl disable traps_pmd.service",
        "service ossec stop",
        "update-rc.d -f auditd remove",
        "update-rc.d auditd disable",
        "rc-update del auditd default",
        "rpm -e falcon-sensor",
        "systemctl mask filebeat",
    ],
)
def test_a_recorder_is_ended(text: str) -> None:
    assert stopped(text)


@pytest.mark.parametrize(
    "text",
    [
        "systemctl stop auditd\nsystemctl start auditd",
        "systemctl restart auditd",
        "service auditd stop\nservice auditd restart",
        "systemctl stop amazon-cloudwatch-agent.service",
        "systemctl disable amazon-cloudwatch-agent",
        "systemctl stop auditd\ncloud-init clean --logs",
        "systemctl disable --now bluetooth cups",
        "systemctl stop auditd-exporter",
        "auditctl -e 2",
        "dnf -y remove telnet; systemctl enable --now auditd",
        "Stop-Service -Name Spooler",
        "Set-Service -Name Sense -StartupType Automatic",
        "# audit=1",
        "update-rc.d auditd defaults",
        "update-rc.d -f auditd remove; update-rc.d auditd defaults",
        "rc-update add auditd default",
        "rpm -e telnet",
        "systemctl disable filebeat",
        "systemctl stop clamav-freshclam",
        "",
    ],
)
def test_other_commands_pass(text: str) -> None:
    assert stopped(text) == ""


@pytest.mark.parametrize(
    "part", ["systemctl ", "systemctl stop ", "yum --a ", "set-service ", "auditctl ", "amazon-cloudwatch-agent-ctl ",
             "systemctl disable a ", "service a ", "set-service disabled ", "update-rc.d -f ", "update-rc.d a ",
             "rpm -e ", "rc-update del "]
)  # fmt: skip
def test_hostile_texts_are_read_at_once(part: str) -> None:
    with within(0.5):
        stopped(part * (LONG // len(part)))
