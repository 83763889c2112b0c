"""The words that mean something other than themselves: statuses, flags, groups and names of filters, in two languages.

Only words with one meaning are here. ``human`` alone is none of them (it stands in names of substances), nor is
``opinion`` (it stands in titles of documents); both can be said with their filter: ``category:human``.
"""

from __future__ import annotations

import re

from medpath.model.terms import FLAGS
from medpath.search.entries import STATUS_ORDER
from medpath.search.spelling import normal

CATEGORIES = ("human", "veterinary")
NOT_AUTHORISED = tuple(code for code in STATUS_ORDER if code != "authorised")

# facet → value → what people write for it; the code itself and its spelling with blanks are added below
_STATUSES = {
    "authorised": "authorized, approved, currently authorised, currently authorized, "
    "已授权, 已批准, 获批, 已获批, 批准, 批准上市",
    "opinion": "awaiting decision, decision pending, 等待决定, 待决定",
    "opinion-under-re-examination": "under re-examination, re-examination, reexamination, 复审, 复审中, 重新审查",
    "suspended": "suspension, 暂停, 已暂停, 中止, 已中止",
    "withdrawn": "withdrawal, 撤回, 已撤回, 撤市, 已撤市",
    "lapsed": "失效, 已失效",
    "expired": "到期, 已到期, 过期, 已过期",
    "revoked": "吊销, 已吊销, 撤销, 已撤销",
    "refused": "refusal, rejected, 拒绝, 已拒绝, 被拒绝",
    "application-withdrawn": "withdrawn application, withdrawn applications, withdrawal of application, "
    "applications withdrawn, 申请撤回, 撤回申请, 申请已撤回, 已撤回申请",
    "withdrawn-from-rolling-review": "rolling review withdrawn, 撤出滚动审评, 退出滚动审评",
}
_MANY_STATUSES = {
    NOT_AUTHORISED: "not authorised, not authorized, unauthorised, unauthorized, not approved, 未授权, 未批准, 未获批",
    ("withdrawn", "lapsed", "expired", "revoked"): "no longer authorised, no longer authorized, "
    "no longer approved, 不再授权, 已不再授权",
}
_FLAGS = {
    "orphan": "orphan medicine, orphan medicines, orphan drug, orphan drugs, orphan medicinal product, "
    "orphan medicinal products, orphans, 孤儿药, 孤儿药品, 罕用药, 罕见病药, 罕见病药物, 罕见病用药",
    "advanced_therapy": "advanced therapies, advanced therapy medicine, advanced therapy medicines, "
    "advanced therapy medicinal product, advanced therapy medicinal products, atmp, atmps, "
    "先进治疗, 先进疗法, 先进治疗药物, 先进治疗药品, 先进疗法药物, 先进治疗医药产品",
    "biosimilar": "biosimilars, biosimilar medicine, biosimilar medicines, "
    "生物类似药, 生物类似物, 生物相似药, 生物仿制药",
    "generic_or_hybrid": "generic, generics, generic medicine, generic medicines, hybrid, hybrids, "
    "generic or hybrid, 仿制药, 仿制药品, 仿制, 非专利药, 通用名药",
    "conditional_approval": "conditional, conditionally approved, conditional marketing authorisation, "
    "conditional marketing authorization, conditional authorisation, 有条件批准, 附条件批准, 附条件, 有条件, "
    "附条件上市, 有条件上市许可, 条件性批准, 条件批准",
    "exceptional_circumstances": "under exceptional circumstances, "
    "特殊情况, 特殊情况批准, 特殊情形, 例外情况, 例外情形",
    "accelerated_assessment": "accelerated, 加速评估, 加速审评",
    "additional_monitoring": "black triangle, 额外监测, 附加监测, 黑三角",
    "prime": "priority medicine, priority medicines, priority medicines scheme, 优先药物, 优先药品",
    "patient_safety": "患者安全",
}
_CATEGORIES = {
    "human": "human medicine, human medicines, human use, for human use, for humans, 人用, 人用药",
    "veterinary": "veterinary medicine, veterinary medicines, veterinary use, vet, for animals, "
    "兽用, 兽药, 兽用药, 兽用药品, 动物用药",
}
# What people call classes in words that ATC's own names do not have
_CLASSES = {
    "A02": "acid blockers, antacid medicines, 胃药",
    "A02BC": "ppi, ppis",
    "A10": "antidiabetics, antidiabetic, antidiabetic agents, diabetes drugs, 降糖药, 抗糖尿病药",
    "A10BJ": "glp 1 agonists, glp 1 receptor agonists, glp1 agonists, glp 1 ras, incretin mimetics",
    "A10BH": "gliptins, 列汀类",
    "A10BK": "gliflozins, 列净类",
    "B01A": "anticoagulants, anticoagulant, blood thinners, blood thinner, 抗凝药, 抗凝血药, 抗血栓药物",
    "B01AF": "doacs, noacs",
    "C03": "water tablets, water pills",
    "C07": "beta blockers, beta blocker, betablockers",
    "C08": "calcium antagonists, calcium channel antagonists, 钙通道阻滞剂",
    "C09C C09D": "sartans, angiotensin receptor blockers, angiotensin ii receptor antagonists, 沙坦类",
    "C02 C03 C07 C08 C09": "blood pressure tablets, blood pressure lowering drugs, antihypertensives, "
    "antihypertensive drugs, 降压药, 抗高血压药",
    "C10": "cholesterol lowering drugs, lipid lowering drugs, 降脂药, 降血脂药",
    "C10AA C10BA C10BX": "statins, statin, hmg coa reductase inhibitors, 他汀类, 他汀",
    "G03A": "the pill, birth control pills, contraceptive pills, oral contraceptives, 避孕药",
    "H02": "systemic steroids",
    "J01": "antibiotics, antibiotic, 抗生素, 抗菌药, 抗菌素",
    "J02": "antifungals, antifungal drugs, 抗真菌药",
    "J05": "antiviral drugs, 抗病毒药",
    "J07 QI": "疫苗",
    "L01": "cytostatics, anticancer drugs, anti cancer drugs, cancer drugs, antineoplastics, 抗癌药, 抗肿瘤药物",
    "L01E": "tyrosine kinase inhibitors, tkis, 激酶抑制剂, 酪氨酸激酶抑制剂",
    "L04": "immunosuppressives, immune suppressants",
    "L04AF L01EJ": "jak inhibitors, jakinibs, janus kinase inhibitors",
    "M01A": "nsaid, nsaids, 非甾体抗炎药",
    "M05BA M05BB": "bisphosphonates, 双膦酸盐, 双磷酸盐",
    "N02": "painkillers, pain killers, analgesic drugs, 止痛药, 镇痛药",
    "N02A": "opiates",
    "N03": "anticonvulsants, anti epileptics, antiseizure medicines, 抗癫痫药物",
    "N05A": "neuroleptics, 抗精神病药",
    "N05C": "sleeping pills, sleeping tablets, hypnotics, 安眠药",
    "N05B": "tranquillisers, tranquilizers, 抗焦虑药",
    "N06A": "antidepressant, 抗抑郁药",
    "R03": "asthma inhalers, inhalers, bronchodilators, 支气管扩张剂, 平喘药",
    "R06": "antihistamines, antihistamine, allergy tablets, 抗组胺药",
    "S01E": "glaucoma drops, 抗青光眼药",
    "V08": "contrast agents, contrast medium, 造影剂",
}
_NOT_BARE = {"opinion", "human"}  # said only with their filter

FILTERS = {
    "status": "status, 状态",
    "category": "category, 类别, 分类",
    "flag": "flag, flags, is, 标记, 标志",
    "atc": "atc, atcvet, class, 分类码",
    "area": "area, condition, disease, 疾病, 治疗领域, 适应症领域",
    "substance": "substance, inn, ingredient, active, 成分, 活性成分",
    "organisation": "holder, mah, company, organisation, organization, applicant, 持有人, 公司, 上市许可持有人",
    "year": "year, 年份, 年",
}


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]


def _phrases() -> dict[tuple[str, ...], tuple[str, tuple[str, ...]]]:
    found: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}

    def note(facet: str, values: tuple[str, ...], texts: list[str]) -> None:
        for text in texts:
            found[tuple(normal(text).split())] = (facet, values)

    for facet, values in (("status", _STATUSES), ("flag", _FLAGS), ("category", _CATEGORIES)):
        for value, texts in values.items():
            note(facet, (value,), [*([] if value in _NOT_BARE else [value]), *_split(texts)])
    for codes, texts in _MANY_STATUSES.items():
        note("status", codes, _split(texts))
    for held, texts in _CLASSES.items():
        note("atc", tuple(held.split()), _split(texts))
    return found


PHRASES = _phrases()
LONGEST_PHRASE = max(len(phrase) for phrase in PHRASES)
FILTER_NAMES = {normal(text): facet for facet, texts in FILTERS.items() for text in _split(texts)}
CODES = {
    "status": dict.fromkeys(STATUS_ORDER),
    "flag": dict.fromkeys(FLAGS),
    "category": dict.fromkeys(CATEGORIES),
}

# Words that carry nothing beside others
EMPTY_WORDS = frozenset(
    normal(
        "a an and any are as at by for from in into is of on or that the to used which with "
        "medicine medicines medicinal drug drugs treatment treating treat"
    ).split()
)
HAN_EMPTY = re.compile("的|药物|药品|治疗|用于")
HAN_ENDINGS = re.compile("(?<=..)(?:类药|类|用药|制剂|药|剂)$")  # a class is named with any of them

# Words for salts, esters and hydrates, which INNs leave out
SALTS = frozenset(
    normal(
        "acetate besilate besylate bisulfate bitartrate bromide calcium chloride citrate dihydrochloride dihydrate "
        "disodium esylate esilate fumarate hcl hemifumarate hemihydrate hydrobromide hydrochloride hydrogensulfate "
        "lactate maleate malate mesilate mesylate monohydrate nitrate phosphate potassium sodium succinate "
        "sulfate sulphate tartrate tosilate tosylate"
    ).split()
)

# Words of the body and of ailments as people say them, and how MeSH's headings may
PLAIN_WORDS = {
    "kidney": "renal nephritis",
    "liver": "hepatic hepatocellular",
    "lung": "pulmonary",
    "heart": "cardiac myocardial",
    "bowel": "intestinal colorectal colonic",
    "colon": "colonic colorectal",
    "gut": "intestinal gastrointestinal",
    "stomach": "gastric",
    "womb": "uterine endometrial",
    "brain": "cerebral",
    "skin": "cutaneous",
    "eye": "ocular ophthalmic",
    "muscle": "muscular",
    "nerve": "nervous neuralgia",
    "vein": "venous vein",
    "artery": "arterial",
    "cancer": "neoplasm carcinoma",
    "tumor": "neoplasm",
    "clot": "thrombosis thromboembolism",
    "failure": "insufficiency",
    "allergy": "hypersensitivity allergic",
    "fit": "seizure",
    "swelling": "edema",
    "itching": "pruritus",
    "bleeding": "hemorrhage",
    "inherited": "hereditary familial",
    "overweight": "obesity",
    "hardening": "sclerosis",
    "stone": "lithiasis calculi",
}

# Kinds of medicine for which there is no code: recognised by the words of their INN, or as advanced therapy by wording.
# In the scheme of INNs for gene therapies, -cabtagene names cells that express a chimeric antigen receptor;
# tisagenlecleucel is older than the scheme.
WORDINGS = {
    ("car", "t"): "car-t",
    ("car", "ts"): "car-t",
    ("cart",): "car-t",
    ("car", "t", "cell"): "car-t",
    ("car", "t", "cells"): "car-t",
    ("car", "t", "therapy"): "car-t",
    ("car", "t", "therapies"): "car-t",
    ("car", "t", "cell", "therapy"): "car-t",
    ("car", "t", "cell", "therapies"): "car-t",
    ("chimeric", "antigen", "receptor"): "car-t",
    ("monoclonal", "antibody"): "antibody",
    ("monoclonal", "antibodies"): "antibody",
    ("mab",): "antibody",
    ("mabs",): "antibody",
    ("单克隆抗体",): "antibody",
    ("单抗",): "antibody",
    ("chimeric", "antigen", "receptor", "t", "cells"): "car-t",
}
HAN_PHRASES = sorted(
    (phrase[0] for phrase in (*PHRASES, *WORDINGS) if len(phrase) == 1 and not phrase[0].isascii()),
    key=len,
    reverse=True,
)
MEANS = {
    "car-t": ["INN with -cabtagene", "tisagenlecleucel", "advanced therapy described as “CAR T” or “chimeric antigen "
              "receptor”"],
    "antibody": ["INN with -mab", "monoclonal antibody"],
}  # fmt: skip
WIDER = {"car-t": "advanced therapy"}  # what is offered where nothing of such a kind fits


def code_of(facet: str, text: str) -> tuple[str, ...]:
    """The codes of a status, flag or category from any usual word for it; none where it is none."""
    key = tuple(normal(text).split())
    for code in CODES[facet]:
        if tuple(normal(code).split()) == key:
            return (code,)
    found = PHRASES.get(key)
    return found[1] if found is not None and found[0] == facet else ()


def is_class(text: str) -> bool:
    """Whether a whole text is one of the words that people have for a class."""
    return PHRASES.get(tuple(normal(text).split()), ("",))[0] == "atc"
