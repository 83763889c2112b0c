"""The headings at the top of MeSH's trees, whose own places the table of places leaves out, and places in the trees."""

from __future__ import annotations

import re

TOPS = {
    "C01": "Infections",
    "C04": "Neoplasms",
    "C05": "Musculoskeletal Diseases",
    "C06": "Digestive System Diseases",
    "C07": "Stomatognathic Diseases",
    "C08": "Respiratory Tract Diseases",
    "C09": "Otorhinolaryngologic Diseases",
    "C10": "Nervous System Diseases",
    "C11": "Eye Diseases",
    "C12": "Urogenital Diseases",
    "C14": "Cardiovascular Diseases",
    "C15": "Hemic and Lymphatic Diseases",
    "C17": "Skin and Connective Tissue Diseases",
    "C18": "Nutritional and Metabolic Diseases",
    "C19": "Endocrine System Diseases",
    "C20": "Immune System Diseases",
    "C22": "Animal Diseases",
    "F03": "Mental Disorders",
}

# The tops of all trees in which EMA's therapeutic areas stand. Those beyond `TOPS` gather what belongs together for
# another reason than its place in the body, or are no diseases: what is below them is shown, and not found by their names.
BRANCHES = {
    **TOPS,
    "C16": "Congenital, Hereditary, and Neonatal Diseases and Abnormalities",
    "C21": "Disorders of Environmental Origin",
    "C23": "Pathological Conditions, Signs and Symptoms",
    "C24": "Occupational Diseases",
    "C25": "Chemically-Induced Disorders",
    "C26": "Wounds and Injuries",
    "E01": "Diagnosis",
    "E02": "Therapeutics",
    "E03": "Anesthesia and Analgesia",
    "E04": "Surgical Procedures, Operative",
    "E05": "Investigative Techniques",
    "E06": "Dentistry",
    "F01": "Behavior and Behavior Mechanisms",
    "F02": "Psychological Phenomena",
    "A02": "Musculoskeletal System",
    "B04": "Viruses",
    "D20": "Complex Mixtures",
    "D27": "Chemical Actions and Uses",
    "G01": "Physical Phenomena",
    "G07": "Physiological Phenomena",
    "G08": "Reproductive and Urinary Physiological Phenomena",
    "G09": "Circulatory and Respiratory Physiological Phenomena",
    "G10": "Digestive System and Oral Physiological Phenomena",
    "G11": "Musculoskeletal and Neural Physiological Phenomena",
    "G12": "Immune System Phenomena",
    "G13": "Integumentary System Physiological Phenomena",
    "G16": "Biological Phenomena",
    "N02": "Health Care Facilities, Manpower, and Services",
    "N06": "Environment and Public Health",
}
PLACES_OF_TOPS = {name: place for place, name in BRANCHES.items()}

_PLACE = re.compile(r"[A-Z][0-9]{2}(\.[0-9]{3})*")


def is_place(text: str) -> bool:
    """Whether a text is written as a place in MeSH's tree: ``C14``, ``C14.280.647``."""
    return len(text) <= 80 and _PLACE.fullmatch(text) is not None


def places_above(place: str) -> list[str]:
    """The places above a place, the nearest first: of ``C14.280.647`` these are ``C14.280`` and ``C14``."""
    parts = place.split(".")
    return [".".join(parts[:length]) for length in range(len(parts) - 1, 0, -1)]
