// The checks of all rules, by group. Each looks at the subject and adds what it finds.
#pragma once

#include "sim/lint/finding.h"
#include "sim/lint/subject.h"

namespace mailcosm::sim::lint {

void check_dns_data(const Subject& subject, Findings& findings);
void check_delegations(const Subject& subject, Findings& findings);
void check_network(const Subject& subject, Findings& findings);
void check_mail_servers(const Subject& subject, Findings& findings);
void check_addressees(const Subject& subject, Findings& findings);
void check_people(const Subject& subject, Findings& findings);
void check_traffic(const Subject& subject, Findings& findings);
void check_story(const Subject& subject, Findings& findings);
void check_expectations(const Subject& subject, Findings& findings);
void check_faults(const Subject& subject, Findings& findings);
void check_texts(const Subject& subject, Findings& findings);

}  // namespace mailcosm::sim::lint
