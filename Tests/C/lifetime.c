/* Whatever is released first, what was handed out lives as long as the header says. */
#include "wellformed.h"

/* Findings of a set with mistakes: every record whole, and alive without its loader. */
static void findings(void) {
  static const char wrong[] = "name: wrong\nrules:\n- {rule: r, emits: gone, phrase: \"<x:gone>\"}\nwhat: 1\n";
  dukien_loader *loader = dukien_loader_new(NULL, NULL);
  dukien_diagnostics *found = NULL;
  dukien_rules *rules = NULL;
  dukien_error *error = NULL;
  dukien_view all;
  size_t i;
  ACCEPTED(dukien_loader_add_memory, loader, text("wrong.yaml"), wrong, sizeof wrong - 1);
  CHECK(dukien_loader_compile(loader, &rules, &found, &error) == DUKIEN_E_RULES);
  CHECK(told(error, DUKIEN_E_RULES, "rules.invalid"));
  CHECK(rules == NULL);
  dukien_loader_release(loader);
  all = dukien_diagnostics_all(found);
  CHECK(all.count > 1 && all.stride == sizeof(dukien_diagnostic));
  for (i = 0; i < all.count; i++) {
    const dukien_diagnostic *one = DUKIEN_AT(dukien_diagnostic, all, i);
    STRING(one->file), STRING(one->code), STRING(one->message), STRING(one->hint);
    STRING(one->rule_id), STRING(one->yaml_path), STRING(one->rendered);
    CHECK(is(one->file, "wrong.yaml") && one->code.len > 0 && one->message.len > 0);
    CHECK(one->severity >= 0 && one->severity <= 2 && one->line <= 4);
    CHECK(one->rendered.len > one->message.len);
  }
  dukien_diagnostics_release(found);
}

/* A result outlives extractor, rules, loader, page and options. */
static void results(void) {
  dukien_rules *rules = price_rules();
  dukien_extractor *extractor = extractor_of(rules);
  dukien_result *result;
  dukien_str json;
  void *bytes;
  size_t count;
  {
    char page_bytes[sizeof shop];
    dukien_input page = page_of(page_bytes, sizeof shop - 1);
    memcpy(page_bytes, shop, sizeof shop);
    dukien_rules_release(rules); /* the extractor holds it */
    ACCEPTED(dukien_run, extractor, &page, NULL, &result);
    memset(page_bytes, 0xFF, sizeof page_bytes);
  }
  dukien_extractor_release(extractor);
  check_result(result, sizeof shop - 1);
  CHECK(dukien_result_facts(result).count == 2);
  json = json_of(result);
  CHECK(json.ptr == json_of(result).ptr); /* built once */
  ACCEPTED(dukien_result_print, result, text("text"), &bytes, &count);
  dukien_result_release(result);
  CHECK(count > 0 && bytes != NULL); /* bytes are the caller's */
  dukien_bytes_release(bytes);
}

/* As many references as were taken. */
static void counts(void) {
  dukien_rules *rules = price_rules();
  int i;
  for (i = 0; i < 1000; i++) CHECK(dukien_rules_retain(rules) == rules);
  for (i = 0; i < 1000; i++) dukien_rules_release(rules);
  CHECK(is(dukien_rules_name(rules), "prices@1.0.0"));
  dukien_rules_release(rules);
}

int main(void) {
  findings();
  results();
  counts();
  return checked();
}
