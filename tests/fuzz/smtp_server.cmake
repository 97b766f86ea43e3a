mailcosm_fuzzer(smtp_server_fuzz SOURCES smtp_server_fuzz.cc DEPS protocols_smtp GTest::gtest)
