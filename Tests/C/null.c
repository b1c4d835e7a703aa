/* NULL for any argument of any function is a status, NULL or an empty answer. */
#include "check.h"

static int32_t sink(void *user, size_t index, dukien_status status, dukien_result *result,
                    const dukien_error *error) {
  (void)user, (void)index, (void)status, (void)error;
  dukien_result_release(result);
  return 0;
}

static int is_empty_str(dukien_str str) { return str.ptr != NULL && str.len == 0; }

static int is_empty_view(dukien_view view) { return view.count == 0; }

static void release(void) {
  dukien_error_release(NULL);
  dukien_cancel_release(NULL);
  dukien_loader_release(NULL);
  dukien_diagnostics_release(NULL);
  dukien_rules_release(NULL);
  dukien_bytes_release(NULL);
  dukien_extractor_release(NULL);
  dukien_document_release(NULL);
  dukien_result_release(NULL);
  dukien_cancel_set(NULL);
  dukien_cancel_clear(NULL);
}

static void read_nothing(void) {
  CHECK(dukien_abi() == DUKIEN_ABI && dukien_version()[0] != 0);
  CHECK(dukien_has(NULL) == 0);
  CHECK(dukien_cancel_is_set(NULL) == 0);
  CHECK(dukien_rules_retain(NULL) == NULL && dukien_document_retain(NULL) == NULL);
  CHECK(dukien_error_status(NULL) == DUKIEN_E_ARGUMENT);
  CHECK(is_empty_str(dukien_error_code(NULL)));
  CHECK(is_empty_str(dukien_error_message(NULL)));
  CHECK(is_empty_str(dukien_error_hint(NULL)));
  CHECK(is_empty_str(dukien_rules_name(NULL)));
  CHECK(is_empty_str(dukien_rules_fingerprint(NULL)));
  CHECK(is_empty_view(dukien_diagnostics_all(NULL)));
  CHECK(is_empty_view(dukien_result_fields(NULL)));
  CHECK(is_empty_view(dukien_result_blocks(NULL)));
  CHECK(is_empty_view(dukien_result_values(NULL)));
  CHECK(is_empty_view(dukien_result_facts(NULL)));
  CHECK(is_empty_view(dukien_result_roles(NULL)));
  CHECK(is_empty_view(dukien_result_evidence(NULL)));
  CHECK(is_empty_view(dukien_result_limits(NULL)));
  CHECK(is_empty_view(dukien_result_stages(NULL)));
}

static void constructors(void) {
  dukien_loader *loader = dukien_loader_new(NULL, NULL);
  dukien_extractor *parser = dukien_parser_new(NULL);
  dukien_cancel *cancel = dukien_cancel_new(NULL);
  dukien_error *error = NULL;
  CHECK(loader && parser && cancel);
  CHECK(dukien_extractor_new(NULL, NULL) == NULL);
  CHECK(dukien_extractor_new(NULL, &error) == NULL);
  CHECK(told(error, DUKIEN_E_ARGUMENT, NULL_CODE));
  dukien_cancel_release(cancel);
  dukien_extractor_release(parser);
  dukien_loader_release(loader);
}

#define NULL_REFUSED(...) REFUSED(DUKIEN_E_ARGUMENT, NULL_CODE, __VA_ARGS__)

static void loaders(void) {
  dukien_loader *loader = dukien_loader_new(NULL, NULL);
  dukien_rules *rules;
  dukien_str word = text("x"), none = {NULL, 0}, lost = {NULL, 3};
  int32_t changed;
  void *bytes;
  size_t count;
  NULL_REFUSED(dukien_loader_add_search_path, NULL, word);
  NULL_REFUSED(dukien_loader_add_search_path, loader, lost);
  NULL_REFUSED(dukien_loader_add_file, NULL, word);
  NULL_REFUSED(dukien_loader_add_file, loader, lost);
  NULL_REFUSED(dukien_loader_add_dir, NULL, word);
  NULL_REFUSED(dukien_loader_add_dir, loader, lost);
  NULL_REFUSED(dukien_loader_add_name, NULL, word);
  NULL_REFUSED(dukien_loader_add_name, loader, lost);
  NULL_REFUSED(dukien_loader_add_memory, NULL, word, "", 0);
  NULL_REFUSED(dukien_loader_add_memory, loader, lost, "", 0);
  NULL_REFUSED(dukien_loader_add_memory, loader, word, NULL, 3);
  REFUSED(DUKIEN_E_ARGUMENT, "argument.empty", dukien_loader_add_name, loader, none);
  NULL_REFUSED(dukien_loader_compile, NULL, &rules, NULL);
  NULL_REFUSED(dukien_loader_compile, loader, NULL, NULL);
  NULL_REFUSED(dukien_loader_reload, NULL, &changed, &rules, NULL);
  NULL_REFUSED(dukien_loader_reload, loader, NULL, &rules, NULL);
  NULL_REFUSED(dukien_loader_reload, loader, &changed, NULL, NULL);
  NULL_REFUSED(dukien_rules_tool, NULL, text("check"), none, &bytes, &count);
  NULL_REFUSED(dukien_rules_tool, loader, lost, none, &bytes, &count);
  NULL_REFUSED(dukien_rules_tool, loader, text("check"), lost, &bytes, &count);
  NULL_REFUSED(dukien_rules_tool, loader, text("check"), none, NULL, &count);
  NULL_REFUSED(dukien_rules_tool, loader, text("check"), none, &bytes, NULL);
  CHECK(bytes == NULL && rules == NULL && changed == 0);
  ACCEPTED(dukien_loader_add_memory, loader, word, NULL, 0);
  dukien_loader_release(loader);
}

static void pages(dukien_rules *rules) {
  dukien_extractor *extractor = extractor_of(rules);
  dukien_document *document = NULL;
  dukien_result *result = NULL;
  dukien_input page = shop_page(), gone = page_of(NULL, 5);
  dukien_str *members[4];
  dukien_str json;
  void *bytes;
  size_t count, i;
  NULL_REFUSED(dukien_run, NULL, &page, NULL, &result);
  NULL_REFUSED(dukien_run, extractor, NULL, NULL, &result);
  NULL_REFUSED(dukien_run, extractor, &gone, NULL, &result);
  NULL_REFUSED(dukien_run, extractor, &page, NULL, NULL);
  NULL_REFUSED(dukien_parse, NULL, NULL, &document);
  NULL_REFUSED(dukien_parse, &gone, NULL, &document);
  NULL_REFUSED(dukien_parse, &page, NULL, NULL);

  members[0] = &page.id, members[1] = &page.published;
  members[2] = &page.encoding, members[3] = &page.url;
  for (i = 0; i < 4; i++) {
    members[i]->len = 1;
    NULL_REFUSED(dukien_run, extractor, &page, NULL, &result);
    NULL_REFUSED(dukien_parse, &page, NULL, &document);
    members[i]->len = 0;
  }
  CHECK(result == NULL && document == NULL);

  ACCEPTED(dukien_parse, &page, NULL, &document);
  NULL_REFUSED(dukien_extract, NULL, document, NULL, &result);
  NULL_REFUSED(dukien_extract, extractor, NULL, NULL, &result);
  NULL_REFUSED(dukien_extract, extractor, document, NULL, NULL);
  ACCEPTED(dukien_extract, extractor, document, NULL, &result);
  NULL_REFUSED(dukien_result_json, NULL, &json);
  NULL_REFUSED(dukien_result_json, result, NULL);
  NULL_REFUSED(dukien_result_print, NULL, text("text"), &bytes, &count);
  NULL_REFUSED(dukien_result_print, result, ((dukien_str){NULL, 3}), &bytes, &count);
  NULL_REFUSED(dukien_result_print, result, text("text"), NULL, &count);
  NULL_REFUSED(dukien_result_print, result, text("text"), &bytes, NULL);
  CHECK(bytes == NULL);
  dukien_result_release(result);
  dukien_document_release(document);

  page = page_of(NULL, 0);
  ACCEPTED(dukien_run, extractor, &page, NULL, &result);
  dukien_result_release(result);
  dukien_extractor_release(extractor);
}

static void batches(dukien_rules *rules) {
  dukien_input page = shop_page();
  const dukien_input *inputs[2];
  void *bytes;
  size_t count;
  inputs[0] = inputs[1] = &page;
  NULL_REFUSED(dukien_rules_bundle, NULL, &bytes, &count);
  NULL_REFUSED(dukien_rules_bundle, rules, NULL, &count);
  NULL_REFUSED(dukien_rules_bundle, rules, &bytes, NULL);
  NULL_REFUSED(dukien_run_batch, NULL, inputs, 2, 1, NULL, sink, NULL);
  NULL_REFUSED(dukien_run_batch, rules, NULL, 2, 1, NULL, sink, NULL);
  NULL_REFUSED(dukien_run_batch, rules, inputs, 2, 1, NULL, NULL, NULL);
  ACCEPTED(dukien_run_batch, rules, NULL, 0, 1, NULL, sink, NULL);
}

static void arrow(dukien_rules *rules) {
  /* No call below may get as far as to look at these. */
  struct ArrowArrayStream *stream = (void *)&rules;
  dukien_columns columns = {0};
  columns.size = sizeof columns;
  columns.text = text("text");
  NULL_REFUSED(dukien_arrow_schema, DUKIEN_TABLE_FACTS, NULL);
  NULL_REFUSED(dukien_arrow_export, NULL, 1, DUKIEN_TABLE_FACTS, (void *)&rules);
  NULL_REFUSED(dukien_arrow_export, NULL, 0, DUKIEN_TABLE_FACTS, NULL);
  NULL_REFUSED(dukien_run_arrow, NULL, stream, &columns, DUKIEN_TABLE_FACTS, 1, NULL, stream);
  NULL_REFUSED(dukien_run_arrow, rules, NULL, &columns, DUKIEN_TABLE_FACTS, 1, NULL, stream);
  NULL_REFUSED(dukien_run_arrow, rules, stream, NULL, DUKIEN_TABLE_FACTS, 1, NULL, stream);
  NULL_REFUSED(dukien_run_arrow, rules, stream, &columns, DUKIEN_TABLE_FACTS, 1, NULL, NULL);
}

int main(void) {
  dukien_rules *rules = price_rules();
  release();
  read_nothing();
  constructors();
  loaders();
  pages(rules);
  batches(rules);
  arrow(rules);
  dukien_rules_release(rules);
  return checked();
}
