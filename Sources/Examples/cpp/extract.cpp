// Prints the facts of a page, each with its sentence: extract FILE
//
// Every handle is held by a std::unique_ptr, every failure is an exception.
#include <dukien.h>

#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>

template <typename T, void (*release)(T *)>
struct Release {
  void operator()(T *handle) const { release(handle); }
};

template <typename T, void (*release)(T *)>
using Handle = std::unique_ptr<T, Release<T, release>>;

using Error = Handle<dukien_error, dukien_error_release>;
using Loader = Handle<dukien_loader, dukien_loader_release>;
using Rules = Handle<dukien_rules, dukien_rules_release>;
using Extractor = Handle<dukien_extractor, dukien_extractor_release>;
using Result = Handle<dukien_result, dukien_result_release>;

static std::string text(dukien_str string) { return std::string(string.ptr, string.len); }

static dukien_str view(const std::string &string) { return {string.data(), string.size()}; }

// Calls a function with a place for its error as the last argument, and throws what was put there.
template <typename Function, typename... Arguments>
static auto call(Function function, Arguments... arguments)
    -> decltype(function(arguments..., nullptr)) {
  dukien_error *error = nullptr;
  auto answer = function(arguments..., &error);
  if (Error owned{error}) throw std::runtime_error(text(dukien_error_message(owned.get())));
  return answer;
}

static Rules load(const std::string &set) {
  Loader loader{call(dukien_loader_new, nullptr)};
  call(dukien_loader_add_name, loader.get(), view(set));
  dukien_rules *rules = nullptr;
  call(dukien_loader_compile, loader.get(), &rules, nullptr);
  return Rules{rules};
}

static Result run(dukien_extractor *extractor, const std::string &bytes) {
  dukien_input page{};
  page.size = sizeof page;
  page.bytes = bytes.data();
  page.len = bytes.size();
  dukien_result *result = nullptr;
  call(dukien_run, extractor, &page, nullptr, &result);
  return Result{result};
}

static void print(const dukien_result *result) {
  const dukien_view facts = dukien_result_facts(result);
  const dukien_view roles = dukien_result_roles(result);
  const dukien_view evidence = dukien_result_evidence(result);
  for (std::size_t i = 0; i < facts.count; i++) {
    const auto *fact = DUKIEN_AT(dukien_fact, facts, i);
    std::cout << text(fact->type) << '\n';
    for (std::size_t j = 0; j < fact->role_count; j++) {
      const auto *role = DUKIEN_AT(dukien_role, roles, fact->first_role + j);
      std::cout << "  " << text(role->role) << ": "
                << text(role->norm.len ? role->norm : role->text) << '\n';
    }
    for (std::size_t j = 0; j < fact->evidence_count; j++)
      std::cout << "  \"" << text(DUKIEN_AT(dukien_evidence, evidence, fact->first_evidence + j)->quote)
                << "\"\n";
  }
}

int main(int argc, char **argv) try {
  if (argc != 2) return 2;
  std::ifstream file(argv[1], std::ios::binary);
  if (!file) throw std::runtime_error(std::string("cannot read ") + argv[1]);
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  Rules rules = load("vi-news");
  Extractor extractor{call(dukien_extractor_new, rules.get())};
  print(run(extractor.get(), page).get());
  return 0;
} catch (const std::exception &error) {
  std::cerr << error.what() << '\n';
  return 1;
}
