/* rules.h - the shipped rule sets, carried inside the library as their YAML sources. */
#ifndef DUKIEN_RULES_H
#define DUKIEN_RULES_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  const char *set;  /* "vi-core" */
  const char *name; /* "numbers.yaml" */
  const uint8_t *bytes;
  size_t count;
} rules_file;

/* Number of files; the table is sorted by set, then by name. */
size_t rules_file_count(void);

/* File `index`, or NULL past the end. It lives as long as the program. */
const rules_file *rules_file_at(size_t index);

#endif
