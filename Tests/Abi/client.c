/* A program of a user: reads a page and prints what its header knows of the tables. Built with an
   older header and never again, it runs with every later library: client FILE */
#include <dukien.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MUST(condition) \
  do { \
    if (!(condition)) { fprintf(stderr, "client: line %d: %s\n", __LINE__, #condition); exit(1); } \
  } while (0)

/* Options as they lie among other variables: what follows them is not zero. */
#define AMONG_OTHERS(type, name) \
  struct { type it; unsigned char others[128]; } name; \
  memset(&name, 0xA5, sizeof name); \
  memset(&name.it, 0, sizeof name.it); \
  name.it.size = sizeof name.it

static char page[1 << 20];

static void print(dukien_str text) {
  MUST(text.ptr != NULL);
  printf(" %.*s", (int)text.len, text.ptr);
}

static void print_span(dukien_span at) {
  printf(" %lu..%lu", (unsigned long)at.begin, (unsigned long)at.end);
}

/* Each record of a table, which may be longer than this program knows. */
#define EACH(type, record, view) \
  for (i = 0, table = (view), known(table, sizeof(type)); \
       i < table.count && (record = DUKIEN_AT(type, table, i), 1); i++, putchar('\n'))

static void known(dukien_view table, size_t size) {
  MUST(table.stride >= size);
  MUST(table.count == 0 || table.data != NULL);
}

static void print_tables(const dukien_result *result) {
  dukien_view table;
  size_t i;
  const dukien_field *field;
  const dukien_block *block;
  const dukien_value *value;
  const dukien_fact *fact;
  const dukien_role *role;
  const dukien_evidence *evidence;
  const dukien_limit_hit *hit;
  const dukien_stage *stage;
  EACH(dukien_field, field, dukien_result_fields(result)) {
    print(field->field), print(field->norm), print_span(field->at);
  }
  EACH(dukien_block, block, dukien_result_blocks(result)) {
    print(block->kind), print(block->text), print_span(block->at);
  }
  EACH(dukien_value, value, dukien_result_values(result)) {
    print(value->type), print(value->norm), print_span(value->at);
  }
  EACH(dukien_fact, fact, dukien_result_facts(result)) {
    print(fact->type), print(fact->rule), print_span(fact->at);
    printf(" %u %u", (unsigned)fact->first_role, (unsigned)fact->role_count);
  }
  EACH(dukien_role, role, dukien_result_roles(result)) {
    print(role->role), print(role->norm), printf(" %u", (unsigned)role->flags);
  }
  EACH(dukien_evidence, evidence, dukien_result_evidence(result)) { print(evidence->quote); }
  EACH(dukien_limit_hit, hit, dukien_result_limits(result)) { print(hit->name); }
  EACH(dukien_stage, stage, dukien_result_stages(result)) {
    print(stage->name), printf(" %lu", (unsigned long)stage->steps);
  }
}

int main(int argc, char **argv) {
  static const dukien_str set = {"vi-news", 7};
  dukien_error *error = NULL;
  dukien_loader *loader;
  dukien_rules *rules;
  dukien_diagnostics *findings;
  dukien_extractor *extractor;
  dukien_result *result;
  dukien_str json;
  FILE *file;
  AMONG_OTHERS(dukien_load_options, load);
  AMONG_OTHERS(dukien_run_options, options);
  AMONG_OTHERS(dukien_input, input);
  MUST(argc == 2 && (file = fopen(argv[1], "rb")) != NULL);
  MUST(dukien_abi() == DUKIEN_ABI);

  loader = dukien_loader_new(&load.it, &error);
  MUST(loader && dukien_loader_add_name(loader, set, &error) == DUKIEN_OK);
  MUST(dukien_loader_compile(loader, &rules, &findings, &error) == DUKIEN_OK && !error);
  MUST(dukien_diagnostics_all(findings).stride >= sizeof(dukien_diagnostic));
  extractor = dukien_extractor_new(rules, &error);
  input.it.bytes = page;
  input.it.len = fread(page, 1, sizeof page, file);
  options.it.max_facts = 20;
  MUST(dukien_run(extractor, &input.it, &options.it, &result, &error) >= DUKIEN_OK && !error);
  MUST(dukien_result_facts(result).count > 0);
  print_tables(result);
  MUST(dukien_result_json(result, &json, &error) == DUKIEN_OK && json.len > 0);
  print(json), putchar('\n');

  fclose(file);
  dukien_result_release(result);
  dukien_extractor_release(extractor);
  dukien_diagnostics_release(findings);
  dukien_rules_release(rules);
  dukien_loader_release(loader);
  return 0;
}
