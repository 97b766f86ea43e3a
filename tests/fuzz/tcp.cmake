mailcosm_fuzzer(tcp_fuzz SOURCES tcp_fuzz.cc DEPS sim_net DICT tcp.dict)
