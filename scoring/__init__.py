"""Pure arithmetic: answers in, result out. Nothing here reads files or the clock."""

from scoring.answers import Answers, parse_answers
from scoring.engine import score
from scoring.problems import AnswersError
from scoring.result import Result

__all__ = ["Answers", "AnswersError", "Result", "parse_answers", "score"]
