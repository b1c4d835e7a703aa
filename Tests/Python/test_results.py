"""What a run gives: records, spans, forms of output."""

import datetime
import json
import pickle
from pathlib import Path

import pytest

import dukien
from conftest import SEEDS


def test_facts_are_those_of_the_json(extractor: dukien.Extractor, seeds: list[Path]) -> None:
    facts = 0
    for path in seeds:
        result = extractor.run(path)
        found = result.to_dict()["facts"]
        assert [fact.type for fact in result.facts] == [fact["type"] for fact in found]
        for fact, other in zip(result.facts, found):
            facts += 1
            assert fact.rule == other["rule"]
            assert [evidence.quote for evidence in fact.evidence] == [
                evidence["text"] for evidence in other["evidence"]
            ]
            assert set(fact.args) == set(other["roles"])
            for name, role in other["roles"].items():
                values = role if isinstance(role, list) else [role]
                assert len(fact.all(name)) == len(values)
                for mine, value in zip(fact.all(name), values):
                    assert mine.is_list == isinstance(role, list)
                    assert mine.text == value.get("text", "")
                    assert mine.is_flag == (value.get("norm") is True)
                    if not mine.is_flag:
                        assert mine.norm == value.get("norm")
                    assert mine.span == (tuple(value["span"]) if "span" in value else None)
    assert facts > 50


def test_the_expected_results_come_out(extractor: dukien.Extractor, seeds: list[Path]) -> None:
    for path in seeds:
        expected = json.loads((SEEDS / f"{path.stem}.expected.json").read_text(encoding="utf-8"))
        assert len(extractor.run(path).facts) == len(expected["facts"])


def test_spans_cut_the_page(extractor: dukien.Extractor, text: str) -> None:
    page = text.encode()
    for result in (extractor.run(page), extractor.run(text)):
        assert len(result.facts) > 3
        for fact in result.facts:
            for record in (fact, *fact.roles, *fact.evidence):
                if record.span is None:
                    assert record.str_span is None
                    continue
                assert record.span.of(page).decode() == record.str_span.of(text)
                assert page[record.span.slice] == record.span.of(page)
            for evidence in fact.evidence:
                assert evidence.str_span.of(text) == evidence.quote
                assert result.blocks[evidence.block].str_span.of(text).count(evidence.quote)
            for role in fact.roles:
                if role.from_ is None and not role.is_flag and role.span:
                    assert role.str_span.of(text) == role.text
        for block in result.blocks:
            assert block.str_span.of(text) == block.text


def test_a_str_is_read_as_its_bytes(extractor: dukien.Extractor, html: bytes) -> None:
    as_bytes, as_str = extractor.run(html), extractor.run(html.decode())
    assert as_bytes.facts == as_str.facts
    assert as_bytes.blocks == as_str.blocks


def test_a_str_is_not_decoded_twice(extractor: dukien.Extractor) -> None:
    page = (
        '<html><head><meta charset="windows-1258"></head><body>'
        "<p>Kim ngạch xuất khẩu sang Lào đạt 90 triệu USD.</p></body></html>"
    )
    assert extractor.run(page).facts[0].get("value") == "90000000 USD"


def test_other_encodings_have_places_in_bytes_alone(extractor: dukien.Extractor) -> None:
    page = "Kim ngạch xuất khẩu sang Lào đạt 90 triệu USD.".encode("utf-16")
    fact = extractor.run(page).facts[0]
    assert fact.args["value"].span.of(page).decode("utf-16-le") == "90 triệu USD"
    assert fact.args["value"].str_span is None


def test_half_a_pair_of_surrogates_is_a_character(extractor: dukien.Extractor) -> None:
    page = "\ud800\n\nKim ngạch xuất khẩu sang Lào đạt 90 triệu USD."
    result = extractor.run(page)
    assert result.facts[0].args["value"].str_span.of(page) == "90 triệu USD"
    assert [hit.name for hit in result.limits] == ["invalid_utf8"]


def test_values_are_none_where_the_page_has_none(extractor: dukien.Extractor, text: str) -> None:
    result = extractor.run(text)
    for value in result.values:
        assert value.text and value.type
        assert value.norm != "" and value.approx != ""
    assert {fact.said_by for fact in result.facts} >= {None}
    assert result.facts[0].get("no such role") is None
    assert result.facts[0].all("no such role") == ()


def test_records_do_not_change(extractor: dukien.Extractor, text: str) -> None:
    result = extractor.run(text)
    with pytest.raises(AttributeError):
        result.facts[0].type = "other"
    with pytest.raises(AttributeError):
        result.facts = ()
    with pytest.raises(TypeError):
        dukien.Result()
    assert result.facts is result.facts


def test_records_pickle_and_compare(extractor: dukien.Extractor, text: str) -> None:
    result = extractor.run(text)
    for table in (result.facts, result.values, result.blocks, result.fields, result.stages):
        assert table
        assert pickle.loads(pickle.dumps(table)) == table
    assert len(set(result.facts)) == len(result.facts)
    with pytest.raises(TypeError, match="to_dict"):
        pickle.dumps(result)


def test_records_outlive_everything(rules: dukien.Rules, text: str) -> None:
    import gc

    extractor = dukien.Extractor(rules)
    facts = extractor.run(text).facts
    before = [repr(fact) for fact in facts]
    del extractor
    gc.collect()
    assert [repr(fact) for fact in facts] == before


def test_the_article(extractor: dukien.Extractor, html: bytes) -> None:
    article = extractor.run(html).article
    assert article == dukien.article(html)
    assert article.title == "Hải Phòng và Incheon mở rộng hợp tác cảng biển, logistics"
    assert article.authors == ("Thu Trang",)
    assert article.published == "2024-11-21T16:42+07:00"
    assert "Kinh tế biển" not in article.text
    assert article.markdown.startswith(f"# {article.title}\n")
    assert repr(article).startswith("<Article 'Hải Phòng và Incheon")


def test_until_the_article(extractor: dukien.Extractor, html: bytes) -> None:
    result = extractor.run(html, until="article")
    assert result.facts == () and result.values == ()
    assert result.article == extractor.run(html).article
    assert any(block.kind == "paragraph" and block.is_body for block in result.blocks)


def test_what_is_known_from_elsewhere_counts(extractor: dukien.Extractor) -> None:
    page = "Hôm nay, kim ngạch xuất khẩu sang Lào đạt 90 triệu USD."
    day = datetime.date(2024, 3, 1)
    for published in (day, "2024-03-01", datetime.datetime(2024, 3, 1, 12)):
        assert "2024-03-01" in {value.norm for value in extractor.run(page, published=published).values}
    assert extractor.run(page, id="one").to_dict()["source"] == "one"
    assert extractor.run(page, id="một\0").id == "một\0"
    page = "Kim ngạch xuất khẩu đạt 90 triệu đồng"
    assert extractor.run(page.encode("utf-16-le"), encoding="utf-16le").values


def test_a_document_is_read_once(rules: dukien.Rules, html: bytes) -> None:
    document = dukien.parse(html, id="page")
    extractor = dukien.Extractor(rules)
    first, second = extractor.extract(document), dukien.Extractor(rules).extract(document)
    assert first.facts == second.facts == extractor.run(html).facts
    assert first.id == "page" and not document.partial
    assert first.to_json() == extractor.run(html, id="page").to_json()
    assert extractor.extract(document, until="article").facts == ()
    assert repr(document) == f"<Document page: {len(html)} bytes>"
    del document
    assert first.facts == second.facts


def test_representations_are_for_people(extractor: dukien.Extractor, text: str) -> None:
    result = extractor.run(text, id="page")
    assert repr(result).startswith("<Result page: ") and repr(result).endswith(" facts>")
    assert repr(result.facts[0]).startswith("<Fact event kind: ")
    assert repr(result.values[0]).startswith("<Value ")
    assert repr(result.blocks[0]).startswith("<Block ")
    assert repr(result.fields[0]).startswith("<Field ")
    assert repr(result.facts[0].evidence[0]).startswith("<Evidence ")
    assert repr(result.facts[0].args["kind"]).startswith("<Role kind: ")
    assert repr(dukien.Span(3, 9)) == "3..9"


def test_html_for_notebooks(extractor: dukien.Extractor, text: str) -> None:
    result = extractor.run(text)
    shown = result._repr_html_()
    assert shown.count("<mark") >= len(result.facts)
    assert shown.count("<tr>") == 1 + len(result.facts)
    for fact in result.facts:
        assert f"<td>{fact.type}</td>" in shown
    for tag in ("div", "table", "mark", "p", "h5", "td"):
        assert shown.count(f"<{tag}>") + shown.count(f"<{tag} ") == shown.count(f"</{tag}>")


def test_html_for_notebooks_is_escaped(extractor: dukien.Extractor) -> None:
    page = "Kim ngạch xuất khẩu <b>&lt;sang</b> Lào đạt 90 triệu USD. <script>alert(1)</script>"
    shown = extractor.run(page, format="text", id="<i>")._repr_html_()
    assert "<script" not in shown and "<b>&lt;sang" not in shown and "<i>" not in shown
    assert "&lt;script&gt;" in shown


def test_stages_tell_time_and_steps(extractor: dukien.Extractor, text: str) -> None:
    stages = extractor.run(text).stages
    assert stages[0].name == "decode"
    assert sum(stage.nanoseconds for stage in stages) > 0
    assert [stage.steps for stage in stages] == [stage.steps for stage in extractor.run(text).stages]
