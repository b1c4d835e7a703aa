/* check.h - what the C tests share: a check that counts, and short words for long calls. A test is a
   program that ends with `return checked();`. */
#ifndef CHECK_H
#define CHECK_H

#include <dukien.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int checks, failures;

static inline int check(int holds, const char *file, int line, const char *condition) {
  checks++;
  if (!holds) {
    failures++;
    fprintf(stderr, "%s:%d: %s\n", file, line, condition);
  }
  return holds;
}

#define CHECK(condition) check((condition) ? 1 : 0, __FILE__, __LINE__, #condition)

/* Where nothing that follows would make sense. */
#define NEED(condition) do { if (!CHECK(condition)) exit(1); } while (0)

static inline int checked(void) {
  printf("%d checks, %d failed\n", checks, failures);
  return failures > 0 || checks == 0;
}

static inline dukien_str text(const char *words) {
  dukien_str str;
  str.ptr = words;
  str.len = strlen(words);
  return str;
}

static inline int is(dukien_str str, const char *words) {
  return str.ptr && str.len == strlen(words) && memcmp(str.ptr, words, str.len) == 0;
}

static inline int same(dukien_str a, dukien_str b) {
  return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
}

/* Checks that a failure was told as it must be, and releases it. `code` NULL: any. */
static inline int told(dukien_error *error, dukien_status status, const char *code) {
  int holds = error && dukien_error_status(error) == status
    && dukien_error_code(error).len > 0 && dukien_error_message(error).len > 0
    && dukien_error_hint(error).ptr && (!code || is(dukien_error_code(error), code));
  if (!holds && error)
    fprintf(stderr, "status %d, code %.*s: %.*s\n", (int)dukien_error_status(error),
            (int)dukien_error_code(error).len, dukien_error_code(error).ptr,
            (int)dukien_error_message(error).len, dukien_error_message(error).ptr);
  dukien_error_release(error);
  return holds;
}

/* REFUSED(status, code, function, arguments but for the last): the call gives that status and an
   error of that code, and the same status where nobody wants the error. */
#define REFUSED(status, code, function, ...) \
  do { \
    dukien_error *error_ = NULL; \
    CHECK(function(__VA_ARGS__, &error_) == (status)); \
    CHECK(told(error_, status, code)); \
    CHECK(function(__VA_ARGS__, NULL) == (status)); \
  } while (0)

/* ACCEPTED(function, arguments but for the last): DUKIEN_OK, and no error. */
#define ACCEPTED(function, ...) \
  do { \
    dukien_error *error_ = (dukien_error *)(void *)&error_; \
    CHECK(function(__VA_ARGS__, &error_) == DUKIEN_OK); \
    CHECK(error_ == NULL); \
  } while (0)

#define NULL_CODE   "argument.null"
#define LENGTH_CODE "argument.length"
#define TEXT_CODE   "argument.text"

/* A rule set that compiles at once: goods and their prices. */
static const char prices[] =
  "name: prices\n"
  "version: 1.0.0\n"
  "facts:\n"
  "  price:\n"
  "    roles: {item: text, amount: Money}\n"
  "    required: [item, amount]\n"
  "lexicons:\n"
  "  good: {entries: [rice, coffee, olive oil]}\n"
  "  currency: {entries: {dollars: USD, euros: EUR}}\n"
  "classes: {digits: {shape: number}}\n"
  "values:\n"
  "  Money:\n"
  "    lists_as: money\n"
  "    phrase: \"[<n:digits> <unit:currency>]\"\n"
  "    gives: {amount: digits(n)}\n"
  "    shows: \"{amount} {unit}\"\n"
  "rules:\n"
  "- {rule: costs, emits: price, phrase: \"<item:good> costs <amount:Money>\"}\n";

static const char shop[] =
  "Prices of the week\n\nRice costs 12 dollars. In the north, coffee costs 9 euros.\n";

static inline dukien_rules *compiled(dukien_loader *loader) {
  dukien_rules *rules = NULL;
  dukien_error *error = NULL;
  NEED(loader != NULL);
  if (dukien_loader_compile(loader, &rules, NULL, &error) != DUKIEN_OK) {
    dukien_str message = dukien_error_message(error);
    fprintf(stderr, "%.*s\n", (int)message.len, message.ptr);
  }
  dukien_error_release(error);
  dukien_loader_release(loader);
  NEED(rules != NULL);
  return rules;
}

static inline dukien_rules *price_rules(void) {
  dukien_loader *loader = dukien_loader_new(NULL, NULL);
  NEED(dukien_loader_add_memory(loader, text("prices"), prices, sizeof prices - 1, NULL)
       == DUKIEN_OK);
  return compiled(loader);
}

/* A set that is inside the library. */
static inline dukien_rules *rules_named(const char *name) {
  dukien_loader *loader = dukien_loader_new(NULL, NULL);
  NEED(dukien_loader_add_name(loader, text(name), NULL) == DUKIEN_OK);
  return compiled(loader);
}

static inline dukien_extractor *extractor_of(dukien_rules *rules) {
  dukien_extractor *extractor = dukien_extractor_new(rules, NULL);
  NEED(extractor != NULL);
  return extractor;
}

static inline dukien_input page_of(const void *bytes, size_t count) {
  dukien_input page;
  memset(&page, 0, sizeof page);
  page.size = sizeof page;
  page.bytes = bytes;
  page.len = count;
  return page;
}

static inline dukien_input shop_page(void) { return page_of(shop, sizeof shop - 1); }

static inline dukien_run_options run_options(void) {
  dukien_run_options options;
  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  return options;
}

static inline dukien_str json_of(dukien_result *result) {
  dukien_str json = {0};
  CHECK(dukien_result_json(result, &json, NULL) == DUKIEN_OK);
  return json;
}

#endif
