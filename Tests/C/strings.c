/* Strings that are none: impossible lengths, bytes that are not UTF-8, NUL where a name is wanted. */
#include "check.h"
#include <stdint.h>

static const char *const broken[] = {
  "\xFF", "\x80", "a\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xE1\xBA"};
#define BROKEN (sizeof broken / sizeof *broken)

#define LENGTH_REFUSED(...) REFUSED(DUKIEN_E_ARGUMENT, LENGTH_CODE, __VA_ARGS__)
#define TEXT_REFUSED(...) REFUSED(DUKIEN_E_ARGUMENT, TEXT_CODE, __VA_ARGS__)

static void lengths(dukien_rules *rules) {
  static const size_t impossible[] = {SIZE_MAX, SIZE_MAX / 2 + 1, SIZE_MAX - 7};
  dukien_loader *loader = dukien_loader_new(NULL, NULL);
  dukien_extractor *extractor = extractor_of(rules);
  dukien_document *document;
  dukien_result *result, *whole;
  void *bytes;
  size_t count, i, j;
  dukien_input page = shop_page();
  ACCEPTED(dukien_run, extractor, &page, NULL, &whole);
  for (i = 0; i < sizeof impossible / sizeof *impossible; i++) {
    dukien_str long_text = text("x");
    dukien_str *members[4];
    long_text.len = impossible[i];
    LENGTH_REFUSED(dukien_loader_add_search_path, loader, long_text);
    LENGTH_REFUSED(dukien_loader_add_file, loader, long_text);
    LENGTH_REFUSED(dukien_loader_add_dir, loader, long_text);
    LENGTH_REFUSED(dukien_loader_add_name, loader, long_text);
    LENGTH_REFUSED(dukien_loader_add_memory, loader, long_text, "", 0);
    LENGTH_REFUSED(dukien_loader_add_memory, loader, text("x"), "", impossible[i]);
    LENGTH_REFUSED(dukien_rules_tool, loader, long_text, text(""), &bytes, &count);
    LENGTH_REFUSED(dukien_rules_tool, loader, text("check"), long_text, &bytes, &count);
    LENGTH_REFUSED(dukien_result_print, whole, long_text, &bytes, &count);
    page = page_of("x", impossible[i]);
    LENGTH_REFUSED(dukien_run, extractor, &page, NULL, &result);
    LENGTH_REFUSED(dukien_parse, &page, NULL, &document);
    page = shop_page();
    members[0] = &page.id, members[1] = &page.published;
    members[2] = &page.encoding, members[3] = &page.url;
    for (j = 0; j < 4; j++) {
      *members[j] = long_text;
      LENGTH_REFUSED(dukien_run, extractor, &page, NULL, &result);
      LENGTH_REFUSED(dukien_parse, &page, NULL, &document);
      members[j]->len = 0;
    }
  }
  dukien_result_release(whole);
  dukien_extractor_release(extractor);
  dukien_loader_release(loader);
}

static void not_utf8(dukien_rules *rules) {
  dukien_loader *loader = dukien_loader_new(NULL, NULL);
  dukien_extractor *extractor = extractor_of(rules);
  dukien_result *result, *whole;
  void *bytes;
  size_t count, i;
  dukien_input page = shop_page();
  ACCEPTED(dukien_run, extractor, &page, NULL, &whole);
  for (i = 0; i < BROKEN; i++) {
    dukien_str bad = text(broken[i]);
    TEXT_REFUSED(dukien_loader_add_search_path, loader, bad);
    TEXT_REFUSED(dukien_loader_add_file, loader, bad);
    TEXT_REFUSED(dukien_loader_add_dir, loader, bad);
    TEXT_REFUSED(dukien_loader_add_name, loader, bad);
    TEXT_REFUSED(dukien_loader_add_memory, loader, bad, "", 0);
    TEXT_REFUSED(dukien_rules_tool, loader, bad, text(""), &bytes, &count);
    TEXT_REFUSED(dukien_rules_tool, loader, text("check"), bad, &bytes, &count);
    TEXT_REFUSED(dukien_result_print, whole, bad, &bytes, &count);
    page = shop_page(), page.encoding = bad;
    TEXT_REFUSED(dukien_run, extractor, &page, NULL, &result);
    page = shop_page(), page.url = bad;
    TEXT_REFUSED(dukien_run, extractor, &page, NULL, &result);
    page = shop_page(), page.published = bad;
    CHECK(dukien_run(extractor, &page, NULL, &result, NULL) == DUKIEN_E_ARGUMENT);
    /* A page may have any name and any content. */
    page = page_of(broken[i], strlen(broken[i])), page.id = bad;
    ACCEPTED(dukien_run, extractor, &page, NULL, &result);
    CHECK(json_of(result).len > 0);
    dukien_result_release(result);
  }
  dukien_result_release(whole);
  dukien_extractor_release(extractor);
  dukien_loader_release(loader);
}

static void nul_and_empty(dukien_rules *rules) {
  static const dukien_str nul = {"a\0b", 3};
  dukien_loader *loader = dukien_loader_new(NULL, NULL);
  dukien_extractor *extractor = extractor_of(rules);
  dukien_result *result;
  dukien_input page = page_of("rice\0costs 12 dollars", 21);
  void *bytes = NULL;
  size_t count;
  TEXT_REFUSED(dukien_loader_add_search_path, loader, nul);
  TEXT_REFUSED(dukien_loader_add_file, loader, nul);
  TEXT_REFUSED(dukien_loader_add_dir, loader, nul);
  TEXT_REFUSED(dukien_loader_add_name, loader, nul);
  REFUSED(DUKIEN_E_ARGUMENT, "argument.empty", dukien_loader_add_file, loader, text(""));
  REFUSED(DUKIEN_E_ARGUMENT, NULL, dukien_rules_tool, loader, text("sing"), text(""), &bytes, &count);
  REFUSED(DUKIEN_E_ARGUMENT, NULL, dukien_rules_tool, loader, text("why-not"), text("{"), &bytes, &count);
  REFUSED(DUKIEN_E_ARGUMENT, NULL, dukien_rules_tool, loader, text("why-not"), text("[[["), &bytes, &count);
  ACCEPTED(dukien_run, extractor, &page, NULL, &result);
  REFUSED(DUKIEN_E_ARGUMENT, NULL, dukien_result_print, result, text("verse"), &bytes, &count);
  CHECK(bytes == NULL);
  dukien_result_release(result);
  dukien_extractor_release(extractor);
  dukien_loader_release(loader);
}

/* What is lent need not live longer than the call. */
static void lent(void) {
  dukien_loader *loader = dukien_loader_new(NULL, NULL);
  char *label = malloc(6), *yaml = malloc(sizeof prices);
  dukien_rules *rules;
  NEED(label && yaml);
  memcpy(label, "prices", 6);
  memcpy(yaml, prices, sizeof prices);
  ACCEPTED(dukien_loader_add_memory, loader, ((dukien_str){label, 6}), yaml, sizeof prices - 1);
  memset(label, 0xFF, 6), memset(yaml, 0xFF, sizeof prices);
  free(label), free(yaml);
  rules = compiled(loader);
  CHECK(is(dukien_rules_name(rules), "prices@1.0.0"));
  CHECK(dukien_rules_fingerprint(rules).len == 16);
  dukien_rules_release(rules);
}

int main(void) {
  dukien_rules *rules = price_rules();
  lengths(rules);
  not_utf8(rules);
  nul_and_empty(rules);
  lent();
  dukien_rules_release(rules);
  return checked();
}
