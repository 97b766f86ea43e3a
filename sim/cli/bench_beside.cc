#include "sim/cli/bench_beside.h"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <string_view>
#include <vector>

#include "bench/beside_line.h"
#include "sim/cli/interrupt.h"

namespace mailcosm::cli {
namespace {

constexpr const char* kPython = "python3";
constexpr int kNotFound = 127;  // what shells say of a command that is not there
constexpr int kGlanceMs = 200;  // how often it is asked whether an interrupt has come

// A process whose standard output is read. It is asked to end when this program dies, and lies in a
// group of its own: Ctrl-C reaches it through `end`, once, and not what it has started.
class Child {
 public:
  explicit Child(const std::vector<std::string>& command) {
    std::vector<char*> words;
    for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    int ends[2];
    if (pipe(ends) != 0) return;
    process_ = fork();
    if (process_ == 0) {
      setpgid(0, 0);
      prctl(PR_SET_PDEATHSIG, SIGTERM);
      dup2(ends[1], STDOUT_FILENO);
      close(ends[0]);
      close(ends[1]);
      execvp(words[0], words.data());
      _exit(kNotFound);
    }
    close(ends[1]);
    output_ = ends[0];
  }
  ~Child() { wait(); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // The next line without its end; false when there is none any more.
  bool next_line(std::string& line) {
    if (output_ < 0) return false;
    std::size_t end = 0;
    while ((end = read_.find('\n')) == std::string::npos) {
      if (process_ > 0 && Interrupt::exit_code() != 0) kill(process_, SIGTERM);
      pollfd waiting = {output_, POLLIN, 0};
      if (poll(&waiting, 1, kGlanceMs) <= 0) continue;
      char buffer[4096];
      const ssize_t got = ::read(output_, buffer, sizeof buffer);
      if (got <= 0) return false;
      read_.append(buffer, static_cast<std::size_t>(got));
    }
    line = read_.substr(0, end);
    read_.erase(0, end + 1);
    return true;
  }

  // Its exit code; -1 if it had none.
  int wait() {
    if (output_ >= 0) close(output_);
    output_ = -1;
    int status = -1;
    while (process_ > 0 && waitpid(process_, &status, 0) < 0 && errno == EINTR) {
      if (Interrupt::exit_code() != 0) kill(process_, SIGTERM);
    }
    if (process_ > 0) process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t process_ = -1;
  int output_ = -1;
  std::string read_;
};

}  // namespace

BenchBeside::BenchBeside() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  program_ = program.string();
  for (std::filesystem::path folder = program.parent_path();; folder = folder.parent_path()) {
    const std::filesystem::path script = folder / "bench" / "beside.py";
    if (std::filesystem::is_regular_file(script, error)) {
      script_ = script.string();
      return;
    }
    if (!folder.has_relative_path()) break;
  }
}

void BenchBeside::measure(const std::string& subject, const bench::Figures& ours,
                          const std::function<void(bench::Figure)>& print) {
  if (script_.empty()) {
    missing_.insert(
        "other programs and instructions, for which the program must lie in its source tree: "
        "./mailcosm bench");
    return;
  }
  std::vector<std::string> command = {kPython, script_, subject, "--program", program_};
  for (const bench::Figure& figure : ours) {
    command.emplace_back("--figure");
    command.push_back(figure.name);
  }
  const Interrupt interrupt;
  Child child(command);
  for (std::string line; child.next_line(line);) {
    bench::BesideLine read = bench::read_beside_line(line, ours);
    if (read.figure) {
      print(std::move(*read.figure));
    } else {
      missing_.insert(std::move(read.missing));
    }
  }
  const int code = child.wait();
  if (code == kNotFound) {
    missing_.insert("other programs are measured with python3 (apt-get install python3)");
  } else if (code != 0 && Interrupt::exit_code() == 0) {
    missing_.insert(script_ + " failed");
  }
}

}  // namespace mailcosm::cli
