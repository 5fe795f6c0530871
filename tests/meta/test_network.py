"""The guard that keeps tests on this machine."""

import socket

import pytest

from tests import network


@pytest.mark.parametrize("host", ["203.0.113.1", "2001:db8::1", "phones.example.com"])
def test_leaving_the_machine_is_stopped_and_remembered(host: str) -> None:
    with pytest.raises(network.LeftTheMachine, match=host):
        socket.create_connection((host, 80))
    assert [host in tried for tried in network.OUTSIDE] == [True]
    network.OUTSIDE.clear()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback_is_no_way_out(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection((host, port)):
            pass
    assert network.OUTSIDE == []
