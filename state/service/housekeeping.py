"""What has to be done again and again, whether anybody looks or not."""

import contextlib
from datetime import datetime

from state.storage.repository import Repository, RepositoryError


def tidy(repository: Repository, now: datetime) -> int:
    """Erase what has been in the bin for longer than it is kept.

    now: with a time zone. Returns: how many were erased. Raises: RepositoryError when they cannot
    be listed; one that cannot be erased is left for the next time.
    """
    erased = 0
    for summary in repository.list():
        if not summary.access.expired(now):
            continue
        with contextlib.suppress(RepositoryError):
            # What is kept decides, and not a copy: it may have been restored meanwhile.
            if repository.access(summary.id).expired(now):
                repository.delete(summary.id)
                erased += 1
    return erased
