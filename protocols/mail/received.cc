#include "protocols/mail/received.h"

#include "protocols/mail/date.h"

namespace mailcosm::mail {
namespace {

void append_literal(std::string_view ip_address, std::string& output) {
  const bool ipv6 = ip_address.find(':') != std::string_view::npos;
  output += ipv6 ? "[IPv6:" : "[";
  output += ip_address;
  output += ']';
}

}  // namespace

// Time-stamp-line = "Received:" FWS "FROM" Extended-Domain "BY" Extended-Domain ["VIA"] ["WITH"]
// ["ID"] ["FOR"] ";" date
void append_received(const Received& received, std::string& output) {
  output += "Received: ";
  if (!received.from.empty()) {
    output += "from ";
    output += received.from;
    if (!received.from_address.empty()) {
      output += " (";
      if (!received.from_host.empty()) {
        output += received.from_host;
        output += ' ';
      }
      append_literal(received.from_address, output);
      output += ')';
    }
    output += "\r\n\t";
  }
  output += "by ";
  output += received.by;
  if (!received.with.empty()) {
    output += " with ";
    output += received.with;
  }
  if (!received.id.empty()) {
    output += " id ";
    output += received.id;
  }
  if (!received.for_address.is_null()) {
    output += "\r\n\tfor ";
    received.for_address.append_path_to(output);
  }
  output += ";\r\n\t";
  append_date(received.date, received.zone_minutes, output);
  output += "\r\n";
}

void append_return_path(const Address& reverse_path, std::string& output) {
  output += "Return-Path: ";
  reverse_path.append_path_to(output);
  output += "\r\n";
}

std::size_t count_received(const Header& header) { return header.count("Received"); }

}  // namespace mailcosm::mail
