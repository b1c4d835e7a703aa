/* The shortest time of one call of the library for each page: call TIMES FILE... */
#define _POSIX_C_SOURCE 199309L
#include <dukien.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  static char bytes[1 << 20];
  dukien_str set = {"vi-news", 7};
  dukien_loader *loader = dukien_loader_new(NULL, NULL);
  dukien_rules *rules = NULL;
  dukien_extractor *extractor;
  int times = argc > 1 ? atoi(argv[1]) : 0, page, i;
  dukien_loader_add_name(loader, set, NULL);
  if (dukien_loader_compile(loader, &rules, NULL, NULL) != DUKIEN_OK) return 1;
  extractor = dukien_extractor_new(rules, NULL);
  for (page = 2; page < argc; page++) {
    FILE *file = fopen(argv[page], "rb");
    double best = 1e9;
    dukien_input input = {0};
    if (!file) return 1;
    input.size = sizeof input;
    input.bytes = bytes;
    input.len = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    for (i = 0; i < times; i++) {
      dukien_result *result = NULL;
      double start = seconds(), took;
      if (dukien_run(extractor, &input, NULL, &result, NULL) < 0) return 1;
      dukien_result_release(result);
      took = seconds() - start;
      if (took < best) best = took;
    }
    printf("%.9f\n", best);
  }
  dukien_extractor_release(extractor);
  dukien_rules_release(rules);
  dukien_loader_release(loader);
  return 0;
}
