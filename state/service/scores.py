"""What assessments in use score, each kept until the next answer to it is scored from it."""

from collections import OrderedDict
from threading import Lock

from schemes import Scheme
from scoring import Result, score
from state.documents.assessment import Assessment, Work, answers_of

_MOST = 300
"""Assessments of which the last result is kept; one with 150 findings takes 0.10 to 0.19 MB."""


class Scores:
    """Results of the assessments scored last, which every score of the same one begins with.

    What is kept makes nothing come out another way, only sooner: see `scoring.score`.
    """

    def __init__(self, most: int = _MOST) -> None:
        """most: of how many assessments a result is kept, those that are used least go first."""
        self._most = most
        self._kept: OrderedDict[str, tuple[Work, Result]] = OrderedDict()
        self._lock = Lock()

    def of(self, assessment: Assessment, scheme: Scheme) -> Result:
        """What an assessment scores by its version of a standard."""
        with self._lock:
            work, before = self._kept.get(assessment.id, (None, None))
            if before is not None:
                self._kept.move_to_end(assessment.id)
        if before is not None and work is assessment.work and before.scheme is scheme:
            return before
        result = score(scheme, answers_of(scheme, assessment.work), before)
        with self._lock:
            self._kept[assessment.id] = assessment.work, result
            self._kept.move_to_end(assessment.id)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return result
