"""One file of results, written by several commands."""

from benchmarks.results import RESULTS, write_part


def test_a_part_replaces_itself_and_leaves_the_others(tmp_path):
    path = tmp_path / "results.md"
    write_part(path, "# Benchmarks\n\nold\n\n## clicks\n\nold")
    write_part(path, "# Soak\n\n## kill\n\nkept")
    write_part(path, "# Benchmarks\n\nnew\n")
    assert path.read_text("utf-8") == "# Benchmarks\n\nnew\n\n# Soak\n\n## kill\n\nkept\n"


def test_a_new_part_leaves_the_results_there_are(tmp_path):
    path = tmp_path / "results.md"
    before = RESULTS.read_text("utf-8")
    path.write_text(before, "utf-8")
    write_part(path, "# Another\n\nfigures")
    assert path.read_text("utf-8") == before + "\n# Another\n\nfigures\n"
