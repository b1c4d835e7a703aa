/* Many pages at once: in order, each told to the sink once, whatever becomes of the others. */
#include "wellformed.h"
#include <pthread.h>
#include <stdint.h>

#define PAGES 200

static dukien_rules *rules;
static dukien_input pages[PAGES];
static const dukien_input *inputs[PAGES];

struct basket {
  size_t next, facts, failed, end_at;
  pthread_t thread;
  int strange;
};

static int32_t put(void *user, size_t index, dukien_status status, dukien_result *result,
                   const dukien_error *error) {
  struct basket *basket = user;
  if (index != basket->next || !pthread_equal(basket->thread, pthread_self())) basket->strange++;
  if ((status >= DUKIEN_OK) != (result != NULL) || (status < DUKIEN_OK) != (error != NULL))
    basket->strange++;
  if (error && (dukien_error_status(error) != status || !dukien_error_code(error).len))
    basket->strange++;
  basket->next++;
  basket->failed += status < DUKIEN_OK;
  basket->facts += dukien_result_facts(result).count;
  dukien_result_release(result);
  return basket->next == basket->end_at;
}

static struct basket empty_basket(void) {
  struct basket basket = {0};
  basket.thread = pthread_self();
  return basket;
}

static void fill(void) {
  size_t i;
  for (i = 0; i < PAGES; i++) pages[i] = shop_page(), inputs[i] = &pages[i];
}

static void all_in_order(void) {
  static const uint32_t threads[] = {0, 1, 2, 3, 16, 256};
  size_t i;
  for (i = 0; i < sizeof threads / sizeof *threads; i++) {
    struct basket basket = empty_basket();
    ACCEPTED(dukien_run_batch, rules, inputs, PAGES, threads[i], NULL, put, &basket);
    CHECK(basket.next == PAGES && basket.failed == 0 && basket.strange == 0);
    CHECK(basket.facts == 2 * PAGES);
  }
}

static void too_many_threads(void) {
  static const uint32_t threads[] = {257, 1000, UINT32_MAX};
  struct basket basket = empty_basket();
  size_t i;
  for (i = 0; i < sizeof threads / sizeof *threads; i++)
    REFUSED(DUKIEN_E_ARGUMENT, NULL, dukien_run_batch, rules, inputs, PAGES, threads[i], NULL, put,
            &basket);
  CHECK(basket.next == 0);
}

/* Pages that cannot be read, and places where no page is. */
static void some_fail(void) {
  uint32_t threads;
  for (threads = 0; threads <= 4; threads += 2) {
    struct basket basket = empty_basket();
    fill();
    pages[0].format = 99;
    pages[7].bytes = NULL;
    pages[8].size = 1;
    inputs[9] = NULL;
    pages[PAGES - 1].published = text("yesterday");
    ACCEPTED(dukien_run_batch, rules, inputs, PAGES, threads, NULL, put, &basket);
    CHECK(basket.next == PAGES && basket.failed == 5 && basket.strange == 0);
    CHECK(basket.facts == 2 * (PAGES - 5));
    fill();
  }
}

/* Whoever has seen enough ends the batch: nothing is told after that. */
static void ends_early(void) {
  static const size_t ends[] = {1, 2, 50, PAGES - 1};
  uint32_t threads;
  size_t i;
  for (threads = 0; threads <= 8; threads += 4)
    for (i = 0; i < sizeof ends / sizeof *ends; i++) {
      struct basket basket = empty_basket();
      basket.end_at = ends[i];
      REFUSED(DUKIEN_E_CANCELLED, NULL, dukien_run_batch, rules, inputs, PAGES, threads, NULL, put,
              (basket.next = 0, &basket));
      CHECK(basket.next == ends[i] && basket.strange == 0);
    }
}

static void cancelled(void) {
  dukien_cancel *cancel = dukien_cancel_new(NULL);
  dukien_run_options options = run_options();
  uint32_t threads;
  options.cancel = cancel;
  dukien_cancel_set(cancel);
  for (threads = 0; threads <= 4; threads += 2) {
    struct basket basket = empty_basket();
    REFUSED(DUKIEN_E_CANCELLED, NULL, dukien_run_batch, rules, inputs, PAGES, threads, &options, put,
            &basket);
    CHECK(basket.facts == 0);
  }
  dukien_cancel_release(cancel);
}

/* A sink that works with the library while its batch runs. */
static int32_t work(void *user, size_t index, dukien_status status, dukien_result *result,
                    const dukien_error *error) {
  struct basket inner = empty_basket();
  (void)index, (void)status, (void)error;
  check_result(result, sizeof shop - 1);
  if (CHECK(dukien_run_batch(rules, inputs, 3, 2, NULL, put, &inner, NULL) == DUKIEN_OK))
    ++*(size_t *)user;
  CHECK(inner.next == 3);
  dukien_result_release(result);
  return 0;
}

static void inside_sink(void) {
  size_t count = 0;
  ACCEPTED(dukien_run_batch, rules, inputs, 10, 4, NULL, work, &count);
  CHECK(count == 10);
}

/* Arguments that no page could be read with are told at once, and no page to the sink. */
static void bad_arguments(void) {
  dukien_run_options options = run_options();
  struct basket basket = empty_basket();
  options.size = 3;
  REFUSED(DUKIEN_E_ARGUMENT, "argument.size", dukien_run_batch, rules, inputs, PAGES, 2, &options,
          put, &basket);
  options = run_options(), options.reserved = 1;
  REFUSED(DUKIEN_E_VERSION, "version.option", dukien_run_batch, rules, inputs, PAGES, 2, &options,
          put, &basket);
  REFUSED(DUKIEN_E_ARGUMENT, LENGTH_CODE, dukien_run_batch, rules, inputs, SIZE_MAX, 2, NULL, put,
          &basket);
  CHECK(basket.next == 0);
}

int main(void) {
  rules = price_rules();
  fill();
  all_in_order();
  too_many_threads();
  some_fail();
  ends_early();
  cancelled();
  inside_sink();
  bad_arguments();
  dukien_rules_release(rules);
  return checked();
}
