/* Logs and traces: called with the host's pointer, with text that is text, and changing nothing. */
#include "wellformed.h"

struct heard {
  int logs, traces, facts, strange;
  uint64_t length;
};

static void hear_log(void *user, int32_t level, dukien_str words) {
  struct heard *heard = user;
  heard->logs++;
  if (level < DUKIEN_LOG_WARNING || level > DUKIEN_LOG_DEBUG || !words.len || !is_utf8(words))
    heard->strange++;
}

static void hear_trace(void *user, dukien_str rule, dukien_str step, dukien_span at, int32_t ok) {
  struct heard *heard = user;
  heard->traces++;
  heard->facts += is(step, "fact");
  if (!is(rule, "costs") || !step.len || !fits(at, heard->length) || (ok != 0 && ok != 1))
    heard->strange++;
}

int main(void) {
  dukien_rules *rules = price_rules();
  dukien_extractor *extractor = extractor_of(rules);
  dukien_run_options options = run_options();
  dukien_input page = shop_page();
  dukien_document *document;
  dukien_result *plain, *watched;
  struct heard heard = {0};
  int logs;
  heard.length = page.len;
  ACCEPTED(dukien_run, extractor, &page, NULL, &plain);
  options.user = &heard;
  ACCEPTED(dukien_run, extractor, &page, &options, &watched); /* a pointer for nobody */
  CHECK(heard.logs == 0 && heard.traces == 0);
  dukien_result_release(watched);

  options.log = hear_log, options.trace = hear_trace;
  ACCEPTED(dukien_run, extractor, &page, &options, &watched);
  CHECK(heard.logs > 0 && heard.facts >= 2 && heard.strange == 0);
  CHECK(same(json_of(plain), json_of(watched)));
  dukien_result_release(watched);

  logs = heard.logs;
  ACCEPTED(dukien_parse, &page, &options, &document);
  CHECK(heard.logs > logs && heard.strange == 0);
  dukien_document_release(document);

  dukien_result_release(plain);
  dukien_extractor_release(extractor);
  dukien_rules_release(rules);
  return checked();
}
