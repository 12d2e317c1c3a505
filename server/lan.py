"""By which addresses other devices of the same network find this computer."""

import ipaddress
import socket

_NOWHERE = "192.0.2.1"
"""An address for documentation: nothing is sent there, only the way to it is looked up."""


def lan_addresses() -> list[str]:
    """IPv4 addresses of this computer in its networks, the one by which it goes out first.

    Empty without a network.
    """
    found = [_way_out()]
    try:
        told = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        found += [str(address[0]) for *_, address in told]
    except OSError:  # a name that nobody knows
        pass
    return [name for name in dict.fromkeys(found) if name and _reachable(name)]


def _way_out() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect((_NOWHERE, 9))
        except OSError:
            return ""
        return str(asked.getsockname()[0])


def _reachable(name: str) -> bool:
    address = ipaddress.ip_address(name)
    return not (address.is_loopback or address.is_link_local or address.is_unspecified)
