/* How a page is read: limits, flag, and calls of Python. */
#include "native.h"

/* Keeps the exception that is set, if it is the first. */
static void keep_exception(callbacks *calls) {
  PyObject *type, *value, *traceback, *nothing = NULL;
  PyErr_Fetch(&type, &value, &traceback);
  PyErr_NormalizeException(&type, &value, &traceback);
  if (value && traceback) PyException_SetTraceback(value, traceback);
  Py_XDECREF(type);
  Py_XDECREF(traceback);
  if (!atomic_compare_exchange_strong(&calls->error, &nothing, value)) Py_XDECREF(value);
}

static int has_failed(callbacks *calls) { return atomic_load(&calls->error) != NULL; }

static void call_log(void *user, int32_t level, dukien_str text) {
  callbacks *calls = user;
  PyGILState_STATE gil;
  PyObject *string, *answer = NULL;
  if (has_failed(calls)) return;
  gil = PyGILState_Ensure();
  string = text_of(calls->state, text);
  if (string) answer = PyObject_CallFunction(calls->log, "iO", (int)level, string);
  if (!answer) keep_exception(calls);
  Py_XDECREF(answer);
  Py_XDECREF(string);
  PyGILState_Release(gil);
}

static void call_trace(void *user, dukien_str rule, dukien_str step, dukien_span at, int32_t ok) {
  callbacks *calls = user;
  native_state *state = calls->state;
  PyGILState_STATE gil;
  PyObject *record, *answer = NULL;
  if (has_failed(calls)) return;
  gil = PyGILState_Ensure();
  record = make_record(state, state->records.TraceStep, 4, text_of(state, rule),
                       text_of(state, step), make_span(state, at), PyBool_FromLong(ok));
  if (record) answer = PyObject_CallFunctionObjArgs(calls->trace, record, NULL);
  if (!answer) keep_exception(calls);
  Py_XDECREF(answer);
  Py_XDECREF(record);
  PyGILState_Release(gil);
}

int options_of(native_state *state, PyObject *options, PyObject *cancel, PyObject *log,
               PyObject *trace, dukien_run_options *out, callbacks *calls) {
  unsigned long long input, tokens, facts, steps, memory, millis;
  cancel_flag *flag;
  int until;
  if (!PyArg_ParseTuple(options, "KKKKKKi", &input, &tokens, &facts, &steps, &memory, &millis,
                        &until))
    return -1;
  if (cancel_of(state, cancel, &flag) < 0) return -1;
  *out = (dukien_run_options){
    .size = sizeof *out, .max_input = input, .max_tokens = tokens, .max_facts = facts,
    .max_steps = steps, .max_memory = memory, .max_millis = millis,
    .cancel = cancel_flag_handle(flag), .user = calls,
    .log = log == Py_None ? NULL : call_log, .trace = trace == Py_None ? NULL : call_trace,
    .until = until};
  calls->state = state;
  calls->log = log;
  calls->trace = trace;
  atomic_init(&calls->error, NULL);
  return 0;
}

int raise_callback(callbacks *calls) {
  PyObject *error = atomic_load(&calls->error);
  if (!error) return 0;
  PyErr_SetObject((PyObject *)Py_TYPE(error), error);
  Py_DECREF(error);
  return -1;
}

int input_of(PyObject *tuple, dukien_input *out, PyObject **page) {
  PyObject *bytes, *id, *url, *published, *encoding;
  Py_ssize_t count;
  char *start;
  int format;
  if (!PyArg_ParseTuple(tuple, "O!iOOOO", &PyBytes_Type, &bytes, &format, &id, &url, &published,
                        &encoding)
      || PyBytes_AsStringAndSize(bytes, &start, &count) < 0)
    return -1;
  *out = (dukien_input){.size = sizeof *out, .bytes = start, .len = (size_t)count, .format = format};
  *page = bytes;
  return borrow_text(id, "id", &out->id) < 0 || borrow_text(url, "url", &out->url) < 0
           || borrow_text(published, "published", &out->published) < 0
           || borrow_text(encoding, "encoding", &out->encoding) < 0
           ? -1
           : 0;
}
