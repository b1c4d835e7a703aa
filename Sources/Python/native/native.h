/* What the files of the extension share.

   One idea a file; module.c puts them together. Every object here owns exactly one handle of the
   library. Work that takes time runs without the interpreter's lock. */
#ifndef DUKIEN_NATIVE_H
#define DUKIEN_NATIVE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <dukien.h>
#include <stdatomic.h>

/* Objects are guarded by the interpreter's lock where there is one, else by a lock of their own. */
#ifdef Py_GIL_DISABLED
#define GUARD_BEGIN(object) Py_BEGIN_CRITICAL_SECTION(object);
#define GUARD_END Py_END_CRITICAL_SECTION();
#else
#define GUARD_BEGIN(object) {
#define GUARD_END }
#endif

/* The classes of records, made in dukien/_records.py. */
typedef struct {
  PyObject *Span, *Field, *Block, *Value, *Role, *Evidence, *Fact, *LimitHit, *Stage, *Diagnostic,
    *TraceStep;
  newfunc new_tuple;
} record_types;

typedef struct {
  PyTypeObject *Rules, *Extractor, *Document, *Result, *Cancel, *Batches;
  record_types records;
  PyObject *error_of_status; /* dukien._errors.of_status */
  PyObject *empty;           /* "" */
} native_state;

extern struct PyModuleDef native_module;
native_state *state_of(PyObject *module);
native_state *state_of_object(PyObject *object);

/* ---- errors.c ---- */

/* The exception for a failed call; takes `error`. NULL with an exception set where that fails. */
PyObject *exception_of(native_state *state, dukien_status status, const dukien_error *error);

/* Raises it, and releases `error`. Always NULL. */
PyObject *raise_status(native_state *state, dukien_status status, dukien_error *error);

/* ---- strings.c ---- */

/* A str of the library; bytes that are no UTF-8 are replaced. */
PyObject *text_of(native_state *state, dukien_str text);

/* The same, or None for an absent one. */
PyObject *text_or_none(native_state *state, dukien_str text);

/* Borrows the UTF-8 of a str, or nothing of None. 0, or -1 with an exception. */
int borrow_text(PyObject *text, const char *name, dukien_str *out);

/* ---- cancel.c: a flag that Python, running calls and streams share ---- */

typedef struct cancel_flag cancel_flag;
cancel_flag *cancel_flag_retain(cancel_flag *flag);
void cancel_flag_release(cancel_flag *flag);
dukien_cancel *cancel_flag_handle(cancel_flag *flag);

/* The flag of a Cancel object, NULL for None. 0, or -1 with an exception. */
int cancel_of(native_state *state, PyObject *object, cancel_flag **out);

/* ---- options.c: how a page is read ---- */

/* What a run calls in Python. The first exception is kept for the end of the run, and nothing is
   called after it. */
typedef struct {
  native_state *state;
  PyObject *log, *trace; /* borrowed; None for none */
  _Atomic(PyObject *) error;
} callbacks;

/* Reads (the six limits, until), cancel, log and trace, which must live until the run has ended;
   `calls` must stay where it is. 0, or -1 with an exception. */
int options_of(native_state *state, PyObject *options, PyObject *cancel, PyObject *log,
               PyObject *trace, dukien_run_options *out, callbacks *calls);

/* Raises what a callback raised: -1 then, else 0. */
int raise_callback(callbacks *calls);

/* Reads (page, format, id, url, published, encoding), which is borrowed. 0, or -1. */
int input_of(PyObject *tuple, dukien_input *out, PyObject **page);

/* ---- result.c ---- */

/* An object for a result, which it takes, also where it fails; `page` is the bytes that were read. */
PyObject *result_new(native_state *state, dukien_status status, dukien_result *result,
                     PyObject *page);
dukien_result *result_handle(PyObject *result);

/* ---- chars.c: from bytes of a page to characters of a str ---- */

typedef struct {
  const unsigned char *bytes;
  size_t count;
  size_t *before; /* characters before each block of bytes; NULL where each byte is one */
  int is_text;    /* the bytes are UTF-8 */
} char_index;

/* Indexes the page. 0, or -1 with an exception. */
int char_index_make(PyObject *page, char_index *out);
void char_index_free(char_index *index);
size_t char_index_at(const char_index *index, uint64_t byte);

/* ---- records.c ---- */

PyObject *make_span(native_state *state, dukien_span at);
PyObject *make_diagnostics(native_state *state, const dukien_diagnostics *diagnostics);
PyObject *make_fields(native_state *state, const dukien_result *result, const char_index *chars);
PyObject *make_blocks(native_state *state, const dukien_result *result, const char_index *chars);
PyObject *make_values(native_state *state, const dukien_result *result, const char_index *chars);
PyObject *make_facts(native_state *state, const dukien_result *result, const char_index *chars);
PyObject *make_limits(native_state *state, const dukien_result *result);
PyObject *make_stages(native_state *state, const dukien_result *result);

/* A record of a class of records.py, from its items; takes a reference of each, also where it fails. */
PyObject *make_record(native_state *state, PyObject *type, int count, ...);

/* ---- rules.c, extractor.c, batch.c, arrow.c ---- */

dukien_rules *rules_handle(PyObject *rules);
dukien_document *document_handle(PyObject *document, PyObject **page);

PyObject *native_compile(PyObject *module, PyObject *arguments);
PyObject *native_parse(PyObject *module, PyObject *arguments);
PyObject *native_run_batch(PyObject *module, PyObject *arguments);
PyObject *native_arrow_schema(PyObject *module, PyObject *arguments);
PyObject *native_export(PyObject *module, PyObject *arguments);
PyObject *native_run_arrow(PyObject *module, PyObject *arguments);
PyObject *native_collect(PyObject *module, PyObject *arguments);

extern PyType_Spec rules_spec, extractor_spec, document_spec, result_spec, cancel_spec,
  batches_spec;

#endif
