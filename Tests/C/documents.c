/* A page that was read is extracted many times, and each time as if it were read anew. */
#include "wellformed.h"

static const char html[] =
  "<!doctype html><html lang=en><head><title>Prices of the week</title>"
  "<meta name=author content='Ann Bo'></head><body><article><h1>Prices of the week</h1>"
  "<p>Rice costs 12 dollars.</p><p>In the north, coffee costs 9 euros.</p></article></body></html>";

static void as_if_run(dukien_extractor *extractor, dukien_input page) {
  dukien_document *document;
  dukien_result *direct, *extracted;
  char *copy = malloc(page.len + 1);
  int i;
  NEED(copy != NULL);
  memcpy(copy, page.bytes, page.len);
  page.id = text("week 7"), page.published = text("2024-02-29");
  page.url = text("https://example.org/prices"), page.encoding = text("utf-8");
  ACCEPTED(dukien_run, extractor, &page, NULL, &direct);
  page.bytes = copy;
  ACCEPTED(dukien_parse, &page, NULL, &document);
  memset(copy, 'x', page.len); /* the document holds what it needs */
  free(copy);
  for (i = 0; i < 3; i++) {
    ACCEPTED(dukien_extract, extractor, document, NULL, &extracted);
    check_result(extracted, page.len);
    CHECK(same(json_of(direct), json_of(extracted)));
    dukien_result_release(extracted);
  }
  CHECK(dukien_document_retain(document) == document);
  dukien_document_release(document);
  ACCEPTED(dukien_extract, extractor, document, NULL, &extracted);
  dukien_document_release(document);
  CHECK(same(json_of(direct), json_of(extracted))); /* results outlive the document */
  dukien_result_release(extracted);
  dukien_result_release(direct);
}

/* One document, many rule sets; and no further than the article, where that is asked for. */
static void many_sets(void) {
  dukien_rules *rules = price_rules();
  dukien_extractor *facts = extractor_of(rules), *parser = dukien_parser_new(NULL);
  dukien_input page = page_of(html, sizeof html - 1);
  dukien_run_options options = run_options();
  dukien_document *document;
  dukien_result *result;
  ACCEPTED(dukien_parse, &page, NULL, &document);
  ACCEPTED(dukien_extract, facts, document, NULL, &result);
  CHECK(dukien_result_facts(result).count == 2);
  dukien_result_release(result);
  options.until = DUKIEN_UNTIL_ARTICLE;
  ACCEPTED(dukien_extract, facts, document, &options, &result);
  CHECK(dukien_result_facts(result).count == 0 && dukien_result_values(result).count == 0);
  CHECK(dukien_result_blocks(result).count > 0);
  dukien_result_release(result);
  ACCEPTED(dukien_extract, parser, document, NULL, &result);
  CHECK(dukien_result_facts(result).count == 0 && dukien_result_fields(result).count > 0);
  dukien_result_release(result);
  dukien_document_release(document);
  dukien_extractor_release(parser);
  dukien_extractor_release(facts);
  dukien_rules_release(rules);
}

int main(void) {
  dukien_rules *rules = price_rules();
  dukien_extractor *extractor = extractor_of(rules);
  as_if_run(extractor, shop_page());
  as_if_run(extractor, page_of(html, sizeof html - 1));
  as_if_run(extractor, page_of("", 0));
  as_if_run(extractor, page_of("\xFF\xFE\x00", 3));
  dukien_extractor_release(extractor);
  dukien_rules_release(rules);
  many_sets();
  return checked();
}
