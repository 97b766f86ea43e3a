#include "protocols/mail/received.h"

#include "protocols/mail/date.h"

namespace mailcosm::mail {
namespace {

std::string address_literal(std::string_view ip_address) {
  bool ipv6 = ip_address.find(':') != std::string_view::npos;
  return (ipv6 ? "[IPv6:" : "[") + std::string(ip_address) + ']';
}

}  // namespace

// Time-stamp-line = "Received:" FWS "FROM" Extended-Domain "BY" Extended-Domain ["VIA"] ["WITH"]
// ["ID"] ["FOR"] ";" date
void append_received(const Received& received, std::string& output) {
  output += "Received: ";
  if (!received.from.empty()) {
    output += "from " + received.from;
    if (!received.from_address.empty()) {
      output += " (";
      if (!received.from_host.empty()) output += received.from_host + ' ';
      output += address_literal(received.from_address) + ')';
    }
    output += "\r\n\t";
  }
  output += "by " + received.by;
  if (!received.with.empty()) output += " with " + received.with;
  if (!received.id.empty()) output += " id " + received.id;
  if (!received.for_address.is_null()) output += "\r\n\tfor " + received.for_address.to_path();
  output += ";\r\n\t" + format_date(received.date, received.zone_minutes) + "\r\n";
}

void append_return_path(const Address& reverse_path, std::string& output) {
  output += "Return-Path: " + reverse_path.to_path() + "\r\n";
}

std::size_t count_received(const Header& header) { return header.count("Received"); }

}  // namespace mailcosm::mail
