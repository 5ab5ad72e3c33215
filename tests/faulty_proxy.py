"""A TCP proxy before a real server that lets things go wrong: cut, reset, late and half answers."""

from __future__ import annotations

import socket
import struct
import threading
import time
from contextlib import suppress

FAULTS = ("refuse", "cut", "reset", "late", "half")
LATE = 5.0


class FaultyProxy:
    """Forwards to a port; `fault` says what happens to everything that passes, None nothing."""

    def __init__(self, port: int) -> None:
        self._target = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.fault: str | None = None
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def begin(self, fault: str) -> None:
        """Let a fault happen, to connections that are open too."""
        self.fault = fault
        if fault in {"refuse", "cut", "reset"}:
            for pair in list(self._pairs):
                self._drop(pair, reset=fault == "reset")

    def end(self) -> None:
        """Let everything pass again."""
        self.fault = None

    def close(self) -> None:
        """Stop."""
        self._listener.close()
        for pair in list(self._pairs):
            self._drop(pair, reset=False)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self.fault == "refuse":
                client.close()
                continue
            server = socket.create_connection(self._target)
            pair = (client, server)
            self._pairs.append(pair)
            threading.Thread(target=self._pump, args=(client, server, pair, False), daemon=True).start()
            threading.Thread(target=self._pump, args=(server, client, pair, True), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, pair, is_answer: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if is_answer and self.fault == "late":
                    time.sleep(LATE)
                if is_answer and self.fault == "half":
                    sink.sendall(data[: len(data) // 2])
                    break
                if self.fault in {"cut", "reset"}:
                    break
                sink.sendall(data)
        self._drop(pair, reset=self.fault == "reset")

    def _drop(self, pair: tuple[socket.socket, socket.socket], *, reset: bool) -> None:
        with suppress(ValueError):
            self._pairs.remove(pair)
        for each in pair:
            with suppress(OSError):
                if reset:
                    each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                else:
                    each.shutdown(socket.SHUT_RDWR)
                each.close()
