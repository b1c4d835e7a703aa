/* Long pages that mean harm: floods of one sign, of references, attributes and elements, and
   scripts without an end. Each is read whole, a tenth of it, and as far as the usual max_input: time
   grows no faster than the page, memory is a stated multiple of it, and what was cut is told. Every
   page is read by a process of its own, so that its time and memory are its own. */
#include "wellformed.h"
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MB ((size_t)1000000)
#define USUAL_INPUT ((uint64_t)16 << 20)
#define MOST_INPUT  ((uint64_t)1 << 30)

/* A page: an opening, a part again and again, and a closing. */
typedef struct flood {
  const char *name, *opening, *part, *closing;
  int32_t format;
  size_t size;       /* bytes of the page */
  size_t most;       /* bytes of memory for each of them, those of the page itself among them */
  const char *limit; /* what cuts it where max_input does not; NULL: nothing */
} flood;

#define WORDS "<html><body><p>Rice costs 12 dollars.</p>"

static const flood floods[] = {
  {"<", "", "<", "", 2, 100 * MB, 9, "max_tokens"},
  {"< in text", "", "<", "", 1, 20 * MB, 20, "max_tokens"},
  {"script", WORDS "<script>", "if (a<b) c += \"</p>\";\n", "</script>", 0, 50 * MB, 3, NULL},
  {"open script", WORDS "<script>", "if (a<b) c += \"</p>\";\n", "", 0, 50 * MB, 3, NULL},
  {"comments in a script", WORDS "<script>", "<!-- <script ", "", 0, 50 * MB, 3, NULL},
  {"nested JSON", WORDS "<script type=\"application/ld+json\">", "[{\"a\":", "",
   0, 50 * MB, 3, NULL},
  {"comment", WORDS "<!--", "--!", "", 0, 50 * MB, 3, NULL},
  {"value", WORDS "<a href='", "x", "", 0, 50 * MB, 3, NULL},
  {"references", WORDS, "&amp;", "", 0, 30 * MB, 20, "max_tokens"},
  {"references to nothing", WORDS, "&#x110000;", "", 0, 30 * MB, 12, NULL},
  {"attributes", WORDS "<p", " a=1 b=2", ">x", 0, 10 * MB, 6, "html_attributes"},
  {"elements", WORDS, "<div>", "", 0, 10 * MB, 15, "html_nodes"},
  {"elements with a word", WORDS, "<div>x", "", 0, 10 * MB, 45, "html_nodes"},
};

/* What a run took. */
typedef struct cost {
  double seconds; /* of the processor */
  double memory;  /* bytes, at most */
} cost;

static dukien_rules *rules;

static char *printed(const flood *flood) {
  size_t opening = strlen(flood->opening), part = strlen(flood->part);
  size_t closing = strlen(flood->closing), at = opening;
  char *page = malloc(flood->size);
  NEED(page != NULL);
  memcpy(page, flood->opening, opening);
  for (; at + part + closing <= flood->size; at += part) memcpy(page + at, flood->part, part);
  memset(page + at, ' ', flood->size - closing - at);
  memcpy(page + flood->size - closing, flood->closing, closing);
  return page;
}

static double seconds(struct timeval time) {
  return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* Reads the page, and checks what was told of it. */
static cost read_page(const flood *flood, uint64_t max_input) {
  char *bytes = printed(flood);
  dukien_extractor *extractor = extractor_of(rules);
  dukien_run_options options = run_options();
  dukien_input page = page_of(bytes, flood->size);
  dukien_result *result = NULL;
  dukien_status status;
  const dukien_limit_hit *cut;
  struct rusage before, after;
  cost cost;
  page.format = flood->format;
  options.max_input = max_input;
  getrusage(RUSAGE_SELF, &before);
  status = dukien_run(extractor, &page, &options, &result, NULL);
  getrusage(RUSAGE_SELF, &after);
  cost.seconds = seconds(after.ru_utime) + seconds(after.ru_stime)
    - seconds(before.ru_utime) - seconds(before.ru_stime);
  cost.memory = (double)after.ru_maxrss * 1024;

  NEED(result != NULL);
  check_result(result, flood->size);
  cut = hit_named(result, "max_input");
  if (max_input == 0 && flood->size > USUAL_INPUT) {
    CHECK(status == DUKIEN_PARTIAL);
    NEED(cut != NULL && cut->bound == USUAL_INPUT && cut->seen == flood->size);
    CHECK(cut->at.begin == USUAL_INPUT && cut->at.end == flood->size);
  } else {
    CHECK(cut == NULL);
  }
  if (max_input > 0 && flood->limit) {
    CHECK(status == DUKIEN_PARTIAL && hit_named(result, flood->limit) != NULL);
  } else if (max_input > 0) {
    CHECK(status == DUKIEN_OK);
  }
  dukien_result_release(result);
  dukien_extractor_release(extractor);
  free(bytes);
  return cost;
}

/* The same in a process of its own. */
static cost cost_of(const flood *flood, uint64_t max_input) {
  cost cost = {0, 0};
  int ends[2], status = 0;
  pid_t child;
  NEED(pipe(ends) == 0);
  fflush(NULL);
  child = fork();
  NEED(child >= 0);
  if (child == 0) {
    cost = read_page(flood, max_input);
    NEED(write(ends[1], &cost, sizeof cost) == sizeof cost);
    _exit(failures > 0);
  }
  close(ends[1]);
  CHECK(read(ends[0], &cost, sizeof cost) == sizeof cost);
  close(ends[0]);
  NEED(waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  return cost;
}

/* At most twice what ten tenths take; half a second covers what is too short to measure. */
static int is_linear(double whole, double tenth) { return whole <= 20 * tenth + 0.5; }

static void read_flood(const flood *whole) {
  flood tenth = *whole;
  cost of_whole, of_tenth, of_usual;
  double most = (double)(whole->most * whole->size);
  tenth.size = whole->size / 10;
  tenth.limit = NULL;
  of_whole = cost_of(whole, MOST_INPUT);
  of_tenth = cost_of(&tenth, 0);
  of_usual = cost_of(whole, 0);
  if (!CHECK(is_linear(of_whole.seconds, of_tenth.seconds)
             && is_linear(of_usual.seconds, of_tenth.seconds)
             && of_whole.memory <= most && of_usual.memory <= most))
    fprintf(stderr, "%s: %.2f s, a tenth %.2f s, cut %.2f s; %.0f MB, cut %.0f MB\n", whole->name,
            of_whole.seconds, of_tenth.seconds, of_usual.seconds, of_whole.memory / 1e6,
            of_usual.memory / 1e6);
}

int main(void) {
  size_t i;
  rules = rules_named("vi-news");
  for (i = 0; i < sizeof floods / sizeof *floods; i++) read_flood(&floods[i]);
  dukien_rules_release(rules);
  return checked();
}
