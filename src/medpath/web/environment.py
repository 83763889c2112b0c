"""The templates of one language: compiled once, escaping everything, failing on what is not there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, MutableMapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.runtime import Context
from markupsafe import Markup, escape

from medpath import urls
from medpath.translations.autonyms import autonym
from medpath.translations.language import Language, language
from medpath.translations.marked import own_words, written
from medpath.translations.vocabulary.medicines import STATUS_LOOKS
from medpath.translations.words import field_word, word
from medpath.web.links import form_of, safe_url
from medpath.web.static_files import address_of

TEMPLATES = Path(__file__).parent / "templates"
MOST_WORDS = 20_000  # that are kept as they are written
MOST_KEPT = 2_000


_PART = re.compile(r'\{% include "([\w/]+\.html)" %\}\n')
# A text without holes, as templates have it.
_WHOLE = re.compile(r'\{\{ _\("([^"%\\]*)"\) \}\}')


class Direct(Context):
    """A template's names. No function here asks for the context, so that each is called as it is."""

    def call(
        self,
        function: Callable[..., Any],
        /,
        *given: Any,
        _block_vars: object = None,
        _loop_vars: object = None,
        **named: Any,
    ) -> Any:
        """Calls a function; the names that stand where it is called are not its own."""
        return function(*given, **named)


class Quick(Template):
    """A template that writes a text without signs of HTML as it is: most are such, and a page writes a thousand."""

    @classmethod
    def from_code(cls, *given: Any, **named: Any) -> Template:
        """The template of compiled code."""
        made = super().from_code(*given, **named)
        made.root_render_func.__globals__["escape"] = written
        return made


class Spoken(Environment):
    """Templates of one language. Texts without holes are put in their place when a template is read, not each time."""

    context_class = Direct
    template_class = Quick

    def __init__(self, spoken: Language, **options: Any) -> None:
        super().__init__(**options)
        self.spoken = spoken

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """The template with its parts and its plain texts in the language."""
        whole = _PART.sub(lambda match: (TEMPLATES / match[1]).read_text(encoding="utf-8"), source)
        told = _WHOLE.sub(lambda match: self.spoken.gettext(match[1]), whole)
        return super().preprocess(told, name, filename)

    def make_globals(self, given: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names that every template has: here none has names of its own."""
        return super().make_globals(given) if given else self.globals

    def getattr(self, value: Any, name: str) -> Any:
        """``value.name``: of a record its key, and of what is no record its attribute."""
        try:
            return value[name] if type(value) is dict else getattr(value, name)
        except (KeyError, AttributeError):
            return super().getattr(value, name)


@cache
def environment(code: str) -> Environment:
    """The templates in a language."""
    spoken = language(code)
    field_word_of = lru_cache(MOST_WORDS)(partial(field_word, spoken))
    made = Spoken(
        spoken,
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.filters.update(
        day=lru_cache(MOST_WORDS)(partial(day, spoken)),
        instant=lru_cache(MOST_WORDS)(partial(instant, spoken)),
        month=spoken.month,
        number=spoken.number,
        listed=spoken.listed,
        safe_url=safe_url,
        form_of=form_of,
        own_words=partial(own_words, spoken),
        language_links=language_links,
        field_words=lambda names: spoken.listed(list(dict.fromkeys(map(field_word_of, names)))),
    )
    made.globals.update(
        _=lambda text, /, **values: filled(spoken.gettext(text), values),
        ngettext=lambda one, many, count, /, **values: filled(spoken.ngettext(one, many, count), values),
        language=spoken,
        english=spoken.code == "en",
        colon="：" if spoken.code == "zh" else ": ",
        comma="、" if spoken.code == "zh" else ", ",
        autonym=autonym,
        word=lru_cache(MOST_WORDS)(partial(word, spoken)),
        field_word=field_word_of,
        kept=kept,
        status_look=status_look,
        static=address_of,
        at=partial(urls.prefixed, language=code),
        medicine_url=partial(urls.medicine, language=code),
        history_url=partial(urls.history, language=code),
        procedures_url=partial(urls.procedures, language=code),
        compare_url=partial(urls.compare, language=code),
        section_url=partial(urls.section, language=code),
        atc_url=partial(urls.atc_class, language=code),
        dataset_url=partial(urls.dataset, language=code),
        entity_url=partial(entity_url, code),
        api_medicine_url=urls.api_medicine,
    )
    return made


def read_templates() -> None:
    """Reads all templates in every language, which the first page in it would else wait for."""
    for code in urls.LANGUAGES:
        for name in environment(code).list_templates():
            environment(code).get_template(name)


def filled(text: str, values: Mapping[str, Any]) -> Markup:
    """A text of ours with its holes filled, what comes from elsewhere escaped."""
    return Markup(text % {name: written(value) for name, value in values.items()})


@lru_cache(MOST_KEPT)
def kept(macro: Callable[..., Markup], *values: Any) -> Markup:
    """What a macro makes of values of which few combinations occur, made once."""
    return macro(*values)


def day(spoken: Language, text: str | None) -> Markup:
    """A day in the reader's form, with the ISO form for programs."""
    if not text:
        return Markup("")
    return Markup(f'<time datetime="{escape(text)}">{escape(spoken.day(text))}</time>')


def instant(spoken: Language, text: str | None) -> Markup:
    """An instant in the reader's form."""
    if not text:
        return Markup("")
    return Markup(f'<time datetime="{escape(text)}">{escape(spoken.instant(text))}</time>')


def language_links(translations: Mapping[str, str]) -> Markup:
    """Links to a document in its other languages, each by its own name for itself; there can be hundreds on a page."""
    links = [(code, url) for code, url in sorted(translations.items()) if safe_url(url)]
    return Markup(
        "".join(f'<li><a href="{written(url)}" rel="external" {_named(code)}</a></li>' for code, url in links)
    )


@lru_cache(MOST_WORDS)
def _named(code: str) -> str:
    return f'hreflang="{escape(code)}" lang="{escape(code)}">{escape(autonym(code))}'


def status_look(code: str | None) -> tuple[str, str]:
    """(colour, sign) of a status."""
    return STATUS_LOOKS.get(code or "", ("wait", "question"))


def entity_url(code: str, kind: str, slug: str) -> str:
    """The page of a substance, condition or organisation."""
    function: Callable[[str, str], str] = urls.ENTITY_PATHS[kind]
    return function(slug, code)


def as_json(value: Any) -> Markup:
    """A value as JSON within a page: nothing in it can end the element or begin another."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)
