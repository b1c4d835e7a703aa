/* Sixteen threads share what the header says that they may share, as hard as they can; built with
   ThreadSanitizer, a race anywhere in the library is reported: threads [ROUNDS]

   threads race makes a race on purpose, which must be reported. */
#include "check.h"
#include <pthread.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#define THREADS 16

static int rounds = 20;

/* Mistakes are counted under a lock that is taken for mistakes alone: it orders nothing else. */
static pthread_mutex_t mistakes = PTHREAD_MUTEX_INITIALIZER;

static void mistake(int line, const char *what) {
  pthread_mutex_lock(&mistakes);
  check(0, __FILE__, line, what);
  pthread_mutex_unlock(&mistakes);
}

#define EXPECT(condition) do { if (!(condition)) mistake(__LINE__, #condition); } while (0)

static pthread_barrier_t start;

struct job {
  int (*work)(int number); /* says how often it did something */
  int number, done;
};

static void *run_job(void *argument) {
  struct job *job = argument;
  pthread_barrier_wait(&start);
  job->done = job->work(job->number);
  return NULL;
}

static void on_threads(const char *name, int (*work)(int)) {
  pthread_t threads[THREADS];
  struct job jobs[THREADS];
  int i, done = 0;
  NEED(pthread_barrier_init(&start, NULL, THREADS) == 0);
  for (i = 0; i < THREADS; i++) {
    jobs[i].work = work, jobs[i].number = i, jobs[i].done = 0;
    NEED(pthread_create(&threads[i], NULL, run_job, &jobs[i]) == 0);
  }
  for (i = 0; i < THREADS; i++) pthread_join(threads[i], NULL), done += jobs[i].done;
  pthread_barrier_destroy(&start);
  CHECK(done > 0);
  printf("%s: %d\n", name, done);
}

/* ---- what is shared ---- */

static dukien_rules *rules;
static dukien_document *document;
static dukien_result *result;
static dukien_cancel *cancel;
static char *expected;
static size_t expected_length;

static int as_expected(dukien_result *it) {
  dukien_str json = {0};
  return dukien_result_json(it, &json, NULL) == DUKIEN_OK && json.len == expected_length
    && memcmp(json.ptr, expected, expected_length) == 0;
}

static int share_rules(int number) {
  dukien_extractor *extractor = dukien_extractor_new(rules, NULL);
  int i;
  (void)number;
  for (i = 0; i < rounds; i++) {
    dukien_input page = shop_page();
    dukien_result *it = NULL;
    EXPECT(dukien_run(extractor, &page, NULL, &it, NULL) == DUKIEN_OK && as_expected(it));
    dukien_result_release(it);
  }
  dukien_extractor_release(extractor);
  return i;
}

/* Loaders compile at once; each rule set gets around with those of the others. */
static int compile(int number) {
  dukien_loader *loader = dukien_loader_new(NULL, NULL);
  dukien_rules *own = NULL;
  dukien_diagnostics *found = NULL;
  int i;
  for (i = 0; i < 2; i++) {
    dukien_str words = number % 4 == 0 ? text("page") : text("prices");
    if (i == 0 && number % 4 == 0) EXPECT(dukien_loader_add_name(loader, words, NULL) == DUKIEN_OK);
    if (i == 0 && number % 4 != 0)
      EXPECT(dukien_loader_add_memory(loader, words, prices, sizeof prices - 1, NULL) == DUKIEN_OK);
    EXPECT(dukien_loader_compile(loader, &own, &found, NULL) == DUKIEN_OK);
    if (number % 4 != 0)
      EXPECT(same(dukien_rules_fingerprint(own), dukien_rules_fingerprint(rules)));
    dukien_diagnostics_release(found);
    dukien_rules_release(own);
  }
  dukien_loader_release(loader);
  return i;
}

static int count_references(int number) {
  int i;
  (void)number;
  for (i = 0; i < rounds * 500; i++) {
    EXPECT(dukien_rules_retain(rules) == rules);
    EXPECT(dukien_document_retain(document) == document);
    dukien_document_release(document);
    dukien_rules_release(rules);
  }
  return i;
}

static int share_document(int number) {
  dukien_extractor *extractor = dukien_extractor_new(rules, NULL);
  int i;
  (void)number;
  for (i = 0; i < rounds; i++) {
    dukien_result *it = NULL;
    dukien_document_retain(document);
    EXPECT(dukien_extract(extractor, document, NULL, &it, NULL) == DUKIEN_OK && as_expected(it));
    dukien_document_release(document);
    dukien_result_release(it);
  }
  dukien_extractor_release(extractor);
  return i;
}

/* One result, read by all; its JSON is built once, by whoever comes first. */
static int share_result(int number) {
  dukien_str first = {0}, again = {0};
  int i;
  (void)number;
  EXPECT(dukien_result_json(result, &first, NULL) == DUKIEN_OK && as_expected(result));
  for (i = 0; i < rounds; i++) {
    void *bytes;
    size_t count;
    EXPECT(dukien_result_json(result, &again, NULL) == DUKIEN_OK && again.ptr == first.ptr);
    EXPECT(dukien_result_facts(result).count == 2);
    EXPECT(dukien_result_print(result, text("row"), &bytes, &count, NULL) == DUKIEN_OK && count > 0);
    dukien_bytes_release(bytes);
  }
  return i;
}

/* A flag is set and cleared while runs go by it: each ends well or is cancelled. */
static int share_cancel(int number) {
  dukien_extractor *extractor = dukien_extractor_new(rules, NULL);
  dukien_run_options options = run_options();
  int i;
  options.cancel = cancel;
  for (i = 0; i < rounds * 5; i++) {
    dukien_input page = shop_page();
    dukien_result *it = NULL;
    dukien_status status;
    if (number == 0) dukien_cancel_set(cancel);
    if (number == 1) dukien_cancel_clear(cancel);
    if (number == 2) EXPECT(dukien_cancel_is_set(cancel) <= 1);
    status = dukien_run(extractor, &page, &options, &it, NULL);
    EXPECT((status == DUKIEN_OK && as_expected(it)) || (status == DUKIEN_E_CANCELLED && !it));
    dukien_result_release(it);
  }
  dukien_extractor_release(extractor);
  return i;
}

/* ---- one extractor, entered by all: a mistake that must stay harmless ---- */

static dukien_extractor *contested;

static int enter(int number) {
  int i, entered = 0;
  (void)number;
  for (i = 0; i < rounds * 5; i++) {
    dukien_input page = shop_page();
    dukien_result *it = NULL;
    dukien_status status = dukien_run(contested, &page, NULL, &it, NULL);
    EXPECT((status == DUKIEN_OK && as_expected(it)) || (status == DUKIEN_E_BUSY && !it));
    entered += status == DUKIEN_OK;
    dukien_result_release(it);
  }
  return entered;
}

/* ---- batches at once ---- */

static int32_t take(void *user, size_t index, dukien_status status, dukien_result *it,
                    const dukien_error *error) {
  (void)error;
  EXPECT(index == *(size_t *)user && status == DUKIEN_OK && as_expected(it));
  ++*(size_t *)user;
  dukien_result_release(it);
  return 0;
}

static int batch(int number) {
  enum { PAGES = 12 };
  dukien_input page = shop_page();
  const dukien_input *pages[PAGES];
  int i;
  for (i = 0; i < PAGES; i++) pages[i] = &page;
  for (i = 0; i < rounds / 4; i++) {
    size_t next = 0;
    EXPECT(dukien_run_batch(rules, pages, PAGES, (uint32_t)(number % 4 + 1), NULL, take, &next, NULL)
           == DUKIEN_OK);
    EXPECT(next == PAGES);
  }
  return i;
}

/* ---- reload under load: one thread changes the files and takes them over, the others go on ---- */

static char folder[] = "/tmp/dukien-threads-XXXXXX";
static pthread_mutex_t handover = PTHREAD_MUTEX_INITIALIZER;
static dukien_rules *current;
static dukien_loader *watched;
static int reloading;

static void write_rules(int number) {
  char path[64], next[64];
  FILE *file;
  snprintf(path, sizeof path, "%s/set.yaml", folder);
  snprintf(next, sizeof next, "%s/next", folder);
  file = fopen(next, "w");
  if (!file) { mistake(__LINE__, "fopen"); return; }
  fprintf(file, "# %d\n%s", number, prices);
  if (number % 5 == 4) fprintf(file, "unheard-of: 1\n"); /* a mistake now and then */
  fclose(file);
  EXPECT(rename(next, path) == 0);
}

static int take_over(void) {
  int i, changes = 0;
  for (i = 0; i < rounds; i++) {
    int32_t changed = 0;
    dukien_rules *fresh = NULL, *old;
    dukien_diagnostics *found = NULL;
    dukien_status status;
    write_rules(i);
    status = dukien_loader_reload(watched, &changed, &fresh, &found, NULL);
    EXPECT(status == (i % 5 == 4 ? DUKIEN_E_RULES : DUKIEN_OK));
    EXPECT((changed == 1) == (fresh != NULL));
    dukien_diagnostics_release(found);
    if (!fresh) continue;
    changes++;
    pthread_mutex_lock(&handover);
    old = current;
    current = fresh;
    pthread_mutex_unlock(&handover);
    dukien_rules_release(old);
  }
  pthread_mutex_lock(&handover);
  reloading = 0;
  pthread_mutex_unlock(&handover);
  return changes;
}

static int reload(int number) {
  int i = 0, going = 1;
  if (number == 0) return take_over();
  while (going) {
    dukien_input page = shop_page();
    dukien_extractor *extractor;
    dukien_rules *mine;
    dukien_result *it = NULL;
    pthread_mutex_lock(&handover);
    mine = dukien_rules_retain(current);
    going = reloading;
    pthread_mutex_unlock(&handover);
    extractor = dukien_extractor_new(mine, NULL);
    dukien_rules_release(mine);
    EXPECT(dukien_run(extractor, &page, NULL, &it, NULL) == DUKIEN_OK);
    EXPECT(dukien_result_facts(it).count == 2);
    dukien_result_release(it);
    dukien_extractor_release(extractor);
    i++;
  }
  return i;
}

static void reload_under_load(void) {
  char path[64];
  NEED(mkdtemp(folder) != NULL);
  write_rules(-1);
  watched = dukien_loader_new(NULL, NULL);
  NEED(dukien_loader_add_dir(watched, text(folder), NULL) == DUKIEN_OK);
  NEED(dukien_loader_compile(watched, &current, NULL, NULL) == DUKIEN_OK);
  reloading = 1;
  on_threads("reload under load", reload);
  dukien_rules_release(current);
  dukien_loader_release(watched);
  snprintf(path, sizeof path, "%s/set.yaml", folder);
  CHECK(unlink(path) == 0 && rmdir(folder) == 0);
}

/* ---- fork: a child goes on with what its parent made ---- */

static void after_fork(dukien_extractor *extractor) {
  int status = -1;
  pid_t child;
  fflush(stdout);
  child = fork();
  NEED(child >= 0);
  if (child == 0) {
    dukien_input page = shop_page();
    dukien_result *it = NULL;
    dukien_rules *own = price_rules();
    int ok = dukien_run(extractor, &page, NULL, &it, NULL) == DUKIEN_OK && as_expected(it);
    dukien_result_release(it);
    dukien_rules_release(own);
    _exit(ok ? 0 : 1);
  }
  CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
  printf("fork: the child ends with %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

/* ---- a mistake of the host: one thread reads what the library writes for another ---- */

static dukien_str contested_text;

static int race(int number) {
  size_t seen = 0;
  if (number == 0) return dukien_result_json(result, &contested_text, NULL) == DUKIEN_OK;
  for (; number < 1000; number++) seen += contested_text.len;
  return seen < SIZE_MAX;
}

int main(int argc, char **argv) {
  dukien_extractor *extractor;
  dukien_input page = shop_page();
  dukien_str json;
  int races = argc > 1 && strcmp(argv[1], "race") == 0;
  if (argc > 1 && !races) rounds = atoi(argv[1]);
  rules = price_rules();
  extractor = extractor_of(rules);
  cancel = dukien_cancel_new(NULL);
  NEED(dukien_parse(&page, NULL, &document, NULL) == DUKIEN_OK);
  NEED(dukien_run(extractor, &page, NULL, &result, NULL) == DUKIEN_OK);
  json = json_of(result);
  expected = malloc(expected_length = json.len);
  NEED(expected != NULL);
  memcpy(expected, json.ptr, json.len);
  dukien_result_release(result);
  NEED(dukien_run(extractor, &page, NULL, &result, NULL) == DUKIEN_OK);
  if (races) {
    on_threads("a race", race);
    return checked();
  }

  on_threads("runs over shared rules", share_rules);
  on_threads("compilations", compile);
  on_threads("references taken and given back", count_references);
  on_threads("extractions of a shared document", share_document);
  on_threads("readings of a shared result", share_result);
  on_threads("runs beside a flag that is set and cleared", share_cancel);
  contested = extractor;
  on_threads("runs that got into a contested extractor", enter);
  on_threads("batches", batch);
  reload_under_load();
  after_fork(extractor);

  free(expected);
  dukien_result_release(result);
  dukien_document_release(document);
  dukien_cancel_release(cancel);
  dukien_extractor_release(extractor);
  dukien_rules_release(rules);
  return checked();
}
