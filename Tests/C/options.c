/* A struct that opens with its size: what no header ever had is refused, what an older one had is
   taken, what a newer one may have is taken while it is zero. */
#include "check.h"
#include <stdint.h>

/* What the library is given: a struct of `size` bytes in memory that is exactly as long, so that a
   tool that watches memory sees a read beyond it. */
static void *sized(const void *whole, size_t known, size_t size) {
  unsigned char *bytes = calloc(1, size);
  NEED(bytes != NULL);
  memcpy(bytes, whole, size < known ? size : known);
  memcpy(bytes, &size, sizeof size);
  return bytes;
}

static dukien_extractor *extractor;
static dukien_input page;

static dukien_status load_with(const void *options, dukien_error **error) {
  dukien_loader *loader = dukien_loader_new(options, error);
  dukien_loader_release(loader);
  return loader ? DUKIEN_OK : error && *error ? dukien_error_status(*error) : DUKIEN_E_ARGUMENT;
}

static dukien_status run_with(const void *options, dukien_error **error) {
  dukien_result *result = NULL;
  dukien_status status = dukien_run(extractor, &page, options, &result, error);
  CHECK((status >= DUKIEN_OK) == (result != NULL));
  dukien_result_release(result);
  return status;
}

static dukien_status parse_with(const void *options, dukien_error **error) {
  dukien_document *document = NULL;
  dukien_status status = dukien_parse(&page, options, &document, error);
  CHECK((status >= DUKIEN_OK) == (document != NULL));
  dukien_document_release(document);
  return status;
}

static dukien_status input_with(const void *input, dukien_error **error) {
  dukien_result *result = NULL;
  dukien_status status = dukien_run(extractor, input, NULL, &result, error);
  CHECK((status >= DUKIEN_OK) == (result != NULL));
  dukien_result_release(result);
  return status;
}

/* Each function that takes such a struct, with one that is whole and the least that it may have. */
static struct {
  const char *name;
  dukien_status (*call)(const void *, dukien_error **);
  const void *whole;
  size_t known, least;
} takers[4];

static void sizes(size_t taker) {
  dukien_status (*call)(const void *, dukien_error **) = takers[taker].call;
  static const size_t impossible[] = {
    5000, (size_t)1 << 32, SIZE_MAX / 2, SIZE_MAX / 2 + 1, SIZE_MAX};
  dukien_error *error;
  size_t size, i;
  void *bytes;
  for (i = 0; i < sizeof impossible / sizeof *impossible; i++) {
    bytes = sized(takers[taker].whole, takers[taker].known, takers[taker].known);
    memcpy(bytes, &impossible[i], sizeof(size_t));
    error = NULL;
    CHECK(call(bytes, &error) == DUKIEN_E_ARGUMENT);
    CHECK(told(error, DUKIEN_E_ARGUMENT, "argument.size"));
    free(bytes);
  }
  /* The size is read before it is known to be there, so less memory than that is never given. */
  for (size = 0; size < takers[taker].least; size++) {
    bytes = sized(takers[taker].whole, takers[taker].known, sizeof(size_t));
    memcpy(bytes, &size, sizeof size);
    error = NULL;
    CHECK(call(bytes, &error) == DUKIEN_E_ARGUMENT);
    CHECK(told(error, DUKIEN_E_ARGUMENT, "argument.size"));
    free(bytes);
  }
  for (size = takers[taker].least; size <= takers[taker].known + 24; size++) {
    bytes = sized(takers[taker].whole, takers[taker].known, size);
    error = NULL;
    if (!CHECK(call(bytes, &error) == DUKIEN_OK && !error))
      fprintf(stderr, "%s of %zu bytes\n", takers[taker].name, size);
    dukien_error_release(error);
    free(bytes);
  }
  /* Any one bit of what is unknown. */
  for (i = takers[taker].known; i < takers[taker].known + 24; i++) {
    size = takers[taker].known + 24;
    bytes = sized(takers[taker].whole, takers[taker].known, size);
    ((unsigned char *)bytes)[i] = (unsigned char)(1u << i % 8);
    error = NULL;
    CHECK(call(bytes, &error) == DUKIEN_E_VERSION);
    CHECK(told(error, DUKIEN_E_VERSION, "version.option"));
    free(bytes);
  }
}

/* Options that no library of this version knows. */
static void unknown(void) {
  static const int32_t numbers[] = {-1, 3, 1000, INT32_MAX, INT32_MIN};
  dukien_load_options load = {0};
  dukien_run_options options;
  dukien_input input;
  dukien_result *result;
  dukien_document *document;
  dukien_error *error;
  size_t i;
  for (i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    input = page, input.format = numbers[i];
    REFUSED(DUKIEN_E_VERSION, "version.option", dukien_run, extractor, &input, NULL, &result);
    REFUSED(DUKIEN_E_VERSION, "version.option", dukien_parse, &input, NULL, &document);
    input = page, input.reserved = numbers[i];
    REFUSED(DUKIEN_E_VERSION, "version.option", dukien_run, extractor, &input, NULL, &result);
    options = run_options(), options.until = numbers[i];
    REFUSED(DUKIEN_E_VERSION, "version.option", dukien_run, extractor, &page, &options, &result);
    options = run_options(), options.reserved = numbers[i];
    REFUSED(DUKIEN_E_VERSION, "version.option", dukien_run, extractor, &page, &options, &result);
    REFUSED(DUKIEN_E_VERSION, "version.option", dukien_parse, &page, &options, &document);
    load.size = sizeof load, load.reserved = numbers[i];
    error = NULL;
    CHECK(load_with(&load, &error) == DUKIEN_E_VERSION);
    CHECK(told(error, DUKIEN_E_VERSION, "version.option"));
  }
}

/* Bounds of any number are bounds, never a crash or a refusal. */
static void bounds(void) {
  static const uint64_t numbers[] = {
    1, 2, 1000, (uint64_t)1 << 31, (uint64_t)1 << 32, INT64_MAX, (uint64_t)INT64_MAX + 1, UINT64_MAX};
  size_t i, j;
  for (i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    for (j = 0; j < 6; j++) {
      dukien_run_options options = run_options();
      dukien_result *result = NULL;
      dukien_status status;
      uint64_t *bound[6];
      bound[0] = &options.max_input, bound[1] = &options.max_tokens, bound[2] = &options.max_facts;
      bound[3] = &options.max_steps, bound[4] = &options.max_memory, bound[5] = &options.max_millis;
      *bound[j] = numbers[i];
      status = dukien_run(extractor, &page, &options, &result, NULL);
      CHECK(status == DUKIEN_OK || status == DUKIEN_PARTIAL);
      CHECK((status == DUKIEN_OK) || dukien_result_limits(result).count > 0);
      dukien_result_release(result);
    }
  }
}

int main(void) {
  dukien_rules *rules = price_rules();
  dukien_load_options load = {0};
  dukien_run_options options = run_options();
  size_t i;
  load.size = sizeof load;
  extractor = extractor_of(rules);
  page = shop_page();
  takers[0].name = "load options", takers[0].call = load_with, takers[0].whole = &load;
  takers[0].known = sizeof load, takers[0].least = sizeof(size_t);
  takers[1].name = "run options", takers[1].call = run_with, takers[1].whole = &options;
  takers[1].known = sizeof options, takers[1].least = sizeof(size_t);
  takers[2].name = "run options of parse", takers[2].call = parse_with, takers[2].whole = &options;
  takers[2].known = sizeof options, takers[2].least = sizeof(size_t);
  takers[3].name = "input", takers[3].call = input_with, takers[3].whole = &page;
  takers[3].known = sizeof page, takers[3].least = offsetof(dukien_input, format);
  for (i = 0; i < 4; i++) sizes(i);
  unknown();
  bounds();
  dukien_extractor_release(extractor);
  dukien_rules_release(rules);
  return checked();
}
