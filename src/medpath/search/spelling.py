"""How text becomes the words that are compared: spelling-independent, British and American alike, Chinese in pairs.

Everything is applied to what is indexed and to what is asked, so that only equal treatment matters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from medpath.model.names import fold
from medpath.model.numbers import eu_number, product_number

LONGEST_WORD = 64

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho",
    "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
_SIGNS = str.maketrans(
    {**_GREEK, **{letter.upper(): name for letter, name in _GREEK.items()}, "™": "", "®": "", "©": "", "℠": ""}
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_PIECES = re.compile(f"[{_HAN}]+|[^\\s{_HAN}]+")
_HYPHENATED = re.compile(r"\w+(?:-\w+)+")
_IS_HAN = re.compile(f"[{_HAN}]")
_APART = r"[\s/_.\-\u2010-\u2015\u2044\u2212\u2215]"
_PRODUCT = re.compile(rf"(?<![^\W_])EME?A{_APART}*([HV]){_APART}*([A-Z]){_APART}*(\d{{1,6}})(?!\d)", re.IGNORECASE)
# run together, a number of three or four digits may have a pack of three behind it
_EU = re.compile(
    rf"(?<![^\W_])EU(?:{_APART}*(\d){_APART}+(\d\d){_APART}+(\d{{1,4}})|{_APART}*(\d)(\d\d)(\d{{3,4}}?)(?:\d{{3}})?)(?!\d)",
    re.IGNORECASE,
)
YEAR = re.compile(r"199[5-9]|20[0-4]\d")  # EMA began in 1995
_AMERICAN = {"neurone": "neuron", "fibre": "fiber", "centre": "center", "litre": "liter", "titre": "titer",
             "aluminium": "aluminum"}  # fmt: skip
_EXCLUDED = re.compile(
    r"[,(]?\s*\bexcl(?:\.|uding\b).*?(?=\)|$)"
    r"|[(（][^()（）]*(?:不包括|不含|除外)[^()（）]*[)）]|[,，][^,，]*(?:不包括|不含|除外)[^,，的]*$"
    r"|(?:不包括|不含|除)[^的,，]*的|^[^,，]*?除外的"
)
_LEGAL_FORM = re.compile(
    r"(?:[\s,]+(?:gmbh|mbh|ag|se|kgaa|kg|co|company|corp|corporation|inc|ltd|limited|plc|llc|dac|uc|bv|nv|cv|sa|sas|sarl|srl|sl"
    r"|slu|spa|sro|as|asa|ab|publ|aps|oy|oyj|kft|zrt|nyrt|doo|dd|ohg|eurl|lda|unipessoal|spzoo|zoo|sp|and|&|\+))+\s*$",
    re.IGNORECASE,
)
_NO_LETTER = re.compile(r"[^0-9a-z]+")


def normal(text: str) -> str:
    """The text folded: lower case, without accents and punctuation, Greek letters by name, trade mark signs dropped."""
    return fold(text if text.isascii() else text.translate(_SIGNS))


@lru_cache(maxsize=1 << 15)
def squeeze(text: str) -> str:
    """The folded text without blanks: ``Novo-Rapid``, ``Novo Rapid`` and ``NovoRapid`` are one."""
    return normal(text).replace(" ", "")


def whole_keys(text: str) -> list[str]:
    """The keys of a whole name of a substance, condition or class: squeezed, and squeezed without plurals."""
    return list(dict.fromkeys((squeeze(text), "".join(stem(word) for word in normal(text).split()))))


def has_han(text: str) -> bool:
    """Whether the text holds a Chinese character."""
    return _IS_HAN.search(text) is not None


def words_to_index(text: str) -> list[str]:
    """The words of a text; of a run of Chinese each character and each pair of neighbours.

    What a hyphen joins follows as one word, too: ``GLP-1`` gives ``glp``, ``1`` and ``glp1``.
    """
    found = _pieces(normal(text))
    if "-" in text:
        found += [squeeze(word) for word in _HYPHENATED.findall(text) if len(word) <= LONGEST_WORD]
    return found


def _pieces(folded: str) -> list[str]:
    if folded.isascii():
        return folded.split()
    found: list[str] = []
    for piece in _PIECES.findall(folded):
        found += [*piece, *_pairs(piece)] if has_han(piece) else [piece]
    return found


def words_to_find(text: str) -> list[str]:
    """The words that a text must have to fit a query: of a run of Chinese its pairs, or the one character."""
    found: list[str] = []
    for piece in _PIECES.findall(normal(text)):
        if has_han(piece):
            found += _pairs(piece) or [piece]
        else:
            found.append(piece[:LONGEST_WORD])
    return list(dict.fromkeys(found))


def _pairs(piece: str) -> list[str]:
    return [first + second for first, second in pairwise(piece)]


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without its plural, in American spelling: ``tumours`` → ``tumor``, ``anaemia`` → ``anemia``."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith("s") and word[-2] not in "sui":
        word = word[:-1]
    if word.endswith("our"):
        word = word[:-3] + "or"
    return _AMERICAN.get(word) or word.replace("isation", "ization").replace("ae", "e").replace("oe", "e").replace(
        "sulph", "sulf"
    )


def without_excluded(name: str) -> str:
    """The name of a class without what it leaves out: no insulin is one of “…, excl. insulins”."""
    return _EXCLUDED.sub("", name).strip() or name


def without_legal_form(name: str) -> str:
    """The name of a company without its legal form: ``Santen Oy`` is Santen; the name itself where nothing else is."""
    plain = re.sub(r"[.()]", "", name)
    short = _LEGAL_FORM.sub("", plain, count=1)
    return short.strip(" ,") or name


def number_spellings(number: str) -> set[str]:
    """The spellings of EMA's product number that a lookup may bring: with and without EMEA, zeros and letters."""
    agency, *letters, digits = number.split("/") if "/" in number else ("", number)
    bare = str(int(digits)) if digits.isdigit() else digits
    forms = set()
    for tail in (digits, bare):
        forms |= {squeeze("".join([agency, *letters, tail])), squeeze("".join([*letters, tail])), squeeze(tail)}
    return forms


def eu_spellings(number: str) -> set[str]:
    """The spellings of an EU number (without pack) that a lookup may bring."""
    parts = number.split("/")
    bare = str(int(parts[-1])) if parts[-1].isdigit() else parts[-1]
    return {
        squeeze("".join([*head, *middle, tail]))
        for head, middle in ((parts[:1], parts[1:-1]), ([], parts[1:-1]))
        for tail in (parts[-1], bare)
    }


def number_keys(text: str) -> list[str]:
    """The squeezed numbers that a text may be: itself, and all product and EU numbers that stand in it.

    ``emea h c 4258``, ``EMEA/H/C/004258/II/0044/G``, ``procedure EMA/H/C/4258`` and ``EU/1/17/1261/001`` give the
    number of the product. Four digits that are a year are no number.
    """
    stripped = text.strip()
    if YEAR.fullmatch(stripped):
        return []
    found = [squeeze(text)]
    for standing, read in ((_PRODUCT, product_number), (_EU, eu_number)):
        if not standing.search(text) and (number := read(_plain(stripped))):
            found.append(squeeze(number))
    for match in _PRODUCT.finditer(text):
        found.append(squeeze(f"EMEA/{match[1]}/{match[2]}/{int(match[3]):06d}"))
    for match in _EU.finditer(text):
        kind, year, number = match.groups()[:3] if match[1] else match.groups()[3:]
        found.append(squeeze(f"EU/{kind}/{year}/{int(number):03d}"))
    return [one for one in dict.fromkeys(found) if one]


def _plain(text: str) -> str:
    folded = normal(text[:100])
    return _NO_LETTER.sub("", folded) if folded.isascii() else ""


def allowed_errors(word: str) -> int:
    """How many typing errors a word may hold: none under 4 letters, one under 8, else two."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def distance(one: str, other: str) -> int:
    """The number of typing errors between two words: a letter more, less, another, or two neighbours swapped."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        earlier, before, row = before, row, [i] + [0] * len(other)
        for j, right in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                row[j] = min(row[j], earlier[j - 2] + 1)
    return row[-1]
