"""What schemes/yaml_source.py leans on in PyYAML: events, their lines, and what a fault says."""

import pytest
import yaml

from schemes.yaml_source import _LOADER

SOURCE = "schemes/yaml_source.py leans on this"


def test_the_parser_in_c_is_there() -> None:
    assert _LOADER is yaml.CSafeLoader, f"reading standards is ten times slower: {SOURCE}"


def test_every_event_says_its_line_and_how_it_is_quoted() -> None:
    events = list(yaml.parse('a: 1\nb:\n  - "2"\n', Loader=_LOADER))
    scalars = [event for event in events if isinstance(event, yaml.ScalarEvent)]
    found = [(event.value, event.start_mark.line, bool(event.style)) for event in scalars]
    expected = [("a", 0, False), ("1", 0, False), ("b", 1, False), ("2", 2, True)]
    assert found == expected, SOURCE
    assert all(event.start_mark for event in events), SOURCE


def test_brackets_without_end_are_read_one_by_one() -> None:
    """A graph of nodes would be built by recursion, which ends the process."""
    events = yaml.parse("[" * 100_000, Loader=_LOADER)
    for _ in range(1000):
        assert next(events) is not None, SOURCE


def test_a_fault_says_what_and_where() -> None:
    with pytest.raises(yaml.YAMLError) as caught:
        list(yaml.parse("a: [1\nb: 2\n", Loader=_LOADER))
    assert caught.value.problem, SOURCE  # type: ignore[attr-defined]
    assert caught.value.problem_mark.line == 1, SOURCE  # type: ignore[attr-defined]
