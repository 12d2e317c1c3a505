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
_BY = r"(?:酌情|视情(?:况|节)?(?:轻重|严重程度)?，?|视(?:情节|程度|严重程度)，?)"
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
            rf"扣(?:完|光|满)(?:{_THIS}?(?:{_LEVEL})?{_ALL}?)为止|直[至到]扣[完光](?=$|[，；。])|扣[至到](?:0|零)分(?:为止)?"
            rf"|(?:累计|合计)?扣分(?:累计|合计|总[额数])?不(?:得|应)?超过{_THIS}{_LEVEL}?(?:的)?{_ALL})",
            # 最多扣 6 分
            rf"(?P<at_most>(?:最多|最高|累计|合计|总共|共计|共|总)(?:可)?(?P<most_of>扣分|扣除|扣减|扣|加分|加)?"
            rf"(?:不超过|不超|不高于|不多于|至|为)?(?P<most_n>{NUMBER})分(?:为止)?"
            rf"|(?P<most_by>[扣加])分(?:累计|合计)?(?:不超过|不超|不高于)(?P<most_m>{NUMBER})分)",
            # 一票否决; 一票否决制 and 不予通过的 are words of a circumstance
            rf"(?P<veto>(?:(?P<veto_level>{_THIS}?{_LEVEL})?(?:一票否决|予以否决|直接否决|否决)(?:项)?"
            rf"|取消[^，。；]{{0,12}}资格"
            rf"|不予(?:评级|定级|评审|达标|通过|评定)|不得(?:评|申请|定|参评|申报)[^，。；]{{0,8}}级"
            rf"|不得(?:评级|定级|达标|参评|申报|申请评审))(?=$|[，；。：、（）]))",
            # 酌情扣 1–5 分
            rf"(?P<range>{_BY}?扣(?:除|减)?(?P<least>{NUMBER})分?(?P<range_to>[-~至到]|——?|或){_BY}?"
            rf"(?:扣)?(?P<most>{NUMBER})分(?![值数钟之])(?:/(?P<range_post>{UNIT}))?|{_BY}[^，。；]{{0,4}}扣(?:除|减)?(?:{NUMBER})?分"
            rf"|可扣{NUMBER}分|扣{NUMBER}分(?:以上|以下|以内|左右))",
            # 按不合格台数比例扣分
            r"(?P<ratio>按[^，。；]{0,24}比例[^，。；]{0,6}扣[^，。；]{0,6})",
            # 扣该项分值的 50%
            rf"(?P<percent>扣(?:除|减)?(?:去|掉)?(?P<percent_of>{_THIS}?{_LEVEL}?(?:的)?(?:标准|应得)?{_ALL}?)的?"
            rf"(?:(?P<percent_n>\d{{1,3}}(?:\.\d+)?)%|百分之[^，。；]{{1,4}}|(?P<half>一半|半数)(?:的)?(?:分值|分数|分)?))",
            # 不得分，并追加扣除 10 分
            rf"(?P<forfeit>(?:{_THIS}(?P<level>{_LEVEL}))?{_HOW}{_NONE}"
            rf"(?:，?{_AND}{_EXTRA}(?P<forfeit_n>{NUMBER})分)?)",
            # 各扣 1 分
            rf"(?P<each>(?:各|分别|均|都)(?:扣|减)(?:除|掉)?(?P<each_n>{NUMBER})分)",
            # 追加扣除 10 分, without anything before it
            rf"(?P<only_extra>{_EXTRA}(?P<only_n>{NUMBER})分)",
            # 缺项不扣分
            r"(?P<free>(?:可以?|可予|均|则|也|，)?不(?:予)?扣(?:除)?分(?=$|[，；。）]))",
            # 加 2 分
            rf"(?P<bonus>(?:另|再|可|额外|给予)?(?P<bonus_by>(?<!增)加|追加|奖励|附加)(?!扣)(?P<bonus_n>{NUMBER})分(?![值数钟之])"
            rf"(?:/(?P<bonus_post>{UNIT}))?|(?<!增)加分(?=$|[，；。（）])|奖励分)",
            # 得 5 分
            rf"(?P<levels>得{NUMBER}(?:[-~至到]{NUMBER})?分|给{NUMBER}分|计{NUMBER}分|为{NUMBER}分)",
            # 扣 2 分
            rf"(?P<deduct>(?:应|则|即|予以|给予|一律|将|另|再|要|(?<=，)加(?=扣))?(?:{_THIS}{_LEVEL})?(?:扣(?:除|减|掉)?|(?<![加增削缩裁递])减(?:去|掉)?(?!半))"
            rf"(?P<deduct_n>{NUMBER})分(?![值数钟之])(?:/(?P<post>{UNIT}))?"
            rf"(?:{_AND}{_EXTRA}(?P<deduct_x>{NUMBER})分)?)",
        )
    )
)
"""Every consequence; the first alternative that fits at a place is the one meant."""

PERCENT_BASE = re.compile(rf"(?:{_THIS}{_LEVEL}?(?:的)?(?:标准|应得)?{_ALL}?|(?:标准|应得){_ALL})")
"""What a percentage may be of: 扣该项分值的 50 %; 扣 50 % says of nothing."""

RATIO = re.compile(
    rf"按(?:照)?(?:(?P<of>[^，。；]{{0,6}}(?:不|未|无|没有|缺|超)[^，。；]{{0,6}}?)(?P<unit>{UNIT})数?(?:量)?"
    rf"(?:[占与和][^，。；]{{0,8}}?(?P<all>{UNIT})?(?:总)?数?(?:量)?)?)的?比例(?:相应|予以|进行)?扣"
    rf"(?:除|减)?(?:{_THIS}{_LEVEL})?(?:的|相应)?(?:{_ALL})?"
)
"""按不合格台数（占抽查台数）的比例扣分: the share that fails is the share that is lost."""

NO_GRADE = re.compile(
    r"^(?:一票否决|予以否决|直接否决|否决)$|^取消(?:该|本)?(?:企业|单位|其|本年度|当年|年度|安全生产|安全|标准化|等级|的)*"
    r"(?:评审|评级|申请|申报|参评|达标|考评|定级|评定|创建)(?:申报|申请|评审|评定|达标|等级|的)*资格$|^不予|^不得(?:评级|定级|达标|参评|申报|申请评审)$"
)
"""A veto of the whole standard; 取消上岗资格 is none, and 不得评为一级 is one of a grade."""

GOOD = re.compile(r"获|荣|表彰|先进|创新|优秀|奖|示范|达到?国|高于|超过规定|主动|率先|通过")
BAD = re.compile(r"[不未无没缺违]|事故|隐患|弄虚|失效|损坏")
"""追加 2 分 is a bonus only where something good is told."""

IN_BRACKETS = re.compile(rf"（(扣{NUMBER}分)）")
"""未建立制度（扣 2 分）: the brackets say no more than a comma."""

ABSENT = re.compile(
    r"(?:属于?|为|遇)?(?:(?:合理)?缺项|空项|(?:企业|单位)?(?:不涉及|不适用|不存在)[^，]{0,12}"
    r"|(?:企业|单位)?(?:无|没有|未设)(?:(?:此|该)(?:项|类)[^，]{0,6}|[^，]{0,10}(?:作业|设备|设施|场所|工艺|车辆|危险源|相关方)))"
)
"""缺项不扣分 says what the standard says of every absent row."""

REPEATED = re.compile(
    r"不(?:再|予|得|应|能)?(?:重复|累计|再次)?(?:重复)(?:扣分|计扣|扣除|扣|记分|计分)"
)
"""不重复扣分 is a note: which of two rows charges a fact, no condition."""

SUSPECT = re.compile(
    r"扣(?![件环板带紧具押子盖好除率])|不得分|得分|满分|[倒倍不]$|加分|减分|记分|(?<!统)计分|分值|否决|比例|酌情"
    r"|\d分(?![钟之贝米公])|最[多高](?:扣|加)|(?:以此|依此|依次)类推|下列|如下|以下(?!简称)|之一"
    r"|除外|另有规定|总(?:得)?分"
)
"""Words that show that a circumstance holds more of a rule than was read."""

LOOKING = re.compile(
    r"^(?:有[^不未无没缺否]*$|查|抽查|查看|查阅|核查|查验|现场|询问|访谈|座谈|核对|对照|注[：:]|备注|说明[：:])"
)
"""How a sentence begins that only says how to look."""
