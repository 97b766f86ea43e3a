#include "sim/cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace mailcosm::cli {

sim::Style style_of_stdout() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool plain = (no_color != nullptr && *no_color != '\0') || isatty(STDOUT_FILENO) == 0 ||
                     terminal == nullptr || std::string_view(terminal) == "dumb";
  return plain ? sim::Style::plain() : sim::Style::ansi();
}

std::size_t width_of_stdout() {
  winsize size{};
  if (isatty(STDOUT_FILENO) == 0 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ||
      size.ws_col == 0)
    return 100;
  return std::clamp<std::size_t>(size.ws_col, 40, 120);
}

}  // namespace mailcosm::cli
