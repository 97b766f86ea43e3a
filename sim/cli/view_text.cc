#include "sim/cli/view_text.h"

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "sim/cli/terminal.h"
#include "sim/trace/narrative/narrative.h"
#include "sim/view/player.h"

namespace mailcosm::cli {
namespace {

using sim::view::Player;

// Keys come one by one and are not shown, until the end of this object.
class KeyMode {
 public:
  KeyMode() {
    if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios keys = before_;
    keys.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ISIG);
    keys.c_cc[VMIN] = 1;
    keys.c_cc[VTIME] = 0;
    changed_ = tcsetattr(STDIN_FILENO, TCSANOW, &keys) == 0;
  }
  ~KeyMode() {
    if (changed_) tcsetattr(STDIN_FILENO, TCSANOW, &before_);
  }
  KeyMode(const KeyMode&) = delete;
  KeyMode& operator=(const KeyMode&) = delete;

 private:
  termios before_{};
  bool changed_ = false;
};

std::size_t rows_of_stdout() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0) return 24;
  return size.ws_row;
}

// One key; what a terminal sends for it at once belongs together. Empty at the end of the input.
std::string read_key() {
  char buffer[16];
  const ssize_t count = ::read(STDIN_FILENO, buffer, sizeof buffer);
  return count <= 0 ? std::string() : std::string(buffer, static_cast<std::size_t>(count));
}

}  // namespace

bool has_terminal() { return isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0; }

Result<void> play_on_terminal(sim::TraceReader& reader, const sim::view::Shown& shown) {
  Player player(reader.header());
  if (const auto read = read_shown(reader, shown, player); !read) return read.error();
  const KeyMode keys;
  const sim::Style style = style_of_stdout();
  while (true) {
    const std::string screen = player.screen(width_of_stdout(), rows_of_stdout(), style);
    std::printf("\x1b[2J\x1b[H%s", screen.c_str());
    std::fflush(stdout);
    const std::string key = read_key();
    if (key.empty() || !player.press(Player::key_of(key))) break;
  }
  std::puts("");
  return {};
}

Result<void> tell_run(sim::TraceReader& reader, const sim::view::Shown& shown,
                      sim::ByteSink& sink) {
  sim::Narrative narrative(sink, reader.header(),
                           {.style = style_of_stdout(), .width = width_of_stdout()});
  if (const auto read = read_shown(reader, shown, narrative); !read) return read.error();
  if (narrative.finish()) return {};
  return Error{"the story could not be written completely", 0};
}

}  // namespace mailcosm::cli
