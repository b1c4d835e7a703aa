/* A bundle carries rules to where nothing else is: the same name, the same fingerprint, the same
   facts; and a bundle that was damaged is a finding, not a crash. */
#include "check.h"

static dukien_str facts_with(dukien_rules *rules, dukien_result **result) {
  dukien_extractor *extractor = extractor_of(rules);
  dukien_input page = shop_page();
  *result = NULL;
  CHECK(dukien_run(extractor, &page, NULL, result, NULL) == DUKIEN_OK);
  dukien_extractor_release(extractor);
  return json_of(*result);
}

static dukien_rules *unpacked(const void *bytes, size_t count) {
  dukien_loader *loader = dukien_loader_new(NULL, NULL);
  ACCEPTED(dukien_loader_add_memory, loader, text("bundle"), bytes, count);
  return compiled(loader);
}

static void round_trip(dukien_rules *rules) {
  dukien_rules *copy;
  dukien_result *before, *after;
  void *bytes, *again;
  size_t count, count_again;
  ACCEPTED(dukien_rules_bundle, rules, &bytes, &count);
  CHECK(bytes != NULL && count > 0);
  copy = unpacked(bytes, count);
  CHECK(same(dukien_rules_name(rules), dukien_rules_name(copy)));
  CHECK(same(dukien_rules_fingerprint(rules), dukien_rules_fingerprint(copy)));
  CHECK(same(facts_with(rules, &before), facts_with(copy, &after)));
  dukien_result_release(before);
  dukien_result_release(after);
  ACCEPTED(dukien_rules_bundle, copy, &again, &count_again);
  CHECK(count == count_again && memcmp(bytes, again, count) == 0);
  dukien_bytes_release(again);
  dukien_bytes_release(bytes);
  dukien_rules_release(copy);
}

/* Compiles what may be damaged; says whether it gave rules. */
static int compiles(const void *bytes, size_t count) {
  dukien_loader *loader = dukien_loader_new(NULL, NULL);
  dukien_rules *rules = NULL;
  dukien_diagnostics *found = NULL;
  dukien_status status;
  CHECK(dukien_loader_add_memory(loader, text("bundle"), bytes, count, NULL) == DUKIEN_OK);
  status = dukien_loader_compile(loader, &rules, &found, NULL);
  CHECK(status == DUKIEN_OK || status == DUKIEN_E_RULES);
  CHECK((status == DUKIEN_OK) == (rules != NULL));
  CHECK(status == DUKIEN_OK || dukien_diagnostics_all(found).count > 0);
  dukien_diagnostics_release(found);
  dukien_rules_release(rules);
  dukien_loader_release(loader);
  return status == DUKIEN_OK;
}

static void damaged(dukien_rules *rules) {
  void *bytes;
  unsigned char *copy;
  size_t count, i;
  ACCEPTED(dukien_rules_bundle, rules, &bytes, &count);
  copy = malloc(count + 8);
  NEED(copy != NULL && count > 0);
  for (i = 1; i < count; i++) CHECK(!compiles(bytes, i)); /* cut off, anywhere */
  for (i = 0; i < count; i++) {
    memcpy(copy, bytes, count);
    copy[i] ^= 0x80;
    compiles(copy, count);
  }
  memcpy(copy, bytes, count);
  memset(copy + count, 'x', 8);
  CHECK(!compiles(copy, count + 8)); /* something behind it */
  free(copy);
  dukien_bytes_release(bytes);
}

int main(void) {
  dukien_rules *rules = price_rules(), *page = rules_named("page");
  round_trip(rules);
  round_trip(page);
  damaged(rules);
  dukien_rules_release(page);
  dukien_rules_release(rules);
  return checked();
}
