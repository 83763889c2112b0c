"""What the languages of the European Union's documents call themselves."""

from __future__ import annotations

AUTONYMS = {
    "bg": "български", "cs": "čeština", "da": "dansk", "de": "Deutsch", "el": "ελληνικά", "en": "English",
    "es": "español", "et": "eesti", "fi": "suomi", "fr": "français", "ga": "Gaeilge", "hr": "hrvatski",
    "hu": "magyar", "is": "íslenska", "it": "italiano", "lt": "lietuvių", "lv": "latviešu", "mt": "Malti",
    "nl": "Nederlands", "no": "norsk", "pl": "polski", "pt": "português", "ro": "română", "sk": "slovenčina",
    "sl": "slovenščina", "sv": "svenska",
}  # fmt: skip


def autonym(code: str) -> str:
    """The language's own name for itself; the code where it is not known."""
    return AUTONYMS.get(code, code)
