mailcosm_fuzzer(crossing_fuzz SOURCES crossing_fuzz.cc DEPS sim_net)
