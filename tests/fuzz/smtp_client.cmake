mailcosm_fuzzer(smtp_client_fuzz SOURCES smtp_client_fuzz.cc DEPS protocols_smtp GTest::gtest)
