"""The plug-in's process: it starts, reports errors in one sentence, and exits at once on a signal."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import grpc
from pulumi.runtime import proto
from pulumi.runtime.proto import provider_pb2_grpc

COMMAND = [sys.executable, "-m", "falaj.sandbox.clouds", "aws", "127.0.0.1:1"]


def test_it_serves_and_exits_at_once(inventory_path: Path) -> None:
    environment = os.environ | {"FALAJ_INVENTORY": str(inventory_path)}
    process = subprocess.Popen(COMMAND, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        message = subnet_error(int(process.stdout.readline()))
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
        assert time.monotonic() - started < 2  # measured: 5 ms
    finally:
        process.kill()
        process.communicate()
    assert message == (
        "creating EC2 Subnet: operation error EC2: CreateSubnet, api error InvalidVpcID.NotFound: "
        "The vpc ID 'vpc-12345678' does not exist"
    )


def subnet_error(port: int) -> str:
    """Returns the error for a subnet in a VPC that does not exist."""
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub = provider_pb2_grpc.ResourceProviderStub(channel)
        request = proto.CreateRequest(urn="urn:pulumi:s::p::aws:ec2/subnet:Subnet::n")
        request.properties.update({"vpcId": "vpc-12345678", "cidrBlock": "10.0.0.0/24"})
        try:
            stub.Create(request)
        except grpc.RpcError as error:
            return str(error.details())  # type: ignore[attr-defined]
    return ""


def test_without_an_inventory_the_error_says_what_to_do() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "FALAJ_INVENTORY"}
    done = subprocess.run(COMMAND, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "FALAJ_INVENTORY is not set: run pulumi inside the sandbox (`falaj shell`)\n"
