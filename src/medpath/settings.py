"""All settings, in one class: environment variables ``MEDPATH_…``, then ``medpath.toml`` in the working folder."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from medpath import __version__
from medpath.errors import UsageError

DAY = 86_400


class Settings(BaseSettings):
    """What can be set, with its default.

    ``data`` is the folder of everything kept; ``database_url`` the store's database (default:
    ``medpath.sqlite`` in the data folder). ``contact`` (an address or URL) is stated in the
    User-Agent. ``public_url`` is where readers reach the register, for the whole addresses that pages name
    as their own. ``page_interval`` is the time between two requests for pages and files, in seconds,
    ``report_interval`` that between reports; ``budget`` how many requests for pages one run may make,
    ``document_budget`` how many for files of documents (0: none); ``run_seconds`` how long one run may fetch.
    A page that was seen less than ``page_days`` days ago is asked again only where a report says that it
    changed; a document likewise after ``document_days``.

    ``connect_seconds`` bounds how long a site may take to be reached, ``read_seconds`` how long it
    may be silent, ``request_seconds`` one whole request. ``tries`` is how often an address is asked
    at most; between two tries ``retry_seconds`` pass, doubled each time, or what the site's
    Retry-After says, which is waited for up to ``wait_seconds``. ``report_limit``,
    ``page_limit`` and ``document_limit`` are sizes in bytes, unpacked.

    ``keep_snapshots_days``: bytes that no version cites are dropped after so many days (0: never).

    ``smtp_host`` and what follows it say how e-mail is sent (``smtp_security``: ``starttls``, ``tls`` or ``none``);
    ``mail_from`` is the sender. ``webhook_private`` allows deliveries to addresses of this machine and of private
    networks. ``delivery_seconds`` bounds one delivery, ``deliver_seconds`` all of one run. ``access_token``, of 16
    signs or more, opens the page of watches.
    """

    model_config = SettingsConfigDict(
        env_prefix="MEDPATH_", toml_file="medpath.toml", extra="ignore", env_ignore_empty=True
    )

    data: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("medpath")))
    database_url: str = ""
    contact: str = ""
    public_url: str = ""
    ema_url: str = "https://www.ema.europa.eu"
    page_interval: float = Field(default=2.0, ge=0, le=DAY)
    report_interval: float = Field(default=1.0, ge=0, le=DAY)
    connect_seconds: float = Field(default=15.0, gt=0, le=DAY)
    read_seconds: float = Field(default=60.0, gt=0, le=DAY)
    request_seconds: float = Field(default=300.0, gt=0, le=DAY)
    tries: int = Field(default=4, ge=1, le=10)
    retry_seconds: float = Field(default=10.0, ge=0, le=DAY)
    wait_seconds: float = Field(default=300.0, ge=0, le=DAY)
    page_days: float = Field(default=1.0, ge=0, le=3650)
    budget: int = Field(default=300, ge=0)
    document_budget: int = Field(default=300, ge=0)
    document_days: float = Field(default=60.0, ge=0, le=3650)
    run_seconds: float = Field(default=3600.0, gt=0, le=7 * DAY)
    report_limit: int = Field(default=200_000_000, gt=0)
    page_limit: int = Field(default=20_000_000, gt=0)
    document_limit: int = Field(default=100_000_000, gt=0)
    keep_snapshots_days: int = Field(default=0, ge=0)
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    mail_from: str = ""
    webhook_private: bool = False
    access_token: SecretStr = SecretStr("")
    delivery_seconds: float = Field(default=20.0, gt=0, le=600)
    deliver_seconds: float = Field(default=1800.0, gt=0, le=DAY)
    sample: bool = False

    @field_validator("contact")
    @classmethod
    def _plain(cls, contact: str) -> str:
        """A header holds one line of plain characters."""
        if not (contact.isascii() and (contact == "" or contact.isprintable())):
            raise ValueError("an e-mail address or URL in plain ASCII characters is wanted")
        return contact.strip()

    @field_validator("access_token")
    @classmethod
    def _long(cls, token: SecretStr) -> SecretStr:
        """What can be guessed protects nothing."""
        if 0 < len(token.get_secret_value()) < 16:
            raise ValueError("at least 16 signs are wanted")
        return token

    @field_validator("public_url")
    @classmethod
    def _address(cls, public_url: str) -> str:
        """Pages print it as it is."""
        if public_url and not re.fullmatch(r"https?://[a-z0-9.-]+(:\d{1,5})?(/[\w.~-]+)*/?", public_url, re.IGNORECASE):
            raise ValueError("an address like https://medpath.example.org is wanted")
        return public_url.rstrip("/")

    @property
    def database(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite:///{(self.data / 'medpath.sqlite').absolute()}"

    @property
    def snapshots(self) -> Path:
        """The folder of kept bytes."""
        return self.data / "snapshots"

    @property
    def index(self) -> Path:
        """The folder of the search index."""
        return self.data / "index"

    @property
    def deliveries(self) -> Path:
        """The folder below which deliveries to files are laid."""
        return self.data / "deliveries"

    @property
    def user_agent(self) -> str:
        """How MedPath introduces itself to the publisher's site."""
        contact = f"; {self.contact}" if self.contact else ""
        return f"MedPath/{__version__} (register of medicines, self-hosted{contact})"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Command line first, then the environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**given: object) -> Settings:
    """The settings in force; ``given`` wins. Raises UsageError that names the setting that can't be used."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as problem:
        first = problem.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"The setting MEDPATH_{name.upper()} can't be used: {first['msg']}.") from problem
    except OSError as problem:
        raise UsageError(f"medpath.toml can't be read: {problem.strerror}.") from problem
    except ValueError as problem:
        raise UsageError(f"medpath.toml can't be understood: {str(problem)[:150]}.") from problem
