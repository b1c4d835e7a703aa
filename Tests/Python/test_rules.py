"""Loading, findings, bundles."""

import copy
import pickle

import pytest

import dukien

RAIN = """name: rain
version: 2.0.0
facts:
  rain: {roles: {much: flag}}
rules:
- rule: rains
  emits: rain
  phrase: it rains
"""


def test_a_set_by_name_has_name_and_fingerprint(rules: dukien.Rules) -> None:
    assert rules.name == "vi-news@1.0.0"
    assert len(rules.fingerprint) == 16
    assert int(rules.fingerprint, 16) >= 0
    assert repr(rules) == f"<Rules vi-news@1.0.0 {rules.fingerprint}>"


def test_nothing_named_is_the_set_of_the_command_line(rules: dukien.Rules) -> None:
    assert dukien.Rules.load() == rules


def test_rules_from_memory_and_files_are_the_same(tmp_path) -> None:
    (tmp_path / "rain").mkdir()
    (tmp_path / "rain" / "set.yaml").write_text(RAIN)
    from_memory = dukien.Rules.load(memory={"set.yaml": RAIN})
    by_name = dukien.Rules.load("rain", search_path=[tmp_path])
    assert dukien.Rules.load(memory={"set.yaml": RAIN.encode()}) == from_memory
    assert dukien.Rules.load(tmp_path / "rain") == by_name
    assert dukien.Rules.load(str(tmp_path / "rain")) == by_name
    for rules in (from_memory, by_name):
        result = dukien.Extractor(rules).run("Today it rains.")
        assert [fact.type for fact in result.facts] == ["rain"]


def test_all_mistakes_are_told_with_their_places() -> None:
    with pytest.raises(dukien.RulesError) as caught:
        dukien.Rules.load(memory={"a.yaml": "name: a\nrules: 5\nvalues: 6\n"})
    error = caught.value
    assert error.code == "rules.invalid"
    assert {(d.file, d.line, d.severity) for d in error.diagnostics} == {
        ("a.yaml", 2, "error"),
        ("a.yaml", 3, "error"),
    }
    first = error.diagnostics[0]
    assert first.code == "rule.wrong-type"
    assert first.column == 8
    assert str(first).startswith("a.yaml:2:8: error[rule.wrong-type]: ")
    assert str(first) in str(error)


def test_warnings_survive_and_may_be_errors() -> None:
    warned = RAIN.replace("rain: {", "snow: {roles: {much: flag}}\n  rain: {")
    found = dukien.Rules.load(memory={"set.yaml": warned}).diagnostics
    assert [d.severity for d in found if d.severity != "note"] == ["warning"]
    with pytest.raises(dukien.RulesError) as caught:
        dukien.Rules.load(memory={"set.yaml": warned}, warnings_as_errors=True)
    assert caught.value.diagnostics


@pytest.mark.parametrize("name", ["no-such-set", "./no/such/folder", "/dev/null/x"])
def test_a_missing_set_is_a_finding(name: str) -> None:
    with pytest.raises(dukien.RulesError) as caught:
        dukien.Rules.load(name)
    assert len(caught.value.diagnostics) == 1


@pytest.mark.parametrize("sets", [(b"vi-news",), (1,), (None,)])
def test_a_set_of_another_type_is_refused(sets: tuple) -> None:
    with pytest.raises(TypeError):
        dukien.Rules.load(*sets)


def test_a_search_path_is_a_list() -> None:
    with pytest.raises(TypeError):
        dukien.Rules.load("vi-news", search_path="rules")


@pytest.mark.parametrize("content", [b"\0", b"\xff\xfe", b"a: [", "x: " * 100_000, "- " * 90])
def test_any_content_of_a_rule_file_is_told(content) -> None:
    with pytest.raises(dukien.RulesError):
        dukien.Rules.load(memory={"anything": content})


def test_nul_in_a_name_is_told() -> None:
    for sets, memory in ((("a\0b",), None), ((), {"a\0b": ""})):
        with pytest.raises(dukien.InputError, match="NUL"):
            dukien.Rules.load(*sets, memory=memory)


def test_a_bundle_gives_the_same_rules(rules: dukien.Rules, text: str) -> None:
    bundle = rules.bundle()
    assert isinstance(bundle, bytes)
    again = dukien.Rules.from_bundle(bundle)
    assert again == rules and hash(again) == hash(rules)
    assert again.fingerprint == rules.fingerprint
    same = dukien.Extractor(again).run(text).to_json()
    assert same == dukien.Extractor(rules).run(text).to_json()


def test_a_bundle_needs_no_files(tmp_path) -> None:
    folder = tmp_path / "rain"
    folder.mkdir()
    (folder / "set.yaml").write_text(RAIN)
    rules = dukien.Rules.load(folder)
    bundle = rules.bundle()
    (folder / "set.yaml").unlink()
    assert dukien.Rules.from_bundle(bundle) == rules


@pytest.mark.parametrize("damaged", [b"no bundle", b"\0" * 100])
def test_a_damaged_bundle_is_refused(damaged: bytes) -> None:
    with pytest.raises(dukien.Error):
        dukien.Rules.from_bundle(damaged)


def test_rules_pickle_as_their_bundle(rules: dukien.Rules) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(rules, protocol)) == rules
    assert copy.copy(rules) == rules


def test_a_pickle_with_another_fingerprint_is_refused(rules: dukien.Rules) -> None:
    from dukien._rules import _unpickle

    with pytest.raises(dukien.RulesError) as caught:
        _unpickle(rules.bundle(), "0" * 16)
    assert caught.value.code == "rules.fingerprint"


def test_rules_do_not_change(rules: dukien.Rules) -> None:
    with pytest.raises(AttributeError):
        rules.diagnostics = ()
    with pytest.raises(AttributeError):
        del rules.diagnostics
    with pytest.raises(TypeError):
        dukien.Rules()
