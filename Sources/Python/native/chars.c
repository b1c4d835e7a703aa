/* Where a byte of a page stands in its str: blocks are counted once, the rest on demand. */
#include "native.h"

#include <stdlib.h>

#define BLOCK 256

static size_t count_chars(const unsigned char *bytes, size_t count) {
  size_t chars = 0, i;
  for (i = 0; i < count; i++) chars += (bytes[i] & 0xC0) != 0x80;
  return chars;
}

int char_index_make(PyObject *page, char_index *out) {
  char *bytes;
  Py_ssize_t count;
  size_t blocks, chars = 0, i;
  PyObject *text;
  if (PyBytes_AsStringAndSize(page, &bytes, &count) < 0) return -1;
  out->bytes = (const unsigned char *)bytes;
  out->count = (size_t)count;
  out->before = NULL;
  out->is_text = 1;
  if (count_chars(out->bytes, out->count) == out->count) {
    for (i = 0; i < out->count && out->bytes[i] < 0x80; i++) {}
    if (i == out->count) return 0;
  }
  /* A str with lone surrogates was encoded as it is; its characters count as well. */
  text = PyUnicode_DecodeUTF8(bytes, count, "surrogatepass");
  if (!text) {
    if (!PyErr_ExceptionMatches(PyExc_UnicodeDecodeError)) return -1;
    PyErr_Clear();
    out->is_text = 0;
    return 0;
  }
  Py_DECREF(text);
  blocks = out->count / BLOCK + 1;
  out->before = malloc(blocks * sizeof *out->before);
  if (!out->before) {
    PyErr_NoMemory();
    return -1;
  }
  for (i = 0; i < blocks; i++) {
    size_t start = i * BLOCK, rest = out->count - start;
    out->before[i] = chars;
    chars += count_chars(out->bytes + start, rest < BLOCK ? rest : BLOCK);
  }
  return 0;
}

void char_index_free(char_index *index) {
  free(index->before);
  index->before = NULL;
}

size_t char_index_at(const char_index *index, uint64_t byte) {
  size_t at = byte < index->count ? (size_t)byte : index->count;
  size_t block = at / BLOCK;
  if (!index->before) return at;
  return index->before[block] + count_chars(index->bytes + block * BLOCK, at - block * BLOCK);
}
