// parts_of: a stretch of a content as the two views that it consists of, so that a message is sent
// without being put together.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "protocols/base/content.h"

namespace mailcosm::sim {

// At most `length` octets from `offset` on: those in the head, and those in the body. Either may be
// empty. REQUIRES: the content is not null, offset <= content.size().
inline std::array<std::string_view, 2> parts_of(const Content& content, std::size_t offset,
                                                std::size_t length) {
  const std::string_view head = content.head();
  const std::string_view front = head.substr(std::min(offset, head.size()), length);
  if (front.size() == length) return {front, {}};
  const std::size_t body_at = offset + front.size() - head.size();
  return {front, content.body().substr(body_at, length - front.size())};
}

}  // namespace mailcosm::sim
