"""The field's words are explained once each, without needing another one that is not."""

from wording.glossary import GLOSSARY


def test_the_words_that_laypeople_asked_about_are_explained():
    assert {
        "考评类目",
        "空项",
        "三同时",
        "相关方",
        "扣满追加",
        "A级要素",
        "整改",
    } <= GLOSSARY.keys()


def test_each_is_one_or_two_short_sentences():
    for term, words in GLOSSARY.items():
        assert 10 <= len(words) <= 60, term
        assert words.endswith("。")
        assert words.count("。") <= 2, term
