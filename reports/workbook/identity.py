"""What a workbook was made of, in a line that is looked for when it is read back."""

from reports.content.subject import Subject
from scoring.result import Result

LABEL = "文件标识（读回时核对）："
_NONE = "无"


def identity(result: Result, subject: Subject) -> str:
    """Standard, version, kind of assessment, and which assessment it is, if it is kept at all.

    The last says nothing of the assessment's id, which may be the key to edit it.
    """
    scheme = result.scheme
    parts = (scheme.id, scheme.version, subject.kind, subject.token or _NONE)
    return LABEL + " ".join(parts)
