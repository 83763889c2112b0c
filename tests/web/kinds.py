"""One address of every kind of page over the bundled sample, without the language's prefix."""

ALOFISEL = "/medicines/EMEA-H-C-004258"
KISUNLA = "/medicines/EMEA-H-C-006024"  # its product information in two versions
UZPRUVO = "/medicines/EMEA-H-C-006101"  # two summaries in one file

KINDS = {
    "home": "/",
    "search": "/search?q=biosimilar+adalimumab",
    "search without a question": "/search",
    "search without a result": "/search?q=xqzwvkj",
    "search in texts": "/search?kind=section&q=section%3A4.1+sample",
    "search in texts without a result": "/search?kind=section&q=sample+xqzwvkj",
    "medicines": "/medicines",
    "medicines filtered": "/medicines?status=withdrawn&status=refused&category=human",
    "withdrawn medicine": ALOFISEL,
    "authorised medicine": "/medicines/EMEA-H-C-005874",
    "veterinary medicine": "/medicines/EMEA-V-C-002235",
    "opinion": "/medicines/EMEA-H-C-005119",
    "medicine as of a day": f"{ALOFISEL}?as_of=2026-02-01",
    "history": f"{ALOFISEL}/history",
    "procedures": f"{ALOFISEL}/procedures",
    "section": f"{ALOFISEL}/smpc/4.8",
    "section of several products": f"{UZPRUVO}/smpc/4.8",
    "section in an older version": f"{KISUNLA}/smpc/4.4?version=1",
    "section as of a day": f"{KISUNLA}/smpc/7?as_of=2026-02-01",
    "section without text": f"{ALOFISEL}/smpc/4",
    "contents of a part": f"{UZPRUVO}/package-leaflet",
    "document": f"{ALOFISEL}/documents/alofisel-epar-product-information_en.pdf",
    "redline": f"{KISUNLA}/documents/kisunla-epar-product-information_en.pdf/diff",
    "comparison": "/compare?section=4.8&medicine=alofisel&medicine=humira&medicine=hulio",
    "comparison of what is not there": "/compare?section=4.8&medicine=tibsovo&medicine=xqzwvkj",
    "comparison of facts": "/compare?medicine=alofisel&medicine=humira&medicine=hulio",
    "form of a comparison": "/compare",
    "substance": "/substances/adalimumab",
    "condition": "/conditions/schizophrenia",
    "organisation": "/organisations/takeda-pharma-a-s",
    "conditions": "/conditions",
    "heading of MeSH": "/conditions/C04",
    "substances": "/substances",
    "ATC classes": "/atc",
    "ATC class": "/atc/L04",
    "complete ATC code": "/atc/L04AB04",
    "changes": "/changes",
    "changes of all causes": "/changes?cause=all",
    "sources": "/sources",
    "dataset": "/sources/ema.medicines",
    "quality of the data": "/quality",
    "pictures": "/pictures",
    "picture by year": "/pictures/approvals",
    "picture of holders": "/pictures/holders?category=human",
    "picture of several series": "/pictures/landscape?area=rectal-fistula",
    "picture of quartiles": "/pictures/decision",
    "picture of estimates": "/pictures/protection",
    "about": "/about",
    "look-up without network": "/offline",
}
ERRORS = {
    "not found": ("/nothing/here", 404),
    "unknown medicine": ("/medicines/EMEA-H-C-999999", 404),
    "unknown section": (f"{ALOFISEL}/smpc/9.9", 404),
    "unknown part": (f"{ALOFISEL}/annex/1", 404),
    "document without text": ("/medicines/EMEA-H-C-001195/smpc/4.8", 404),
    "several medicines": ("/medicines/cimzia", 300),
    "bad question": (f"{ALOFISEL}?as_of=soon", 400),
}
EVERY_PAGE = {**{kind: (address, 200) for kind, address in KINDS.items()}, **ERRORS}


def in_chinese(address: str) -> str:
    """The same page in Chinese."""
    return "/zh" if address == "/" else f"/zh{address}"
