// Fingerprints: what happened in a run, in five layers that move independently of each other.
//
// - outcomes: the records of the story layer: who did what, and what became of each message.
//   Without expectations, times, TTLs, sizes and contents.
// - protocol: every line of every dialogue in its direction, beginning and end of dialogues, the
// DNS messages, and
//   the remarks of agents. Without ports, DNS ids and contents of messages.
// - times: when each record of these two layers happened, their durations and instants, and how
// many packets it took
//   (segmentation, acknowledgements and retransmissions follow from timing).
// - bytes: the contents of messages as sent, stored and fetched, line by line, and their sizes.
// - draws: what was drawn at random: Message-IDs, DNS ids and ports, and the losses and delays of
// links.
//
// The first two and `bytes` do not see what follows from a time or a draw within a text: see
// stable_text.h. None depends on the order of what happens at different hosts or in different
// dialogues, nor on the depth of the trace.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace mailcosm::sim {

// In the order in which people want to know what has moved.
enum class GoldenLayer : std::uint8_t { kOutcomes, kProtocol, kTimes, kBytes, kDraws };
inline constexpr std::size_t kGoldenLayers = 5;

struct Fingerprint {
  std::uint64_t value = 0;
  std::uint64_t count = 0;  // of what went into it; for people
};
using Fingerprints = std::array<Fingerprint, kGoldenLayers>;

// "outcomes", as it stands in a golden file.
std::string_view golden_layer_name(GoldenLayer layer);
// "protocol lines", in a sentence.
std::string_view golden_layer_words(GoldenLayer layer);
// "facts": what its count counts.
std::string_view golden_layer_unit(GoldenLayer layer);

}  // namespace mailcosm::sim
