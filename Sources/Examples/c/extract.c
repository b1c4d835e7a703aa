/* Prints the facts of a page, each with its sentence: extract FILE */
#include <dukien.h>
#include <stdio.h>
#include <stdlib.h>

#define TEXT(s) (int)(s).len, (s).ptr

static void fail(dukien_error *error) {
  dukien_str message = dukien_error_message(error);
  fprintf(stderr, "%.*s\n", TEXT(message));
  exit(1);
}

static char *read_file(const char *path, size_t *count) {
  static char bytes[1 << 20];
  FILE *file = fopen(path, "rb");
  if (!file) { perror(path); exit(1); }
  *count = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  return bytes;
}

int main(int argc, char **argv) {
  dukien_error *error = NULL;
  dukien_rules *rules = NULL;
  dukien_result *result = NULL;
  dukien_input page = {0};
  dukien_str set = {"vi-news", 7};
  dukien_view facts, roles, evidence;
  size_t i, j;
  if (argc != 2) return 2;

  dukien_loader *loader = dukien_loader_new(NULL, &error);
  if (!loader || dukien_loader_add_name(loader, set, &error) != DUKIEN_OK) fail(error);
  if (dukien_loader_compile(loader, &rules, NULL, &error) != DUKIEN_OK) fail(error);
  dukien_extractor *extractor = dukien_extractor_new(rules, &error);
  page.size = sizeof page;
  page.bytes = read_file(argv[1], &page.len);
  if (!extractor || dukien_run(extractor, &page, NULL, &result, &error) < 0) fail(error);

  facts = dukien_result_facts(result);
  roles = dukien_result_roles(result);
  evidence = dukien_result_evidence(result);
  for (i = 0; i < facts.count; i++) {
    const dukien_fact *fact = DUKIEN_AT(dukien_fact, facts, i);
    printf("%.*s\n", TEXT(fact->type));
    for (j = fact->first_role; j < fact->first_role + fact->role_count; j++) {
      const dukien_role *role = DUKIEN_AT(dukien_role, roles, j);
      printf("  %.*s: %.*s\n", TEXT(role->role), TEXT(role->norm.len ? role->norm : role->text));
    }
    for (j = fact->first_evidence; j < fact->first_evidence + fact->evidence_count; j++)
      printf("  \"%.*s\"\n", TEXT(DUKIEN_AT(dukien_evidence, evidence, j)->quote));
  }
  dukien_result_release(result);
  dukien_extractor_release(extractor);
  dukien_rules_release(rules);
  dukien_loader_release(loader);
  return 0;
}
