"""What pictures are called, what they show, how they are counted, and why a medicine is in none of their rows."""

from __future__ import annotations

from medpath.translations import mark

HEADINGS = {
    "approvals": mark("Authorisations by year"),
    "held": mark("Authorised over time"),
    "landscape": mark("Landscape over time"),
    "pathways": mark("Pathways by year"),
    "decision": mark("Time from opinion to decision"),
    "classes": mark("Authorised now by ATC class"),
    "areas": mark("Authorised now by therapeutic area"),
    "holders": mark("Authorised now by holder"),
    "flags": mark("Authorised now by pathway and flag"),
    "ends": mark("Ended authorisations by reason"),
    "ends-by-year": mark("Ended authorisations by year and reason"),
    "protection": mark("Market protection ends by year (estimate)"),
    "exclusivity": mark("Orphan exclusivity ends by year (estimate)"),
}
LEADS = {
    "approvals": mark("How many of the medicines that EMA lists were authorised in each year."),
    "held": mark("How many medicines had an authorisation in force at the end of each year."),
    "landscape": mark(
        "What is authorised at the end of each year, what was newly authorised, what waits for a decision, what was "
        "refused or withdrawn, and what ended."
    ),
    "pathways": mark(
        "How many of the medicines authorised in each year have which of EMA's flags of pathway and kind."
    ),
    "decision": mark(
        "How many days passed from the committee's opinion to the authorisation, by year of authorisation."
    ),
    "classes": mark("How many authorised medicines belong to each main group of the ATC classification."),
    "areas": mark("How many authorised medicines EMA lists under each therapeutic area."),
    "holders": mark("How many authorised medicines each holder has."),
    "flags": mark("How many authorised medicines have each of the flags that EMA gives."),
    "ends": mark("How the authorisations ended that are no longer in force."),
    "ends-by-year": mark("In which year authorisations ended, and how."),
    "protection": mark(
        "In which year the market protection of authorised medicines for human use ends, by our estimate: ten years "
        "after the first central authorisation of the same substances."
    ),
    "exclusivity": mark(
        "In which year the market exclusivity of authorised orphan medicines ends, by our estimate: ten years after "
        "their authorisation."
    ),
}
METHODS = {
    "approvals": mark(
        "The year is that of the marketing authorisation, whatever became of it since. Medicines that EMA no longer "
        "lists are counted as long as the register knows them. The newest year is not over."
    ),
    "held": mark(
        "An authorisation counts from the year of its day to the year before that of its end, whether it was "
        "withdrawn, lapsed, expired or was revoked; so one that ended within its first year counts in none. A "
        "suspended authorisation is in force. Where EMA states no day of authorisation (most veterinary medicines) or "
        "of the end (many that were withdrawn early), the medicine is left out, so earlier years are counted too low. "
        "The newest year is not over and counts what is in force now."
    ),
    "landscape": mark(
        "Authorised at the end of the year as in “Authorised over time”; newly authorised by the day of the "
        "authorisation, whatever became of it. The other columns count medicines by their status of today and the day "
        "on which it began: an opinion that became an authorisation counts as that, and no longer as waiting. A "
        "medicine can be in several columns. Each chart has its own scale."
    ),
    "pathways": mark(
        "The flags are those of today: EMA takes “orphan” away when the designation is lost, and may do so with "
        "others, so earlier years can be counted too low. A medicine can have several flags or none. Each chart has "
        "its own scale."
    ),
    "decision": mark(
        "Days from the adoption of the opinion to the marketing authorisation, both as EMA states them. The same day "
        "is 0 days: so it was in emergencies, and where else EMA states one day for both, that can't be told apart. "
        "Quartiles between two values are taken in proportion, as spreadsheets do (QUARTILE.INC). The bar reaches from "
        "the lower to the upper quartile, the line in it is the median. Days that can't be right are left out."
    ),
    "classes": mark(
        "A medicine with codes of several groups counts in each of them, so the sum can be larger than the number of "
        "medicines."
    ),
    "areas": mark(
        "The areas are MeSH headings as EMA gives them, narrow and broad ones side by side. A medicine of several "
        "areas counts in each of them."
    ),
    "holders": mark("Holders are counted by the name that EMA gives; companies of one group are not put together."),
    "flags": mark("A medicine with several flags counts in each of them; many have none."),
    "ends": mark(
        "The reason is the status of today: withdrawn, lapsed, expired or revoked. What was refused or withdrawn "
        "before a decision never was authorised and is not counted."
    ),
    "ends-by-year": mark(
        "The reason is the status of today, the year that of the day on which EMA says that the authorisation ended. "
        "Where EMA states no day, the medicine is left out here and counted in “Ended authorisations by reason”. Each "
        "chart has its own scale."
    ),
    "protection": mark(
        "An estimate, no fact. Rule: eight years of data protection and ten of market protection, eleven where a new "
        "indication of significant benefit was authorised within the first eight (Regulation (EC) No 726/2004, Article "
        "14(11)); the eleventh year is not counted here, because no source of ours states it. Counted from the first "
        "central authorisation of a medicine with the same substances, where this medicine was the first or the first "
        "belongs to the same holder, and where EMA puts or once put the first one under additional monitoring "
        "(Article 23), which shows a substance that was new to the EU, or a biological medicine, from 2011 on. "
        "Unknown to us and able to change the day: earlier national authorisations, which medicines belong to one "
        "global marketing authorisation (Directive 2001/83/EC, Article 6(1)), duplicates, extensions, transfers of "
        "holders, and the day on which the decision was notified. It says nothing of patents and supplementary "
        "certificates. Not for veterinary medicines, which have rules of their own (Regulation (EU) 2019/6), nor for "
        "generics, hybrids and biosimilars."
    ),
    "exclusivity": mark(
        "An estimate, no fact. Rule: ten years of market exclusivity from the authorisation of an orphan medicine "
        "(Regulation (EC) No 141/2000, Article 8(1)). It belongs to the indications with which the medicine was first "
        "authorised; later ones have ten years of their own. Two more years for studies in children (Regulation (EC) "
        "No 1901/2006, Article 37) and a cut to six years (Article 8(2)) are counted only where a source states them, "
        "and none that was read does. The Commission's Union Register states the days that hold."
    ),
}
SERIES = {
    "opinion": mark("Opinion adopted, decision awaited"),
    "refused": mark("Refused"),
    "application-withdrawn": mark("Application withdrawn"),
    "ended": mark("Authorisation ended"),
    "granted": mark("Newly authorised"),
    "held": mark("Authorised at the end of the year"),
    "year": mark("All that were authorised"),
    "status_year": mark("All that ended"),
}
REASONS = {
    "never-authorised": mark("Never authorised: an application that was refused or withdrawn, or is not decided"),
    "unknown-status": mark("EMA's status has no known meaning"),
    "no-authorisation-day": mark("EMA states no day of authorisation"),
    "no-end-day": mark("The authorisation ended, but EMA states no day"),
    "end-before-authorisation": mark("The stated end lies before the authorisation"),
    "ended-in-its-first-year": mark("Authorised and ended within one calendar year"),
    "no-opinion-day": mark("EMA states no day of the opinion"),
    "opinion-after-authorisation": mark("The stated opinion lies after the authorisation"),
    "longer-than-three-years": mark("More than three years between the stated days"),
    "no-status-day": mark("EMA states no day for the status of today"),
    "not-stated": mark("EMA states none"),
    "veterinary": mark("Veterinary: other rules, Regulation (EU) 2019/6"),
    "not-authorised": mark("Not authorised now"),
    "copy": mark("Generic, hybrid or biosimilar: no period of its own"),
    "vaccine": mark("Vaccine: the names of its substances change with strains and can't be compared"),
    "no-substance": mark("No substance is stated"),
    "reference-elsewhere": mark(
        "The first with these substances is a generic, hybrid or biosimilar: its reference is not among EMA's medicines"
    ),
    "other-holder": mark(
        "A medicine of another holder was the first with these substances; whether it counts for this one is unknown"
    ),
    "before-2011": mark(
        "First authorised before 2011: ten years are over, and nothing shows whether the substance was new"
    ),
    "known-before": mark("The substance stood in another medicine before: earlier authorisations are likely"),
    "copy-too-early": mark("A generic or biosimilar came within eight years: an earlier authorisation is likely"),
    "special-circumstances": mark(
        "Conditional or under exceptional circumstances: monitored for that, so nothing shows that the "
        "substance was new"
    ),
    "no-sign": mark(
        "Nothing shows that the substance was new: EMA never put it under additional monitoring while we know it"
    ),
    "ten-years-over": mark(
        "Ten years are over, but EMA still lists it as orphan: a later indication or more years, which no "
        "source of ours states"
    ),
    "designated-later": mark("Designated only after the authorisation"),
}
BASES = {
    "own": mark("This medicine was the first with its substances in EMA's list."),
    "first-of-holder": mark("The first with these substances in EMA's list is another medicine of the same holder."),
}
