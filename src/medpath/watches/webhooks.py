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

import anyio
import httpx2

from medpath.errors import UsageError
from medpath.settings import Settings
from medpath.watches.undelivered import Undelivered

ADDRESS_LENGTH = 2_000
_PORTS = {"http": 80, "https": 443}
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 addresses, where a network knows IPv6 alone
_UNICAST = ipaddress.ip_network("2000::/3")  # all that is given out of IPv6


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
    wait = settings.delivery_seconds
    try:
        status = anyio.run(_status, url, body, headers, host, wait)
    except TimeoutError as problem:
        raise Undelivered(f"{host} gave no answer within {wait:g} seconds.") from problem
    except (httpx2.HTTPError, httpx2.InvalidURL, ssl.SSLError, OSError) as problem:
        raise Undelivered(f"{host} could not be reached ({type(problem).__name__}: {str(problem)[:150]}).") from problem
    if 300 <= status < 400:
        raise Undelivered(f"{host} answered {status}, a redirect, which is not followed; give its new address.")
    if not 200 <= status < 300:
        raise Undelivered(f"{host} answered {status}.")


async def _status(url: httpx2.URL, body: bytes, headers: dict[str, str], host: str, seconds: float) -> int:
    """The status of the answer. Raises TimeoutError: who answers byte by byte must not hold up everybody else."""
    with anyio.fail_after(seconds):
        async with (
            httpx2.AsyncClient(timeout=seconds, follow_redirects=False, trust_env=False) as client,
            client.stream("POST", url, content=body, headers=headers, extensions={"sni_hostname": host}) as answer,
        ):
            return answer.status_code


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
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else None)
        if number in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(str(inner))
        if number not in _UNICAST:  # what is left has no public addresses, whatever the newest registry calls it
            return False
    return number.is_global and not number.is_multicast
