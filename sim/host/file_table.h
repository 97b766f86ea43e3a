// FileTable: the files of one disk by path.
//
// Found by hash, since a server has thousands of them and looks for one with every command. The
// order of their paths is kept from the first list() that has something to tell: most disks are
// listed only when they are empty, at the start.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "protocols/base/content.h"

namespace mailcosm::sim {

// Appended octets are kept apart until somebody reads the file, so that a journal grows without
// copying. Most files are never appended to.
struct DiskFile {
  mutable Content content;
  mutable std::unique_ptr<std::string> appended;

  std::uint64_t size() const {
    return (content ? content.size() : 0) + (appended ? appended->size() : 0);
  }
  const Content& whole() const;
};

class FileTable {
 public:
  FileTable() = default;
  FileTable(const FileTable&) = delete;
  FileTable& operator=(const FileTable&) = delete;

  // Null if there is none. Files stay where they are until they are taken or the table is cleared.
  DiskFile* find(std::string_view path);
  const DiskFile* find(std::string_view path) const;
  // An empty file. REQUIRES: there is none of this path.
  DiskFile& make(std::string_view path);
  DiskFile& find_or_make(std::string_view path);
  // Takes a file out, with its path. REQUIRES: there is one.
  std::pair<std::string, DiskFile> take(std::string_view path);
  // REQUIRES: there is a file `from`, and none `to`.
  void rename(std::string_view from, std::string_view to);
  void clear();

  // Paths that start with `prefix`, in byte order.
  std::vector<std::string> list(std::string_view prefix) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view path) const {
      return std::hash<std::string_view>()(path);
    }
  };
  using Files = std::unordered_map<std::string, DiskFile, Hash, std::equal_to<>>;

  Files::node_type extract(std::string_view path);

  Files files_;
  // Views of the paths in `files_`, once there is a need.
  mutable std::optional<std::set<std::string_view>> order_;
};

}  // namespace mailcosm::sim
