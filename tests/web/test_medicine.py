"""The page of a medicine: the answer first, then every block, each value with where it is from."""

from collections.abc import Callable

import pytest
from markupsafe import Markup

from medpath.model.times import today
from medpath.translations.language import language
from medpath.web.medicine import cut, decision_note, flags_of, paragraphs, sources_of, stated_before
from tests.lists import authorised, row
from tests.web.kinds import ALOFISEL
from tests.web.pages import Pages

KYMRIAH = "/medicines/EMEA-H-C-004090"
# What schema.org has for a Drug (with Substance, MedicalEntity and Thing above it), and of what we say of a WebPage.
OF_DRUGS = {
    "activeIngredient", "administrationRoute", "availableStrength", "clinicalPharmacology", "dosageForm", "drugClass",
    "isProprietary", "legalStatus", "mechanismOfAction", "nonProprietaryName", "prescribingInfo", "prescriptionStatus",
    "proprietaryName", "relatedDrug", "warning", "code", "guideline", "medicineSystem", "recognizingAuthority",
    "relevantSpecialty", "study", "alternateName", "description", "identifier", "image", "mainEntityOfPage", "name",
    "sameAs", "subjectOf", "url",
}  # fmt: skip
OF_PAGES = {"creditText", "dateModified", "inLanguage", "isBasedOn", "license", "url", "version"}


def test_a_withdrawn_medicine_says_so_before_anything_else(sample: Pages) -> None:
    page = sample.get(ALOFISEL)
    assert page.text("h1") == "Alofisel"
    assert page.text("title") == "Alofisel (darvadstrocel) – Withdrawn – MedPath"
    assert page.text(".medicine > header .state").startswith("Withdrawn since 13 December 2024")
    assert page.text(".banner.bad").startswith(
        "Not authorised now: the marketing authorisation was withdrawn (13 December 2024)."
    )
    assert page.html.index("banner bad") < page.html.index('id="indication"') < page.html.index('id="facts"')


def test_in_chinese_too(sample: Pages) -> None:
    page = sample.get(f"/zh{ALOFISEL}")
    assert page.text(".medicine > header .state").startswith("已撤回 自2024年12月13日")
    assert page.text(".banner.bad").startswith("目前未获批：上市许可已撤回（2024年12月13日）。")
    assert page.facts()["ATC 分类"].startswith("L 抗肿瘤药及免疫调节剂 L04 免疫抑制剂")
    assert page.facts()["上市许可"] == "2018年3月23日"
    assert page.attribute("h1", "lang") == page.attribute(".indication", "lang") == "en"


def test_an_authorised_one_has_no_banner(sample: Pages) -> None:
    page = sample.get(KYMRIAH)
    assert page.tree.css(".banner") == []
    assert page.text(".state .status.good") == "Authorised"
    assert page.text("title") == "Kymriah (tisagenlecleucel) – MedPath"


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("EMEA-H-C-000740", "Not authorised: the marketing authorisation was refused (21 May 2008)."),
        ("EMEA-H-C-004847", "Not authorised: the application was withdrawn before a decision (5 September 2018)."),
        ("EMEA-H-C-005782", "Not authorised now: the marketing authorisation has lapsed (21 February 2025)."),
        ("EMEA-H-C-002720", "Not authorised now: the marketing authorisation has expired (28 March 2025)."),
        ("EMEA-H-C-004093", "Not authorised now: the marketing authorisation was revoked (30 August 2024)."),
        ("EMEA-H-C-004869", "Not authorised now: the marketing authorisation is suspended."),
        ("EMEA-H-C-005119", "Not authorised yet: the committee has given its opinion, a decision is not known here"),
        ("EMEA-H-C-006475", "Not authorised: the committee's opinion is being re-examined."),
        ("EMEA-H-C-005845", "Not authorised: it was withdrawn from the rolling review."),
    ],
)
def test_every_status_but_authorised_has_its_banner(sample: Pages, number: str, sentence: str) -> None:
    page = sample.get(f"/medicines/{number}")
    assert page.text("article .banner").startswith(sentence)


def test_a_status_that_is_new_to_us_is_shown_in_the_agencys_word(pages_of: Callable[..., Pages]) -> None:
    page = pages_of({"2026-01-01": [row(medicine_status="Paused <b>now</b>")]}).get(ALOFISEL)
    assert page.text(".state .status") == "Paused <b>now</b>"
    assert "EMA gives the status “Paused <b>now</b>”, which MedPath does not know yet" in page.text("article .banner")


def test_key_facts(sample: Pages) -> None:
    facts = sample.get(ALOFISEL).facts()
    assert facts["Opinion adopted"] == "14 December 2017"
    assert facts["Marketing authorisation"] == "23 March 2018"
    assert facts["Marketing authorisation withdrawn"] == "13 December 2024"
    assert facts["Product number"] == "EMEA/H/C/004258"
    assert facts["EU numbers"] == "EU/1/17/1261"
    assert facts["Revision of EMA's page"] == "12"
    assert facts["Marketing authorisation holder"].startswith("Takeda Pharma A/S Delta Park 45")
    assert "2665 Vallensbaek Strand" in facts["Marketing authorisation holder"]
    assert facts["ATC class"].endswith("This is a code of level 2 of 5: EMA gives no complete code.")


def test_what_is_unknown_says_so(pages_of: Callable[..., Pages]) -> None:
    bare = authorised(
        therapeutic_indication="", atc_code_human="", marketing_authorisation_date="", opinion_adopted_date="",
        revision_number="",
    )  # fmt: skip
    page = pages_of({"2026-01-01": [bare]}).get(ALOFISEL)
    facts = page.facts()
    assert facts["ATC class"] == facts["Marketing authorisation"] == "not stated"
    assert facts["EU numbers"] == "not in the sources that were read"
    assert facts["Marketing authorisation holder"].endswith("postal address not in the sources that were read")
    assert page.text("#indication .note") == "EMA states none in what was read."
    assert "Not stated: Biosimilar, Generic or hybrid, Conditional approval" in page.text("#facts")
    assert "EMA states no day; seen so since 1 January 2026" in page.text(".state")


def test_flags_say_what_they_mean(sample: Pages) -> None:
    page = sample.get(KYMRIAH)
    told = dict(zip(page.texts("#facts > dl.flags dt"), page.texts("#facts > dl.flags dd:first-of-type"), strict=True))
    assert told["Advanced therapy"] == "Based on genes, cells or tissues."
    assert set(told) == {"Orphan medicine", "Advanced therapy", "Additional monitoring", "PRIME"}
    assert "No, according to EMA: Biosimilar, Generic or hybrid" in page.text("#facts")
    assert flags_of({"orphan": None, "prime": True})["not_stated"][0] == "orphan"


def test_a_designation_and_the_flag_of_a_medicine_that_is_not_authorised_do_not_contradict_each_other(
    sample: Pages,
) -> None:
    said = {
        "/medicines/EMEA-H-C-006482": "EMA lists the medicine as an orphan medicine",  # an opinion, with the flag
        ALOFISEL: "history: the medicine is not listed as an orphan medicine now",  # without it
        KYMRIAH: "the medicine is an orphan medicine now",
    }
    for address, words in said.items():
        assert words in sample.get(address).text("#related"), address


def test_a_shortage_stands_at_the_top_with_the_day_of_the_list(sample: Pages) -> None:
    page = sample.get("/medicines/EMEA-H-C-000890")
    assert page.text(".banner.wait").startswith("In shortage since 9 July 2024, by EMA's list of 14 March 2026.")
    assert page.html.index("banner wait") < page.html.index('id="indication"')
    assert sample.get("/zh/medicines/EMEA-H-C-000890").text(".banner.wait").startswith("自2024年7月9日起短缺，据 EMA")
    assert "In shortage" not in sample.get("/medicines/EMEA-H-C-004953").text("main"), "resolved"


def test_only_sections_that_the_text_has_are_linked(sample: Pages) -> None:
    for address in (ALOFISEL, "/medicines/EMEA-H-C-006024", "/medicines/EMEA-H-C-006101"):
        links = sample.get(address).links(".read a")
        assert len(links) > 2
        for link in links:
            assert sample.get(link).text("h1")
    assert sample.get(f"{ALOFISEL}?as_of=2026-01-29").links(".read a") == [], "no text had been seen yet"


def procedure(day: str, number: str, decided: str | None = None) -> dict[str, object]:
    return {
        "source": "emamds.procedural_steps",
        "kind": "variation-ii",
        "date": day,
        "commission_decision_date": decided,
        "procedure_numbers": [number],
    }


def test_what_procedural_steps_say_of_the_latest_decision_stands_beside_it() -> None:
    def note(day: str | None, *steps: dict[str, object]) -> str | None:
        dates = {"latest_european_commission_decision": day, "marketing_authorisation": "2018-03-23"}
        return decision_note(language("en"), {"dates": dates, "events": list(steps)})

    opinion = procedure("2023-09-14", "II/0044/G", "2024-04-05")
    assert note("2023-09-14", opinion) == (
        "EMA's document of procedural steps states a later one: 5 April 2024 (II/0044/G)."
    )
    assert note("2025-07-10", opinion, procedure("2025-07-10", "EMA/VR/0000244639")) == (
        "In EMA's document of procedural steps this is the day of the opinion or notification on EMA/VR/0000244639."
    )
    assert note("2024-04-05", opinion) is None, "they agree"
    assert note("2026-02-12", opinion) is None, "they do not have it yet"
    assert note("2018-03-23", opinion) is None, "it is that of the authorisation"
    assert note(None, opinion) is None


def test_days_that_contradict_each_other_are_told(pages_of: Callable[..., Pages]) -> None:
    odd = authorised(opinion_adopted_date="23/07/2019", refusal_of_marketing_authorisation_date="16/06/2020")
    never = row(4259, medicine_status="Refused")
    pages = pages_of({"2026-01-01": [odd, never]})
    facts = pages.get(ALOFISEL).text("#facts")
    assert "23 July 2019 EMA states a day after the authorisation: another opinion, or a mistake." in facts
    assert "16 June 2020 EMA states this day of an authorised medicine" in facts
    assert "beside a status that says it was never authorised" in pages.get("/medicines/EMEA-H-C-004259").text("#facts")


def test_what_the_list_dropped_with_its_format_is_told_as_said_before() -> None:
    def change(field: str, before: object, after: object, cause: str = "layout") -> dict[str, object]:
        fields = [{"field": field, "before": before, "after": after}]
        return {"cause": cause, "observed_at": "2024-08-15T00:00:00Z", "fields": fields}

    medicine = {
        "dates": {"marketing_authorisation": None, "opinion_adopted": None},
        "authorisations": [],
        "atc": [{"code": "QP53BE02"}],
        "species": [],
        "therapeutic_indication": None,
    }
    changes = [
        change("dates.marketing_authorisation", "2014-02-11", None),
        change("dates.opinion_adopted", "2013-12-12", None, "source"),  # taken away by the publisher itself
        change("holder", "Intervet", None),
        change("holder", "Other", None),  # an earlier one
        change("atc", ["QP53BE01"], []),  # stated again since
        change("species", [], ["Dogs"]),  # no loss
    ]
    assert stated_before(language("en"), medicine, changes) == [
        (
            "2024-08-15",
            [("Marketing authorisation", "11 February 2014"), ("Marketing authorisation holder", "Intervet")],
        )
    ]


def test_the_end_of_a_rolling_review_is_no_end_of_an_authorisation(pages_of: Callable[..., Pages]) -> None:
    review = {
        "medicine_status": "Withdrawn from rolling review",
        "withdrawal_expiry_revocation_lapse_of_marketing_authorisation_date": "29/10/2021",
    }
    page = pages_of({"2026-01-01": [row(**review)]}).get(ALOFISEL)
    assert "Withdrawn from the rolling review 29 October 2021" in page.text("#facts")
    assert "End of the marketing authorisation" not in page.text("#facts") + page.text("#timeline")


def test_every_value_tells_where_it_is_from(sample: Pages) -> None:
    page = sample.get(ALOFISEL)
    details = [one for one in page.texts("details.whence") if one.startswith("source: Marketing authorisation holder")]
    assert len(details) == 1
    for said in page.texts("details.whence p"):
        assert "As published on" in said
        assert "SHA-256" in said
    numbered = {f"#{one.attributes['id']}" for one in page.tree.css("#sources [id]")}
    assert set(page.links("details.whence a")) <= numbered
    assert "medicines-output-medicines_json-report_en.json" in page.text("#sources .places")


def test_places_are_numbered_in_order_of_first_use() -> None:
    place = {"dataset": "ema.medicines", "key": "a", "sha256": "1", "place": "row 1"}
    other = {**place, "dataset": "ema.referrals"}
    provenance = {"name": place, "related.referrals": other, "status": place}
    written = lambda number, told: Markup(f"{number} {told['title']}")  # noqa: E731
    found = sources_of(provenance, {"ema.medicines": "Medicines"}, written)
    assert (found.of("name"), found.of("related.referrals"), found.of("nothing", "status")) == (1, 2, 1)
    assert found.of("nothing") is None
    assert found.places[0]["fields"] == ["name", "status"]
    assert (found.note(("nothing", "status")), found.note(("nothing",))) == ("1 Medicines", None)
    assert [one["title"] for one in found.places] == ["Medicines", "ema.referrals"]


def test_the_timeline_is_a_list_and_a_picture(sample: Pages) -> None:
    page = sample.get(ALOFISEL)
    assert page.texts("#timeline .events li")[-2:] == [
        "13 December 2024 Marketing authorisation withdrawn",
        "19 December 2024 Safety communication: Lack of effect",
    ]
    assert page.attribute("#timeline svg", "aria-label").startswith("Picture of the days between 2009 and 2026")
    assert len(page.tree.css("#timeline svg .held")) == 1


def test_the_overview_stands_in_the_agencys_order(sample: Pages) -> None:
    page = sample.get(KYMRIAH)
    assert page.text("#overview .prose").startswith("Kymriah")
    headings = page.texts("#overview h3")
    assert headings[0] == "How is Kymriah used?"
    assert len(headings) == 7
    chinese = sample.get(f"/zh{KYMRIAH}")
    assert chinese.texts("#overview h3")[0] == "如何使用？ How is Kymriah used?"
    assert chinese.attribute("#overview h3 span", "lang") == "en"


def test_questions_that_the_agency_dropped_are_marked_as_of_the_past(sample: Pages) -> None:
    page = sample.get("/medicines/EMEA-H-C-002749")  # Lumark
    assert page.text("#overview .banner").startswith(
        "EMA no longer shows these questions and answers. They are kept here as EMA showed them until 30 January 2026"
    )
    assert all(heading.endswith("archived") for heading in page.texts("#overview h3"))
    assert page.html.index('<p class="banner wait">') < page.html.index("archived</span>")


def test_questions_that_no_held_version_has_are_said_to_be_gone(sample: Pages) -> None:
    page = sample.get(ALOFISEL)
    assert "EMA no longer shows questions and answers for this medicine" in page.text("#overview")
    assert page.link("EMA's overview document PDF").startswith("https://www.ema.europa.eu/en/documents/overview/")


def test_the_agencys_reason_stands_in_the_banner(sample: Pages) -> None:
    banner = sample.get(ALOFISEL).tree.css_first(".banner.bad")
    assert banner.css_first("blockquote").attributes["lang"] == "en"
    assert "This authorisation was withdrawn" in banner.css_first("blockquote").text()


def test_what_was_wrong_in_the_data_is_shown(sample: Pages) -> None:
    page = sample.get("/medicines/EMEA-H-C-005984")  # two pages state its number
    assert "several-pages" in page.text("#sources .issues")
    assert "Nothing was found wrong" in sample.get(KYMRIAH).text("#sources")


def test_documents_are_grouped_with_both_days_and_other_languages_folded(sample: Pages) -> None:
    page = sample.get(ALOFISEL)
    assert page.text("#documents h2") == "Documents 9"
    assert page.texts("#documents h3") == [
        "Overview 1",
        "Risk management plan 1",
        "Product information 1",
        "Authorised presentations 1",
        "Initial marketing authorisation 3",
        "Changes since initial authorisation 2",
    ]
    assert any("first published 4 April 2018" in one for one in page.texts("#documents .note"))
    assert page.texts("#documents details.languages summary")
    assert page.attribute("#documents details.languages a", "hreflang") in ("bg", "cs", "da", "de")
    assert page.texts(".wanted a")[:2] == ["Product information PDF", "Assessment report PDF"]


def test_related_records_say_on_what_ground_they_are_related(sample: Pages) -> None:
    related = sample.get(ALOFISEL).text("#related")
    assert "history: the medicine is not listed as an orphan medicine now · joined by product number" in related
    assert "outcome: Withdrawal · joined by" in related
    assert "the medicine is an orphan medicine now" in sample.get(KYMRIAH).text("#related")


def test_alternatives_are_authorised_and_say_why(sample: Pages) -> None:
    page = sample.get("/medicines/EMEA-H-C-000481")  # Humira
    listed = page.texts("#alternatives li")
    assert len(listed) == 3
    assert all("Authorised" in one and "same substance · same class L04AB04" in one for one in listed)
    assert not any("Halimatoz" in one or "Humira" in one for one in listed)


def test_changes_are_the_publishers_own_and_lead_to_the_history(sample: Pages) -> None:
    page = sample.get("/medicines/EMEA-H-C-002749")  # Lumark
    told = "Marketing authorisation withdrawn stated for 16 January 2026 Status before: Authorised → after: Withdrawn"
    assert told in page.text("#changes")
    assert page.texts("#changes h3") == ["15 March 2026", "14 March 2026"]
    assert page.links("#changes > p a") == ["/medicines/EMEA-H-C-002749/history"]


def test_as_of_a_day_shows_it_as_it_was_then(sample: Pages) -> None:
    now = sample.get("/medicines/EMEA-H-C-002749")
    then = sample.get("/medicines/EMEA-H-C-002749?as_of=2026-02-01")
    assert then.text(".banner.wait").startswith("As of 1 February 2026. This is what was known at the end of that day")
    assert "knowledge begins on" in then.text(".banner.wait")
    assert "Not authorised now: the marketing authorisation was withdrawn (16 January 2026)." in then.text(".banner")
    assert then.text("title").endswith(" – 1 February 2026 – MedPath")
    assert (then.text(".state .status"), now.text(".state .status")) == ("Authorised", "Withdrawn")
    assert then.attribute("meta[name=robots]", "content") == "noindex"
    assert then.tree.css('#alternatives, #changes, script[type="application/ld+json"]') == []
    assert then.link("中文") == "/zh/medicines/EMEA-H-C-002749?as_of=2026-02-01"
    assert "Date of the data: 29 January 2026" in then.text("footer")
    assert "Date of the data: 14 March 2026" in now.text("footer")


def test_before_it_was_first_observed_nothing_is_known(sample: Pages) -> None:
    page = sample.get(f"{ALOFISEL}?as_of=2010-01-01", 404)
    assert page.text("main .lead").startswith("Nothing is known about Alofisel as of 1 January 2010: it was first")


def test_of_a_day_that_has_not_come_nothing_is_shown(sample: Pages) -> None:
    for path in (ALOFISEL, f"{ALOFISEL}/procedures"):
        page = sample.get(f"{path}?as_of=2999-01-01", 400)
        assert page.text("main .lead").startswith("1 January 2999 lies in the future, and nothing is known of it yet")
        sample.get(f"{path}?as_of={today()}")


def test_one_that_is_no_longer_listed_is_not_called_ended(pages_of: Callable[..., Pages]) -> None:
    rows = [authorised(), *(authorised(number) for number in range(1, 30))]
    page = pages_of({"2026-01-01": rows, "2026-02-01": rows[1:]}).get(ALOFISEL)
    assert page.text(".state .status") == "Authorised"
    assert "EMA's list has not had this medicine since 1 February 2026" in page.text(".banner")


def test_lists_say_what_is_no_longer_listed(pages_of: Callable[..., Pages]) -> None:
    rows = [authorised(), *(authorised(number) for number in range(1, 30))]
    pages = pages_of({"2026-01-01": rows, "2026-02-01": rows[1:]})
    for address in ("/medicines?q=alofisel", "/search?q=alofisel"):
        assert pages.get(address).texts("main .tag") == ["No longer listed"]
    assert "No longer listed" not in pages.get("/medicines?q=medicine").text("main")


def test_data_for_programs_are_the_same(sample: Pages) -> None:
    data = sample.get(ALOFISEL).json_ld()
    assert (data["@type"], data["name"], data["legalStatus"]["name"]) == ("Drug", "Alofisel", "Withdrawn")
    assert data["identifier"] == ["EMEA/H/C/004258", "EU/1/17/1261"]
    assert set(data) - {"@context", "@type", "@id"} <= OF_DRUGS
    page = data["mainEntityOfPage"]
    assert set(page) - {"@type", "@id"} <= OF_PAGES
    medicine = sample.client.get(f"/api/v1{ALOFISEL}").json()
    assert page["creditText"] == medicine["licence"]["attribution"]
    assert page["dateModified"] == medicine["observed_from"][:10]
    chinese = sample.get(f"/zh{ALOFISEL}").json_ld()
    assert chinese["@id"] == data["@id"], "one thing, whatever the language of its page"
    assert (chinese["mainEntityOfPage"]["inLanguage"], chinese["mainEntityOfPage"]["url"]) == (
        "zh-Hans", f"/zh{ALOFISEL}",
    )  # fmt: skip


def test_it_can_be_cited(sample: Pages) -> None:
    cited = sample.get(ALOFISEL).text(".cite")
    assert cited.startswith("Alofisel (EMEA/H/C/004258), version ")
    assert "In: MedPath, register of medicines." in cited


def test_paragraphs_that_the_list_ran_together_are_parted() -> None:
    text = "For pain in adults.Treatment of fever (see section 4.2).• in children;• in adults, e.g.in cats: 2.5 mg."
    assert paragraphs(text, "Abc") == [
        "For pain in adults.",
        "Treatment of fever (see section 4.2).",
        "• in children;",
        "• in adults, e.g.in cats: 2.5 mg.",
    ]
    assert paragraphs("One.\nTwo pH 7.4:1", "") == ["One.", "Two pH 7.4:1"]
    assert paragraphs("PsoriasisUzpruvo is for adults. Uzpruvo helps.", "Uzpruvo (previously Other)") == [
        "Psoriasis",
        "Uzpruvo is for adults. Uzpruvo helps.",
    ]
    assert paragraphs("", "Uzpruvo") == []


def test_a_long_indication_is_cut_at_a_sentence_and_loses_nothing() -> None:
    text = "Indicated in adults. " * 60
    first, rest = cut(text)
    assert first + rest == text
    assert first.endswith(".")
    assert 200 <= len(first) <= 600
    assert cut("Short.") == ("Short.", "")
    endless = "a" * 2000
    assert "".join(cut(endless)) == endless


def test_protection_is_told_as_an_estimate_or_with_the_reason_for_none(sample: Pages) -> None:
    page = sample.get("/medicines/EMEA-H-C-005936")
    told = page.text("#facts")
    assert "Estimate: data protected until 4 May 2031, market until 4 May 2033" in told
    assert "Basis of the estimate: own" in told
    assert "Estimate of the exclusivity as an orphan medicine: until 4 May 2033" in told
    assert "No estimate: Generic, hybrid or biosimilar" in sample.get("/medicines/EMEA-H-C-004429").text("#facts")
    for address in ("/medicines/EMEA-V-C-000159", ALOFISEL, "/medicines/EMEA-H-C-005936?as_of=2026-02-01"):
        assert "stimate" not in sample.get(address).text("#facts")
