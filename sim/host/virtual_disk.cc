#include "sim/host/virtual_disk.h"

#include <algorithm>
#include <utility>

namespace mailcosm::sim {

RecordId VirtualDisk::tell_trouble(std::string_view detail) {
  HostTrace& trace = host_->trace();
  trace.add_cause(trouble_->cause);
  const RecordId record = trace.emit(Kind::kFaultApplied, {trouble_->fault, "disk", detail});
  trace.set_cause(record);
  return record;
}

bool VirtualDisk::fits(std::string_view path, std::uint64_t more, std::uint64_t less) {
  if (trouble_ && trouble_->full && more > less) {
    tell_trouble("there is no room on the disk for " + std::string(path));
    return false;
  }
  return options_.capacity_max == 0 || bytes_used_ - less + more <= options_.capacity_max;
}

bool VirtualDisk::write(std::string_view path, Content content) {
  DiskFile* file = files_.find(path);
  const bool existed = file != nullptr;
  const std::uint64_t old_size = existed ? file->size() : 0;
  if (!content) content = Content("");
  if (!fits(path, content.size(), old_size)) return false;
  bytes_used_ = bytes_used_ - old_size + content.size();
  if (!existed) file = &files_.make(path);
  undo_.push_back(
      {Undo::What::kWrite, ++changes_, std::string(path), {}, existed, std::move(*file), 0});
  *file = {std::move(content), {}};
  return true;
}

bool VirtualDisk::append(std::string_view path, std::string_view bytes) {
  if (!fits(path, bytes.size(), 0)) return false;
  DiskFile* file = files_.find(path);
  const bool existed = file != nullptr;
  if (!existed) file = &files_.make(path);
  undo_.push_back(
      {Undo::What::kAppend, ++changes_, std::string(path), {}, existed, {}, file->size()});
  if (!file->appended) file->appended = std::make_unique<std::string>();
  file->appended->append(bytes);
  bytes_used_ += bytes.size();
  return true;
}

bool VirtualDisk::rename(std::string_view from, std::string_view to) {
  if (files_.find(from) == nullptr) return false;
  if (from == to) return true;
  DiskFile* target = files_.find(to);
  const bool existed = target != nullptr;
  undo_.push_back(
      {Undo::What::kRename, ++changes_, std::string(from), std::string(to), existed, {}, 0});
  if (existed) {
    bytes_used_ -= target->size();
    undo_.back().before = std::exchange(*target, files_.take(from).second);
  } else {
    files_.rename(from, to);
  }
  return true;
}

bool VirtualDisk::remove(std::string_view path) {
  if (files_.find(path) == nullptr) return false;
  auto [name, file] = files_.take(path);
  bytes_used_ -= file.size();
  undo_.push_back({Undo::What::kRemove, ++changes_, std::move(name), {}, true, std::move(file), 0});
  return true;
}

Content VirtualDisk::read(std::string_view path) const {
  const DiskFile* file = files_.find(path);
  return file == nullptr ? nullptr : file->whole();
}

std::vector<std::string> VirtualDisk::list(std::string_view prefix) const {
  return files_.list(prefix);
}

void VirtualDisk::sync(DiskHandler& handler, std::uint64_t token) {
  Instant due = host_->now() + options_.sync_latency;
  const RecordId cause = host_->trace().cause();
  RecordId slowed = cause;
  if (trouble_ && trouble_->slow != Duration{}) {
    due = due + trouble_->slow;
    slowed = tell_trouble("a sync of the disk takes longer");
    host_->trace().set_cause(cause);
  }
  if (!syncs_.empty()) due = std::max(due, syncs_.back().due);
  syncs_.push_back({due, changes_, &handler, token, slowed});
  host_->wake_disk_at(due);
}

void VirtualDisk::forget(DiskHandler& handler) {
  // The sync itself goes on: what was written before it still becomes safe.
  for (PendingSync& sync : syncs_) {
    if (sync.handler == &handler) sync.handler = nullptr;
  }
}

void VirtualDisk::expire(Instant now) {
  while (!syncs_.empty() && syncs_.front().due <= now) {
    PendingSync sync = syncs_.front();
    syncs_.pop_front();
    if (trouble_ && trouble_->fails && sync.ok) {
      host_->trace().set_cause(sync.cause);
      sync.cause = tell_trouble("a sync of the disk fails");
      sync.ok = false;
    }
    if (sync.ok) {
      while (!undo_.empty() && undo_.front().number <= sync.changes) undo_.pop_front();
    }
    if (sync.handler == nullptr) continue;
    host_->trace().set_cause(sync.cause);
    sync.handler->on_synced(sync.token, sync.ok);
  }
}

void VirtualDisk::crash(Random& random) {
  syncs_.clear();
  if (undo_.empty()) return;
  const Undo& last = undo_.back();
  const bool is_write = last.what == Undo::What::kWrite || last.what == Undo::What::kAppend;
  const Content written = is_write ? files_.find(last.path)->whole() : nullptr;
  std::vector<Undo> undone;
  undone.reserve(undo_.size());
  while (!undo_.empty()) {
    undo(undo_.back());
    undone.push_back(std::move(undo_.back()));
    undo_.pop_back();
  }
  if (written) leave_torn_piece(undone, written, random);
}

void VirtualDisk::undo(Undo& change) {
  using enum Undo::What;
  if (change.what == kAppend && change.existed) return truncate(change.path, change.size_before);
  const bool is_rename = change.what == kRename;
  const std::string& path = is_rename ? change.to : change.path;
  if (is_rename) {
    files_.find_or_make(change.path) = files_.take(path).second;
  } else if (change.what != kRemove) {
    bytes_used_ -= files_.take(path).second.size();
  }
  if (!change.existed) return;
  bytes_used_ += change.before.size();
  files_.make(path) = std::move(change.before);
}

void VirtualDisk::truncate(const std::string& path, std::uint64_t size) {
  DiskFile& file = *files_.find(path);
  bytes_used_ -= file.size() - size;
  const std::uint64_t settled = file.content ? file.content.size() : 0;
  if (size > settled) {
    file.appended->resize(size - settled);
    return;
  }
  file.appended = nullptr;
  if (size < settled) file.content = Content(file.content.text().substr(0, size));
}

// A replaced file is torn into the first part of its new content; a file that grew keeps a part of
// what was added. A file that was also renamed or removed since the last sync is left alone: its
// name may not have reached the disk at all.
void VirtualDisk::leave_torn_piece(const std::vector<Undo>& undone, const Content& written,
                                   Random& random) {
  if (!random.chance(1, 2)) return;
  const Undo& last = undone.front();
  std::uint64_t kept = 0;
  if (last.what == Undo::What::kAppend) {
    for (const Undo& change : undone) {
      if (change.path != last.path && change.to != last.path) continue;
      if (change.what != Undo::What::kAppend) return;
      kept = change.size_before;
    }
  }
  if (written.size() <= kept) return;
  const std::uint64_t torn = kept + random.below(written.size() - kept);
  DiskFile& file = files_.find_or_make(last.path);
  bytes_used_ -= file.size();
  file = {Content(written.text().substr(0, torn)), {}};
  bytes_used_ += torn;
}

void VirtualDisk::destroy() {
  files_.clear();
  undo_.clear();
  bytes_used_ = 0;
  for (PendingSync& sync : syncs_) sync.ok = false;
}

}  // namespace mailcosm::sim
