"""Files that were made are kept while there is room, and the oldest are forgotten first."""

import pytest

from beside.job import Job
from state.storage.repository import NotFound
from ui import long_work


def test_the_oldest_file_is_forgotten_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(long_work, "_MOST", 10)
    jobs = []
    for content in (b"1" * 6, b"2" * 4, b"3" * 3):

        def work(job: Job[bytes], content: bytes = content) -> bytes:
            long_work._keep(job, len(content))
            return content

        jobs.append(Job(work))
        assert jobs[-1].wait(10)
    assert [job.forgotten for job in jobs] == [True, False, False]
    assert long_work.taken(jobs[2]) == b"333"
    with pytest.raises(NotFound, match="再生成一次"):
        long_work.taken(jobs[0])


def test_a_file_larger_than_the_room_is_kept_all_the_same(monkeypatch):
    monkeypatch.setattr(long_work, "_MOST", 10)

    def work(job: Job[bytes]) -> bytes:
        long_work._keep(job, 50)
        return b""

    job = Job(work)
    assert job.wait(10)
    assert not job.forgotten
