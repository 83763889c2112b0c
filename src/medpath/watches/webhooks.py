"""Deliveries to an address of the web: signed, to public addresses alone, redirects not followed.

The address is looked up once and the connection goes to what was found, so that a name can't lead to another place
between the check and the request.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import socket
import ssl
import time
from urllib.parse import urlsplit

import httpx2

from medpath.errors import UsageError
from medpath.settings import Settings
from medpath.watches.undelivered import Undelivered

ADDRESS_LENGTH = 2_000
_PORTS = {"http": 80, "https": 443}


def check_address(address: str) -> str:
    """The address as it is kept. Raises UsageError for one that is none of the web, or that holds a password."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as problem:
        raise UsageError(f"“{address[:80]}” is no address of the web ({problem}).") from problem
    plain = address.isascii() and address.isprintable() and " " not in address
    if parts.scheme not in _PORTS or not parts.hostname or not plain or len(address) > ADDRESS_LENGTH or port == 0:
        raise UsageError(f"“{address[:80]}” is no address of the web; https://example.org/hook is one.")
    if parts.username is not None or parts.password is not None:
        raise UsageError("The address must not hold a user's name or password; deliveries are signed instead.")
    return address


def signature(secret: str, body: bytes, at: int) -> str:
    """The value of ``MedPath-Signature``: ``t=<seconds>,v1=<hex>`` with the HMAC-SHA-256 of ``<seconds>.<body>``."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={signed.hexdigest()}"


def send(settings: Settings, address: str, secret: str, key: str, body: bytes) -> None:
    """Sends JSON with its key and signature. Raises Undelivered unless the answer is a success (2xx)."""
    parts = urlsplit(check_address(address))
    host, port = str(parts.hostname), parts.port or _PORTS[parts.scheme]
    found = _look_up(host, port, settings.webhook_private)
    shown = f"[{found}]" if ":" in found else found
    url = httpx2.URL(address).copy_with(host=shown.strip("[]"))
    named = f"[{host}]" if ":" in host else host
    headers = {
        "Host": named if port == _PORTS[parts.scheme] else f"{named}:{port}",
        "Content-Type": "application/json",
        "User-Agent": settings.user_agent,
        "MedPath-Delivery": key,
        "MedPath-Signature": signature(secret, body, int(time.time())),
    }
    try:
        with (
            httpx2.Client(timeout=settings.delivery_seconds, follow_redirects=False, trust_env=False) as client,
            client.stream("POST", url, content=body, headers=headers, extensions={"sni_hostname": host}) as answer,
        ):
            status = answer.status_code
    except (httpx2.HTTPError, httpx2.InvalidURL, ssl.SSLError, OSError) as problem:
        raise Undelivered(f"{host} could not be reached ({type(problem).__name__}: {str(problem)[:150]}).") from problem
    if 300 <= status < 400:
        raise Undelivered(f"{host} answered {status}, a redirect, which is not followed; give its new address.")
    if not 200 <= status < 300:
        raise Undelivered(f"{host} answered {status}.")


def _look_up(host: str, port: int, private: bool) -> str:
    """An IP address of the host. Raises Undelivered where any of them is none of the public network."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise Undelivered(f"The name {host} can't be looked up.") from problem
    addresses = [str(one[4][0]).partition("%")[0] for one in found]
    for address in addresses:
        if not private and not _is_public(address):
            raise Undelivered(
                f"{host} is {address}, an address of this machine or of a private network; deliveries go there only "
                "where MEDPATH_WEBHOOK_PRIVATE allows it."
            )
    return addresses[0]


def _is_public(address: str) -> bool:
    number = ipaddress.ip_address(address)
    if isinstance(number, ipaddress.IPv6Address):
        for inner in (number.ipv4_mapped, number.sixtofour, number.teredo[1] if number.teredo else None):
            if inner is not None and not _is_public(str(inner)):
                return False
        if number in ipaddress.ip_network("64:ff9b::/96"):
            return _is_public(str(ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)))
    return number.is_global and not number.is_multicast
