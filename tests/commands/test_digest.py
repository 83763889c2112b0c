"""`medpath digest`, and `medpath changes` in its forms."""

import json
import re

import pypdfium2


def test_a_digest_of_the_sample_in_both_forms(medpath):
    markdown = medpath("digest", "--since", "2026-03-01").out
    assert markdown.startswith("# Changes of medicines since 1 March 2026\n")
    assert "Sample data" in markdown
    assert "## 14 March 2026\n" in markdown
    assert (
        "### [Lumark (Withdrawn)](https://www.ema.europa.eu/en/medicines/human/EPAR/lumark)\n\n"
        "- **Marketing authorisation withdrawn** (stated for 16 January 2026)"
    ) in markdown
    html = medpath("digest", "--since", "2026-03-01", "--format", "html", "--lang", "zh").out
    assert html.startswith("<!doctype html>")
    assert 'Lumark<span class="not-authorised">（已撤回）</span>' in html


def test_a_digest_as_a_pdf(medpath, tmp_path):
    file = tmp_path / "digest.pdf"
    ran = medpath("digest", "--since", "2026-03-01", "--format", "pdf", "--output", file)
    assert ran.code == 0
    document = pypdfium2.PdfDocument(file)
    whole = "\n".join(one.get_textpage().get_text_bounded() for one in document)
    assert "Lumark (Withdrawn) https://www.ema.europa.eu/en/medicines/human/EPAR/lumark" in " ".join(whole.split())
    assert "Sample data" in whole
    assert "Date of the data: 14 March 2026" in whole
    assert "14 March 2026" in [one.get_title() for one in document.get_toc()]


def test_a_digest_of_one_medicine_or_of_some(medpath):
    one = medpath("digest", "--since", "2020-01-01", "--medicine", "Lumark").out
    assert "of 1 medicine\n" in one
    some = medpath("digest", "--since", "2020-01-01", "--status", "withdrawn", "--kind", "status-changed").out
    assert "### [Lumark" in some
    assert some.count("\n## ") == 1
    assert set(re.findall(r"\n- \*\*(.*?)\*\*", some)) == {"Marketing authorisation withdrawn"}
    nothing = medpath("digest", "--since", "2020-01-01", "--substance", "none-such")
    assert "0 changes" in nothing.out
    assert nothing.code == 0


def test_what_can_not_be_meant_is_wrong_usage(medpath):
    assert medpath("digest").code == 2
    assert medpath("digest", "--since", "soon").code == 2
    assert medpath("digest", "--since", "2026-03-02", "--until", "2026-03-01").code == 2
    assert medpath("digest", "--since", "2026-03-02", "--kind", "rumour").code == 2
    assert medpath("digest", "--since", "2026-03-02", "--medicine", "none such").code == 3


def test_changes_as_table_markdown_and_json_lines(medpath):
    asked = ("changes", "--kind", "status-changed", "--cause", "source")
    whole = medpath(*asked, "--json").json
    assert whole
    assert {one["kind"] for one in whole} == {"status-changed"}
    lines = [json.loads(line) for line in medpath(*asked, "--format", "jsonl").out.splitlines()]
    assert lines == whole
    assert "Lumark" in medpath(*asked).out
    assert "- **Authorised** (stated for " in medpath(*asked, "--format", "markdown").out
    assert medpath("changes", "--kind", "rumour").code == 2
