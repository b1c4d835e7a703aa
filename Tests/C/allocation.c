/* Where the library asks malloc itself, an answer of NULL is a status. This program has a malloc of
   its own, of which one call after another fails. The Swift run time, where a failure ends the
   process, takes its memory by posix_memalign in all of these calls; in a compilation it does not,
   which is why none is here. */
#include "check.h"

void *__libc_malloc(size_t count);
void *__libc_realloc(void *memory, size_t count);

static int countdown = -1; /* of calls until one fails; -1: none fails */
static int failed;

static int fails(void) {
  if (countdown < 0 || countdown-- > 0) return 0;
  failed++;
  return 1;
}

void *malloc(size_t count) { return fails() ? NULL : __libc_malloc(count); }

void *realloc(void *memory, size_t count) {
  return fails() ? NULL : __libc_realloc(memory, count);
}

static dukien_rules *rules;
static dukien_extractor *extractor;
static dukien_document *document;
static dukien_result *result;
static dukien_loader *loader;
static dukien_input page;

/* Each gives a status, and has released what it made. */

static dukien_status made(void *handle, dukien_error **error) {
  return handle ? DUKIEN_OK : *error ? dukien_error_status(*error) : DUKIEN_E_ARGUMENT;
}

static dukien_status new_loader(dukien_error **error) {
  dukien_loader *it = dukien_loader_new(NULL, error);
  dukien_loader_release(it);
  return made(it, error);
}

static dukien_status new_cancel(dukien_error **error) {
  dukien_cancel *it = dukien_cancel_new(error);
  dukien_cancel_release(it);
  return made(it, error);
}

static dukien_status new_extractor(dukien_error **error) {
  dukien_extractor *it = dukien_extractor_new(rules, error);
  dukien_extractor_release(it);
  return made(it, error);
}

static dukien_status run(dukien_error **error) {
  dukien_result *it = NULL;
  dukien_status status = dukien_run(extractor, &page, NULL, &it, error);
  CHECK((status == DUKIEN_OK) == (it != NULL));
  dukien_result_release(it);
  return status;
}

static dukien_status extract(dukien_error **error) {
  dukien_result *it = NULL;
  dukien_status status = dukien_extract(extractor, document, NULL, &it, error);
  CHECK((status == DUKIEN_OK) == (it != NULL));
  dukien_result_release(it);
  return status;
}

static dukien_status json(dukien_error **error) {
  dukien_str text_of_it;
  dukien_status status = dukien_result_json(result, &text_of_it, error);
  CHECK((status == DUKIEN_OK) == (text_of_it.len > 0));
  return status;
}

static dukien_status print(dukien_error **error) {
  void *bytes;
  size_t count;
  dukien_status status = dukien_result_print(result, text("markdown"), &bytes, &count, error);
  CHECK((status == DUKIEN_OK) == (bytes != NULL));
  dukien_bytes_release(bytes);
  return status;
}

static dukien_status tool(dukien_error **error) {
  void *bytes;
  size_t count;
  dukien_status status = dukien_rules_tool(loader, text("schema"), text(""), &bytes, &count, error);
  CHECK((status == DUKIEN_OK) == (bytes != NULL));
  dukien_bytes_release(bytes);
  return status;
}

static dukien_status bundle(dukien_error **error) {
  void *bytes;
  size_t count;
  dukien_status status = dukien_rules_bundle(rules, &bytes, &count, error);
  CHECK((status == DUKIEN_OK) == (bytes != NULL));
  dukien_bytes_release(bytes);
  return status;
}

static int32_t sink(void *user, size_t index, dukien_status status, dukien_result *it,
                    const dukien_error *error) {
  (void)index, (void)error;
  if (status < DUKIEN_OK) *(dukien_status *)user = status;
  dukien_result_release(it);
  return 0;
}

static dukien_status batch(dukien_error **error) {
  const dukien_input *inputs[3];
  dukien_status of_pages = DUKIEN_OK, status;
  inputs[0] = inputs[1] = inputs[2] = &page;
  status = dukien_run_batch(rules, inputs, 3, 0, NULL, sink, &of_pages, error);
  return status == DUKIEN_OK ? of_pages : status;
}

/* Lets the first call fail, then the second, until none does. */
static void starve(const char *name, dukien_status (*call)(dukien_error **)) {
  int n;
  for (n = 0;; n++) {
    dukien_error *error = NULL;
    dukien_status status;
    failed = 0;
    countdown = n;
    status = call(&error);
    countdown = -1;
    if (!failed) {
      if (!CHECK(status == DUKIEN_OK && n > 0)) fprintf(stderr, "%s: never failed\n", name);
      dukien_error_release(error);
      return;
    }
    if (!CHECK(status == DUKIEN_E_LIMIT))
      fprintf(stderr, "%s, call %d of malloc: status %d\n", name, n, (int)status);
    if (error) CHECK(told(error, status, NULL));
    NEED(n < 100000);
  }
}

int main(void) {
  rules = price_rules();
  extractor = extractor_of(rules);
  page = shop_page();
  loader = dukien_loader_new(NULL, NULL);
  NEED(dukien_loader_add_memory(loader, text("prices"), prices, sizeof prices - 1, NULL) == DUKIEN_OK);
  NEED(dukien_parse(&page, NULL, &document, NULL) == DUKIEN_OK);
  NEED(dukien_run(extractor, &page, NULL, &result, NULL) == DUKIEN_OK);
  starve("loader_new", new_loader);
  starve("cancel_new", new_cancel);
  starve("extractor_new", new_extractor);
  starve("run", run);
  starve("extract", extract);
  starve("json", json);
  starve("print", print);
  starve("tool", tool);
  starve("bundle", bundle);
  starve("batch", batch);
  dukien_result_release(result);
  dukien_document_release(document);
  dukien_loader_release(loader);
  dukien_extractor_release(extractor);
  dukien_rules_release(rules);
  return checked();
}
