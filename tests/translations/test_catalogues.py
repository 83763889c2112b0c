"""Every text of the interface is in Chinese, and none stands in a template outside of gettext."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from medpath.translations import FOLDER, catalogue
from tests.translations.reading import TEMPLATES, bare_texts, texts

HOLES = re.compile(r"%\(\w+\)s|%%|\{\w+\}")
ALIKE = {"ATC"}


def chinese() -> dict[str, tuple[str, ...]]:
    with (FOLDER / "zh" / "LC_MESSAGES" / "medpath.po").open("rb") as stream:
        read = read_po(stream, locale="zh_Hans_CN", abort_invalid=True)
    found = {}
    for message in read:
        if message.id:
            assert not message.fuzzy, message.id
            keys = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            found[keys[0]] = tuple(str(one) for one in strings)
    return found


def test_every_text_has_a_chinese_one() -> None:
    known = chinese()
    missing = {parts[0]: place for place, parts in texts() if not all(known.get(parts[0], ("",)))}
    assert missing == {}


def test_the_catalogue_has_nothing_that_no_page_shows() -> None:
    assert set(chinese()) - {parts[0] for _place, parts in texts()} == set()


def test_translations_are_chinese_and_keep_the_holes() -> None:
    for text, translations in chinese().items():
        for one in translations:
            assert sorted(HOLES.findall(one)) == sorted(HOLES.findall(text)), text
            wordless = not re.search(r"[^\W\d_]", HOLES.sub("", text))
            assert wordless or text in ALIKE or re.search(r"[\u4e00-\u9fff]", one), text


def test_no_text_holds_signs_of_html_or_of_templates() -> None:
    """Templates put texts into pages and attributes as they are."""
    told = [*chinese().items(), *((parts[0], parts) for _place, parts in texts())]
    for _text, forms in told:
        assert not any(sign in form for form in forms for sign in ('"', "<", ">", "&", "{{", "{%")), forms


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_has_words_outside_of_gettext(path: Path) -> None:
    assert bare_texts(path) == []


def test_words_outside_of_gettext_would_be_seen(tmp_path: Path) -> None:
    template = tmp_path / "page.html"
    template.write_text('<p title="Hint">Plain {{ _("Told") }} words</p>{% if x %}<img alt="Picture">{% endif %}')
    assert bare_texts(template) == ["Hint", "Plain words", "Picture"]


def test_english_is_the_texts_themselves_and_chinese_is_read_from_its_po_file() -> None:
    assert catalogue("en").gettext("Withdrawn") == "Withdrawn"
    assert catalogue("zh").gettext("Withdrawn") == "已撤回"
    assert catalogue("zh").ngettext("%(number)s result", "%(number)s results", 3) == "%(number)s 条结果"
