/* Memory is charged, and every charge can fail: a page is read with one byte, then with the bytes
   that the failed charge asked for, and so on until nothing fails. Other bounds grow likewise. A page
   that a bound cuts gives a smaller result that is whole in itself: budget [FILE...] */
#include "wellformed.h"

/* Climbs from one byte to enough; returns the number of steps. */
static int climb(dukien_extractor *extractor, const dukien_input *page, dukien_str whole) {
  dukien_run_options options = run_options();
  int steps = 0;
  options.max_memory = 1;
  for (;;) {
    dukien_result *result = NULL;
    dukien_error *error = NULL;
    const dukien_limit_hit *hit;
    uint64_t seen;
    dukien_status status = dukien_run(extractor, page, &options, &result, &error);
    NEED(status >= DUKIEN_OK && result && !error);
    check_result(result, page->len);
    hit = hit_named(result, "max_memory");
    if (status == DUKIEN_OK) {
      CHECK(hit == NULL);
      CHECK(same(json_of(result), whole));
      dukien_result_release(result);
      return steps;
    }
    NEED(hit != NULL && hit->bound == options.max_memory && hit->seen > hit->bound);
    CHECK(json_of(result).len > 0);
    seen = hit->seen;
    dukien_result_release(result);
    options.max_memory = seen;
    NEED(++steps < 100000);
  }
}

/* Doubles a bound from one on until it cuts nothing. */
static void widen(dukien_extractor *extractor, const dukien_input *page, dukien_str whole,
                  const char *name, size_t offset) {
  uint64_t bound = 1;
  int cuts = 0;
  for (; bound != 0; bound *= 2) {
    dukien_run_options options = run_options();
    dukien_result *result = NULL;
    dukien_status status;
    memcpy((char *)&options + offset, &bound, sizeof bound);
    status = dukien_run(extractor, page, &options, &result, NULL);
    NEED(status >= DUKIEN_OK && result);
    check_result(result, page->len);
    if (status == DUKIEN_OK) {
      CHECK(same(json_of(result), whole));
      dukien_result_release(result);
      break;
    }
    cuts++;
    if (!CHECK(hit_named(result, name) != NULL && hit_named(result, name)->bound == bound))
      fprintf(stderr, "%s of %lu is not told\n", name, (unsigned long)bound);
    CHECK(json_of(result).len > 0);
    dukien_result_release(result);
  }
  if (!CHECK(cuts > 0)) fprintf(stderr, "%s never cut\n", name);
}

static void climb_all(dukien_extractor *extractor, const dukien_input *page) {
  dukien_result *result = NULL;
  dukien_str whole;
  NEED(dukien_run(extractor, page, NULL, &result, NULL) == DUKIEN_OK);
  check_result(result, page->len);
  CHECK(dukien_result_facts(result).count > 0);
  whole = json_of(result);
  CHECK(climb(extractor, page, whole) > 1);
  widen(extractor, page, whole, "max_input", offsetof(dukien_run_options, max_input));
  widen(extractor, page, whole, "max_tokens", offsetof(dukien_run_options, max_tokens));
  widen(extractor, page, whole, "max_steps", offsetof(dukien_run_options, max_steps));
  if (dukien_result_facts(result).count > 1)
    widen(extractor, page, whole, "max_facts", offsetof(dukien_run_options, max_facts));
  dukien_result_release(result);
}

/* A document is charged too, and what it charged counts where it is extracted. */
static void documents(dukien_extractor *extractor) {
  dukien_run_options options = run_options();
  dukien_input page = shop_page();
  dukien_document *document = NULL;
  dukien_result *result = NULL;
  int steps;
  for (steps = 0, options.max_memory = 1; steps < 1000; steps++, options.max_memory *= 2) {
    dukien_status status = dukien_parse(&page, &options, &document, NULL);
    NEED((status == DUKIEN_OK || status == DUKIEN_PARTIAL) && document);
    NEED(dukien_extract(extractor, document, NULL, &result, NULL) == status);
    CHECK((status == DUKIEN_PARTIAL) == (hit_named(result, "max_memory") != NULL));
    check_result(result, page.len);
    dukien_result_release(result);
    dukien_document_release(document);
    if (status == DUKIEN_OK) break;
  }
  CHECK(steps > 0);
}

int main(int argc, char **argv) {
  static char bytes[1 << 20];
  dukien_rules *rules = price_rules();
  dukien_extractor *extractor = extractor_of(rules);
  dukien_input page = shop_page();
  int i;
  climb_all(extractor, &page);
  documents(extractor);
  dukien_extractor_release(extractor);
  dukien_rules_release(rules);

  if (argc > 1) {
    rules = rules_named("vi-news");
    extractor = extractor_of(rules);
    for (i = 1; i < argc; i++) {
      FILE *file = fopen(argv[i], "rb");
      NEED(file != NULL);
      page = page_of(bytes, fread(bytes, 1, sizeof bytes, file));
      fclose(file);
      climb_all(extractor, &page);
    }
    dukien_extractor_release(extractor);
    dukien_rules_release(rules);
  }
  return checked();
}
