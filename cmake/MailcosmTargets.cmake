# Two functions that every folder uses, so that flags and conventions stand in one place.

find_program(MAILCOSM_CCACHE ccache)
if(MAILCOSM_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${MAILCOSM_CCACHE})
endif()

add_library(mailcosm_flags INTERFACE)
target_include_directories(mailcosm_flags INTERFACE ${CMAKE_SOURCE_DIR})
# Contraction of a*b+c into one rounding would let results differ between processors.
target_compile_options(mailcosm_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                                                -ffp-contract=off -fno-math-errno)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports impossible overlaps in std::string (its bug 105651).
  target_compile_options(mailcosm_flags INTERFACE -Wno-restrict)
endif()
if(MAILCOSM_WERROR)
  target_compile_options(mailcosm_flags INTERFACE -Werror)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  target_compile_definitions(mailcosm_flags INTERFACE _GLIBCXX_ASSERTIONS)
endif()
if(MAILCOSM_SANITIZE)
  target_compile_options(mailcosm_flags INTERFACE -fsanitize=address,undefined
                                                  -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(mailcosm_flags INTERFACE -fsanitize=address,undefined)
endif()
if(MAILCOSM_TSAN)
  target_compile_options(mailcosm_flags INTERFACE -fsanitize=thread)
  target_link_options(mailcosm_flags INTERFACE -fsanitize=thread)
endif()
if(MAILCOSM_FUZZ)
  target_compile_options(mailcosm_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# mailcosm_library(NAME SOURCES a.cc ... [DEPS lib ...] [PRIVATE_DEPS lib ...])
# One static library for one folder; NAME is the folder with underscores, e.g. protocols_smtp.
function(mailcosm_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC mailcosm_flags ${ARG_DEPS} PRIVATE ${ARG_PRIVATE_DEPS})
endfunction()

# mailcosm_test(NAME SOURCES a_test.cc ... [DEPS lib ...])
# One GoogleTest program for one folder of tests, found by CTest as a single test named NAME.
function(mailcosm_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE mailcosm_flags ${ARG_DEPS} tests_support GTest::gtest
                                        GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name} --gtest_brief=1 WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endfunction()

# mailcosm_fuzzer(NAME SOURCES a_fuzz.cc [DEPS lib ...] [DICT file])
# One libFuzzer program; its seed corpus is the folder NAME beside it.
function(mailcosm_fuzzer name)
  cmake_parse_arguments(ARG "" "DICT" "SOURCES;DEPS" ${ARGN})
  if(NOT MAILCOSM_FUZZ)
    return()
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE mailcosm_flags ${ARG_DEPS})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
endfunction()
