mailcosm_fuzzer(sasl_fuzz SOURCES sasl_fuzz.cc DEPS protocols_sasl)
