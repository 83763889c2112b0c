"""One medicine as a readable dossier: the answer first, then what people ask next, with source and date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medpath.printing import out, paragraph
from medpath.translations.language import Language, language
from medpath.translations.vocabulary.documents import GROUPS
from medpath.translations.vocabulary.medicines import DATES, ENDINGS, EVENTS, FLAGS, RELATED
from medpath.translations.words import field_word, word

AUTHORISED = "authorised"
# Texts that the pages show too, with the same translations.
ARCHIVED = (
    "EMA no longer shows these questions and answers. They are kept here as EMA showed them until %(day)s and are not "
    "current."
)
FROM_DOCUMENT_OF = (
    "EMA's page no longer shows questions and answers. These are from EMA's overview document of %(month)s and are not "
    "current."
)
FROM_DOCUMENT = (
    "EMA's page no longer shows questions and answers. These are from EMA's overview document and are not current."
)
NO_LONGER_SHOWN = (
    "EMA no longer shows questions and answers for this medicine, and no version that is held here had them."
)
NOT_CURRENT = "history: the medicine is not listed as an orphan medicine now"
DATA_DATE = "Date of the data: %(instant)s, the newest list of EMA that was read."
NO_ADVICE = (
    "MedPath informs. It gives no medical advice; ask a doctor or pharmacist. It is no site of EMA, and EMA has not "
    "checked it."
)


def print_dossier(
    medicine: dict[str, Any], language: Language, data_date: str | None, now: dict[str, Any] | None = None
) -> None:
    """Prints a medicine (contract chapter 3). ``data_date`` is the date of the data, as of the same day.

    ``now`` is the present status of a medicine that is shown as it was.
    """
    _head(medicine, language, now)
    _facts(medicine, language)
    _events(medicine, language)
    _overview(medicine["overview"], language)
    _documents(medicine["documents"], language)
    _related(medicine["related"], language)
    _quality(medicine, language)
    _origin(medicine, language, data_date)


def status_in_words(status: dict[str, Any], language: Language) -> str:
    """A status in words; one that is not known yet by the agency's own word."""
    known = word(language, "status", status["code"] or "")
    return known or status["source_value"] or language.gettext("Status not stated")


def _not_authorised(status: dict[str, Any], language: Language) -> None:
    """What a status other than authorised means, with its day."""
    since = f" ({language.day(status['date'])})" if status["date"] else ""
    meant = word(language, "status_sentence", status["code"] or "") or status_in_words(status, language)
    out(f"{meant}{since}", "warning")


def say_not_authorised(medicine: Mapping[str, Any]) -> None:
    """Prints first, for every text about a medicine, that it is not authorised; nothing for one that is."""
    if medicine["status"]["code"] != AUTHORISED:
        _not_authorised(medicine["status"], language("en"))


def _head(medicine: dict[str, Any], language: Language, now: dict[str, Any] | None) -> None:
    _ = language.gettext
    status, stated = medicine["status"], status_in_words(medicine["status"], language)
    since = f" ({language.day(status['date'])})" if status["date"] else ""
    if status["code"] != AUTHORISED:
        _not_authorised(status, language)
    out(medicine["name"], "bold")
    out(language.listed([one["name"] for one in medicine["active_substances"]]))
    if status["code"] == AUTHORISED:
        out(f"{stated}{since}")
    if medicine.get("as_of"):
        out(_("As of %(day)s.") % {"day": language.day(medicine["as_of"])})
        if now is not None and now["code"] not in (AUTHORISED, status["code"]):
            _not_authorised(now, language)
    if medicine["no_longer_listed_at"]:
        out(f"{_('No longer listed')}: {language.day(medicine['no_longer_listed_at'][:10])}", "warning")
    if medicine["therapeutic_indication"]:
        _heading(_("Therapeutic indication"))
        for line in filter(None, medicine["therapeutic_indication"].splitlines()):
            paragraph(line)


def _facts(medicine: dict[str, Any], language: Language) -> None:
    _heading(language.gettext("Key facts"))

    def fact(field: str, value: str | None) -> None:
        if value:
            paragraph(f"{field_word(language, field)}: {value}", "  ")

    fact("product_number", medicine["product_number"])
    fact("category", word(language, "category", medicine["category"] or "") or medicine["category"])
    fact("inn_or_common_names", language.listed(medicine["inn_or_common_names"]))
    for one in medicine["atc"]:
        name = one["name"].get(language.code) or one["name"].get("en") or ""
        fact("atcvet" if one["system"] == "ATCvet" else "atc", f"{one['code']} {name}".rstrip())
    fact("therapeutic_areas", language.listed([one["name"] for one in medicine["therapeutic_areas"]]))
    fact("pharmacotherapeutic_group", medicine["pharmacotherapeutic_group"])
    fact("species", language.listed(medicine["species"]))
    for one in medicine["authorisations"]:
        holder = one["holder"] or {"name": None, "address": []}
        fact("holder", language.listed([holder["name"], *holder["address"]]) if holder["name"] else None)
        fact("authorisations.eu_numbers", language.listed(one["eu_numbers"]))
    for name in DATES:
        day = medicine["dates"].get(name)
        fact(f"dates.{name}", language.day(day) if day else None)
    flags = [word(language, "flag", name) or name for name in FLAGS if medicine["flags"].get(name)]
    if flags:
        paragraph(f"{language.gettext('Flags')}: {language.listed(flags)}", "  ")
    fact("revision", str(medicine["revision"]) if medicine["revision"] is not None else None)
    fact("latest_procedure", medicine["latest_procedure"])


def _events(medicine: dict[str, Any], language: Language) -> None:
    if not medicine["events"]:
        return
    _heading(language.gettext("Timeline"))
    for event in medicine["events"]:
        said = word(language, "event", event["kind"]) or event["kind"]
        if event["kind"] == "withdrawal-expiry-revocation-lapse":
            said = word(language, "ending", medicine["status"]["code"] or "") or said
        about = event["title"] if event["title"] not in (*EVENTS.values(), *ENDINGS.values()) else None
        out(f"  {language.day(event['date'])}  {said}" + (f": {about}" if about else ""))


def _overview(overview: dict[str, Any], language: Language) -> None:
    _ = language.gettext
    if not (overview["summary"] or overview["questions"] or overview["no_longer_shown"]):
        return
    _heading(_("Overview"))
    for text in overview["summary"]:
        paragraph(text)
    if overview["questions_document"]:
        month = overview["questions_month"]
        out(_(FROM_DOCUMENT_OF) % {"month": language.month(month)} if month else _(FROM_DOCUMENT), "warning")
    elif overview["archived_at"]:
        out(_(ARCHIVED) % {"day": language.day(overview["archived_at"][:10])}, "warning")
    for one in overview["questions"]:
        out()
        out(one["question"], "bold")
        for text in one["answer"]:
            paragraph(text)
    if overview["no_longer_shown"]:
        out(_(NO_LONGER_SHOWN))
        if overview["document"]:
            out(f"  {overview['document']}")


def _documents(documents: list[dict[str, Any]], language: Language) -> None:
    _ = language.gettext
    for group in GROUPS:
        some = [one for one in documents if one["group"] == group]
        if some:
            _heading(f"{_('Documents')}: {word(language, 'group', group)}")
        for one in sorted(some, key=lambda one: one["last_updated"] or one["first_published"] or "", reverse=True):
            out(f"  {one['title']}")
            days = [
                _(text) % {"day": language.day(one[key])}
                for key, text in (("first_published", "first published %(day)s"), ("last_updated", "updated %(day)s"))
                if one[key]
            ]
            out(f"    {language.listed(days)}")
            out(f"    {one['url']}")


def _related(related: dict[str, list[dict[str, Any]]], language: Language) -> None:
    for kind in RELATED:
        items = related.get(kind) or []
        if items:
            _heading(word(language, "related", kind) or kind)
        for one in items:
            day = f"{language.day(one['date'])}  " if one["date"] else ""
            out(f"  {day}{one['title'] or one['id']}")
            if one.get("current") is False:
                out(f"    {language.gettext(NOT_CURRENT)}")
            if one["url"]:
                out(f"    {one['url']}")


def _quality(medicine: dict[str, Any], language: Language) -> None:
    from medpath.tabular import as_text

    if medicine["disagreements"]:
        _heading(language.gettext("Where sources disagree"))
    for one in medicine["disagreements"]:
        said = [f"{as_text(value['value'])} ({value['dataset']})" for value in one["values"]]
        paragraph(f"{field_word(language, one['field'])}: {language.listed(said)}", "  ")
    if medicine["issues"]:
        _heading(language.gettext("Issues"))
    for one in medicine["issues"]:
        paragraph(f"{one['code']}: {one['message']}", "  ")


def _origin(medicine: dict[str, Any], language: Language, data_date: str | None) -> None:
    _ = language.gettext
    _heading(_("Sources"))
    for one in medicine["licence"]["all"]:
        out(f"  {one['attribution']}  {one['url'] or ''}".rstrip())
    if medicine["url"]:
        out(f"  {medicine['url']}")
    version = {"number": medicine["version"], "instant": language.instant(medicine["observed_from"])}
    out(f"  {_('version %(number)s, observed from %(instant)s') % version}")
    if data_date:
        out(f"  {_(DATA_DATE) % {'instant': language.instant(data_date)}}")
    paragraph(_(NO_ADVICE), "  ")


def _heading(text: str) -> None:
    out()
    out(text, "bold")
