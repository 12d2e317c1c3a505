"""What a page says of itself where it is printed: what is on paper, and where the rest of it is."""

_SHOWN = "打印的是本页显示的内容"

_ELSEWHERE = {
    "classroom": "完整的统计和图在课堂“导出 PDF”的文件里",
    "clients": "完整的名单用“导出 Excel”",
    "history": "完整的对比用“下载 PDF 对比”",
    "import_standard": "读出的整张表用“导出给同事（.json）”",
    "project": "完整的文件用“下载全套资料（ZIP）”",
    "records": "完整的清单用“下载 Word 资料清单”",
    "standards": "没有展开的内容不打印，整张打分表在自评“报告”页的 PDF 里",
}
"""By page; the others show one assessment."""


def paper_words(page: str) -> str:
    """What stands above a printed page; page: its name in the address, of the start page none."""
    elsewhere = _ELSEWHERE.get(page, "一份自评完整的清单和图在“报告”页的 PDF 里")
    return f"{_SHOWN}；{elsewhere}。"
