import DukienRules
import DukienText
import Testing

/// Compiles one rule file from memory, labelled `test.yaml`.
func compiled(_ text: String) -> Compilation {
  var loader = RuleLoader()
  loader.addMemory(label: "test.yaml", bytes: Array(text.utf8))
  return loader.compile()
}
