mailcosm_fuzzer(scenario_fuzz SOURCES scenario_fuzz.cc DEPS sim_scenario)
