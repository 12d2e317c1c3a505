"""What is wrong with a process whose files have the right shape."""

from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from process.model import Deliverable, Duty, Process, Step
from process.papers import PAPERS
from schemes.problems import Problem
from schemes.yaml_source import KeyPath, Source


class Place(NamedTuple):
    """The file that a phase was written in, and where in it."""

    source: Source
    path: KeyPath


def check(main: Source, process: Process, places: list[Place]) -> Iterator[Problem]:
    """Every fault of a process. places: of each of its phases, in order."""
    if not process.phases:
        yield main.problem(
            ("phases",), "一个阶段也没有", "写在 phases 下，或在 phases/ 里各写一个文件"
        )
    twice = [*_twice(main, process, places)]
    if twice:  # what an id leads to is not known then
        yield from twice
        return
    yield from _roles(main, process)
    yield from _visits(main, process)
    yield from _procedure(main, process)
    for step, place in _steps(process, places):
        yield from _step(process, step, place)
    yield from _loops(process, places)


def _steps(process: Process, places: list[Place]) -> Iterator[tuple[Step, Place]]:
    for phase, (source, path) in zip(process.phases, places, strict=True):
        for i, step in enumerate(phase.steps):
            yield step, Place(source, (*path, "steps", i))


def _twice(main: Source, process: Process, places: list[Place]) -> Iterator[Problem]:
    """Steps and deliverables are told apart by their ids alone; phases, roles, visits likewise."""
    entries: list[tuple[str, Place]] = []
    for step, place in _steps(process, places):
        entries.append((step.id, place))
        for j, one in enumerate(step.deliverables):
            entries.append((one.id, Place(place.source, (*place.path, "deliverables", j))))
    phases = [(p.id, place) for p, place in zip(process.phases, places, strict=True)]
    roles = [(role.id, Place(main, ("roles", i))) for i, role in enumerate(process.roles)]
    visits = [(visit.id, Place(main, ("visits", i))) for i, visit in enumerate(process.visits)]
    for named in (entries, phases, roles, visits):
        many = Counter(name for name, _ in named)
        seen: set[str] = set()
        for name, (source, path) in named:
            if many[name] > 1 and name in seen:
                fault = f"编号 {name} 用了不止一次"
                yield source.problem((*path, "id"), fault, "换一个没有用过的编号")
            seen.add(name)


def _roles(main: Source, process: Process) -> Iterator[Problem]:
    for i, role in enumerate(process.roles):
        path = ("roles", i, "stand_in")
        if role.side == "consultant" and role.stand_in is None:
            fault = f"没有咨询机构时，{role.title}的事没有人做"
            yield main.problem(path, fault, "写明企业里由谁代替")
        if role.stand_in is not None:
            other = process.role.get(role.stand_in)
            if other is None:
                yield _unknown_role(main, path, role.stand_in, process)
            elif other.side != "enterprise":
                fault = f"{other.title}不是企业的人，不能代替"
                yield main.problem(path, fault, "写企业里的一个角色")


def _visits(main: Source, process: Process) -> Iterator[Problem]:
    for i, visit in enumerate(process.visits):
        if visit.report not in process.deliverable:
            yield _no_deliverable(main, ("visits", i, "report"), visit.report)


def _procedure(main: Source, process: Process) -> Iterator[Problem]:
    for i, stage in enumerate(process.procedure.stages if process.procedure else ()):
        path = ("procedure", "stages", i)
        for j, role in enumerate(stage.who):
            if role not in process.role:
                yield _unknown_role(main, (*path, "who", j), role, process)
        if stage.step is not None and stage.step not in process.step:
            yield _no_step(main, (*path, "step"), stage.step)


def _step(process: Process, step: Step, place: Place) -> Iterator[Problem]:
    source, path = place
    if step.lead not in process.role:
        yield _unknown_role(source, (*path, "lead"), step.lead, process)
    for i, duty in enumerate(step.who):
        yield from _duty(process, duty, Place(source, (*path, "who", i)))
    order = {one: i for i, one in enumerate(process.phases)}
    own = order[process.phase_of[step.id]]
    for i, needed in enumerate(step.needs):
        if needed not in process.step:
            yield _no_step(source, (*path, "needs", i), needed)
        elif order[process.phase_of[needed]] > own:
            fault = f"{step.id} 要先做完后面阶段的 {needed}"
            yield source.problem((*path, "needs", i), fault, "把其中一步移到另一个阶段，或删去")
    for i, one in enumerate(step.deliverables):
        yield from _deliverable(process, one, Place(source, (*path, "deliverables", i)))


def _duty(process: Process, duty: Duty, place: Place) -> Iterator[Problem]:
    source, path = place
    role = process.role.get(duty.role)
    if role is None:
        yield _unknown_role(source, (*path, "role"), duty.role, process)
    elif role.side == "consultant" and duty.alone is None:
        fault = f"没有写没有咨询机构时，{role.title}的这件事怎么做"
        yield source.problem((*path, "alone"), fault, "补上 alone，说给企业听")


def _deliverable(process: Process, one: Deliverable, place: Place) -> Iterator[Problem]:
    source, path = place
    if one.by not in process.role:
        yield _unknown_role(source, (*path, "by"), one.by, process)
    for i, other in enumerate(one.collects):
        if other not in process.deliverable:
            yield _no_deliverable(source, (*path, "collects", i), other)
        elif other == one.id:
            yield source.problem((*path, "collects", i), f"{other} 收进了自己", "删去")
    for i, role in enumerate(one.bodies):
        if role not in process.role:
            yield _unknown_role(source, (*path, "bodies", i), role, process)
        elif not process.role[role].body:
            fault = f"{process.role[role].title}不是由多人组成的组织"
            yield source.problem((*path, "bodies", i), fault, "给这个角色写 body: true，或删去")
    if one.paper is not None and one.paper not in PAPERS:
        known = "、".join(PAPERS)
        fault = f"本工具不会做 {one.paper} 这份文件"
        yield source.problem((*path, "paper"), fault, f"写成 {known} 之一，或删去 paper")


def _loops(process: Process, places: list[Place]) -> Iterator[Problem]:
    """One loop of needs, where there is any; behind it may be others."""
    needs = {
        step.id: [n for n in step.needs if n in process.step] for step, _ in _steps(process, places)
    }
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        loop = list(reversed(error.args[1]))  # the library says who comes before whom
        place = next(place for step, place in _steps(process, places) if step.id == loop[0])
        fault = f"这些步骤互相等待：{' → '.join(loop)}"
        yield place.source.problem((*place.path, "needs"), fault, "删去其中一个 needs")


def _unknown_role(source: Source, path: KeyPath, role: str, process: Process) -> Problem:
    known = "、".join(process.role)
    return source.problem(path, f"没有角色 {role}", f"写成 {known} 之一，或在 roles 里补上")


def _no_step(source: Source, path: KeyPath, step: str) -> Problem:
    return source.problem(path, f"没有步骤 {step}", "改成已有步骤的编号，或删去")


def _no_deliverable(source: Source, path: KeyPath, name: str) -> Problem:
    return source.problem(
        path, f"没有一个步骤留下成果 {name}", "改成已有成果的编号，或写进它的步骤"
    )
