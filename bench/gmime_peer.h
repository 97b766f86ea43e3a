// GmimePeer: the MIME parser of GMime, to measure ours beside it and to see that both find the same
// tree.
//
// Where the library is installed it is loaded when it is asked for; nothing is linked, so that a
// build needs nothing of it.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "protocols/mail/mime.h"

namespace mailcosm::bench {

class GmimePeer {
 public:
  // Null where it is not installed.
  static std::unique_ptr<GmimePeer> load();
  ~GmimePeer();
  GmimePeer(const GmimePeer&) = delete;
  GmimePeer& operator=(const GmimePeer&) = delete;

  // Parses a message into GMime's tree, and forgets it. The number of its leaves.
  std::size_t parse(std::string_view message) const;
  // Types and boundaries of the tree: "multipart/mixed;outer(text/plain
  // message/rfc822(text/html))".
  std::string outline(std::string_view message) const;

 private:
  struct Library;
  explicit GmimePeer(std::unique_ptr<Library> library);
  std::unique_ptr<Library> library_;
};

// The same of a tree of ours.
std::string outline_of(const mail::MimeTree& tree);

}  // namespace mailcosm::bench
