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
    "已授权, 已批准, 获批, 已获批, 批准上市",
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
    "orphan medicinal products, orphans, 孤儿药, 罕见病药",
    "advanced_therapy": "advanced therapies, advanced therapy medicine, advanced therapy medicines, "
    "advanced therapy medicinal product, advanced therapy medicinal products, atmp, atmps, "
    "先进治疗, 先进疗法, 先进治疗药物",
    "biosimilar": "biosimilars, biosimilar medicine, biosimilar medicines, 生物类似药, 生物仿制药",
    "generic_or_hybrid": "generic, generics, generic medicine, generic medicines, hybrid, hybrids, "
    "generic or hybrid, 仿制药, 仿制",
    "conditional_approval": "conditional, conditionally approved, conditional marketing authorisation, "
    "conditional marketing authorization, conditional authorisation, 有条件批准, 附条件批准, 附条件, 有条件",
    "exceptional_circumstances": "under exceptional circumstances, 特殊情况, 例外情况",
    "accelerated_assessment": "accelerated, 加速评估, 加速审评",
    "additional_monitoring": "black triangle, 额外监测, 附加监测, 黑三角",
    "prime": "priority medicine, priority medicines, priority medicines scheme, 优先药物, 优先药品",
    "patient_safety": "患者安全",
}
_CATEGORIES = {
    "human": "human medicine, human medicines, human use, for human use, for humans, 人用, 人用药",
    "veterinary": "veterinary medicine, veterinary medicines, veterinary use, vet, for animals, 兽用, 兽药, 兽用药",
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
    return found


PHRASES = _phrases()
LONGEST_PHRASE = max(len(phrase) for phrase in PHRASES)
HAN_PHRASES = sorted(
    (phrase[0] for phrase in PHRASES if len(phrase) == 1 and not phrase[0].isascii()), key=len, reverse=True
)
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
    ("chimeric", "antigen", "receptor", "t", "cells"): "car-t",
}
MEANS = {
    "car-t": ["INN with -cabtagene", "tisagenlecleucel", "advanced therapy described as “CAR T” or “chimeric antigen "
              "receptor”"],
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
