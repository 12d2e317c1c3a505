"""What a deduction is counted by: 每处, 每缺一项, 有一处…, 一次扣."""

import re
from dataclasses import dataclass

# fmt: off
_WORDS = [
    "人次", "台次", "车次", "批次", "台套", "个方面", "处", "项", "次", "人", "个",
    "台", "套", "种", "类", "份", "条", "例", "起", "件", "方面", "家",
    "辆", "艘", "车", "户", "间", "座", "名", "环节", "点", "本", "张",
    "岗位", "工种", "部门", "班组", "车间", "单位", "瓶", "罐", "道", "根", "支",
    "组", "批", "块", "具", "只", "把", "口", "桶", "箱", "袋", "层",
    "栋", "幢", "副", "双", "段", "片", "株", "匹", "孔", "艘次", "辆次",
    "户次", "家次", "班次", "栏", "页", "幅", "枚",
]
# fmt: on
_NOT_BEFORE = {
    "处": "理置罚分方",
    "次": "性品",
    "项": "目",
    "个": "月季人体别星小百",
    "人": "员机工为身均民行",
    "台": "账帐班阶",
    "起": "重吊火草",
    "条": "件例款约",
    "本": "单企岗公项人工",
    "点": "检",
    "车": "间辆队型",
    "名": "称单录",
    "张": "贴挂",
    "批": "准",
    "组": "织长",
    "例": "会行如",
    "套": "管",
    "根": "据",
    "道": "路",
    "只": "有要能",
    "把": "关握",
    "口": "罩头",
    "间": "隔距",
    "座": "位谈",
    "家": "属庭",
    "种": "植",
    "份": "额",
    "户": "外",
    "支": "付撑",
    "栏": "杆",
}
"""What makes another word of a unit: 每起重机, 一个月, 一次性."""


_STILL = {"起": "重(?:伤|大|特)", "人": "均|身亡|员伤亡"}
"""What stands behind a unit all the same: 一起重伤事故 counts, 一起重机 does not."""


def _unit(word: str) -> str:
    other = _NOT_BEFORE.get(word)
    if not other:
        return word
    still = f"(?!{_STILL[word]})" if word in _STILL else ""
    return f"{word}(?!{still}[{other}]|工作日)"


_UNIT = "|".join(_unit(word) for word in sorted(_WORDS, key=len, reverse=True))
UNIT = rf"(?:{_UNIT})(?:[（/、·](?:{_UNIT})）?)?"
"""Words that things are counted by; 月 and 年 are none (每月, 每年 say how often, not how many)."""

_FEW = "|".join(map(_unit, ("人次", "台套", *"处项次人个台名份例起件家辆具只瓶")))
"""Those that count even where only 一 stands before them; 一类 and 一级 name kinds."""

_ONE = r"(?:(?:一|1)(?:个(?=人(?!防)))?)"
_LACK = r"(?:缺少|缺失|缺|遗漏|漏|少|差)"
_FIND = r"(?:发现有|发现|发生|查出|查到|出现|存在|有)"
_PREDICATE = re.compile(r"[不未无没缺有少漏错超违一]")
_FOUND = re.compile(_FIND)
_FOUND_AT_END = re.compile(r"(?<=.)，?(?:发现有|发现|发生|查出|查到|出现|存在)$")
_WRONG = re.compile(r"[不未无没缺少漏错超违失坏损误非乱]")
_IDIOM = re.compile(
    r"每(?:个)?(?:年|月|季|周|日|天|班(?!组)|半|[两二三四五](?=年|个?月|季|周|天|日|小时)|隔|逢|次性|\d+\s*(?:个)?[年月天日周])"
)
_HOW_OFTEN = re.compile(r"每(?:个)?(?:年|月|季度?|周|日|天|班次?|年度|工作日)$")
_NOT_COUNTED = r"(?<![任何某同统唯每第至少年月周日于半之这那哪逐万])(?<![年月季]度)(?<!\d)(?<!\d\.)"
_NOT_ASKED = rf"{_NOT_COUNTED}(?<![设配为])(?<!设置)(?<!配备)(?<!任命)"
"""Nor where one is what is asked for: 未配备 1 人."""

_AT_END = [
    # 制度内容不符合规定的，每项制度 | 失修每处 | 每发现一处
    re.compile(
        rf"^(?P<rest>(?:.*?[，、的])??)每{_FIND}?{_ONE}?(?P<unit>{UNIT})(?P<noun>[^，每]{{0,6}})$"
    ),
    re.compile(
        rf"^(?P<rest>.*[^对为给到按应将把向由用以于在做，]?)每{_FIND}?{_ONE}?(?P<unit>{UNIT})(?P<noun>)$"
    ),
    # 结果未存档的，一次 | 未按程序的，一个项目 | 不符合要求，发现一处
    re.compile(rf"^(?P<rest>.+?)，{_FIND}?{_ONE}(?P<unit>{UNIT})(?P<noun>[^，每]{{0,4}})$"),
    # 不符合一处
    re.compile(rf"^(?P<rest>.*[^，缺少漏差超]){_NOT_COUNTED}{_ONE}(?P<unit>{_FEW})(?P<noun>)$"),
    re.compile(rf"^(?P<rest>.*[^，缺少漏差超\d]){_NOT_COUNTED}1(?P<unit>{UNIT})(?P<noun>)$"),
]
_INSIDE = [
    re.compile(rf"(?<![未应对])每(?:{_LACK}|{_FIND}){_ONE}?(?P<unit>{UNIT})"),
    re.compile(rf"(?:^|，|其[他它余])每{_ONE}?(?P<unit>{UNIT})"),
    re.compile(rf"(?<![未对应按给为到在])每{_ONE}?(?P<unit>{UNIT})(?=不符合|不合格|不达标|不到位)"),
    re.compile(rf"(?:^|，|[中上内里]|现场|抽查|检查){_FIND}{_ONE}(?P<unit>{UNIT})"),
    re.compile(rf"(?<![至不减年月])(?:{_LACK}|(?<=，)超){_ONE}(?P<unit>{UNIT})"),
    re.compile(rf"(?:^|，|其[他它余]){_ONE}(?P<unit>{_FEW})(?!一)"),
    re.compile(rf"(?:^|，|其[他它余])1(?P<unit>{UNIT})(?!一)"),
    # 矿领导1人不清楚职责
    re.compile(rf"{_NOT_ASKED}1(?P<unit>{UNIT})(?=[不未无没缺超漏])"),
    re.compile(rf"{_NOT_ASKED}一(?:个(?=人))?(?P<unit>{UNIT})(?=[不未无没缺超漏])"),
]
_LEFT_OVER = re.compile(
    rf"{_NOT_COUNTED}{_ONE}(?:{_FEW})|{_NOT_ASKED}1(?:{UNIT})|{_NOT_COUNTED}{_ONE}(?:{UNIT})$"
    # 一种执行不好 may count or name a kind
    rf"|(?:^|，|其[他它余])一(?!类|级)(?:{UNIT})"
    # 过期一证: a word that may count stands at the end
    rf"|{_NOT_COUNTED}{_ONE}(?![般定致切些旦体样线直同律并起贯次共时类级楼层]|把手)[^，、\d%％.分]{{1,2}}$"
    # 缺少一 before a word that may count as well
    rf"|(?<![至不减])(?:{_LACK}|发现|发生|出现|查出|查到|存在|有){_ONE}(?![定般致切些旦体样线直同律并])"
)
_TIERS = re.compile(
    r"(?:[二两三四五六七八九十]|[2-9]|\d\d)\s*(?:人次|个|项|处|人|次|台|件|起|类|份|条)(?:[及或（])?(?:以上|以下)"
    r"|(?:缺|少|漏|有|发现|超过|达到?)(?:[二两三四五六七八九十]|[2-9]|\d\d)(?:人次|个|项|处|人|次|台|件|起|类|份|条)"
    r"|第[一二三四1-4]次|(?:一|1)(?:处|项|次|人|个|台)(?:及|或)?以上"
    r"|(?:^|，)(?:[二两三四五六七八九十]|[2-9])(?:人次|个|项|处|人|次|台|件|起|份)"
    r"|^(?:首次|初次|再次)"
)
_LINE = re.compile(
    r"(?:低于|不足|未达到?|达不到|不到|小于|少于|未满|不满|超过|高于|大于|多于|逾期|延迟|迟报|超期)"
    r"\s*(?:[\d.]+|[一二两三四五六七八九十]+成?)\s*(?:%|个?百分点|[天日月年]|小时|分钟|[米克吨度]|万元|元)"
)
"""Where a line is drawn through an amount: 低于 95 %."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The circumstance without a bare counting phrase, and the unit, None where it counts once.

    lone: the unit stands without 每, so that it says less.
    """

    when: str
    per: str | None = None
    lone: bool = False


def has_tiers(circumstance: str) -> bool:
    """Whether it speaks of several at once, which another amount may stand for (缺 3 项以上)."""
    return bool(_TIERS.search(circumstance))


def line_of(circumstance: str) -> str | None:
    """Of what and how a line is drawn, without where; "" of what was said before. None: of none."""
    found = _LINE.search(circumstance)
    if not found:
        return None
    return re.sub(r"[\d.一二两三四五六七八九十\s]", "", circumstance[: found.end()])


def counted(circumstance: str) -> Counted | None:
    """What the circumstance is counted by; None where that is unclear."""
    if _HOW_OFTEN.search(circumstance):
        return None  # 每天扣 1 分 may count days
    for pattern in _AT_END:
        found = pattern.match(circumstance)
        if found and not _PREDICATE.search(found["noun"]):
            rest = _FOUND_AT_END.sub("", found["rest"].strip("，、"))
            # 现场检查，每发现一处隐患: what is wrong stands behind the unit
            told = found["noun"] and (not rest or not _WRONG.search(rest))
            alone = rest or _FOUND.search(found[0])
            said = circumstance if (told and alone) or _FOUND.fullmatch(rest) else rest
            return _sure(Counted(said, _word(found["unit"]), "每" not in found[0]), rest)
    for pattern in _INSIDE:
        found = pattern.search(circumstance)
        if found:
            rest = circumstance[: found.start()] + "，" + circumstance[found.end() :]
            lone = "每" not in found[0]
            return _sure(Counted(circumstance, _word(found["unit"]), lone), rest)
    return _sure(Counted(circumstance), circumstance)


def _sure(counted: Counted, rest: str) -> Counted | None:
    """None where the rest still speaks of each or of one."""
    without = _IDIOM.sub("", rest)
    return None if "每" in without or _LEFT_OVER.search(without) else counted


def _word(unit: str) -> str:
    return "方面" if unit == "个方面" else unit
