/* dukien.h - facts from news pages, by rule sets. C99 / C++11.

   This file is the contract of the library; what it declares works, and nothing else is exported.

     loader --compile-> rules -> extractor (one a thread) --run-> result -> tables, JSON, Arrow
                        page --parse-> document --extract----'

   Rules for every function
   - [T] may be called from any thread at any time. [1] one thread at a time per object; different
     objects never disturb each other. The library installs no signal handler, reads neither the
     locale nor the environment, and starts no thread but those that dukien_run_batch and
     dukien_run_arrow are asked for.
   - x_new, x_retain, compile, reload, parse, run and extract hand over one reference, which the
     caller gives back with x_release. release(NULL) does nothing. A handle must not be used after
     its last release.
   - NULL or an impossible length in any argument that is not said to be optional is
     DUKIEN_E_ARGUMENT (where a status is returned), NULL (where a pointer is), or an empty string
     or view. It is never a crash. A pointer that is neither NULL nor valid cannot be detected.
   - Fallible calls return a dukien_status; constructors return NULL on failure. Outputs are NULL
     or zero unless the status is DUKIEN_OK or DUKIEN_PARTIAL.
   - The last argument `err` may be NULL. Otherwise *err is set to NULL, or, on failure, to an error
     that the caller owns and releases. A release function reports nothing and cannot fail.
   - Text is UTF-8 with a length; it may hold NUL and is not NUL-terminated. An absent string has
     length 0. The `ptr` of a string that the library hands out is never NULL.
   - Bytes and strings that are passed in are read during the call and not kept, unless copied.
   - A failed allocation inside the Swift run time ends the process and cannot be reported. */
#ifndef DUKIEN_H
#define DUKIEN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- version ---- */

#define DUKIEN_ABI 1 /* raised only when existing programs would break */

/* [T] The ABI number of the loaded library, to be compared with DUKIEN_ABI. */
uint32_t dukien_abi(void);

/* [T] "major.minor.patch+build", NUL-terminated; static, not to be freed. */
const char *dukien_version(void);

/* [T] 1 where the library has the named feature, else 0, also for NULL. `feature` is
   NUL-terminated: "text", "html", "json", "rules-tool", "reload", "bundle", "document", "cancel",
   "trace", "batch", "arrow". */
int32_t dukien_has(const char *feature);

/* ---- basic types: fixed width, no C enums or bools ---- */

typedef int32_t dukien_status;
#define DUKIEN_OK           0
#define DUKIEN_PARTIAL      1    /* usable result; a bound cut it, see dukien_result_limits */
#define DUKIEN_E_ARGUMENT (-1)
#define DUKIEN_E_RULES    (-2)   /* the rule set has errors; the diagnostics name them */
#define DUKIEN_E_LIMIT    (-4)   /* memory ran out, or an answer is too large to hand out */
#define DUKIEN_E_CANCELLED (-5)  /* the host asked for the end */
#define DUKIEN_E_BUSY     (-7)   /* a [1] object was entered twice at once: a caller's mistake */
#define DUKIEN_E_VERSION  (-8)   /* an option that this library is too old to know */

typedef struct dukien_str {
  const char *ptr;
  size_t len; /* bytes */
} dukien_str;

/* Half-open range of bytes of the original input; begin == end where there is none. */
typedef struct dukien_span {
  uint64_t begin, end;
} dukien_span;

/* A table. Records may grow at their end in a later library, so step by `stride`, never by
   sizeof: DUKIEN_AT(dukien_fact, view, i), i < view.count. `data` may be NULL when count is 0. */
typedef struct dukien_view {
  const void *data;
  size_t count, stride;
} dukien_view;
#define DUKIEN_AT(T, v, i) ((const T *)(const void *)((const char *)(v).data + (i) * (v).stride))

#define DUKIEN_NONE UINT32_MAX /* an absent index */

/* ---- errors ---- */

typedef struct dukien_error dukien_error; /* immutable */

/* [T] The status of the call that failed; DUKIEN_E_ARGUMENT for NULL. */
dukien_status dukien_error_status(const dukien_error *e);

/* [T] A stable identifier such as "argument.null"; a sentence without full stop; what to do about
   it, or empty. They live as long as the error. Empty for NULL. */
dukien_str dukien_error_code(const dukien_error *e);
dukien_str dukien_error_message(const dukien_error *e);
dukien_str dukien_error_hint(const dukien_error *e);

/* [T] Frees the error. NULL is fine. */
void dukien_error_release(dukien_error *e);

/* ---- cancelling ---- */

typedef struct dukien_cancel dukien_cancel; /* a flag that ends what runs under it */

/* [T] A flag that is not set. NULL on failure. Owned by the caller. */
dukien_cancel *dukien_cancel_new(dukien_error **err);

/* [T] Sets the flag, also from a signal handler: runs that were given it end with
   DUKIEN_E_CANCELLED, within about 10 ms for each megabyte of their page. It stays set until it is
   cleared. NULL is fine. */
void dukien_cancel_set(dukien_cancel *c);
void dukien_cancel_clear(dukien_cancel *c);

/* [T] 1 where the flag is set, else 0, also for NULL. */
int32_t dukien_cancel_is_set(const dukien_cancel *c);

/* [T] Frees the flag, which no run may be using. NULL is fine. */
void dukien_cancel_release(dukien_cancel *c);

/* ---- rule sets: load, compile once, share ---- */

typedef struct dukien_loader dukien_loader;
typedef struct dukien_rules dukien_rules;             /* immutable, counted */
typedef struct dukien_diagnostics dukien_diagnostics; /* immutable */

/* Options: set `size` to sizeof, zero the rest; zero means the default. A shorter struct of an
   older header is taken as it is; a longer one is accepted while what is unknown is zero, else
   DUKIEN_E_VERSION. */
typedef struct dukien_load_options {
  size_t size;
  uint64_t max_bytes; /* of all rule files together; 64 MiB */
  uint64_t max_nodes; /* YAML values and keys of one rule file; 2 million */
  uint64_t max_depth; /* nesting of one rule file; 64, never more */
  uint64_t max_sets;  /* sets, with those they use; 256 */
  int32_t warnings_as_errors;
  int32_t reserved; /* zero */
} dukien_load_options;

/* One finding about a rule file. Lines and columns count from 1, columns in code points;
   0 = unknown. `rendered` is the text a person reads: "file:line:column: error[code]: message",
   the line with a caret, the hint. */
typedef struct dukien_diagnostic {
  dukien_str file, code, message, hint, rule_id, yaml_path;
  uint32_t line, column, end_line, end_column;
  int32_t severity; /* 0 note, 1 warning, 2 error */
  int32_t reserved;
  dukien_str rendered;
} dukien_diagnostic;

/* [T] A loader without sources; `o` may be NULL. NULL on failure. Owned by the caller. */
dukien_loader *dukien_loader_new(const dukien_load_options *o, dukien_error **err);

/* [1] Adds a folder in which sets are looked up by name, after those added before. The sets
   inside the library come last. `dir` is copied; it need not exist. */
dukien_status dukien_loader_add_search_path(dukien_loader *l, dukien_str dir, dukien_error **err);

/* [1] Adds a source: a rule file or a file of a bundle, the folder of a set, a set by name, or the
   bytes of a rule file or bundle under a label that diagnostics name. Strings and bytes are copied;
   `p` may be NULL when `n` is 0. Nothing is read before compile, so a missing file is reported
   there. */
dukien_status dukien_loader_add_file(dukien_loader *l, dukien_str path, dukien_error **err);
dukien_status dukien_loader_add_dir(dukien_loader *l, dukien_str path, dukien_error **err);
dukien_status dukien_loader_add_name(dukien_loader *l, dukien_str name, dukien_error **err);
dukien_status dukien_loader_add_memory(dukien_loader *l, dukien_str label, const void *p, size_t n,
                                       dukien_error **err);

/* [1] Reads and checks every source and reports all problems, not the first. DUKIEN_OK sets *out,
   one reference of the caller's. DUKIEN_E_RULES leaves *out NULL. Both set *diags, where `diags` is
   not NULL, to all findings, warnings too: owned by the caller. The loader stays usable; compiling
   again reads the files again. */
dukien_status dukien_loader_compile(dukien_loader *l, dukien_rules **out,
                                    dukien_diagnostics **diags, dukien_error **err);

/* [1] Compiles again where the sources are not what they were at the last compile or reload; the
   host calls it whenever it likes, nothing watches by itself. Where nothing changed, the files are
   only looked at: DUKIEN_OK, *changed 0, *out and *diags NULL. Where the content of a file that was
   read changed, a set gained or lost a file, a set stands earlier on the search path than the one
   that was read, or a source was added, all is read anew. Sources that compile set *changed to 1
   and *out and *diags as compile does. Sources that do not are DUKIEN_E_RULES, with *diags, once:
   until they change again, reload tells no change. Rules that were handed out stay valid in every
   case, as do their extractors. A loader that has not compiled yet does so. */
dukien_status dukien_loader_reload(dukien_loader *l, int32_t *changed, dukien_rules **out,
                                   dukien_diagnostics **diags, dukien_error **err);

/* [1] Tools for writers of rules, over the sources of the loader, as UTF-8 JSON in *p, *n; freed
   with dukien_bytes_release. `request` is a JSON object with options of the verb, or empty:
     "check", "list", "show"  nothing
     "test"     "filter": a part of the rule's name or the test's text; "coverage": true for what no
                test reaches; "update": true for edits that make failed tests expect what came out
     "why-not"  "rule": a rule, value, group or entity; "text": a sentence; "published": YYYY-MM-DD
     "explain"  "text": a page; "published"; "fact": its number from 1, or all facts in brief
     "profile"  "pages": [{"text": a page}, ...]
     "fmt"      the files of the sources in their usual layout; nothing is written
     "schema"   a JSON Schema of rule files
     "new"      "name": the files of a first rule set of that name
   Findings and failed tests are an answer, with "ok": false, and DUKIEN_OK; an unknown verb and
   options that make no sense are DUKIEN_E_ARGUMENT. */
dukien_status dukien_rules_tool(dukien_loader *l, dukien_str verb, dukien_str request, void **p,
                                size_t *n, dukien_error **err);

/* [1] Frees the loader; what it compiled lives on. NULL is fine. */
void dukien_loader_release(dukien_loader *l);

/* [T] All findings, records of dukien_diagnostic by file and line; they live as long as `d`.
   Empty for NULL. */
dukien_view dukien_diagnostics_all(const dukien_diagnostics *d);

/* [T] Frees the findings. NULL is fine. */
void dukien_diagnostics_release(dukien_diagnostics *d);

/* [T] One more reference to the rules, which is returned; the count is atomic. NULL for NULL. */
dukien_rules *dukien_rules_retain(dukien_rules *r);

/* [T] Gives one reference back; the last one frees. NULL is fine. */
void dukien_rules_release(dukien_rules *r);

/* [T] "vi-news@1.0.0"; and 16 hexadecimal digits that change with the content of the rules.
   They live as long as the rules. Empty for NULL. */
dukien_str dukien_rules_name(const dukien_rules *r);
dukien_str dukien_rules_fingerprint(const dukien_rules *r);

/* [T] The sources of the rules, with those of every set that they use, as bytes in *p, *n, freed
   with dukien_bytes_release. dukien_loader_add_memory, or dukien_loader_add_file from a file, reads
   them back on any machine and by any later library; nothing else is read then, and the rules get
   the same fingerprint. */
dukien_status dukien_rules_bundle(const dukien_rules *r, void **p, size_t *n, dukien_error **err);

/* [T] Frees bytes that a function handed out. NULL is fine. */
void dukien_bytes_release(void *p);

/* ---- extraction ---- */

typedef struct dukien_document dukien_document;   /* a page that was read; immutable, counted */
typedef struct dukien_extractor dukien_extractor; /* scratch memory; make one a thread */
typedef struct dukien_result dukien_result;       /* immutable */

/* Called on the thread that runs, with the `user` of the options, and with text that lives until the
   call returns. A callback must not use the extractor that runs, nor leave by longjmp or a C++
   exception.

   A log tells of one run in a few lines: what was cut or repaired (DUKIEN_LOG_WARNING), what was
   found (DUKIEN_LOG_INFO), and what each stage took (DUKIEN_LOG_DEBUG).

   A trace tells how each rule of facts fared where its trigger matched. `rule` is its name; `step` is
     "trigger"       it matched at `at`
     "outside", "overlaps", "forbidden"
                     ok 0: the trigger stands where the rule stays out of, inside an earlier match of
                     it, or where `unless` holds
     "role NAME"     a value stands in for the role; ok 0 where one is needed and none was found
     "claimed"       ok 0: a value that it needs belongs to another fact
     "list"          ok 0: no list opens, or has no member here
     "fact"          a fact was made, which may yet be joined with another
   Tracing makes a run slower, and changes nothing else. */
#define DUKIEN_LOG_WARNING 1
#define DUKIEN_LOG_INFO    2
#define DUKIEN_LOG_DEBUG   3
typedef void (*dukien_log)(void *user, int32_t level, dukien_str text);
typedef void (*dukien_trace)(void *user, dukien_str rule, dukien_str step, dukien_span at,
                             int32_t ok);

/* How a page is to be read. `size` as above. Bounds are on by default and repeatable: the same input
   gives the same answer, and a bound that was reached is told under limits. */
#define DUKIEN_UNTIL_FACTS   0
#define DUKIEN_UNTIL_ARTICLE 1 /* fields and labelled blocks; no values and facts */
typedef struct dukien_run_options {
  size_t size;
  uint64_t max_input;  /* bytes; 16 MiB; never above 1 GiB; what is longer is cut there */
  uint64_t max_tokens; /* 4 million */
  uint64_t max_facts;  /* 50,000 */
  uint64_t max_steps;  /* of matching; proportional to the tokens */
  uint64_t max_memory; /* bytes that what was read and found of one page takes; 2 GiB */
  uint64_t max_millis; /* none by default; the one bound that goes by the clock, not repeatable */
  const dukien_cancel *cancel; /* optional; borrowed until the call returns */
  void *user;                  /* for the callbacks */
  dukien_log log;              /* optional */
  dukien_trace trace;          /* optional */
  int32_t until;               /* DUKIEN_UNTIL_... */
  int32_t reserved;            /* zero */
} dukien_run_options;

/* One page. `size` as above; it must reach `len`. */
typedef struct dukien_input {
  size_t size;
  const void *bytes; /* any bytes; may be NULL when len is 0; borrowed until the call returns */
  size_t len;
  int32_t format;       /* 0 found out by the library, 1 text of a page, 2 HTML */
  int32_t reserved;     /* zero */
  dukien_str id;        /* names the page in the JSON; copied; optional */
  dukien_str published; /* YYYY-MM-DD where known from elsewhere; optional */
  dukien_str encoding;  /* as an HTTP header names it, such as "windows-1258"; optional. Bytes that
                           contradict it are not read by it */
  dukien_str url;       /* where the page comes from; optional */
} dukien_input;

/* [T] A new extractor, which holds one reference to `r`. NULL on failure. Owned by the caller. */
dukien_extractor *dukien_extractor_new(dukien_rules *r, dukien_error **err);

/* [T] A new extractor with the set "page" that is inside the library, which reads articles and knows
   no facts. NULL on failure. Owned by the caller. */
dukien_extractor *dukien_parser_new(dukien_error **err);

/* [1] Frees the extractor; its results live on. NULL is fine. */
void dukien_extractor_release(dukien_extractor *x);

/* [1] Reads a page. `o` may be NULL. DUKIEN_OK or DUKIEN_PARTIAL set *out, owned by the caller and
   independent of the extractor. Content never fails: invalid bytes are replaced, a page above
   a bound gives less, and both are noted under limits. Failures are those of the arguments, of
   memory, DUKIEN_E_CANCELLED, and DUKIEN_E_BUSY. */
dukien_status dukien_run(dukien_extractor *x, const dukien_input *in, const dukien_run_options *o,
                         dukien_result **out, dukien_error **err);

/* [T] Reads the bytes of a page as far as no rules are needed: encoding, elements, blocks, metadata.
   `o` may be NULL; of it max_input, max_memory, max_millis, cancel and log count here. Statuses as
   of dukien_run. *out holds all that it needs of `in`, and is one reference of the caller's. */
dukien_status dukien_parse(const dukien_input *in, const dukien_run_options *o,
                           dukien_document **out, dukien_error **err);

/* [1] As dukien_run, of a page that was read. One document may be extracted with many rule sets, by
   many threads at once; the result is the same as that of dukien_run, bounds apart that cut the
   document already. */
dukien_status dukien_extract(dukien_extractor *x, const dukien_document *d,
                             const dukien_run_options *o, dukien_result **out, dukien_error **err);

/* [T] One more reference to the document, which is returned. NULL for NULL. */
dukien_document *dukien_document_retain(dukien_document *d);

/* [T] Gives one reference back; the last one frees. NULL is fine. */
void dukien_document_release(dukien_document *d);

/* Takes what became of page `index`: `result` is the sink's to release, NULL unless `status` is
   DUKIEN_OK or DUKIEN_PARTIAL; `error` is lent. A return other than 0 ends the batch. */
typedef int32_t (*dukien_sink)(void *user, size_t index, dukien_status status,
                               dukien_result *result, const dukien_error *error);

/* [T] Reads many pages. `threads` 0 and 1 mean the caller's thread alone; N up to 256 starts N
   threads, which have ended when the call returns. `sink` is called on the caller's thread in the
   order of the pages, with `user`; it may use the library, but for the objects of this call. At most
   a few results a thread wait for it. A page that fails is told to the sink and ends nothing. log
   and trace of `o` are called on the threads that run, several at once. DUKIEN_OK where every page
   was handed over; DUKIEN_E_CANCELLED where the sink, be it at the last page, or the flag of `o`
   ended the batch. */
dukien_status dukien_run_batch(dukien_rules *r, const dukien_input *const *in, size_t n,
                               uint32_t threads, const dukien_run_options *o, dukien_sink sink,
                               void *user, dukien_error **err);

/* [T] Frees the result with all its views and strings; no other thread may be reading it.
   NULL is fine. */
void dukien_result_release(dukien_result *r);

/* Records of the tables. Types, roles and labels are the rule sets' words; names are those of the
   JSON. Indexes join the tables; DUKIEN_NONE = none. */

/* One field of the article; the fields of one image share a `group`. */
typedef struct dukien_field {
  dukien_str field, text, norm, from;
  dukien_span at;
  uint32_t group;
} dukien_field;

/* A block of the page: its label and the reason for it. On an HTML page `path` names the tags around
   it, the innermost last, and `heading` is the level of a heading, from 1. */
#define DUKIEN_BLOCK_CONTENT 1u /* facts are looked for in it */
#define DUKIEN_BLOCK_BODY    2u /* part of the article's text */
#define DUKIEN_BLOCK_HEADING 4u /* a heading in the article's text */
#define DUKIEN_BLOCK_ITEM    8u /* an item of a list */
#define DUKIEN_BLOCK_QUOTE  16u /* part of a quotation */
#define DUKIEN_BLOCK_ROW    32u /* a row of a table */
typedef struct dukien_block {
  dukien_str kind, reason, text;
  dukien_span at;
  dukien_str path;
  uint32_t flags;
  uint32_t heading;
} dukien_block;

/* A normalised value and the block it stands in. */
typedef struct dukien_value {
  dukien_str type, text, norm, approx;
  dukien_span at;
  uint32_t block;
} dukien_value;

/* A fact: a run of the roles and one of the evidence. */
typedef struct dukien_fact {
  dukien_str type, rule, polarity, said_by;
  uint32_t first_role, role_count, first_evidence, evidence_count;
  dukien_span at;
} dukien_fact;

#define DUKIEN_ROLE_LIST 1u /* declared as a list; its values follow one another */
#define DUKIEN_ROLE_FLAG 2u /* `norm` is "true" */
typedef struct dukien_role {
  dukien_str role, text, norm, from;
  dukien_span at;
  uint32_t flags;
} dukien_role;

/* A sentence that supports a fact. */
typedef struct dukien_evidence {
  uint32_t block;
  dukien_span at;
  dukien_str quote;
} dukien_evidence;

/* A bound that was reached, or a defect of the input; what was lost begins at `at`. */
typedef struct dukien_limit_hit {
  dukien_str name;
  uint64_t bound, seen;
  dukien_span at;
} dukien_limit_hit;

/* How long a stage of the run took, by the monotonic clock, and how many steps of matching, which
   max_steps bounds and every run repeats; stages stand in the order they ran. */
typedef struct dukien_stage {
  dukien_str name;
  uint64_t nanoseconds;
  uint64_t steps;
} dukien_stage;

/* [T] The tables, without copying; they and their strings live as long as the result. Empty for
   NULL. */
dukien_view dukien_result_fields(const dukien_result *r);
dukien_view dukien_result_blocks(const dukien_result *r);
dukien_view dukien_result_values(const dukien_result *r);
dukien_view dukien_result_facts(const dukien_result *r);
dukien_view dukien_result_roles(const dukien_result *r);
dukien_view dukien_result_evidence(const dukien_result *r);
dukien_view dukien_result_limits(const dukien_result *r);
dukien_view dukien_result_stages(const dukien_result *r);

/* [T] The result as one line of JSON, built at the first call; it lives as long as the result. */
dukien_status dukien_result_json(dukien_result *r, dukien_str *out, dukien_error **err);

/* [T] The article, as UTF-8 in *p, *n, freed with dukien_bytes_release. `form` is
     "text"      its text: paragraphs, headings, lists and tables, without the title
     "markdown"  the title and the text
     "row"       one line of JSON: "file" (the id of the input), "title", "lead", "authors",
                 "published", "section", "language", "canonical", "images" with "caption" and
                 "credit", where the page has them, and "text"
   Another form is DUKIEN_E_ARGUMENT. */
dukien_status dukien_result_print(const dukien_result *r, dukien_str form, void **p, size_t *n,
                                  dukien_error **err);

/* ---- Arrow: tables by the Arrow C data and stream interfaces ----

   The host declares the three structs, as Arrow's own headers do; whoever is handed one calls its
   release, on any thread. Texts are "u", `partial` is "b", `status` "i", other numbers "l"; lists
   are "+l" of an "item". Columns with a question mark here may hold nulls, as their schema says:
   absent strings and indexes, and both ends of an empty span.

     facts      document?, fact (from 0), type, rule, polarity?, said_by?, begin?, end?,
                roles: list of (role, text?, norm?, from?, begin?, end?),
                evidence: list of (block?, begin?, end?, quote)
     values     document?, type, text, norm?, approx?, begin?, end?, block?
     documents  document?, status, error?, partial, title?, published?, language?, blocks?, values?,
                facts?, limits?: list of names, nanoseconds?

   `document` is the id of the input, `error` the code of a page that failed, which has nulls from
   `title` on. `title`, `published` and `language` are those of the form "row" of
   dukien_result_print; `blocks`, `values` and `facts` are counts; `nanoseconds` is the sum of the
   stages. */
struct ArrowSchema;
struct ArrowArray;
struct ArrowArrayStream;
#define DUKIEN_TABLE_FACTS     0
#define DUKIEN_TABLE_VALUES    1
#define DUKIEN_TABLE_DOCUMENTS 2 /* a row a page, also of one that failed */

/* [T] The schema of a table, in the caller's *out. */
dukien_status dukien_arrow_schema(int32_t table, struct ArrowSchema *out, dukien_error **err);

/* [T] The rows of a table that `n` results give, in their order; what is copied is independent of
   them. DUKIEN_E_LIMIT where a column would hold more than 2 GiB. */
dukien_status dukien_arrow_export(const dukien_result *const *results, size_t n, int32_t table,
                                  struct ArrowArray *out, dukien_error **err);

/* The columns of a stream that hold the pages: `text` is needed, as strings or binary; the others are
   strings and optional. Strings are "u", "U" or "vu", binary is "z", "Z" or "vz", both also in a
   dictionary; a column "n" of nulls is either. Texts that are strings are UTF-8, whatever `encoding`
   or the page says. Without `id` a page goes by the number of its row in the stream, from 0.
   `size` as above. */
typedef struct dukien_columns {
  size_t size;
  dukien_str text, id, url, published, encoding;
} dukien_columns;

/* [T] Makes *out a stream that reads pages from `in` and gives their rows, a batch for a batch, as
   it is pulled; `threads` as of dukien_run_batch. `in` is moved: it belongs to *out where the call
   is DUKIEN_OK, and stays the caller's where it is not; its schema is asked for in the call. A page
   that fails, or is null, is a row of the documents and no row of the others. `o` is copied; its
   cancel flag must outlive the stream.
   get_next of *out fails with the number and message of `in` where that fails, ECANCELED
   ("cancelled") where the flag is set, EINVAL where a batch does not hold what its schema says,
   EOVERFLOW where a column would hold more than 2 GiB, ENOMEM; and then at every further call. */
dukien_status dukien_run_arrow(dukien_rules *r, struct ArrowArrayStream *in,
                               const dukien_columns *columns, int32_t table, uint32_t threads,
                               const dukien_run_options *o, struct ArrowArrayStream *out,
                               dukien_error **err);

#ifdef __cplusplus
}
#endif
#endif
