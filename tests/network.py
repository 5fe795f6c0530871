"""Nothing leaves the machine in tests.

An audit hook sees every connection and every look-up of a name that this process makes, whichever
library asks for it. A hook cannot be taken away again, so there is one, and it records for whoever
watches.
"""

import ipaddress
import sys
from typing import Any

OUTSIDE: list[str] = []
"""What the running test tried to reach."""


class LeftTheMachine(BaseException):
    """A test tried to reach something beyond loopback; no `except Exception` may forgive it."""


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if not _is_here(host):
        OUTSIDE.append(f"{event} {host}")
        raise LeftTheMachine(f"this test tried to reach {host}")


def _is_here(host: Any) -> bool:
    """Unix sockets, loopback and its name; an address is looked up without asking anybody."""
    if not host or not isinstance(host, str | bytes):
        return True
    name = host.decode() if isinstance(host, bytes) else host
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


sys.addaudithook(_watch)
