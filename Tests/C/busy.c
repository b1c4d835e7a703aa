/* An object for one thread that is entered twice at once says so, and the first call goes on as if
   nothing had been. From within a callback this needs no luck; from another thread it is waited for. */
#include "check.h"
#include <pthread.h>

static dukien_rules *rules;
static dukien_extractor *extractor;
static dukien_document *document;
static int entered;

static void enter_again(void *user, dukien_str rule, dukien_str step, dukien_span at, int32_t ok) {
  dukien_input page = shop_page();
  dukien_result *result = (dukien_result *)user;
  (void)rule, (void)step, (void)at, (void)ok;
  entered++;
  REFUSED(DUKIEN_E_BUSY, "busy", dukien_run, extractor, &page, NULL, &result);
  REFUSED(DUKIEN_E_BUSY, "busy", dukien_extract, extractor, document, NULL, &result);
  CHECK(result == NULL);
}

static void by_callback(void) {
  dukien_run_options options = run_options();
  dukien_input page = shop_page();
  dukien_result *result, *plain;
  ACCEPTED(dukien_run, extractor, &page, NULL, &plain);
  options.trace = enter_again;
  ACCEPTED(dukien_run, extractor, &page, &options, &result);
  CHECK(entered > 0);
  CHECK(same(json_of(result), json_of(plain)));
  dukien_result_release(result);
  dukien_result_release(plain);
}

/* A flag between two threads. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static int stage;

static void reach(int number) {
  pthread_mutex_lock(&mutex);
  stage = number;
  pthread_cond_broadcast(&condition);
  pthread_mutex_unlock(&mutex);
}

static void await(int number) {
  pthread_mutex_lock(&mutex);
  while (stage < number) pthread_cond_wait(&condition, &mutex);
  pthread_mutex_unlock(&mutex);
}

static void stay_inside(void *user, dukien_str rule, dukien_str step, dukien_span at, int32_t ok) {
  (void)user, (void)rule, (void)step, (void)at, (void)ok;
  if (stage > 0) return;
  reach(1);
  await(2);
}

static void *run_long(void *unused) {
  dukien_run_options options = run_options();
  dukien_input page = shop_page();
  dukien_result *result;
  options.trace = stay_inside;
  ACCEPTED(dukien_run, extractor, &page, &options, &result);
  CHECK(dukien_result_facts(result).count == 2);
  dukien_result_release(result);
  return unused;
}

static void by_thread(void) {
  dukien_input page = shop_page();
  dukien_result *result;
  pthread_t thread;
  NEED(pthread_create(&thread, NULL, run_long, NULL) == 0);
  await(1);
  REFUSED(DUKIEN_E_BUSY, "busy", dukien_run, extractor, &page, NULL, &result);
  CHECK(result == NULL);
  reach(2);
  pthread_join(thread, NULL);
  ACCEPTED(dukien_run, extractor, &page, NULL, &result);
  dukien_result_release(result);
}

int main(void) {
  dukien_input page = shop_page();
  rules = price_rules();
  extractor = extractor_of(rules);
  NEED(dukien_parse(&page, NULL, &document, NULL) == DUKIEN_OK);
  by_callback();
  by_thread();
  dukien_document_release(document);
  dukien_extractor_release(extractor);
  dukien_rules_release(rules);
  return checked();
}
