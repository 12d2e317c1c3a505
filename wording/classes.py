"""The class in words: joining it, leading it, and what the group has found."""

from datetime import datetime, tzinfo

from planning.group import Spread, Vote
from schemes import Scheme
from scoring import Result
from scoring.numbers import fixed
from state.documents.classroom import Classroom, Participant
from wording.dates import local_time
from wording.grades import grade_words, progress_words, range_words
from wording.labels import node_title

JOIN = "加入课堂"
JOIN_TOLD = (
    "输入老师屏幕上的六位加入码和您的姓名就能开始，不用注册。姓名只给老师看，"
    "课堂结束 30 天后自动删除（老师选择保留的除外）；您填的内容归您自己。"
)
TEACH = "开一个课堂"
TEACH_TOLD = (
    "每人评自己的企业，您在大屏上看全班：谁做到哪里、总分、全班雷达图、哪一条分歧最大。"
    "学员扫码或输入加入码进来。"
)
LOCAL = (
    "现在是单机模式，只有这台电脑能打开，开不了课堂。请关掉程序，在 Windows 上运行 "
    "start.bat class，或运行 make class，再打开本页。"
)
NOBODY = "还没有人加入。请让大家扫码，或打开上面的地址输入加入码。"
FREE, LED = "各做各的", "带着大家走"
AGREED = "还没有人勾选问题。"
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


def standing_cells(result: Result | None) -> tuple[str, str, str]:
    """Progress, total and grade of a participant."""
    if result is None:
        return "读不到", "", ""
    return progress_words(result), range_words(result), grade_words(result)


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
