/* Many pages at once. */
#include "native.h"

#include <stdlib.h>

/* What became of each page: a result, or an exception. */
typedef struct {
  dukien_status status;
  dukien_result *result;
  PyObject *error;
} outcome;

typedef struct {
  native_state *state;
  outcome *outcomes;
  int failed; /* an exception could not be made, and is set */
} batch;

/* Called without the interpreter's lock, which is taken for failures alone: waiting for it at each
   page would hold the threads up. */
static int32_t take_outcome(void *user, size_t index, dukien_status status, dukien_result *result,
                            const dukien_error *error) {
  batch *run = user;
  run->outcomes[index].status = status;
  run->outcomes[index].result = result;
  if (!result) {
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject *exception = exception_of(run->state, status, error);
    if (!exception) PyErr_Clear();
    run->outcomes[index].error = exception;
    run->failed = run->failed || !exception;
    PyGILState_Release(gil);
  }
  return run->failed;
}

/* The outcomes as a list of results and exceptions; takes them. */
static PyObject *list_of(native_state *state, outcome *outcomes, PyObject *inputs) {
  Py_ssize_t i, count = PyTuple_Size(inputs);
  PyObject *list = PyList_New(count);
  for (i = 0; list && i < count; i++) {
    PyObject *item = outcomes[i].error;
    if (outcomes[i].result) {
      item = result_new(state, outcomes[i].status, outcomes[i].result,
                        PyTuple_GetItem(PyTuple_GetItem(inputs, i), 0));
      outcomes[i].result = NULL;
    }
    outcomes[i].error = NULL;
    if (item) PyList_SetItem(list, i, item);
    else Py_CLEAR(list);
  }
  return list;
}

/* run_batch(rules, inputs, threads, options, cancel, log, trace) -> [Result or exception, ...] */
PyObject *native_run_batch(PyObject *module, PyObject *arguments) {
  native_state *state = state_of(module);
  PyObject *rules, *tuples, *options_tuple, *cancel, *log, *trace, *page, *list = NULL;
  unsigned int threads;
  dukien_run_options options;
  callbacks calls;
  batch run = {state, NULL, 0};
  dukien_input *inputs = NULL;
  const dukien_input **pointers = NULL;
  dukien_error *error = NULL;
  dukien_status status;
  size_t count, i;
  if (!PyArg_ParseTuple(arguments, "O!O!IOOOO", state->Rules, &rules, &PyTuple_Type, &tuples,
                        &threads, &options_tuple, &cancel, &log, &trace)
      || options_of(state, options_tuple, cancel, log, trace, &options, &calls) < 0)
    return NULL;
  count = (size_t)PyTuple_Size(tuples);
  inputs = calloc(count + 1, sizeof *inputs);
  pointers = calloc(count + 1, sizeof *pointers);
  run.outcomes = calloc(count + 1, sizeof *run.outcomes);
  if (!inputs || !pointers || !run.outcomes) {
    PyErr_NoMemory();
    goto end;
  }
  for (i = 0; i < count; i++) {
    if (input_of(PyTuple_GetItem(tuples, (Py_ssize_t)i), &inputs[i], &page) < 0) goto end;
    pointers[i] = &inputs[i];
  }
  Py_BEGIN_ALLOW_THREADS
  status = dukien_run_batch(rules_handle(rules), pointers, count, threads, &options, take_outcome,
                            &run, &error);
  Py_END_ALLOW_THREADS
  if (raise_callback(&calls) < 0) {
    dukien_error_release(error);
  } else if (run.failed) {
    dukien_error_release(error);
    PyErr_NoMemory();
  } else if (status != DUKIEN_OK) {
    raise_status(state, status, error);
  } else {
    list = list_of(state, run.outcomes, tuples);
  }
end:
  for (i = 0; run.outcomes && i < count; i++) {
    dukien_result_release(run.outcomes[i].result);
    Py_XDECREF(run.outcomes[i].error);
  }
  free(inputs);
  free(pointers);
  free(run.outcomes);
  return list;
}
