"""The words in which a 考评办法 says what something costs, each with a name."""

import re

from schemes.tables.grammar.plain import NUMBER
from schemes.tables.grammar.units import UNIT

_ALL = r"(?:分值|分数|得分|标准分|应得分|分)"
_THIS = r"(?:该|本|此|整个|所在|所属)"
_LEVEL = (
    r"(?:[AB]级|一级|二级|三级|考评|考核|评定|评审|检查)?"
    r"(?:小项|大项|子项|分项|子要素|项目|类目|类别|条款|考评内容|内容|要素|模块|部分|元素|指标|项|条|款|类)"
)
_HOW = r"(?:，?(?:则|即|均|都|也|一律|应|将|予以|直接|视为|判|按)){0,3}"
_EXTRA = r"(?:追加|附加)扣(?:除|减)?(?:分)?"
_AND = r"，?(?:并|且|同时|还|另|再|以及){0,3}"
_NONE = (
    rf"(?:不得分|不予得分|不给分|得0分|得零分|[计记为]0分"
    rf"|扣(?:除|减|完|光|掉)?(?:{_THIS}{_LEVEL})?(?:的)?(?:全部|所有|全)(?:的)?{_ALL}"
    rf"|全部扣(?:除|完|光)(?!为)|(?<![健不齐安完周])全扣(?:除|完|光)?分?(?=$|[，；。])"
    rf"|扣(?:除|完|光){_THIS}{_LEVEL}?(?:的)?{_ALL}(?!的|为))"
)

FORMS = re.compile(
    "|".join(
        (
            # 除不得分外，追加扣除 10 分
            rf"(?P<beyond>除(?:{_THIS}?(?:考评内容|项目|项|条|内容)?{_ALL}?"
            rf"(?:不得分|扣完|扣满|扣光|扣除)(?:后|的)?)外，?{_AND}{_EXTRA}(?P<beyond_n>{NUMBER})分)",
            # 扣满 4 分的，追加扣除 10 分
            rf"(?P<exhausted>(?:累计|合计|共|{_THIS}{_LEVEL}?)?{_ALL}?扣(?:满|完|够|光)"
            rf"(?P<full>{NUMBER})?{_ALL}?(?:的|后|时|者)?，?{_AND}{_EXTRA}(?P<exhausted_n>{NUMBER})分)",
            # 扣完为止
            rf"(?P<until>(?:直至|直到|至)?(?:将)?{_THIS}?(?:{_LEVEL})?(?:标准)?{_ALL}?"
            rf"扣(?:完|光|满)(?:{_THIS}?(?:{_LEVEL})?{_ALL}?)为止)",
            # 最多扣 6 分
            rf"(?P<at_most>(?:最多|最高|累计|合计|总共|共计|共|总)(?:可)?(?:扣分|扣除|扣减|扣)?"
            rf"(?:不超过|不超|不高于|不多于|至|为)?(?P<most_n>{NUMBER})分(?:为止)?"
            rf"|扣分(?:累计|合计)?(?:不超过|不超|不高于)(?P<most_m>{NUMBER})分)",
            # 一票否决
            r"(?P<veto>一票否决|否决项|予以否决|否决|取消[^，。；]{0,12}资格"
            r"|不予(?:评级|定级|评审|达标|通过|评定)|不得(?:评|申请|定)[^，。；]{0,8}级)",
            # 酌情扣 1–5 分
            rf"(?P<range>(?:酌情|视情(?:况|节)?(?:轻重|严重程度)?，?)?扣(?:除|减)?{NUMBER}分?(?:[-~至到]|或)"
            rf"{NUMBER}分|(?:酌情|视情(?:况|节)?(?:轻重|严重程度)?)[^，。；]{{0,4}}扣(?:除|减)?(?:{NUMBER})?分"
            rf"|可扣{NUMBER}分|扣{NUMBER}分(?:以上|以下|以内|左右))",
            # 按比例扣分
            rf"(?P<ratio>按[^，。；]{{0,12}}比例[^，。；]{{0,6}}扣[^，。；]{{0,6}}|扣(?:除|减)?{_THIS}?{_LEVEL}?{_ALL}?的?"
            rf"(?:\d+(?:\.\d+)?%|百分之[^，。；]{{1,4}}|一半|半数))",
            # 不得分，并追加扣除 10 分
            rf"(?P<forfeit>(?:{_THIS}(?P<level>{_LEVEL}))?{_HOW}{_NONE}"
            rf"(?:，?{_AND}{_EXTRA}(?P<forfeit_n>{NUMBER})分)?)",
            # 各扣 1 分
            rf"(?P<each>(?:各|分别|均|都)(?:扣|减)(?:除|掉)?{NUMBER}分)",
            # 追加扣除 10 分, without anything before it
            rf"(?P<only_extra>{_EXTRA}(?P<only_n>{NUMBER})分)",
            # 加 2 分
            rf"(?P<bonus>(?:另|再|可|额外|给予)?(?:加|追加|奖励|附加)(?!扣){NUMBER}分|(?<!增)加分(?=$|[，；。（）])|奖励分)",
            # 得 5 分
            rf"(?P<levels>得{NUMBER}(?:[-~至到]{NUMBER})?分|给{NUMBER}分|计{NUMBER}分|为{NUMBER}分)",
            # 扣 2 分
            rf"(?P<deduct>(?:应|则|即|予以|给予|一律|将|另|再|要)?(?:{_THIS}{_LEVEL})?扣(?:除|减|掉)?"
            rf"(?P<deduct_n>{NUMBER})分(?![值数钟之])(?:/(?P<post>{UNIT}))?"
            rf"(?:{_AND}{_EXTRA}(?P<deduct_x>{NUMBER})分)?)",
        )
    )
)
"""Every consequence; the first alternative that fits at a place is the one meant."""

IN_BRACKETS = re.compile(rf"（(扣{NUMBER}分)）")
"""未建立制度（扣 2 分）: the brackets say no more than a comma."""

REPEATED = re.compile(
    r"不(?:再|予|得|应|能)?(?:重复|累计|再次)?(?:重复)(?:扣分|计扣|扣除|扣|记分|计分)"
)
"""不重复扣分 is a note: which of two rows charges a fact, no condition."""

SUSPECT = re.compile(
    r"扣(?![件环板带紧具押子盖好除率])|不得分|得分|满分|[倒倍不]$|加分|减分|记分|(?<!统)计分|分值|否决|比例|酌情"
    r"|\d分(?![钟之贝米公])|最[多高](?:扣|加)|(?:以此|依此|依次)类推|下列|如下|以下(?!简称)|之一"
    r"|除外|另有规定"
)
"""Words that show that a circumstance holds more of a rule than was read."""

LOOKING = re.compile(
    r"^(?:有[^不未无没缺否]*$|查|抽查|查看|查阅|核查|查验|现场|询问|访谈|座谈|核对|对照|注[：:]|备注|说明[：:])"
)
"""How a sentence begins that only says how to look."""
