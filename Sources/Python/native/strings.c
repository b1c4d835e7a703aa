/* Strings between Python and the library. */
#include "native.h"

PyObject *text_of(native_state *state, dukien_str text) {
  if (text.len == 0) {
    Py_INCREF(state->empty);
    return state->empty;
  }
  return PyUnicode_DecodeUTF8(text.ptr, (Py_ssize_t)text.len, "replace");
}

PyObject *text_or_none(native_state *state, dukien_str text) {
  if (text.len == 0) Py_RETURN_NONE;
  return text_of(state, text);
}

int borrow_text(PyObject *text, const char *name, dukien_str *out) {
  Py_ssize_t count;
  const char *bytes;
  if (text == Py_None) {
    out->ptr = "";
    out->len = 0;
    return 0;
  }
  if (!PyUnicode_Check(text)) {
    PyErr_Format(PyExc_TypeError, "%s must be a str or None", name);
    return -1;
  }
  bytes = PyUnicode_AsUTF8AndSize(text, &count);
  if (!bytes) return -1;
  out->ptr = bytes;
  out->len = (size_t)count;
  return 0;
}
