"""What the user types on an item beside the standard's conditions, on the page 逐项自评."""

from state.documents.assessment import Assessment, SavedOwnFinding
from state.documents.changes import put_own_finding
from state.storage.repository import Repository
from tests.pages.conftest import Open, healthy, texts, unescaped


def test_a_finding_of_ones_own_is_typed_changed_and_deleted(
    open_page: Open, repository: Repository, workshop: Assessment
) -> None:
    app = open_page("assess", workshop, item="2.1.1")
    assert not any("own-words" in (field.key or "") for field in app.text_input)
    app.session_state["own-findings"] = True
    healthy(app.run())
    app.text_input("own-words:2.1.1").set_value("库房通道堆放杂物")
    app.number_input("own-new-points:2.1.1").set_value(1.5)
    app.button[[b.label for b in app.button].index("添加")].click()
    healthy(app.run())
    (own,) = repository.load(workshop.id).work.answers.own_findings
    assert (own.item, own.words, own.points, own.count) == ("2.1.1", "库房通道堆放杂物", "1.5", 1)
    assert "库房通道堆放杂物（自填），扣 1.5 分" in unescaped(texts(app))
    app.number_input(f"own-count:{own.id}").set_value(2)
    healthy(app.run())
    assert repository.load(workshop.id).work.answers.own_findings == [own.having(count=2)]
    assert "1 / 4 分" in unescaped(texts(app))  # 4 less twice 1.5
    healthy(app.button(f"own-drop:{own.id}").click().run())
    assert repository.load(workshop.id).work.answers.own_findings == []


def test_what_was_typed_is_seen_without_opening_anything(
    open_page: Open, repository: Repository, workshop: Assessment
) -> None:
    own = SavedOwnFinding(id="o1", item="2.1.1", words="<b>*堆物*</b>", points="0")
    repository.save(put_own_finding(own)(workshop).stamped(), workshop.revision)
    app = open_page("assess", workshop, item="2.1.1")
    assert "<b>*堆物*</b>（自填），不扣分" in unescaped(texts(app))
    assert "<b>" not in unescaped(texts(open_page("assess", workshop, item="1.1.1")))
