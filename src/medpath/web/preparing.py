"""What the first pages would else wait for, done beside a server that has just started."""

from __future__ import annotations

from medpath import urls
from medpath.http.state import Stamp, State
from medpath.model import atc
from medpath.translations.language import language
from medpath.web import medicine
from medpath.web.asked import Asked
from medpath.web.environment import read_templates


def prepare(state: State, stamp: Stamp) -> None:
    """Reads the templates and the names of classes, and makes the page of a medicine.

    Raises StoreUnusable.
    """
    read_templates()
    for number in state.register.numbers()[:1]:
        medicine.show(state, Asked(language("en"), urls.medicine(number)), stamp, number)
    for code in atc.built_in_codes():
        if atc.level(code) == 2:
            medicine.class_path(state, code)
