/* Prints the result for a page as JSON, under the name that was given for the file: json FILE */
#include <dukien.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char bytes[1 << 20];

static int fail(dukien_error *error) {
  dukien_str message = dukien_error_message(error);
  fprintf(stderr, "json: %.*s\n", (int)message.len, message.ptr);
  dukien_error_release(error);
  return 1;
}

int main(int argc, char **argv) {
  dukien_error *error = NULL;
  dukien_rules *rules = NULL;
  dukien_result *result = NULL;
  dukien_input page = {0};
  dukien_str set = {"vi-news", 7}, json;
  FILE *file;
  if (argc != 2) return 2;

  file = fopen(argv[1], "rb");
  if (!file) { perror(argv[1]); return 1; }
  page.size = sizeof page;
  page.bytes = bytes;
  page.len = fread(bytes, 1, sizeof bytes, file);
  page.id.ptr = argv[1];
  page.id.len = strlen(argv[1]);
  fclose(file);

  dukien_loader *loader = dukien_loader_new(NULL, &error);
  if (!loader || dukien_loader_add_name(loader, set, &error) != DUKIEN_OK) return fail(error);
  if (dukien_loader_compile(loader, &rules, NULL, &error) != DUKIEN_OK) return fail(error);
  dukien_extractor *extractor = dukien_extractor_new(rules, &error);
  if (!extractor || dukien_run(extractor, &page, NULL, &result, &error) < 0) return fail(error);
  if (dukien_result_json(result, &json, &error) != DUKIEN_OK) return fail(error);
  fwrite(json.ptr, 1, json.len, stdout);
  putchar('\n');

  dukien_result_release(result);
  dukien_extractor_release(extractor);
  dukien_rules_release(rules);
  dukien_loader_release(loader);
  return 0;
}
