"""Calls a gRPC server on 127.0.0.1 as another user of this machine, and prints the status of its answer.

call_as_user.py PORT METHOD USER: USER is a number. Everything is imported first: others may not read this environment.
"""

import os
import sys

import grpc

port, method, user = sys.argv[1:]
with grpc.insecure_channel(f"127.0.0.1:{port}"):
    pass  # loads what gRPC loads late
os.setuid(int(user))
with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
    try:
        channel.unary_unary(method)(b"", timeout=20)
        print("OK")
    except grpc.RpcError as error:
        print(error.code().name)  # pyright: ignore[reportAttributeAccessIssue]
