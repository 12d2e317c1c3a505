"""The class in words: joining it, leading it, and what the group has found."""

from collections.abc import Collection
from datetime import datetime, tzinfo

from planning.distance import Distance
from planning.group import Chosen, Spread, Vote, within
from schemes import Condition, Scheme
from scoring import Result
from scoring.numbers import fixed
from state.documents.classroom import Classroom, Participant
from wording.dates import local_time
from wording.grades import grade_words, progress_words, range_words
from wording.labels import node_title
from wording.numbers import points_words, size_words

JOIN = "加入课堂"
JOIN_TOLD = (
    "输入老师屏幕上的六位加入码和您的姓名就能开始，不用注册。姓名只给老师看，"
    "课堂结束 30 天后自动删除（老师选择保留的除外）；您填的内容归您自己。"
)
TEACH = "开一个课堂"
TEACH_TOLD = (
    "每人评自己的企业，或大家评同一个案例；您在大屏上看全班：谁做到哪里、总分、全班雷达图、哪一条分歧最大。"
    "学员扫码或输入加入码进来。"
)
LOCAL = (
    "现在是单机模式，只有这台电脑能打开，开不了课堂。请关掉程序，在 Windows 上运行 "
    "start.bat class，或运行 make class，再打开本页。"
)
NOBODY = "还没有人加入。请让大家扫码，或打开上面的地址输入加入码。"
FREE, LED = "各做各的", "带着大家走"
AGREED = "还没有人勾选问题。"
OWN_ENTERPRISE = "每人评自己的企业"
WHOLE = "整个标准"
SOME_NO_GRADE = "只看所选要素，不评等级"
STORY_TOLD = "案例里没有说到的，都当作符合。企业和人名都是编的。"
SCOPE_GIVEN = "适用范围已按案例答好，可以在“适用范围”里看。"
SCOPE_ASKED = "先读案例，在“适用范围”里自己作答。"
REFERENCE = "参考答案"
REFERENCE_TOLD = "参考答案是一种讲得通的判断，理由和条款写在旁边；有不同看法，正好讨论。"
NOT_REVEALED = "老师公布参考答案以后，这里会列出理由、条款和您的差别。"
REVEALED = "老师已公布参考答案，去“课堂”页看理由和您的差别。"
TRAPS = "看着像问题，其实不是"
ABSENT = "不适用（空项）"
ELSEWHERE = "换了标准"
NOBODY_READ = "没有能读到的自评。"
MOST_SPLIT, MOST_TICKED = "分歧最大", "勾得最多"
VOTES_TOLD = "勾选和没勾选的人数越接近，越值得讨论；没核查到那一条的人不算。"


def stage_words(classroom: Classroom, now: datetime, zone: tzinfo | None) -> str:
    """Whether it may be joined, and until when."""
    if classroom.over(now):
        return f"已结束（{local_time(classroom.ends, zone)}）"
    until = f"到 {local_time(classroom.ends, zone)}"
    return f"已停止加入，{until}" if classroom.stage == "locked" else f"可以加入，{until}"


def participant_words(one: Participant, number: int, hidden: bool) -> str:
    """How a participant is called on the screen: by name, or by number."""
    return f"学员 {number}" if hidden or not one.name else one.name


def standing_cells(result: Result | None, elements: Collection[str] = ()) -> tuple[str, str, str]:
    """Progress, total and grade of a participant; in some elements marks, and no grade."""
    if result is None:
        return "读不到", "", ""
    if elements:
        found = within(result, elements)
        return chosen_progress(found), marks_of(found), "—"
    return progress_words(result), range_words(result), grade_words(result)


def chosen_progress(found: Chosen) -> str:
    """How much of some elements was checked."""
    return f"已核查 {found.reviewed}/{found.applicable} 条"


def marks_of(found: Chosen) -> str:
    """Marks in some elements of their full marks: 0 – 38 / 40 分."""
    low, high = points_words(found.low), points_words(found.high)
    shown = f"{low} – {high}" if found.open else points_words(found.score)
    return f"{shown} / {points_words(found.full)} 分"


def elements_words(scheme: Scheme, elements: Collection[str]) -> str:
    """What of the standard a class is about."""
    named = [node_title(e) for e in scheme.elements if e.id in elements]
    return "、".join(named) or WHOLE


def distance_words(found: Distance, places: int) -> str:
    """How far somebody is from the reference, in one line."""
    parts = [
        (len(found.missed), "漏 {} 条"),
        (len(found.beyond), "多 {} 条"),
        (len(found.counted), "次数不同 {} 条"),
        (len(found.absent), "不适用不同 {} 条"),
        (len(found.scope), "范围不同 {} 问"),
    ]
    told = [words.format(count) for count, words in parts if count]
    return f"{'，'.join(told) or '每一条都相同'}；{difference_words(found, places)}"


def difference_words(found: Distance, places: int) -> str:
    """The difference of the totals, with its sign."""
    if found.points is None:
        return "总分不能相比"
    if not found.points:
        return "得分相同"
    shown = size_words(abs(found.points), places)
    return f"{'高' if found.points > 0 else '低'} {shown} 分"


def condition_words(scheme: Scheme, condition: Condition) -> str:
    """A condition with its item."""
    item, _ = scheme.conditions[condition.id]
    return f"{node_title(item)}：{condition.when}"


def spread_words(spread: Spread) -> str:
    """An element of the group: median, and the half in the middle."""
    median, low, high = (fixed(part, 1) for part in (spread.median, spread.low, spread.high))
    return f"{node_title(spread.element)}：中位数 {median}%，中间一半 {low}–{high}%"


def vote_words(vote: Vote) -> str:
    """A condition with how many ticked it."""
    return f"{vote.item.id} {vote.item.title}：{vote.condition.when}"


def lead_words(scheme: Scheme, item: str) -> str:
    """Where a class is led to."""
    return f"老师正在讲：{node_title(scheme.items[item])}"
