#include "report/screen.hpp"

#include <cstdlib>
#include <string_view>

#include <sys/ioctl.h>
#include <unistd.h>

namespace sipstatus::tool {

screen describe_screen(colour_choice choice) {
    screen described;
    described.terminal = isatty(STDOUT_FILENO) != 0;
    const char *no_color = std::getenv("NO_COLOR"), *term = std::getenv("TERM");
    const bool forbidden = no_color && *no_color;
    const bool able = described.terminal && !(term && std::string_view(term) == "dumb");
    described.colour = !forbidden && (choice == colour_choice::always || (choice == colour_choice::automatic && able));
    winsize size{};
    if (described.terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        described.columns = size.ws_col;
    return described;
}

} // namespace sipstatus::tool
