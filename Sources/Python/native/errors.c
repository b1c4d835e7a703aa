/* Failures of the library as exceptions; which one stands in dukien/_errors.py. */
#include "native.h"

PyObject *exception_of(native_state *state, dukien_status status, const dukien_error *error) {
  PyObject *code = text_of(state, dukien_error_code(error));
  PyObject *message = text_of(state, dukien_error_message(error));
  PyObject *hint = text_of(state, dukien_error_hint(error));
  PyObject *exception = NULL;
  if (code && message && hint) {
    exception = PyObject_CallFunction(state->error_of_status, "iOOO", (int)status, code, message,
                                      hint);
  }
  Py_XDECREF(code);
  Py_XDECREF(message);
  Py_XDECREF(hint);
  return exception;
}

PyObject *raise_status(native_state *state, dukien_status status, dukien_error *error) {
  PyObject *exception = exception_of(state, status, error);
  dukien_error_release(error);
  if (exception) {
    PyErr_SetObject((PyObject *)Py_TYPE(exception), exception);
    Py_DECREF(exception);
  }
  return NULL;
}
