"""The words that mean something other than themselves: statuses, flags, groups and names of filters, in two languages.

Only words with one meaning are here. ``human`` alone is none of them (it stands in names of substances), nor is
``opinion`` (it stands in titles of documents); both can be said with their filter: ``category:human``.
"""

from __future__ import annotations

import re

from medpath.model.terms import FLAGS
from medpath.search.class_words import CLASSES
from medpath.search.entries import STATUS_ORDER
from medpath.search.spelling import normal, stem

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
# Companies by other names than those in EMA's table: abbreviations, and the names they use in Chinese
_COMPANIES = {
    "AbbVie": "艾伯维",
    "Amgen": "安进",
    "Astellas": "安斯泰来",
    "AstraZeneca": "阿斯利康",
    "Bayer": "拜耳",
    "BeiGene, BeOne": "百济神州",
    "Biogen": "渤健, 百健",
    "Boehringer Ingelheim": "勃林格殷格翰, 勃林格",
    "Bristol": "bms, 百时美施贵宝, 施贵宝",
    "Celltrion": "赛尔群",
    "Daiichi Sankyo": "第一三共",
    "Eisai": "卫材",
    "Lilly": "礼来",
    "Gilead": "吉利德",
    "GlaxoSmithKline, GSK": "gsk, 葛兰素史克, 葛兰素",
    "Ipsen": "益普生",
    "Janssen, Johnson": "j&j, johnson and johnson, johnson & johnson, 强生, 杨森",
    "Lundbeck": "灵北",
    "Merck Sharp, MSD": "msd, 默沙东",
    "Merck Europe, Merck Serono": "德国默克",
    "Moderna": "莫德纳",
    "Novartis": "诺华",
    "Novo Nordisk": "novo, 诺和诺德",
    "Pfizer": "辉瑞",
    "Roche": "罗氏",
    "Samsung Bioepis": "三星, 三星生物",
    "Sandoz": "山德士",
    "Sanofi": "赛诺菲",
    "Swedish Orphan": "sobi",
    "Takeda": "武田",
    "Teva": "梯瓦",
    "UCB": "优时比",
    "Vertex": "福泰",
}
_NOT_BARE = {"opinion", "human"}  # said only with their filter

# Words for medicines of a class in general
SUCH_THINGS = (
    "drugs", "drug", "medicines", "medicine", "medication", "medications", "agents", "products", "preparations",
    "treatments", "treatment", "tablets", "pills", "therapies",
)  # fmt: skip

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


def _called_alike(text: str) -> list[str]:
    """A phrase, and what says the same: cholesterol drugs are cholesterol tablets."""
    words = text.split()
    if len(words) < 2:
        return [text]  # in the singular it may be a substance
    if words[-1] not in SUCH_THINGS:
        return list(dict.fromkeys((text, " ".join([*words[:-1], stem(words[-1])]))))
    return [text, *(" ".join([*words[:-1], other]) for other in SUCH_THINGS)]


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
    for held, texts in CLASSES.items():
        note("atc", tuple(held.split()), [other for text in _split(texts) for other in _called_alike(text)])
    for called, texts in _COMPANIES.items():
        note("organisation", tuple(_split(called)), _split(texts))
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
        "be been being can cannot do does during get getting had has have how i it its my not our their there they "
        "this too very was we what when who whose you your "
        "medicine medicines medicinal drug drugs treatment treating treat treatments preparation preparations "
        "product products agent agents medication medications remedy remedies"
    ).split()
)
# Words that say nothing beside a filter: antihistamine tablets are antihistamines
VAGUE = frozenset(
    normal(
        "therapy therapies class group tablet tablets pill pills capsule capsules injection injections drops cream "
        "ointment gel spray infusion syrup patch patches jab jabs shot shots"
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

# Words beside the name of a condition that say for whom, how bad or in what form, and change nothing in what it is
BESIDE_CONDITIONS = frozenset(
    normal(
        "adult adults children child childhood paediatric pediatric elderly patient patients people person women "
        "men woman man babies infants adolescents teenagers kids severe moderate mild advanced metastatic early "
        "late stage acute chronic refractory relapsed relapsing recurrent resistant uncontrolled persistent "
        "active symptomatic newly diagnosed locally unresectable inoperable first second line positive negative "
        "prevention preventing prevent prophylaxis management managing therapy therapies tablet tablets pill "
        "pills capsule capsules injection injections drops cream ointment gel spray infusion inhaler syrup patch "
        "patches jab jabs shot shots new newest latest oral symptoms symptom attack attacks flare flares disease "
        "diseases disorder disorders syndrome problems problem condition conditions cure cures remedy remedies "
        "relief help product products medication medications rash sore itchy painful swollen red runny sudden "
        "repeated frequent bad"
    ).split()
)
HAN_BESIDE_CONDITIONS = re.compile(
    "患者|成人|成年|儿童|小儿|老年|晚期|早期|转移性|复发性|复发|难治性|难治|急性|慢性|重度|中度|轻度|预防|疗法|新药|用|药|的"
)

# Parts of the body, and where MeSH's tree has their diseases
BODY = {
    "skin": "C17.800",
    "hair": "C17.800",
    "eye": "C11",
    "ear": "C09.218",
    "nose": "C09.603 C08.460",
    "throat": "C09",
    "mouth": "C07",
    "lung": "C08",
    "chest": "C08",
    "airway": "C08",
    "blood": "C15",
    "heart": "C14.280",
    "bone": "C05.116",
    "joint": "C05.550",
    "muscle": "C05.651 C10.668",
    "brain": "C10.228",
    "nerve": "C10",
    "stomach": "C06.405",
    "gut": "C06.405",
    "bowel": "C06.405.469",
    "liver": "C06.552",
    "pancreas": "C06.689",
    "kidney": "C12",
    "bladder": "C12",
    "prostate": "C12",
    "thyroid": "C19.874",
    "hormone": "C19",
}

# Animals as people call them, and as EMA's table and texts do
_ANIMALS = (
    "dog dogs puppy puppies canine, cat cats kitten kittens feline, horse horses equine pony, "
    "cattle cow cows calf calves bovine, pig pigs piglet piglets swine porcine sow sows, sheep lamb lambs ovine, "
    "chicken chickens hen hens poultry broiler broilers, duck ducks, turkey turkeys, rabbit rabbits, "
    "bee bees honeybee honeybees, salmon salmonid fish, mink"
)
SPECIES = {
    stem(word): tuple(dict.fromkeys(map(stem, group.split())))
    for group in _ANIMALS.split(",")
    for word in group.split()
}

# Words by which substances are called that are vaccines, though nothing else of them says so
SPECIES["vaccine"] = ("vaccine", "inactivated", "attenuated", "toxoid")

# Words for too much or too little of something, and how the names of such conditions put what there is
ABNORMAL = frozenset(["abnormal", "disturbed", "disordered"])
TOO_MUCH = frozenset(["high", "raised", "elevated", "increased", "excess", "excessive", "much"])
TOO_LITTLE = frozenset(["low", "reduced", "lack", "lacking", "insufficient", "deficiency", "deficient", "little"])
ROOTS = {
    "potassium": "kal",
    "sodium": "natr",
    "salt": "natr",
    "sugar": "glyc",
    "glucose": "glyc",
    "fat": "lip",
    "fats": "lip",
    "lipid": "lip",
    "pressure": "tension",
    "iron": "ferr",
    "protein": "protein",
    "oxygen": "ox",
    "thyroid": "thyroid",
    "platelet": "thrombocyt",
    "cortisol": "cortis",
    "eosinophil": "eosinophil",
}

# Words for what conditions are, in the form in which they are named
FORMS = {
    "infected": "infection",
    "inflamed": "inflammation",
    "allergic": "allergy",
    "cancerous": "cancer",
    "ulcerated": "ulcer",
    "fractured": "fracture",
    "burnt": "burns",
    "burned": "burns",
    "diseased": "disease",
    "poisoned": "poisoning",
}

# Words for how a class acts that are used for one another
_ACTING_ALIKE = (
    "inhibitor antagonist blocker blocking suppressant",
    "agonist analogue mimetic stimulant",
)
ACTING = {word: group.split() for group in _ACTING_ALIKE for word in group.split()}

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
    """Whether a whole text is one of the words that people have for a class or a kind of medicine."""
    key = tuple(normal(text).split())
    return key in WORDINGS or PHRASES.get(key, ("",))[0] == "atc"
