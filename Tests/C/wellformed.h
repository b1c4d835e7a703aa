/* wellformed.h - what holds of every result, whatever the page and the bounds were. */
#ifndef WELLFORMED_H
#define WELLFORMED_H

#include "check.h"

static inline int is_utf8(dukien_str str) {
  size_t i = 0;
  while (i < str.len) {
    unsigned char lead = (unsigned char)str.ptr[i];
    size_t more = lead < 0x80 ? 0 : lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 4;
    if (more == 4 || more >= str.len - i) return 0;
    for (i++; more > 0; more--, i++)
      if (((unsigned char)str.ptr[i] & 0xC0) != 0x80) return 0;
  }
  return 1;
}

static inline int fits(dukien_span at, uint64_t length) {
  return at.begin <= at.end && at.end <= length;
}

static inline int opens(dukien_view view, size_t size) {
  return view.stride == size && (view.count == 0 || view.data != NULL);
}

/* Of all strings of a table: a pointer that is not NULL, and UTF-8. */
#define STRING(str) CHECK((str).ptr != NULL && is_utf8(str))

/* Checks all tables of a result of a page of `length` bytes. */
static inline void check_result(const dukien_result *result, uint64_t length) {
  dukien_view fields = dukien_result_fields(result), blocks = dukien_result_blocks(result);
  dukien_view values = dukien_result_values(result), facts = dukien_result_facts(result);
  dukien_view roles = dukien_result_roles(result), evidence = dukien_result_evidence(result);
  dukien_view limits = dukien_result_limits(result), stages = dukien_result_stages(result);
  size_t i, role_sum = 0, evidence_sum = 0;
  CHECK(opens(fields, sizeof(dukien_field)) && opens(blocks, sizeof(dukien_block)));
  CHECK(opens(values, sizeof(dukien_value)) && opens(facts, sizeof(dukien_fact)));
  CHECK(opens(roles, sizeof(dukien_role)) && opens(evidence, sizeof(dukien_evidence)));
  CHECK(opens(limits, sizeof(dukien_limit_hit)) && opens(stages, sizeof(dukien_stage)));
  for (i = 0; i < fields.count; i++) {
    const dukien_field *field = DUKIEN_AT(dukien_field, fields, i);
    STRING(field->field), STRING(field->text), STRING(field->norm), STRING(field->from);
    CHECK(field->field.len > 0 && fits(field->at, length));
  }
  for (i = 0; i < blocks.count; i++) {
    const dukien_block *block = DUKIEN_AT(dukien_block, blocks, i);
    STRING(block->kind), STRING(block->reason), STRING(block->text), STRING(block->path);
    CHECK(fits(block->at, length));
  }
  for (i = 0; i < values.count; i++) {
    const dukien_value *value = DUKIEN_AT(dukien_value, values, i);
    STRING(value->type), STRING(value->text), STRING(value->norm), STRING(value->approx);
    CHECK(value->type.len > 0 && fits(value->at, length));
    CHECK(value->block == DUKIEN_NONE || value->block < blocks.count);
  }
  for (i = 0; i < facts.count; i++) {
    const dukien_fact *fact = DUKIEN_AT(dukien_fact, facts, i);
    STRING(fact->type), STRING(fact->rule), STRING(fact->polarity), STRING(fact->said_by);
    CHECK(fact->type.len > 0 && fact->rule.len > 0 && fits(fact->at, length));
    CHECK(fact->first_role == role_sum && fact->first_evidence == evidence_sum);
    role_sum += fact->role_count;
    evidence_sum += fact->evidence_count;
  }
  CHECK(role_sum == roles.count && evidence_sum == evidence.count);
  for (i = 0; i < roles.count; i++) {
    const dukien_role *role = DUKIEN_AT(dukien_role, roles, i);
    STRING(role->role), STRING(role->text), STRING(role->norm), STRING(role->from);
    CHECK(role->role.len > 0 && fits(role->at, length));
  }
  for (i = 0; i < evidence.count; i++) {
    const dukien_evidence *sentence = DUKIEN_AT(dukien_evidence, evidence, i);
    STRING(sentence->quote);
    CHECK(fits(sentence->at, length));
    CHECK(sentence->block == DUKIEN_NONE || sentence->block < blocks.count);
  }
  for (i = 0; i < limits.count; i++) {
    const dukien_limit_hit *hit = DUKIEN_AT(dukien_limit_hit, limits, i);
    STRING(hit->name);
    CHECK(hit->name.len > 0 && fits(hit->at, length));
  }
  for (i = 0; i < stages.count; i++) STRING(DUKIEN_AT(dukien_stage, stages, i)->name);
}

/* The hit of that name, or NULL. */
static inline const dukien_limit_hit *hit_named(const dukien_result *result, const char *name) {
  dukien_view limits = dukien_result_limits(result);
  size_t i;
  for (i = 0; i < limits.count; i++) {
    const dukien_limit_hit *hit = DUKIEN_AT(dukien_limit_hit, limits, i);
    if (is(hit->name, name)) return hit;
  }
  return NULL;
}

#endif
