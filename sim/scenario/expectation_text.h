// Expectations as sentences.
#pragma once

#include <string>
#include <string_view>

#include "sim/scenario/expectation.h"

namespace mailcosm::sim::scenario {

// "Mailbox INBOX of bob@blue.com: count is 1, within 10 s."
std::string sentence_of(const Expectation& expectation);
// "count is at least 2"
std::string sentence_of(const Check& check);
// The word of the language: "at_least".
std::string_view word_of(Comparison comparison);
// The key of the language: "header Received".
std::string key_of(const Check& check);

}  // namespace mailcosm::sim::scenario
