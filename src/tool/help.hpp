#ifndef SIPSTATUS_TOOL_HELP_HPP
#define SIPSTATUS_TOOL_HELP_HPP

// The screens of --help. Out: text of at most 80 columns.

namespace sipstatus::tool {

inline constexpr const char *main_help = R"(sipstatus: reads the status lines of SIP responses and says what they mean.

  sipstatus list    FILE...     every response, one row each
  sipstatus check   FILE...     what is wrong with them, as a compiler says it
  sipstatus explain TOPIC...    what is known of a code, phrase, class or rule

  -h, --help       this screen; behind a command, that command's and its options
  -V, --version    the version

FILE is a pcap or pcapng capture, or text with one status line a line; - is
standard input. They are told apart by their first octets.

Exit status: 0 clean; 1 check found errors or warnings; 2 usage; 3 some input
could not be read, whole or in part, or output could not be written.
)";

inline constexpr const char *list_help = R"(sipstatus list [OPTIONS] FILE...: every response, one row each.

  -o, --output text|ndjson         rows for people, or one JSON object a line
      --color auto|always|never    auto: on a terminal; none under NO_COLOR
  -q, --quiet                      no hints on standard error

FILE is a pcap or pcapng capture, or text with one status line a line; - is
standard input. In a capture every UDP datagram, on any port, that begins with
SIP/ in any case is taken for a response; of an IP fragment the first is read.

A row: file and frame (in a text, the line's number), time, transport, source
and destination, code and phrase, class, finality, kind of phrase, deviations;
- is what does not apply. The kind is canonical, letter-case, former, published,
local or absent; it is incomplete for a line that was cut short, which ends
in ... then. Lines that cannot be read as a status line are left out: see check.
Controls, octets that are not UTF-8 and the backslash are shown as \xHH.
A terminal gets shorter rows: file and day in a heading, milliseconds, the kind
only where it is not canonical, class and finality only where there is room.

  sipstatus list calls.pcapng
  sipstatus list -o ndjson *.pcap | jq -r 'select(.code >= 500).src' | sort -u
)";

inline constexpr const char *check_help = R"(sipstatus check [OPTIONS] FILE...: what is wrong with the responses.

  -o, --output text|ndjson         for people, or one JSON object a line
      --color auto|always|never    auto: on a terminal; none under NO_COLOR
  -q, --quiet                      no summary and no hints on standard error

FILE is a pcap or pcapng capture, or text with one status line a line; - is
standard input. In a capture every UDP datagram, on any port, that begins with
SIP/ in any case is taken for a response; of an IP fragment the first is read.

  error      the line cannot be read as a status line, or was cut short
  warning    the line can be read, and strays from what a sender must write
  note       the phrase is not the canonical one, the code is not current, ...

Each finding names its rule in brackets: sipstatus explain RULE says more of it.
Exit status: 1 if there are errors or warnings; notes do not count.

  sipstatus check calls.pcapng
  printf 'SIP/2.0 4860 Busy\n' | sipstatus check -
)";

inline constexpr const char *explain_help = R"(sipstatus explain [OPTIONS] TOPIC...: what is known of it.

  -o, --output text|ndjson         for people, or one JSON object a line
      --color auto|always|never    auto: on a terminal; none under NO_COLOR

TOPIC is a code, a reason phrase (all codes that have it), a class by its digit
or any of its names, or a rule of check. Letter case does not matter, and words
that are one phrase need no quotes. Exit status: 2 if a topic is not known.

  sipstatus explain 437
  sipstatus explain Not Acceptable
  sipstatus explain 4xx "server error"
  sipstatus explain bare-lf
)";

} // namespace sipstatus::tool

#endif
