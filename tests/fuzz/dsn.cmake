mailcosm_fuzzer(dsn_fuzz SOURCES dsn_fuzz.cc DEPS protocols_dsn)
