"""Asking a publisher's site: politely, within bounds, and without trust in what it answers.

One `Site` is one queue: requests follow each other with an interval, a site that says "too many" is
obeyed, and one that fails again and again is left alone for the rest of the run. Nothing is ever
asked of a host that the caller did not name.
"""

from __future__ import annotations

import random
import re
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies

import httpx2

from medpath.errors import FetchFailed, SiteUnavailable, UsageError
from medpath.fetch.bodies import BodyBroken, read_body
from medpath.fetch.watch import Watch
from medpath.settings import Settings

REDIRECTS = 5
FAILURES = 3  # so many addresses in a row that fail, and the site is left alone
ADDRESS_LENGTH = 2000
SLOWEST = 8  # how many times the interval a site's "too many" can lead to
_REDIRECTING = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_PASSING = (408, 425, 500, 502, 504)


@dataclass(frozen=True)
class Answer:
    """What a site answered. ``status`` is 200, 304 (the caller's copy is current), 404 or 410.

    ``path`` is the path that answered, after redirects. ``modified_at`` is the Last-Modified as an
    instant, None where none was sent or where it lies in the future; ``etag`` and ``last_modified``
    are for the next request.
    """

    status: int
    path: str
    retrieved_at: datetime
    data: bytes = field(default=b"", repr=False)
    media_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    modified_at: datetime | None = None


class _Failed(Exception):
    """One try that failed: why, whether another may do, and what the site asks for."""

    def __init__(self, reason: str, *, again: bool = True, busy: bool = False, wait: float | None = None) -> None:
        super().__init__(reason)
        self.again, self.busy, self.wait = again, busy, wait


class Site:
    """One publisher's site, by its base address, for one run.

    ``requests`` counts what was sent. ``given_up`` says why the site is not asked any more,
    ``out_of_time`` that this is so because the run's time is used up; ``refused`` that the last
    address ended in the site's "too many" (429, 503). Redirects are followed within
    the base address, and to ``hosts`` over https. ``until`` (by the monotonic clock) is when the run's
    time ends. Raises UsageError for a base that is no address.
    """

    def __init__(
        self, base: str, settings: Settings, hosts: frozenset[str] = frozenset(), until: float | None = None
    ) -> None:
        self.base = base.rstrip("/")
        self.settings = settings
        self.requests = 0
        self.given_up: str | None = None
        self.out_of_time = False
        self.refused = False
        try:
            parts = urlsplit(self.base)
            self.host, self._port = parts.hostname or "", parts.port
        except ValueError:
            parts, self.host = urlsplit(""), ""
        if parts.scheme not in ("http", "https") or not self.host or parts.username or parts.query or parts.fragment:
            raise UsageError(f"“{base[:200]}” is no base URL; it looks like https://www.ema.europa.eu.")
        self._scheme, self._prefix = parts.scheme, parts.path
        self._hosts = hosts if parts.scheme == "https" and self.host in hosts else frozenset()
        self._until = time.monotonic() + settings.run_seconds if until is None else until
        self._last: float | None = None
        self._slower = 1
        self._failures = 0
        self._heard = False
        self._watch = Watch()
        local = self.host in ("localhost", "127.0.0.1", "::1")
        self._proxied = not local and bool({self._scheme, "all"} & getproxies().keys())
        try:
            self._client = httpx2.Client(
                headers={"User-Agent": settings.user_agent, "Accept": "*/*", "Accept-Encoding": "gzip"},
                trust_env=not local,
                follow_redirects=False,
            )
        except (OSError, ValueError, ImportError) as problem:
            raise UsageError(f"The proxy or certificates of the environment can't be used: {problem}.") from problem

    def __enter__(self) -> Site:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(
        self, path: str, *, limit: int, interval: float, etag: str | None = None, last_modified: str | None = None
    ) -> Answer:
        """Asks for a path (with its query), conditionally where validators are given.

        ``limit`` is in bytes, unpacked; ``interval`` in seconds. Raises FetchFailed where the
        address can't be had, SiteUnavailable where the site can't be reached, refuses (429, 503) or
        has been given up.
        """
        self.refused = self.refused and self.given_up is not None
        url = self.base + path
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        sent = {name: value for name, value in conditions.items() if value}
        tries = 1 if self._failures else self.settings.tries
        for number in range(1, tries + 1):
            try:
                answer = self._follow(url, sent, limit, interval)
            except _Failed as problem:
                self.refused = problem.busy
                if problem.busy:
                    self._slower = min(self._slower * 2, SLOWEST)
                if number == tries or not problem.again:
                    raise self._failure(url, problem, number) from problem
                self._back_off(problem, number)
            else:
                self._failures, self.refused = 0, False
                return answer
        raise AssertionError("unreachable")

    # -- waiting

    def _wait(self, seconds: float) -> None:
        """Sleeps. Raises SiteUnavailable where the site was given up or the run's time would end meanwhile."""
        if self.given_up is None and time.monotonic() + max(seconds, 0) >= self._until:
            self.out_of_time = True
            self.given_up = (
                f"The time of this run ({self.settings.run_seconds:g} s, MEDPATH_RUN_SECONDS) is used up; "
                "the next sync goes on from here."
            )
        if self.given_up is not None:
            raise SiteUnavailable(self.given_up)
        if seconds > 0:
            time.sleep(seconds)

    def _queue(self, interval: float) -> None:
        """Waits for the next request's turn."""
        since = 0.0 if self._last is None else self._last + interval * self._slower - time.monotonic()
        self._wait(since)

    def _back_off(self, problem: _Failed, number: int) -> None:
        wait = problem.wait
        if wait is None:  # spread, so that many installations don't come back at one moment
            wait = self.settings.retry_seconds * 2 ** (number - 1) * random.uniform(1, 1.25)
        elif wait > self.settings.wait_seconds:
            self.given_up = (
                f"{self.host} asks to be left alone for {wait:.0f} s; it is not asked further in this run, "
                "sync again later."
            )
        self._wait(wait)

    def _failure(self, url: str, problem: _Failed, tries: int) -> FetchFailed:
        self._failures += 1
        times = f" (asked {tries} times)" if tries > 1 else ""
        if self._failures >= FAILURES:
            self.given_up = (
                f"{self.host} failed for {self._failures} addresses in a row, at last because {url} {problem}; "
                "it is not asked further in this run."
            )
        kind = SiteUnavailable if problem.busy else FetchFailed
        return kind(f"{url} {problem}{times}; the old data are kept.")

    # -- asking

    def _follow(self, url: str, conditions: Mapping[str, str], limit: int, interval: float) -> Answer:
        for _ in range(REDIRECTS + 1):
            self._queue(interval)
            if self._last is None:
                self._knock()
            answer = self._ask(url, conditions, limit)
            if isinstance(answer, Answer):
                return answer
            url = self._within_site(url, answer)
        raise FetchFailed(f"{url}: was redirected more than {REDIRECTS} times; the old data are kept.")

    def _ask(self, url: str, conditions: Mapping[str, str], limit: int) -> Answer | str:
        """One request; the address to go to where the answer is a redirect."""
        settings = self.settings
        timeout = {
            "connect": settings.connect_seconds,
            "read": min(settings.read_seconds, settings.request_seconds),
            "write": settings.read_seconds,
            "pool": settings.connect_seconds,
        }
        self.requests += 1
        try:
            with self._watch.within(settings.request_seconds):
                request = self._client.build_request(
                    "GET", url, headers=dict(conditions), extensions={"timeout": timeout, "trace": self._watch.trace}
                )
                response = self._client.send(request, stream=True)
                try:
                    self._heard = True
                    answer = self._read(response, url, bool(conditions), limit)
                finally:
                    response.close()
        except (httpx2.InvalidURL, UnicodeError) as problem:
            raise FetchFailed(f"{url[:200]}: is no address that can be asked.") from problem
        except httpx2.RequestError as problem:
            raise self._broken(problem) from problem
        except BodyBroken as problem:
            raise self._broken(problem) from problem
        finally:
            self._last = time.monotonic()
            self._client.cookies.clear()
        if self._watch.fired:
            raise self._broken(None)
        return answer

    def _read(self, response: httpx2.Response, url: str, conditional: bool, limit: int) -> Answer | str:
        status, headers = response.status_code, response.headers
        retrieved_at = datetime.now(UTC).replace(microsecond=0)
        path = self._path(url)
        if status in _REDIRECTING and headers.get("Location"):
            return headers["Location"]
        if status in (404, 410) or (status == 304 and conditional):
            return Answer(status, path, retrieved_at)
        if status != 200:
            busy = status in _BUSY
            said = f"answered {status}{_phrase(status)}"
            raise _Failed(
                said,
                again=busy or status in _PASSING or status > 504,
                busy=busy,
                wait=_retry_after(headers, datetime.now(UTC)) if busy else None,
            )
        length = headers.get("Content-Length", "")
        if length.isascii() and length.isdigit() and int(length[:20]) > limit:
            raise FetchFailed(f"{url}: is larger than {limit:,} bytes; it was not read and the old data are kept.")
        data = read_body(response.iter_raw(), headers.get("Content-Encoding", ""), limit, url)
        modified_at = _http_date(headers.get("Last-Modified"))
        return Answer(
            status,
            path,
            retrieved_at,
            data,
            media_type=_plain(headers.get("Content-Type", "").partition(";")[0], 100) or "",
            etag=_plain(headers.get("ETag"), 500),
            last_modified=_plain(headers.get("Last-Modified"), 60) if modified_at else None,
            modified_at=modified_at if modified_at and modified_at <= retrieved_at else None,
        )

    def _broken(self, problem: Exception | None) -> Exception:
        """What a request that did not come to an answer means."""
        if not self._heard and isinstance(problem, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.ProxyError):
            return self._unreachable(problem)
        whole = self.settings.request_seconds <= self.settings.read_seconds  # then silence is cut by either first
        if self._watch.fired or (whole and isinstance(problem, httpx2.ReadTimeout)):
            return _Failed(f"took longer than {self.settings.request_seconds:g} s", again=False)
        if isinstance(problem, httpx2.TimeoutException):
            return _Failed(f"said nothing for {self.settings.read_seconds:g} s")
        return _Failed(f"broke off ({_one_line(problem)})")

    # -- reaching

    def _knock(self) -> None:
        """Finds out within ``connect_seconds`` whether the host is there: its name and all its addresses in sum.

        The system's look-up of a name knows no time-out of its own, hence the thread.
        """
        if self._proxied:
            return
        problems: list[Exception] = []
        done = threading.Event()
        seconds = self.settings.connect_seconds
        port = self._port or (443 if self._scheme == "https" else 80)

        def knock() -> None:
            try:
                socket.create_connection((self.host, port), seconds).close()
            except (OSError, UnicodeError, OverflowError) as problem:
                problems.append(problem)
            finally:
                done.set()

        threading.Thread(target=knock, daemon=True).start()
        if not done.wait(seconds):
            problems.append(TimeoutError())
        if problems:
            self._last = time.monotonic()
            raise self._unreachable(problems[0])

    def _unreachable(self, problem: Exception) -> SiteUnavailable:
        if isinstance(problem, TimeoutError | httpx2.ConnectTimeout):
            reason = f"no answer within {self.settings.connect_seconds:g} s"
        elif isinstance(problem, socket.gaierror | UnicodeError):
            reason = "its name is not known"
        elif "CERTIFICATE_VERIFY_FAILED" in str(problem):
            reason = "its certificate can't be verified"
        else:
            reason = getattr(problem, "strerror", None) or _one_line(problem)
        self.given_up = (
            f"{self.host} can't be reached ({reason}); check the connection, or take the data from elsewhere "
            "with --from PATH_OR_URL."
        )
        return SiteUnavailable(self.given_up)

    # -- addresses

    def _within_site(self, url: str, location: str) -> str:
        """The address of a redirect. Raises FetchFailed where it leads away from the site."""
        try:
            target = urljoin(url, location)
            parts = urlsplit(target)
            port = parts.port
        except ValueError:
            target, parts, port = "", urlsplit(""), None
        same = (parts.scheme, parts.hostname, port) == (self._scheme, self.host, self._port)
        sibling = parts.scheme == "https" and port in (None, 443) and parts.hostname in self._hosts
        sound = target.isascii() and target.isprintable() and len(target) < ADDRESS_LENGTH
        if not (same or sibling) or not sound or parts.username is not None:
            raise FetchFailed(
                f"{url}: is redirected away from the publisher's site, to “{_one_line(location)}”; "
                "that is not followed and the old data are kept."
            )
        return target.partition("#")[0]

    def _path(self, url: str) -> str:
        parts = urlsplit(url)
        path = parts.path.removeprefix(self._prefix) if parts.hostname == self.host else parts.path
        return f"{path}?{parts.query}" if parts.query else path


def _phrase(status: int) -> str:
    try:
        return f" ({HTTPStatus(status).phrase})"
    except ValueError:
        return ""


def _one_line(problem: object) -> str:
    text = " ".join(str(problem).split())
    return "".join(sign if sign.isprintable() else "?" for sign in text or type(problem).__name__)[:150]


def _plain(value: str | None, length: int) -> str | None:
    """A header's value where it is one line of plain ASCII, which can be kept and sent back."""
    value = (value or "").strip()
    return value if value and len(value) <= length and value.isascii() and value.isprintable() else None


def _http_date(value: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value or "")
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _retry_after(headers: httpx2.Headers, now: datetime) -> float | None:
    """Seconds to wait by Retry-After, which is a number or a date; a date counts by the site's own clock."""
    value = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,9}", value):
        return float(value)
    until = _http_date(value)
    if until is None:
        return None
    return max(0.0, (until - (_http_date(headers.get("Date")) or now)).total_seconds())
