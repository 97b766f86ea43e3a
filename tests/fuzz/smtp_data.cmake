mailcosm_fuzzer(smtp_data_fuzz SOURCES smtp_data_fuzz.cc DEPS protocols_smtp)
