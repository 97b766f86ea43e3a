#include "sim/host/file_table.h"

#include "protocols/base/check.h"

namespace mailcosm::sim {

const Content& DiskFile::whole() const {
  if (!content || appended) {
    std::string all = content ? content.text() : std::string();
    if (appended) all.append(*appended);
    content = Content(all);
    appended = nullptr;
  }
  return content;
}

DiskFile* FileTable::find(std::string_view path) {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

const DiskFile* FileTable::find(std::string_view path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

DiskFile& FileTable::make(std::string_view path) {
  const auto [made, is_new] = files_.try_emplace(std::string(path));
  CHECK(is_new);
  if (order_) order_->insert(made->first);
  return made->second;
}

DiskFile& FileTable::find_or_make(std::string_view path) {
  DiskFile* file = find(path);
  return file != nullptr ? *file : make(path);
}

FileTable::Files::node_type FileTable::extract(std::string_view path) {
  const auto found = files_.find(path);
  CHECK(found != files_.end());
  if (order_) order_->erase(found->first);
  return files_.extract(found);
}

std::pair<std::string, DiskFile> FileTable::take(std::string_view path) {
  Files::node_type node = extract(path);
  return {std::move(node.key()), std::move(node.mapped())};
}

void FileTable::rename(std::string_view from, std::string_view to) {
  Files::node_type node = extract(from);
  node.key() = to;
  const auto inserted = files_.insert(std::move(node));
  CHECK(inserted.inserted);
  if (order_) order_->insert(inserted.position->first);
}

void FileTable::clear() {
  order_.reset();
  files_.clear();
}

std::vector<std::string> FileTable::list(std::string_view prefix) const {
  std::vector<std::string> paths;
  if (files_.empty()) return paths;
  if (!order_) {
    order_.emplace();
    for (const auto& [path, file] : files_) order_->insert(path);
  }
  for (auto at = order_->lower_bound(prefix); at != order_->end() && at->starts_with(prefix); ++at)
    paths.emplace_back(*at);
  return paths;
}

}  // namespace mailcosm::sim
