"""A host and port in, the addresses that may be connected to out: public ones, and those that are allowed by name."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Self

from dyadgraph.errors import SettingsError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolver = Callable[[str, int], Iterable[str]]

# Ranges that lead elsewhere than they say (translation and tunnels to IPv4) or nowhere, which `is_global` lets pass.
DECEITFUL = tuple(
    ipaddress.ip_network(text)
    for text in (
        "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "::/96", "::ffff:0:0/96", "fec0::/10",
        "192.88.99.0/24", "192.0.0.0/24", "5f00::/16", "3fff::/20",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Allowed:
    """Hosts that may be fetched although they are not public: names, names with a port, networks."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def of(cls, text: str) -> Self:
        """Read a list like `intranet.example, 127.0.0.1:8080, 10.1.0.0/16`; raises SettingsError for a bad network."""
        hosts: set[str] = set()
        networks: list[Network] = []
        for entry in (part.strip().lower() for part in text.split(",")):
            if "/" not in entry:
                hosts |= {entry} if entry else set()
                continue
            try:
                networks.append(ipaddress.ip_network(entry))
            except ValueError as exc:
                raise SettingsError(f"{entry!r} is no network ({exc}); write one like 10.1.0.0/16") from exc
        return cls(frozenset(hosts), tuple(networks))

    def names(self, host: str, port: int) -> bool:
        """Return whether the host is allowed by its name, at this or every port."""
        return host in self.hosts or f"{host}:{port}" in self.hosts

    def holds(self, address: Address) -> bool:
        """Return whether the address lies in an allowed network."""
        return any(address in network for network in self.networks)


def is_public(address: Address) -> bool:
    """Return whether the address is one of the open internet, and plainly so."""
    if isinstance(address, ipaddress.IPv6Address) and address.scope_id:
        return False
    if any(address in network for network in DECEITFUL):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def resolve(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a host; raises OSError where it has none."""
    found: list[Any] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(each[4][0]) for each in found))
