"""Chinese names: the list's own code and origin stay with the name, and whether WHO has the class."""

from medpath.fetch.files import SourceFile
from medpath.sources.reading import Report
from medpath.sources.who_atc import names_zh

DATA = """atc_code,level,name_zh_hans,name_en_who_2026,nrdl_code,source,code_in_who_2026
L04,2,免疫抑制剂,IMMUNOSUPPRESSANTS,XL04,NRDL,yes
A13,2,滋补药,TONICS,,other-zh-table,yes
L01XC,4,单克隆抗体,,XL01XC,NRDL,no
L04,2,又一次,IMMUNOSUPPRESSANTS,XL04,NRDL,yes
N000,3,其他,,XN000,NRDL,no
L05,3,某,,XL05,Novel,maybe
"""


def test_names_with_their_origin_and_faults() -> None:
    report = Report("who_atc.names_zh")
    file = SourceFile("who_atc.names_zh", "atc-zh-nrdl-2026-04-22.csv", "", DATA.encode())
    records = {record.key: record.body for record in names_zh.read(file, report)}
    assert records["L04"] == {
        "code": "L04",
        "level": 2,
        "names": {"zh": "免疫抑制剂"},
        "english_name": "IMMUNOSUPPRESSANTS",
        "nrdl_code": "XL04",
        "origin": {"code": "nrdl", "source_value": "NRDL"},
        "in_who": True,
    }
    assert records["A13"]["origin"]["code"] == "other-table"
    assert records["L01XC"]["in_who"] is False
    assert (report.rows, report.rejected, len(records)) == (6, 2, 4)
    codes = [issue.code for issue in report.issues]
    assert codes == ["doubled-record", "no-identity", "differing-level", "unknown-value", "unknown-value"]
