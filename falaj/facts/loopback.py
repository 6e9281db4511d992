"""Limits the gRPC servers of a process to programs of the same user, as far as the system tells who connects (Linux).

The Pulumi engine reaches its plug-ins over TCP on 127.0.0.1, without authentication, and knows no other transport
(pulumi/pulumi#21040, open on 2026-11-28). So any user of a machine could run a program as another user, through that
user's language host. The kernel knows whose each socket is: `sock_diag(7)` returns the user of one connection's other
end, in constant time; reading /proc/net/tcp takes as long as the machine's table is large.
"""

from __future__ import annotations

import functools
import inspect
import os
import re
import socket
import struct
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import grpc
import grpc.aio

_HOST = "127.0.0.1"
_SOCK_DIAG = 4  # NETLINK_SOCK_DIAG of linux/netlink.h
_BY_FAMILY = 20  # SOCK_DIAG_BY_FAMILY of linux/sock_diag.h
_ESTABLISHED = 1  # TCP_ESTABLISHED of linux/tcp_states.h: of a socket that is closed the kernel states user 0
_HEADER = struct.Struct("=IHHII")  # nlmsghdr: length, type, flags, sequence, port
_REQUEST = struct.Struct("=BBBxI")  # inet_diag_req_v2: family, protocol, extensions, states
_SOCKET = struct.Struct("!HH16s16sI8s")  # inet_diag_sockid: ports, addresses, interface, cookie
_USER = struct.Struct("=I")
_USER_AT = _HEADER.size + 4 + _SOCKET.size + 12  # idiag_uid of inet_diag_msg
_PEER = re.compile(r"ipv4:127\.0\.0\.1:(\d+)|ipv6:(?:\[|%5B)::ffff:127\.0\.0\.1(?:\]|%5D):(\d+)")
_KINDS = ("unary_unary", "unary_stream", "stream_unary", "stream_stream")


def user_of_connection(client: int, server: int) -> int | None:
    """Returns the ID of the user whose program connected from one port of 127.0.0.1 to another; None if there is no
    such connection. Raises OSError if the system does not tell.
    """
    address = socket.inet_aton(_HOST)
    request = _REQUEST.pack(socket.AF_INET, socket.IPPROTO_TCP, 0, 0xFFFFFFFF)
    request += _SOCKET.pack(client, server, address, address, 0, b"\xff" * 8)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, _SOCK_DIAG) as kernel:
        kernel.settimeout(5)
        kernel.send(_HEADER.pack(_HEADER.size + len(request), _BY_FAMILY, 1, 0, 0) + request)
        answer = kernel.recv(8192)
    if _HEADER.unpack_from(answer)[1] != _BY_FAMILY or answer[_HEADER.size + 1] != _ESTABLISHED:
        return None
    return int(_USER.unpack_from(answer, _USER_AT)[0])


def can_tell_users() -> bool:
    """Returns whether the system tells the users of connections: Linux, outside sandboxes that lack `sock_diag`."""
    if sys.platform != "linux":
        return False
    with socket.create_server((_HOST, 0)) as server, socket.create_connection(server.getsockname()) as client:
        try:
            return user_of_connection(client.getsockname()[1], server.getsockname()[1]) == os.geteuid()
        except OSError:
            return False


def protect_servers() -> None:
    """Makes each gRPC server that this process creates from now on answer programs of the process's own user only.

    Also those that the Pulumi SDKs create, which offer no other way to it. Other users get PERMISSION_DENIED. Does
    nothing where the system does not tell the users of connections (`can_tell_users`).
    """
    if isinstance(grpc.server, functools.partial) or not can_tell_users():
        return
    grpc.server = functools.partial(_create, grpc.server, _Interceptor)
    grpc.aio.server = functools.partial(_create, grpc.aio.server, _AsyncInterceptor)


class _Guard:
    """Refuses calls over connections of other users to the server's port."""

    def __init__(self) -> None:
        self.port = 0

    def refuses(self, peer: str) -> bool:
        """Asks anew for each call: the port of a closed connection may be another user's a moment later."""
        found = _PEER.fullmatch(peer)
        if found is None:
            return True
        try:
            return user_of_connection(int(found[1] or found[2]), self.port) != os.geteuid()
        except OSError:
            return True


_REFUSAL = (grpc.StatusCode.PERMISSION_DENIED, "this plug-in answers programs of the user who runs it only")


class _Interceptor(_Guard, grpc.ServerInterceptor):
    """Of servers with threads."""

    def intercept_service(self, continuation: Callable[[Any], Any], handler_call_details: Any) -> Any:
        """Returns the handler of a call, with the check before it."""
        return _guarded(continuation(handler_call_details), self)


class _AsyncInterceptor(_Guard, grpc.aio.ServerInterceptor):
    """Of servers with an event loop."""

    async def intercept_service(self, continuation: Callable[[Any], Awaitable[Any]], handler_call_details: Any) -> Any:
        """Returns the handler of a call, with the check before it."""
        return _guarded(await continuation(handler_call_details), self)


def _create(create: Callable[..., Any], interceptor: Callable[[], Any], *args: Any, **kwargs: Any) -> Any:
    guard = interceptor()
    kwargs["interceptors"] = (guard, *(kwargs.get("interceptors") or ()))
    server = create(*args, **kwargs)
    listen = server.add_insecure_port

    def add_insecure_port(address: str) -> int:
        guard.port = listen(address)
        return guard.port

    server.add_insecure_port = add_insecure_port
    return server


def _guarded(handler: Any, guard: _Guard) -> Any:
    """Returns a handler of the same kind; asynchronous servers have coroutines, generators and functions."""
    if handler is None:
        return None
    kind = next(kind for kind in _KINDS if getattr(handler, kind))
    answer = getattr(handler, kind)

    async def coroutine(request: Any, context: Any) -> Any:
        if guard.refuses(context.peer()):
            await context.abort(*_REFUSAL)
        return await answer(request, context)

    async def generator(request: Any, context: Any) -> Any:
        if guard.refuses(context.peer()):
            await context.abort(*_REFUSAL)
        async for item in answer(request, context):
            yield item

    def function(request: Any, context: Any) -> Any:
        if guard.refuses(context.peer()):
            context.abort(*_REFUSAL)
        return answer(request, context)

    is_generator, is_coroutine = inspect.isasyncgenfunction(answer), inspect.iscoroutinefunction(answer)
    checked = generator if is_generator else coroutine if is_coroutine else function
    wrap = getattr(grpc, f"{kind}_rpc_method_handler")
    return wrap(checked, handler.request_deserializer, handler.response_serializer)
