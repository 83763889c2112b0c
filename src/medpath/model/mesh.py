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
# another reason than its place in the body, or are no diseases: nothing is found by their names.
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
# The same in Chinese, translated by MedPath from no official list.
CHINESE = {
    "C01": "感染",
    "C04": "肿瘤",
    "C05": "肌肉骨骼疾病",
    "C06": "消化系统疾病",
    "C07": "口颌疾病",
    "C08": "呼吸道疾病",
    "C09": "耳鼻喉疾病",
    "C10": "神经系统疾病",
    "C11": "眼疾病",
    "C12": "泌尿生殖系统疾病",
    "C14": "心血管疾病",
    "C15": "血液和淋巴疾病",
    "C16": "先天性、遗传性和新生儿疾病及畸形",
    "C17": "皮肤和结缔组织疾病",
    "C18": "营养和代谢疾病",
    "C19": "内分泌系统疾病",
    "C20": "免疫系统疾病",
    "C21": "环境所致疾患",
    "C22": "动物疾病",
    "C23": "病理状态、体征和症状",
    "C24": "职业病",
    "C25": "化学品所致疾患",
    "C26": "创伤和损伤",
    "E01": "诊断",
    "E02": "治疗",
    "E03": "麻醉和镇痛",
    "E04": "外科手术",
    "E05": "研究技术",
    "E06": "牙科学",
    "F01": "行为和行为机制",
    "F02": "心理现象",
    "F03": "精神障碍",
    "A02": "肌肉骨骼系统",
    "B04": "病毒",
    "D20": "复合混合物",
    "D27": "化学作用和用途",
    "G01": "物理现象",
    "G07": "生理现象",
    "G08": "生殖和泌尿生理现象",
    "G09": "循环和呼吸生理现象",
    "G10": "消化系统和口腔生理现象",
    "G11": "肌肉骨骼和神经生理现象",
    "G12": "免疫系统现象",
    "G13": "皮肤系统生理现象",
    "G16": "生物现象",
    "N02": "卫生保健设施、人力和服务",
    "N06": "环境和公共卫生",
}
PLACES_OF_TOPS = {name: place for place, name in BRANCHES.items()}

_PLACE = re.compile(r"[A-Z][0-9]{2}(\.[0-9]{3})*")


def is_place(text: str) -> bool:
    """Whether a text is written as a place in MeSH's tree: ``C14``, ``C14.280.647``."""
    return len(text) <= 80 and _PLACE.fullmatch(text) is not None


def is_of_diseases(place: str) -> bool:
    """Whether a place is in a tree of diseases, those of the mind among them."""
    return place.startswith(("C", "F03"))


def places_above(place: str) -> list[str]:
    """The places above a place, the nearest first: of ``C14.280.647`` these are ``C14.280`` and ``C14``."""
    parts = place.split(".")
    return [".".join(parts[:length]) for length in range(len(parts) - 1, 0, -1)]
