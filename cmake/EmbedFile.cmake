# Writes a C++ source that holds the octets of a file.
# cmake -DINPUT=file -DOUTPUT=source.cc -DNAME=namespace::function -DHEADER=header.h -P EmbedFile.cmake
# NAME is a function without arguments that gives a std::string_view, and HEADER declares it.
file(READ "${INPUT}" hex HEX)
string(LENGTH "${hex}" digits)
math(EXPR octets "${digits} / 2")
# Twenty octets a line, as character escapes in string literals: much faster to compile than an array of numbers.
string(REGEX REPLACE "(........................................)" "\\1\n" lines "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" lines "${lines}")
string(REGEX REPLACE "(\\\\x[^\n]+)\n?" "    \"\\1\"\n" lines "${lines}")
string(REGEX MATCH "^(.*)::([^:]*)$" ignored "${NAME}")
file(WRITE "${OUTPUT}" "#include \"${HEADER}\"

// Compilers need not support string literals as long as this; those we build with do.
#pragma GCC diagnostic ignored \"-Woverlength-strings\"

namespace ${CMAKE_MATCH_1} {

std::string_view ${CMAKE_MATCH_2}() {
  static constexpr char kOctets[] =
${lines}      ;
  return {kOctets, ${octets}};
}

}  // namespace ${CMAKE_MATCH_1}
")
