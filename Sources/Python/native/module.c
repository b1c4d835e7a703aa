/* The module dukien._native: the library behind the classes of the package, which are written in
   Python. It knows nothing that stays from one interpreter to the next. */
#include "native.h"

native_state *state_of(PyObject *module) { return PyModule_GetState(module); }

native_state *state_of_object(PyObject *object) { return PyType_GetModuleState(Py_TYPE(object)); }

static PyObject *native_version(PyObject *module, PyObject *none) {
  (void)module;
  (void)none;
  return PyUnicode_FromString(dukien_version());
}

static PyObject *native_has(PyObject *module, PyObject *feature) {
  PyObject *bytes = PyUnicode_AsUTF8String(feature), *answer;
  (void)module;
  if (!bytes) return NULL;
  answer = PyBool_FromLong(dukien_has(PyBytes_AsString(bytes)));
  Py_DECREF(bytes);
  return answer;
}

static PyMethodDef methods[] = {
  {"version", native_version, METH_NOARGS, NULL},
  {"has", native_has, METH_O, NULL},
  {"compile", native_compile, METH_VARARGS, NULL},
  {"parse", native_parse, METH_VARARGS, NULL},
  {"run_batch", native_run_batch, METH_VARARGS, NULL},
  {"arrow_schema", native_arrow_schema, METH_VARARGS, NULL},
  {"export", native_export, METH_VARARGS, NULL},
  {"run_arrow", native_run_arrow, METH_VARARGS, NULL},
  {"collect", native_collect, METH_VARARGS, NULL},
  {NULL, NULL, 0, NULL},
};

static int add_type(PyObject *module, PyType_Spec *spec, const char *name, PyTypeObject **out) {
  *out = (PyTypeObject *)PyType_FromModuleAndSpec(module, spec, NULL);
  return *out ? PyModule_AddObjectRef(module, name, (PyObject *)*out) : -1;
}

static int find(PyObject *from, const char *name, PyObject **out) {
  *out = PyObject_GetAttrString(from, name);
  return *out ? 0 : -1;
}

static int find_records(record_types *types) {
  PyObject *from = PyImport_ImportModule("dukien._records");
  int status = -1;
  if (!from) return -1;
  if (find(from, "Span", &types->Span) == 0 && find(from, "Field", &types->Field) == 0
      && find(from, "Block", &types->Block) == 0 && find(from, "Value", &types->Value) == 0
      && find(from, "Role", &types->Role) == 0 && find(from, "Evidence", &types->Evidence) == 0
      && find(from, "Fact", &types->Fact) == 0 && find(from, "LimitHit", &types->LimitHit) == 0
      && find(from, "Stage", &types->Stage) == 0
      && find(from, "Diagnostic", &types->Diagnostic) == 0
      && find(from, "TraceStep", &types->TraceStep) == 0)
    status = 0;
  Py_DECREF(from);
  types->new_tuple = (newfunc)PyType_GetSlot(&PyTuple_Type, Py_tp_new);
  return status;
}

static int find_errors(native_state *state) {
  PyObject *from = PyImport_ImportModule("dukien._errors");
  int status = from ? find(from, "of_status", &state->error_of_status) : -1;
  Py_XDECREF(from);
  return status;
}

static int exec(PyObject *module) {
  native_state *state = state_of(module);
  if (dukien_abi() != DUKIEN_ABI) {
    PyErr_Format(PyExc_ImportError, "libdukien has ABI %u, this module wants %u",
                 (unsigned)dukien_abi(), (unsigned)DUKIEN_ABI);
    return -1;
  }
  state->empty = PyUnicode_FromStringAndSize("", 0);
  return state->empty && find_records(&state->records) == 0 && find_errors(state) == 0
           && add_type(module, &rules_spec, "Rules", &state->Rules) == 0
           && add_type(module, &extractor_spec, "Extractor", &state->Extractor) == 0
           && add_type(module, &document_spec, "Document", &state->Document) == 0
           && add_type(module, &result_spec, "Result", &state->Result) == 0
           && add_type(module, &cancel_spec, "Cancel", &state->Cancel) == 0
           && add_type(module, &batches_spec, "Batches", &state->Batches) == 0
           ? 0
           : -1;
}

/* Every object that the state holds. */
#define EACH(state, visit)                                                             \
  visit((state)->Rules) visit((state)->Extractor) visit((state)->Document)             \
  visit((state)->Result) visit((state)->Cancel) visit((state)->Batches)                \
  visit((state)->records.Span) visit((state)->records.Field)                           \
  visit((state)->records.Block) visit((state)->records.Value)                          \
  visit((state)->records.Role) visit((state)->records.Evidence)                        \
  visit((state)->records.Fact) visit((state)->records.LimitHit)                        \
  visit((state)->records.Stage) visit((state)->records.Diagnostic)                     \
  visit((state)->records.TraceStep) visit((state)->error_of_status) visit((state)->empty)

static int traverse(PyObject *module, visitproc visit, void *arg) {
  native_state *state = state_of(module);
#define VISIT(object) Py_VISIT(object);
  EACH(state, VISIT)
  return 0;
}

static int clear(PyObject *module) {
  native_state *state = state_of(module);
#define CLEAR(object) Py_CLEAR(object);
  EACH(state, CLEAR)
  return 0;
}

static void free_module(void *module) { clear(module); }

static PyModuleDef_Slot slots[] = {
  {Py_mod_exec, (void *)exec},
#ifdef Py_GIL_DISABLED
  {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
  {0, NULL},
};

struct PyModuleDef native_module = {
  PyModuleDef_HEAD_INIT, "dukien._native", NULL, sizeof(native_state), methods, slots, traverse,
  clear, free_module};

PyMODINIT_FUNC PyInit__native(void) { return PyModuleDef_Init(&native_module); }
