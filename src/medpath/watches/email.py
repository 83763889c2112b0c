"""Deliveries by e-mail, through the server that the settings name."""

from __future__ import annotations

import re
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from medpath.errors import UsageError
from medpath.settings import Settings
from medpath.watches.messages import Message
from medpath.watches.undelivered import Undelivered

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")


def check_address(address: str) -> str:
    """The address as it is kept. Raises UsageError for what is no e-mail address."""
    if not _ADDRESS.fullmatch(address):
        raise UsageError(f"“{address[:80]}” is no e-mail address.")
    return address


def send(settings: Settings, address: str, key: str, message: Message) -> None:
    """Sends a message. Raises Undelivered where the server does not take it, or where none is set."""
    if not settings.smtp_host or not settings.mail_from:
        raise Undelivered("No mail server is set: MEDPATH_SMTP_HOST and MEDPATH_MAIL_FROM are needed.")
    letter = _letter(settings, address, key, message)
    context = ssl.create_default_context()
    wait = settings.delivery_seconds
    server: smtplib.SMTP
    try:
        if settings.smtp_security == "tls":
            server = smtplib.SMTP_SSL(settings.smtp_host, settings.smtp_port, timeout=wait, context=context)
        else:
            server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=wait)
        with server:
            if settings.smtp_security == "starttls":
                server.starttls(context=context)
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            server.send_message(letter)
    except smtplib.SMTPAuthenticationError as problem:
        raise Undelivered(f"The mail server refused the user's name or password ({problem.smtp_code}).") from problem
    except smtplib.SMTPRecipientsRefused as problem:
        code = next(iter(problem.recipients.values()))[0]
        raise Undelivered(f"The mail server refused the address {address} ({code}).") from problem
    except smtplib.SMTPResponseException as problem:
        raise Undelivered(f"The mail server answered {problem.smtp_code}.") from problem
    except (smtplib.SMTPException, ssl.SSLError, OSError) as problem:
        raise Undelivered(
            f"The mail server could not be used ({type(problem).__name__}: {str(problem)[:150]})."
        ) from problem


def _letter(settings: Settings, address: str, key: str, message: Message) -> EmailMessage:
    letter = EmailMessage(policy=SMTP)
    name, sender = parseaddr(settings.mail_from)
    domain = sender.rpartition("@")[2] or "localhost"
    letter["From"] = Address(name or "MedPath", addr_spec=sender)
    letter["To"] = Address(addr_spec=address)
    letter["Subject"] = " ".join(message.subject.split())[:200]
    letter["Message-ID"] = f"<{key}@{domain}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.text)
    letter.add_alternative(message.html, subtype="html")
    return letter
