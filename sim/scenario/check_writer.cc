#include "sim/scenario/check_writer.h"

#include "sim/scenario/expectation_text.h"

namespace mailcosm::sim::scenario {
namespace {

std::string value_of(const Check& check) {
  return check.quantity == Quantity::kText ? YamlWriter::quoted_if_needed(check.text) : check.text;
}

// Checks of one key stand side by side; those of one comparison, too.
void write_comparisons(const std::vector<Check>& checks, std::size_t begin, std::size_t end,
                       std::string_view key, YamlWriter& out) {
  const bool single = end == begin + 1 && checks[begin].comparison == Comparison::kIs;
  if (single) {
    if (checks[begin].quantity == Quantity::kText) return out.text(key, checks[begin].text);
    return out.plain(key, checks[begin].text);
  }
  out.open_map(key);
  for (std::size_t i = begin; i < end;) {
    const Comparison comparison = checks[i].comparison;
    std::string list;
    for (; i < end && checks[i].comparison == comparison; ++i) {
      list += (list.empty() ? "" : ", ") + value_of(checks[i]);
    }
    out.plain(word_of(comparison), "[" + list + "]");
  }
  out.close();
}

}  // namespace

void write_checks(const std::vector<Check>& checks, YamlWriter& out) {
  bool fields = false;
  for (std::size_t i = 0; i < checks.size();) {
    std::size_t end = i + 1;
    while (end < checks.size() && checks[end].property == checks[i].property &&
           checks[end].header == checks[i].header) {
      ++end;
    }
    const bool is_field = checks[i].property == "field";
    if (is_field && !fields) out.open_map("fields");
    if (!is_field && fields) out.close();
    fields = is_field;
    write_comparisons(checks, i, end, is_field ? checks[i].header : key_of(checks[i]), out);
    i = end;
  }
  if (fields) out.close();
}

}  // namespace mailcosm::sim::scenario
