#include "sim/golden/fingerprint.h"

namespace mailcosm::sim {
namespace {

struct Words {
  std::string_view name, words, unit;
};
constexpr std::array<Words, kGoldenLayers> kWords = {{
    {"outcomes", "outcomes", "facts"},
    {"protocol", "protocol lines", "lines"},
    {"times", "times", "moments"},
    {"bytes", "bytes", "octets"},
    {"draws", "random draws", "draws"},
}};

const Words& words_of(GoldenLayer layer) { return kWords[static_cast<std::size_t>(layer)]; }

}  // namespace

std::string_view golden_layer_name(GoldenLayer layer) { return words_of(layer).name; }
std::string_view golden_layer_words(GoldenLayer layer) { return words_of(layer).words; }
std::string_view golden_layer_unit(GoldenLayer layer) { return words_of(layer).unit; }

}  // namespace mailcosm::sim
