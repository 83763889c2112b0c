"""The address under which a reader reached this register, for what has to be whole addresses."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv6Address

from starlette.requests import Request

from medpath.settings import Settings

_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*", re.ASCII)
_HOST = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9.-]{1,253})(?::([0-9]{1,5}))?", re.ASCII)
_USUAL = {"http": 80, "https": 443}


def origin_of(request: Request, settings: Settings) -> str:
    """``https://register.example``, without a slash at its end.

    What the operator set; else the host that the request names, where it is a host's name or number and nothing more;
    else the socket that took the request; ``""`` where there is none. What is made from a request's own host may be
    kept for requests of that host alone: the header is the sender's word.
    """
    if settings.public_url:
        return settings.public_url
    scheme = request.scope.get("scheme", "http")
    if scheme not in _USUAL:
        return ""
    server = request.scope.get("server") or ("", None)
    listening = f"[{server[0]}]" if ":" in server[0] else server[0]
    for text in (request.headers.get("host", ""), f"{listening}:{server[1]}" if server[1] else listening):
        if host := _plain_host(text, scheme):
            return f"{scheme}://{host}"
    return ""


def _plain_host(text: str, scheme: str) -> str:
    """A host with its port where that is not the usual one, in small letters; ``""`` for what is none."""
    found = _HOST.fullmatch(text.lower())
    if found is None:
        return ""
    host, port = found.groups()
    if host.startswith("["):
        try:
            host = f"[{IPv6Address(host[1:-1]).compressed}]"
        except AddressValueError:
            return ""
    elif not _NAME.fullmatch(host):
        return ""
    if port is None or int(port) == _USUAL[scheme]:
        return host
    return f"{host}:{int(port)}" if 0 < int(port) < 65_536 else ""
