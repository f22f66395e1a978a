"""Which addresses may be connected to. Decided on the address itself, after every name resolution.

The table is our own: ``ipaddress.is_global`` calls NAT64, 6to4 and IPv4-compatible addresses global although they
lead back inside. Ranges: RFC 6890 and its updates, RFC 6598 (shared), RFC 2544 (benchmarks; also the "fake IP"
answers of some VPN clients), RFC 6052 (NAT64), RFC 3056 (6to4), RFC 4380 (Teredo).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from spiders.addresses import shown
from spiders.reasons import Code, Reason

_KIND_OF_RANGE = {
    "0.0.0.0/8": Code.RANGE_THIS_NETWORK,
    "10.0.0.0/8": Code.RANGE_PRIVATE,
    "100.64.0.0/10": Code.RANGE_SHARED,
    "127.0.0.0/8": Code.RANGE_LOOPBACK,
    "169.254.0.0/16": Code.RANGE_LINK_LOCAL,
    "172.16.0.0/12": Code.RANGE_PRIVATE,
    "192.0.0.0/24": Code.RANGE_RESERVED,
    "192.168.0.0/16": Code.RANGE_PRIVATE,
    "198.18.0.0/15": Code.RANGE_TEST,
    "224.0.0.0/3": Code.RANGE_MULTICAST_OR_RESERVED,
    "::/96": Code.RANGE_UNSPECIFIED,
    "::ffff:0:0/96": Code.RANGE_IPV4_MAPPED,
    "64:ff9b::/96": Code.RANGE_NAT64,
    "64:ff9b:1::/48": Code.RANGE_NAT64,
    "100::/64": Code.RANGE_DISCARD,
    "2001::/32": Code.RANGE_TEREDO,
    "2002::/16": Code.RANGE_6TO4,
    "fc00::/7": Code.RANGE_PRIVATE,
    "fe80::/10": Code.RANGE_LINK_LOCAL,
    "fec0::/10": Code.RANGE_SITE_LOCAL,
    "ff00::/8": Code.RANGE_MULTICAST,
}
REFUSED = tuple((ip_network(cidr), kind) for cidr, kind in _KIND_OF_RANGE.items())


@dataclass(frozen=True, slots=True)
class AddressGuard:
    """Says why an address is refused. ``allow`` are the networks that the user's configuration names."""

    allow: tuple[IPv4Network | IPv6Network, ...] = ()

    @classmethod
    def allowing(cls, networks: Iterable[str]) -> AddressGuard:
        """From addresses or networks as written (``127.0.0.1``, ``192.168.1.0/24``). Raises ValueError."""
        return cls(tuple(ip_network(text, strict=False) for text in networks))

    def allows_by_name(self, host: str) -> bool:
        """Whether the configuration itself names this host: its address, or localhost where loopback is allowed."""
        address = "127.0.0.1" if host == "localhost" else host.strip("[]")
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        return self._is_allowed(parsed)

    def refusal(self, address: str) -> Reason | None:
        """Why ``address`` (an IP literal, with or without a zone index) may not be connected to, or None."""
        try:
            parsed = ip_address(address.partition("%")[0])
        except ValueError:
            return Reason(Code.NOT_AN_ADDRESS, address=shown(address))
        if self._is_allowed(parsed):
            return None
        for network, kind in REFUSED:
            if parsed.version == network.version and parsed in network:
                return Reason(Code.ADDRESS_IN_RANGE, address=str(parsed), range=Reason(kind))
        return None

    def _is_allowed(self, address: IPv4Address | IPv6Address) -> bool:
        return any(address.version == network.version and address in network for network in self.allow)
