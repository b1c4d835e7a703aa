/* Reads a folder's pages again and again until a given amount of text went through, and prints
   the speed of every stage, the speed end to end, the memory asked for, and a digest of the output.

     benchmark FOLDER [MEGABYTES]         facts of *.txt
     benchmark parse FOLDER [MEGABYTES]   articles of *.html
     benchmark promises [PROJECT]         see promises.c

   The same file is linked with the ordinary build and with the shipped library. Speeds are of one
   thread; compare figures of one call only, machines differ from minute to minute. */
#define _GNU_SOURCE
#include "benchmark.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- memory asked for: every allocation of the process passes here ---- */

extern void *__libc_malloc(size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
static unsigned long long allocated, allocations;

void *malloc(size_t n) {
  allocated += n, allocations++;
  return __libc_malloc(n);
}

void *realloc(void *p, size_t n) {
  allocated += n, allocations++;
  return __libc_realloc(p, n);
}

int posix_memalign(void **p, size_t alignment, size_t n) {
  allocated += n, allocations++;
  *p = __libc_memalign(alignment, n);
  return *p ? 0 : 12;
}

/* ---- pages ---- */

typedef struct {
  char *bytes, name[256];
  size_t count;
} page;

static page pages[1024];
static size_t page_count;

static int by_name(const void *a, const void *b) {
  return strcmp(((const page *)a)->name, ((const page *)b)->name);
}

static void read_pages(const char *folder, const char *ending) {
  DIR *d = opendir(folder);
  struct dirent *entry;
  if (!d) { perror(folder); exit(2); }
  while ((entry = readdir(d)) && page_count < sizeof pages / sizeof *pages) {
    size_t length = strlen(entry->d_name), tail = strlen(ending);
    char path[4096];
    page *p = &pages[page_count];
    FILE *f;
    if (length < tail || strcmp(entry->d_name + length - tail, ending) || length >= sizeof p->name)
      continue;
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    if (!(f = fopen(path, "rb"))) continue;
    fseek(f, 0, SEEK_END);
    p->count = (size_t)ftell(f);
    rewind(f);
    p->bytes = malloc(p->count + 1);
    p->count = fread(p->bytes, 1, p->count, f);
    fclose(f);
    memcpy(p->name, entry->d_name, length + 1);
    page_count++;
  }
  closedir(d);
  qsort(pages, page_count, sizeof *pages, by_name);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void benchmark_fail(dukien_error *e) {
  dukien_str m = dukien_error_message(e);
  fprintf(stderr, "benchmark: %.*s\n", (int)m.len, m.ptr);
  exit(1);
}

int main(int argc, char **argv) {
  double begin, compile, total = 0;
  unsigned long long bytes = 0, digest = 1469598103934665603ull, runs = 0, facts = 0, start;
  struct { char name[32]; double seconds; } stages[32] = {{{0}, 0}};
  dukien_error *error = NULL;
  dukien_loader *loader = NULL;
  dukien_rules *rules = NULL;
  dukien_extractor *extractor;
  dukien_str set = {"vi-news", 7};
  size_t i;
  if (argc > 1 && !strcmp(argv[1], "promises")) return benchmark_promises(argc - 1, argv + 1);
  int parses = argc > 1 && !strcmp(argv[1], "parse");
  const char *ending = parses ? ".html" : ".txt";
  argc -= parses, argv += parses;
  if (argc < 2) { fprintf(stderr, "usage: benchmark [parse] FOLDER [MEGABYTES]\n"); return 2; }
  double megabytes = argc > 2 ? atof(argv[2]) : 20;
  read_pages(argv[1], ending);
  if (!page_count) { fprintf(stderr, "benchmark: no *%s in %s\n", ending, argv[1]); return 2; }

  begin = now();
  if (parses) {
    extractor = dukien_parser_new(&error);
  } else {
    loader = dukien_loader_new(NULL, &error);
    if (!loader || dukien_loader_add_name(loader, set, &error) != DUKIEN_OK) benchmark_fail(error);
    if (dukien_loader_compile(loader, &rules, NULL, &error) != DUKIEN_OK) benchmark_fail(error);
    extractor = dukien_extractor_new(rules, &error);
  }
  if (!extractor) benchmark_fail(error);
  compile = now() - begin;

  dukien_run_options options = {0};
  options.size = sizeof options;
  options.until = parses ? DUKIEN_UNTIL_ARTICLE : DUKIEN_UNTIL_FACTS;
  start = allocated;
  while ((double)bytes < megabytes * 1e6) {
    for (size_t n = 0; n < page_count; n++) {
      dukien_input input = {0};
      dukien_result *result = NULL;
      dukien_view view;
      input.size = sizeof input;
      input.bytes = pages[n].bytes;
      input.len = pages[n].count;
      begin = now();
      if (dukien_run(extractor, &input, &options, &result, &error) < 0) benchmark_fail(error);
      total += now() - begin;
      bytes += input.len;
      view = dukien_result_stages(result);
      for (i = 0; i < view.count && i < 32; i++) {
        const dukien_stage *s = DUKIEN_AT(dukien_stage, view, i);
        snprintf(stages[i].name, sizeof stages[i].name, "%.*s", (int)s->name.len, s->name.ptr);
        stages[i].seconds += 1e-9 * (double)s->nanoseconds;
      }
      facts += dukien_result_facts(result).count;
      if (runs++ < page_count) { /* the first round tells the output */
        dukien_str json;
        if (dukien_result_json(result, &json, &error) != DUKIEN_OK) benchmark_fail(error);
        for (i = 0; i < json.len; i++) digest = (digest ^ (unsigned char)json.ptr[i]) * 1099511628211ull;
      }
      dukien_result_release(result);
    }
  }
  printf("%-10s %9s %7s\n", "stage", "MB/s", "share");
  for (i = 0; i < 32 && stages[i].name[0]; i++)
    printf("%-10s %9.1f %6.1f%%\n", stages[i].name, (double)bytes / 1e6 / stages[i].seconds,
           100 * stages[i].seconds / total);
  printf("%-10s %9.2f %6.1f%%\n", "end to end", (double)bytes / 1e6 / total, 100.0);
  printf("%zu pages, %.1f MB, %llu facts; rules compiled in %.1f ms\n", page_count,
         (double)bytes / 1e6, facts, 1e3 * compile);
  printf("%.0f pages a second\n", (double)runs / total);
  printf("%.1f bytes asked of malloc per byte of text\n", (double)(allocated - start) / (double)bytes);
  printf("digest of the output %016llx\n", digest);
  dukien_extractor_release(extractor);
  dukien_rules_release(rules);
  dukien_loader_release(loader);
  return 0;
}
