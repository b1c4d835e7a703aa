/* A run that is given a flag ends when the flag is set: before, from a callback, from a signal
   handler, from another thread. The extractor can be used again at once. */
#include "check.h"
#include <pthread.h>
#include <signal.h>

static dukien_rules *rules;
static dukien_extractor *extractor;
static dukien_cancel *cancel;

/* A page that takes long enough for somebody to change his mind. */
static char *book;
static size_t book_length;

static void print_book(void) {
  static const char line[] = "Rice costs 12 dollars, and in the north coffee costs 9 euros.\n";
  size_t lines = 60000, i;
  book_length = lines * (sizeof line - 1);
  book = malloc(book_length);
  NEED(book != NULL);
  for (i = 0; i < lines; i++) memcpy(book + i * (sizeof line - 1), line, sizeof line - 1);
}

#define CANCELLED(...) REFUSED(DUKIEN_E_CANCELLED, NULL, __VA_ARGS__)

static void before(void) {
  dukien_run_options options = run_options();
  dukien_input page = shop_page();
  dukien_result *result;
  dukien_document *document, *none;
  options.cancel = cancel;
  CHECK(dukien_cancel_is_set(cancel) == 0);
  ACCEPTED(dukien_run, extractor, &page, &options, &result);
  dukien_result_release(result);
  ACCEPTED(dukien_parse, &page, NULL, &document);

  dukien_cancel_set(cancel);
  CHECK(dukien_cancel_is_set(cancel) == 1);
  CANCELLED(dukien_run, extractor, &page, &options, &result);
  CANCELLED(dukien_extract, extractor, document, &options, &result);
  CANCELLED(dukien_parse, &page, &options, &none);
  CHECK(result == NULL && none == NULL);
  ACCEPTED(dukien_run, extractor, &page, NULL, &result);
  dukien_result_release(result);

  dukien_cancel_clear(cancel);
  CHECK(dukien_cancel_is_set(cancel) == 0);
  ACCEPTED(dukien_extract, extractor, document, &options, &result);
  dukien_result_release(result);
  dukien_document_release(document);
}

static void set_flag(void *user, dukien_str rule, dukien_str step, dukien_span at, int32_t ok) {
  (void)rule, (void)step, (void)at, (void)ok;
  dukien_cancel_set(user);
}

static void from_callback(void) {
  dukien_run_options options = run_options();
  dukien_input page = page_of(book, book_length);
  dukien_result *result = NULL;
  options.cancel = cancel, options.trace = set_flag, options.user = cancel;
  CANCELLED(dukien_run, extractor, &page, &options, &result);
  CHECK(result == NULL);
  dukien_cancel_clear(cancel);
}

static void on_signal(int number) {
  (void)number;
  dukien_cancel_set(cancel);
}

static void raise_signal(void *user, dukien_str rule, dukien_str step, dukien_span at, int32_t ok) {
  (void)user, (void)rule, (void)step, (void)at, (void)ok;
  raise(SIGUSR1);
}

static void from_signal(void) {
  dukien_run_options options = run_options();
  dukien_input page = page_of(book, book_length);
  dukien_result *result = NULL;
  struct sigaction action = {0};
  action.sa_handler = on_signal;
  NEED(sigaction(SIGUSR1, &action, NULL) == 0);
  options.cancel = cancel, options.trace = raise_signal;
  CHECK(dukien_run(extractor, &page, &options, &result, NULL) == DUKIEN_E_CANCELLED);
  CHECK(result == NULL);
  dukien_cancel_clear(cancel);
}

static void *set_from_thread(void *unused) {
  dukien_cancel_set(cancel);
  return unused;
}

static void from_thread(void) {
  dukien_run_options options = run_options();
  dukien_input page = page_of(book, book_length);
  dukien_result *result = NULL;
  pthread_t thread;
  dukien_status status;
  options.cancel = cancel;
  NEED(pthread_create(&thread, NULL, set_from_thread, NULL) == 0);
  do {
    dukien_result_release(result);
    status = dukien_run(extractor, &page, &options, &result, NULL);
  } while (status >= DUKIEN_OK);
  CHECK(status == DUKIEN_E_CANCELLED && result == NULL);
  pthread_join(thread, NULL);
  dukien_cancel_clear(cancel);
}

int main(void) {
  rules = price_rules();
  extractor = extractor_of(rules);
  cancel = dukien_cancel_new(NULL);
  NEED(cancel != NULL);
  print_book();
  before();
  from_callback();
  from_signal();
  from_thread();
  free(book);
  dukien_cancel_release(cancel);
  dukien_extractor_release(extractor);
  dukien_rules_release(rules);
  return checked();
}
