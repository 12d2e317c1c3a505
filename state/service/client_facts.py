"""What a list of clients says of an assessment beside its figures, as facts of its line."""

from typing import Any

from scoring import Result
from state.documents.assessment import Assessment


def client_facts(assessment: Assessment) -> dict[str, Any]:
    """What has a value of: tags; archived; locked; finished, the day it last was; certificate.

    Days are as in ISO 8601. certificate: those of its fields that were entered.
    """
    finished = assessment.finishings[-1].at.date().isoformat() if assessment.finishings else ""
    certificate = assessment.certificate.model_dump(mode="json")
    facts = {
        "tags": assessment.tags,
        "archived": assessment.archived,
        "locked": assessment.locked,
        "finished": finished,
        "certificate": {name: value for name, value in certificate.items() if value},
    }
    return {name: value for name, value in facts.items() if value}


def standing_facts(result: Result) -> dict[str, Any]:
    """How the grade stands where none is met for sure: standing "open" or "unmet".

    at_least: the grade that is met while a better one is open. Nothing where the standard has no
    grades, and where the grade stands in the line itself.
    """
    if not result.scheme.grades or result.total is None or result.grade:
        return {}
    if not result.grade_open:
        return {"standing": "unmet"}
    least = result.at_least
    return {"standing": "open", **({"at_least": least.title} if least else {})}
