"""From a sync to a letter, a web address or a file: what is told, when, and that it arrives once."""

import hashlib
import hmac
import json
import socket
import time
from dataclasses import replace
from datetime import datetime

import pytest

from medpath.errors import NotFound, UsageError
from medpath.model.times import instant
from medpath.search.searching import Search
from medpath.store import watches as kept
from medpath.store.tables import change, store_fact
from medpath.store.watches import Wanted
from medpath.watches.delivering import WAITS, add_watch, look, next_due, send
from medpath.watches.webhooks import _is_public
from tests.lists import Store, authorised, row, write_report
from tests.watches.receivers import drip, mail_server, web_hook

OTHER = 5001
HOLDER = "marketing_authorisation_developer_applicant_holder"


class Register(Store):
    """A store with two authorised medicines, of which one is withdrawn a week later."""

    def first(self, folder):
        self.files = folder
        self.sync(write_report(folder, "2026-03-01", [authorised(), authorised(OTHER)]))
        self.search = Search(self.settings.index)

    def withdrawn(self, day="2026-03-08", holder="Another Holder Ltd"):
        rows = [row(), authorised(OTHER, **{HOLDER: holder})]
        assert not self.sync(write_report(self.files, day, rows)).failures

    def watch(self, name="all", **wanted):
        return add_watch(self.database, self.search, name, Wanted(**{"way": "file", "address": "all"} | wanted))

    def deliver(self, **settings):
        with self.database.lock(self.settings.data):
            look(self.database, self.search)
            return send(self.database, self.settings.model_copy(update=settings))

    def laid(self, folder="all"):
        """The files of deliveries, as JSON."""
        paths = sorted((self.settings.deliveries / folder).glob("*.json"))
        return [json.loads(path.read_bytes()) for path in paths]

    def waiting(self):
        with self.database.reading() as connection:
            return kept.deliveries(connection, due_by="9999")


@pytest.fixture
def register(database_url, tmp_path):
    store = Register(tmp_path, database_url)
    store.first(tmp_path / "files")
    yield store
    store.database.dispose()


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory):
    """A register of which no test changes anything."""
    folder = tmp_path_factory.mktemp("unchanged")
    store = Register(folder)
    store.first(folder / "files")
    yield store
    store.database.dispose()


def told(delivery):
    return {(change["name"], change["kind"]) for change in delivery["changes"]}


def test_a_watch_is_told_once_what_comes_after_it(register):
    register.watch()
    assert register.deliver().sent == 0
    register.withdrawn()
    assert register.deliver().sent == 1
    assert register.deliver().sent == 0
    (delivery,) = register.laid()
    assert {("Alofisel", "status-changed"), ("Medicine 5001", "holder-changed")} <= told(delivery)
    assert delivery["data_date"] == "2026-03-08T05:00:00Z"
    assert delivery["attributions"] == ["Sample data: facts as published, texts are MedPath's own, not EMA's wording."]
    (status,) = (one for one in delivery["changes"] if one["kind"] == "status-changed")
    assert (status["status"], status["date"]) == ("withdrawn", "2024-12-13")


def test_what_was_known_before_is_no_news(register):
    register.withdrawn()
    register.watch()
    assert register.deliver().sent == 0
    assert register.laid() == []


def test_old_files_that_are_read_late_send_nothing(register):
    register.watch()
    renamed = [authorised(name_of_medicine="Cx601"), authorised(OTHER)]
    register.sync(write_report(register.files, "2026-02-01", renamed))
    assert any(one["kind"] == "name-changed" and one["cause"] == "source" for one in register.told())
    assert register.deliver().sent == 0
    register.withdrawn()
    register.deliver()
    (delivery,) = register.laid()
    assert "name-changed" not in {kind for _, kind in told(delivery)}


def test_an_old_file_between_two_that_were_told_sends_nothing(register):
    """What was told as one change is two now, the second of them seen on the day of the first."""
    register.watch()
    register.withdrawn()
    assert register.deliver().sent == 1
    before = register.told()
    register.sync(
        write_report(register.files, "2026-03-05", [authorised(), authorised(OTHER, **{HOLDER: "Short Ltd"})])
    )
    holders = [
        (one["observed_at"][:10], one["fields"][0]["after"])
        for one in register.told()
        if one["kind"] == "holder-changed" and one not in before
    ]
    assert holders == [("2026-03-05", "Short Ltd"), ("2026-03-08", "Another Holder Ltd")]
    assert register.deliver().sent == 0


def test_reading_everything_again_sends_nothing(register):
    register.watch()
    register.withdrawn()
    register.deliver()
    register.replay()
    assert register.deliver().sent == 0
    assert len(register.laid()) == 1


def test_changes_that_newer_software_tells_otherwise_are_not_sent_again(register):
    register.watch()
    register.withdrawn()
    register.deliver()
    with register.database.writing() as connection:
        connection.execute(change.update().where(change.c.kind == "status-changed").values(kind="other-changed"))
        connection.execute(store_fact.update().where(store_fact.c.name == "composition").values(value="0"))
    sent = max(one["sequence"] for one in register.register.changes(limit=100).items)
    register.sync(register.files)
    assert [one["kind"] for one in register.register.changes(after=sent).items] == ["status-changed"]
    assert register.deliver().sent == 0
    assert len(register.laid()) == 1


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"medicines": ("EMEA/H/C/004258",)}, {"Alofisel"}),
        ({"filters": {"status": ("authorised",)}}, {"Alofisel", "Medicine 5001"}),  # by its state before, too
        ({"filters": {"status": ("withdrawn",)}}, {"Alofisel"}),
        ({"filters": {"status": ("refused",)}}, set()),
        ({"filters": {"q": "5001"}}, {"Medicine 5001"}),
        ({"filters": {"q": "withdrawn darvadstrocel"}}, {"Alofisel"}),
        ({"filters": {"organisation": ("another-holder-ltd",)}}, {"Medicine 5001"}),
        ({"medicines": ("EMEA/H/C/004258",), "filters": {"q": "5001"}}, {"Alofisel", "Medicine 5001"}),
        ({"kinds": ("holder-changed",)}, {"Medicine 5001"}),
        ({"filters": {"atc": ("l",)}}, {"Alofisel", "Medicine 5001"}),
    ],
)
def test_a_watch_is_told_of_what_fits(register, wanted, names):
    register.watch(**wanted)
    register.withdrawn()
    register.deliver()
    assert {change["name"] for delivery in register.laid() for change in delivery["changes"]} == names


def test_a_digest_waits_for_its_day_and_tells_everything_since(register):
    register.watch(every="week")
    register.withdrawn()
    assert register.deliver().made == 0
    with register.database.lock(register.settings.data):
        due = kept_due(register)
        found = look(register.database, register.search, at=due)
    assert found.made == 1
    assert kept_due(register) > due


def kept_due(register):
    with register.database.reading() as connection:
        return kept.named(connection, "all").due_at


@pytest.mark.parametrize(
    ("every", "start", "due"),
    [
        ("sync", "2026-01-31T06:00:00Z", "2026-01-31T06:00:00Z"),
        ("day", "2026-02-28T06:00:00Z", "2026-03-01T06:00:00Z"),
        ("week", "2026-12-28T06:00:00Z", "2027-01-04T06:00:00Z"),
        ("month", "2026-01-31T06:00:00Z", "2026-02-28T06:00:00Z"),
        ("month", "2026-12-15T06:00:00Z", "2027-01-15T06:00:00Z"),
    ],
)
def test_when_a_watch_is_due_again(every, start, due):
    assert instant(next_due(every, datetime.fromisoformat(start))) == due


def test_a_letter_says_what_changed_in_words_in_its_language(register):
    with mail_server() as box:
        register.watch("in English", way="email", address="reader@example.org")
        register.watch("中文", way="email", address="reader@example.org", language="zh")
        register.withdrawn()
        done = register.deliver(
            smtp_host="127.0.0.1", smtp_port=box.port, smtp_security="none",
            mail_from="MedPath <medpath@example.org>", public_url="https://medpath.example.org",
        )  # fmt: skip
    assert done.sent == 2
    english, chinese = box.letters
    assert english["Subject"] == "MedPath: 3 changes (in English)"
    assert english["Message-ID"].endswith("@example.org>")
    text = english.get_body(("plain",)).get_content()
    assert "Alofisel (Withdrawn)" in text
    assert "Authorised → Withdrawn" in text
    assert "13 December 2024" in text
    assert "https://medpath.example.org/medicines/EMEA-H-C-004258/history" in text
    assert "Date of the data: 8 March 2026, 05:00 UTC" in text
    html = english.get_body(("html",)).get_content()
    assert '<a href="https://medpath.example.org/medicines/EMEA-H-C-004258/history' in html
    assert "Alofisel（已撤回）" in chinese.get_body(("plain",)).get_content()


def test_hostile_text_in_a_letter_is_text(register):
    with mail_server() as box:
        register.watch(way="email", address="reader@example.org")
        rows = [authorised(name_of_medicine="<script>alert(1)</script>\r\nBcc: x@example.org"), authorised(OTHER)]
        register.sync(write_report(register.files, "2026-03-08", rows))
        register.deliver(smtp_host="127.0.0.1", smtp_port=box.port, smtp_security="none", mail_from="m@example.org")
    (letter,) = box.letters
    assert letter["Bcc"] is None
    assert "<script>" not in letter.get_body(("html",)).get_content()
    assert len(box.recipients) == 1


def test_who_lost_a_delivery_goes_on_from_the_last_change_that_it_has(register):
    register.watch()
    register.withdrawn()
    register.deliver()
    had = register.laid()[0]["changes"][-1]["sequence"]
    register.withdrawn("2026-03-15", "A Third Holder Ltd")
    register.deliver()
    missed = [one["sequence"] for laid in register.laid() for one in laid["changes"] if one["sequence"] > had]
    assert missed
    assert missed == [one["sequence"] for one in register.register.changes(after=had, cause="source").items]


def test_what_goes_to_a_web_address_is_signed_and_has_a_key(register):
    secret = "a secret of more than sixteen signs"
    with web_hook() as hook:
        register.watch(way="webhook", address=hook.url, secret=secret)
        register.withdrawn()
        assert register.deliver(webhook_private=True).sent == 1
    ((headers, body),) = hook.taken
    at = headers["MedPath-Signature"].partition(",")[0].removeprefix("t=")
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["MedPath-Signature"] == f"t={at},v1={signed}"
    assert headers["MedPath-Delivery"] == json.loads(body)["delivery"]
    assert headers["Host"] == hook.url.split("/")[2]
    assert headers["Content-Type"] == "application/json"


def test_nothing_goes_to_this_machine_unless_the_operator_allows_it(register):
    with web_hook() as hook:
        register.watch(way="webhook", address=hook.url, secret="x" * 16)
        register.withdrawn()
        done = register.deliver()
    assert hook.taken == []
    assert done.failed == 1
    assert "127.0.0.1, an address of this machine or of a private network" in done.reasons[0]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255",
        "224.0.0.1", "::1", "::", "fe80::1", "fec0::1", "fd00::1", "ff02::1", "::ffff:10.0.0.1", "::127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public_are_refused_however_they_are_written(address):
    assert not _is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450:4001:81b::200e", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_not_refused(address):
    assert _is_public(address)


def test_a_name_that_leads_elsewhere_when_it_is_looked_up_again_leads_nowhere(register, monkeypatch):
    """DNS rebinding: the name is looked up once, and the connection goes to what was checked."""
    look_up, asked = socket.getaddrinfo, []

    def rebound(host, *given, **more):
        if host != "hook.example":
            return look_up(host, *given, **more)
        asked.append(host)
        return look_up("127.0.0.1" if len(asked) == 1 else "127.0.0.2", *given, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    with web_hook() as hook:
        address = hook.url.replace("127.0.0.1", "hook.example")
        register.watch(way="webhook", address=address, secret="x" * 16)
        register.withdrawn()
        assert register.deliver(webhook_private=True).sent == 1
    assert asked == ["hook.example"]
    assert hook.taken[0][0]["Host"] == address.split("/")[2]


def test_who_answers_byte_by_byte_holds_up_nobody(register):
    with drip() as address:
        register.watch(way="webhook", address=address, secret="x" * 16)
        register.withdrawn()
        begun = time.monotonic()
        done = register.deliver(webhook_private=True, delivery_seconds=0.5)
    assert time.monotonic() - begun < 5
    assert "gave no answer within 0.5 seconds" in done.reasons[0]


def test_redirects_are_not_followed(register):
    with web_hook() as hook, web_hook() as other:
        hook.status, hook.location = 307, other.url
        register.watch(way="webhook", address=hook.url, secret="x" * 16)
        register.withdrawn()
        done = register.deliver(webhook_private=True)
    assert (done.failed, other.taken) == (1, [])
    assert "a redirect, which is not followed" in done.reasons[0]


def test_what_did_not_arrive_is_tried_again_with_the_same_key_and_then_given_up(register):
    with web_hook() as hook:
        hook.status = 503
        register.watch(way="webhook", address=hook.url, secret="x" * 16)
        register.withdrawn()
        for attempt in range(len(WAITS) + 1):
            done = register.deliver(webhook_private=True)
            assert (done.failed, done.given_up) == (1, int(attempt == len(WAITS)))
            assert register.deliver(webhook_private=True).failed == 0, "not before its time"
            now_due(register)
        assert register.waiting() == []
        with register.database.lock(register.settings.data), register.database.writing() as connection:
            assert kept.try_again(connection, "all", "2026-01-01T00:00:00Z") == 1
        hook.status = 200
        assert register.deliver(webhook_private=True).sent == 1
    assert len({headers["MedPath-Delivery"] for headers, _ in hook.taken}) == 1
    assert len({body for _, body in hook.taken}) == 1


def now_due(register):
    with register.database.writing() as connection:
        for one in register.waiting():
            connection.execute(kept.delivery.update().where(kept.delivery.c.id == one.id).values(due_at="2026-01-01"))


def test_one_failure_holds_up_nobody_else(register):
    with mail_server() as box:
        box.answer = "550 no such person"
        register.watch("first", way="email", address="nobody@example.org")
        register.watch("second")
        register.withdrawn()
        done = register.deliver(
            smtp_host="127.0.0.1", smtp_port=box.port, smtp_security="none", mail_from="m@example.org"
        )
    assert (done.sent, done.failed) == (1, 1)
    assert done.reasons == ["first: The mail server refused the address nobody@example.org (550)."]
    assert len(register.laid()) == 1


def test_without_a_mail_server_the_reason_says_which_settings_are_needed(register):
    register.watch(way="email", address="reader@example.org")
    register.withdrawn()
    assert "MEDPATH_SMTP_HOST and MEDPATH_MAIL_FROM are needed" in register.deliver().reasons[0]


def test_a_paused_watch_is_told_later(register):
    register.watch()
    with register.database.writing() as connection:
        kept.pause(connection, "all", True)
    register.withdrawn()
    assert register.deliver().sent == 0
    with register.database.writing() as connection:
        kept.pause(connection, "all", False)
    assert register.deliver().sent == 1


def test_a_removed_watch_is_gone_with_what_it_had_to_send(register):
    register.watch()
    register.withdrawn()
    look(register.database, register.search)
    with register.database.writing() as connection:
        kept.remove(connection, "all")
    assert register.deliver().sent == 0
    with register.database.reading() as connection, pytest.raises(NotFound, match="no watch called “all”"):
        kept.named(connection, "all")


@pytest.mark.parametrize(
    ("name", "wanted", "problem"),
    [
        ("", {}, "needs a name"),
        ("x" * 81, {}, "needs a name"),
        ("a", {"way": "pigeon"}, "no way “pigeon”"),
        ("a", {"every": "year"}, "“year” is no time"),
        ("a", {"kinds": ("gossip",)}, "no kind of change “gossip”"),
        ("a", {"filters": {"status": ("happy",)}}, "no status “happy”"),
        ("a", {"address": "../outside"}, "can't name a folder"),
        ("a", {"way": "email", "address": "nobody"}, "no e-mail address"),
        ("a", {"way": "email", "address": "a@b\r\nBcc: c@d"}, "no e-mail address"),
        ("a", {"way": "webhook", "address": "ftp://example.org", "secret": "x" * 16}, "no address of the web"),
        ("a", {"way": "webhook", "address": "https://u:p@example.org", "secret": "x" * 16}, "must not hold"),
        ("a", {"way": "webhook", "address": "https://example.org:99999", "secret": "x" * 16}, "no address of the web"),
        ("a", {"way": "webhook", "address": "https://example.org"}, "needs a secret"),
    ],
)
def test_a_watch_that_makes_no_sense_is_refused(unchanged, name, wanted, problem):
    with pytest.raises(UsageError, match=problem):
        unchanged.watch(name, **wanted)


def test_a_name_is_given_once(register):
    register.watch()
    with pytest.raises(UsageError, match="called “all” already"):
        register.watch()


def test_a_secret_is_in_no_message(register):
    with web_hook() as hook:
        hook.status = 500
        watch = register.watch(way="webhook", address=hook.url, secret="very secret indeed")
        register.withdrawn()
        done = register.deliver(webhook_private=True)
    assert "very secret indeed" not in repr(done)
    assert "very secret indeed" not in repr(replace(watch))
