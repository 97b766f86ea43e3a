mailcosm_fuzzer(dns_zone_fuzz SOURCES dns_zone_fuzz.cc DEPS protocols_dns)
