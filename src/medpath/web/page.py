"""How a page is made: its frame, which every page shares, and its template."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from medpath import urls
from medpath.http.answers import HTML, Content
from medpath.http.state import Stamp, State
from medpath.translations.language import Language, language
from medpath.translations.words import word
from medpath.web.asked import Asked
from medpath.web.environment import environment
from medpath.web.feed_addresses import feed_of
from medpath.web.links import safe_url


@dataclass(frozen=True)
class Credit:
    """Whom a source asks to be named, and where its licence stands."""

    attribution: str
    licence_url: str | None


@dataclass
class AboutSources:
    """Whom the data in the store are from, and the titles of all datasets by name."""

    credits: list[Credit] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)


@dataclass
class Frame:
    """What stands around the contents of every page.

    ``data_date`` is the instant at which the publisher stood as the data say; None where nothing was
    read. ``public_url`` is the register's address from outside, ``""`` where that is not set.
    """

    asked: Asked
    title: str
    description: str = ""
    data_date: str | None = None
    sample: bool = False
    credits: list[Credit] = field(default_factory=list)
    public_url: str = ""
    indexed: bool = True
    searched: str = ""

    @property
    def canonical(self) -> str:
        """The one address of this page."""
        return self.public_url + self.asked.address()

    @property
    def robots(self) -> str:
        """What search engines are told: a page with a question may be listed, but leads to others without end."""
        if not self.indexed:
            return "noindex"
        return "nofollow" if self.asked.query else ""

    @property
    def feeds(self) -> list[tuple[str, str, str]]:
        """(name, media type, address) of the feeds of what this page is about."""
        forms = (("Atom", "application/atom+xml", "atom"), ("JSON Feed", "application/feed+json", "json"))
        found = [(name, media_type, feed_of(self.asked, form)) for name, media_type, form in forms]
        return [(name, media_type, self.public_url + address) for name, media_type, address in found if address]

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """(language tag, address) of this page in every language, English for all others."""
        found = [(language(code).tag, self.public_url + self.asked.address(code)) for code in urls.LANGUAGES]
        return [*found, ("x-default", self.public_url + self.asked.address("en"))]

    @property
    def others(self) -> list[tuple[str, str, str]]:
        """(language tag, name, address) of this page in the other languages."""
        here = self.asked.language.code
        spoken = [language(code) for code in urls.LANGUAGES if code != here]
        return [(one.tag, one.name, self.asked.address(one.code)) for one in spoken]


def page(
    state: State,
    stamp: Stamp,
    asked: Asked,
    template: str,
    title: str,
    *,
    description: str = "",
    indexed: bool = True,
    searched: str = "",
    until: date | None = None,
    **context: Any,
) -> Content:
    """A page from its template. ``indexed``: whether search engines may list it; ``searched``: what is in the box.

    ``until``: the day as of which it shows the data, where that is not now.
    """
    frame = Frame(
        asked,
        title,
        description,
        data_date=stamp.store.data_date if until is None else state.register.data_date(until),
        sample=stamp.store.sample,
        credits=about_sources(state).credits,
        public_url=state.settings.public_url,
        indexed=indexed and not stamp.store.sample,
        searched=searched,
    )
    return Content(render(asked, template, frame, **context), HTML)


def render(asked: Asked, template: str, frame: Frame, **context: Any) -> bytes:
    """The bytes of a page."""
    made = environment(asked.language.code).get_template(template)
    return made.render(frame=frame, asked=asked, **context).encode("utf-8", "replace")


_about: WeakKeyDictionary[State, tuple[Stamp | None, AboutSources]] = WeakKeyDictionary()


def about_sources(state: State) -> AboutSources:
    """What the pages say of the sources, looked up once for each state of the store."""
    stamp = state.last_stamp()
    held, known = _about.get(state, (None, None))
    if known is not None and held == stamp:
        return known
    known = AboutSources()
    for dataset in state.register.named_datasets():
        known.titles[dataset["name"]] = dataset["title"]
        if dataset["held"] and dataset["attribution"] not in {one.attribution for one in known.credits}:
            known.credits.append(Credit(dataset["attribution"], safe_url(dataset["licence_url"])))
    _about[state] = (stamp, known)
    return known


def known_credits(state: State) -> list[Credit]:
    """Whom the data are from as far as that was looked up before; reads nothing."""
    return _about.get(state, (None, AboutSources()))[1].credits


def dataset_titles(state: State, spoken: Language) -> dict[str, str]:
    """The titles of datasets by name, in the reader's language where it has them."""
    return {name: word(spoken, "dataset", name) or title for name, title in about_sources(state).titles.items()}
