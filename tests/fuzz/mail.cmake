foreach(subject mail_address mail_header mail_mime mail_date mail_encoded_word)
  mailcosm_fuzzer(${subject}_fuzz SOURCES ${subject}_fuzz.cc DEPS protocols_mail)
endforeach()
