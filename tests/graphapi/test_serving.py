"""The service under both servers: clients that dawdle, send too much or hang must not keep others waiting."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from graphapi.access import make_key

HEAD = "POST /v1/ingest HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def key():
    return make_key()


@pytest.fixture(scope="module", params=["waitress", "granian"])
def served(request, tmp_path_factory, key):
    """Name and port of a running service."""
    folder = tmp_path_factory.mktemp("served")
    env = os.environ | {
        "DYADGRAPH_STORE": f"sqlite:///{folder / 'graph.db'}",
        "DYADGRAPH_API_KEYS": key[1],
        "DYADGRAPH_MAX_BODY": "10000",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "graphapi", "serve", "--port", "0", "--server", request.param]
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        port = int(re.search(r":(\d+)/", process.stdout.readline())[1])
        wait_until_alive(port)
        yield request.param, port
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
        assert "Stopped." in process.stdout.read()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def wait_until_alive(port):
    for _ in range(200):
        try:
            return alive(port)
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the service did not come up")


def alive(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
        return answer.status == 200


def send(port, text, body=b""):
    client = socket.create_connection(("127.0.0.1", port), timeout=20)
    client.sendall(text.encode() + b"\r\n" + body)
    return client


def status_of(client):
    with client, client.makefile("rb") as lines:
        return int(lines.readline().split()[1])


def test_body_that_never_comes_keeps_nobody_waiting(served, key):
    _, port = served
    head = f"{HEAD}Authorization: Bearer {key[0]}\r\nContent-Length: 5000\r\n"
    clients = [send(port, head, b'{"text": "') for _ in range(6)]
    assert all(alive(port) for _ in range(5))
    for client in clients:
        client.close()


def test_half_open_clients_keep_nobody_waiting(served):
    _, port = served
    clients = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(30)]
    for client in clients[::2]:
        client.sendall(b"GET /v1/rel")
    assert alive(port)
    for client in clients:
        client.close()
    assert alive(port)


def test_oversize_body_is_413(served, key):
    _, port = served
    head = f"{HEAD}Authorization: Bearer {key[0]}\r\nContent-Length: 10001\r\nConnection: close\r\n"
    assert status_of(send(port, head, b"x" * 10_001)) == 413


def test_write_without_a_key_is_refused(served):
    name, port = served
    # waitress hands a request on when its body is there; granian at once.
    body = b"{}" if name == "waitress" else b""
    assert status_of(send(port, f"{HEAD}Content-Length: 2\r\n", body)) == 401


def test_chunked_body_is_whole_or_refused(served, key):
    _, port = served
    head = f"{HEAD}Authorization: Bearer {key[0]}\r\nTransfer-Encoding: chunked\r\n"
    body = b'{"text": ""}'
    # 422: waitress gathered the body and its text is empty. 411: granian tells no length.
    expected = {"waitress": 422, "granian": 411}[served[0]]
    assert status_of(send(port, head, f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n")) == expected
