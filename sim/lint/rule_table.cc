#include "sim/lint/rule.h"

namespace mailcosm::sim::lint {
namespace {

using enum Severity;

constexpr Rule kRules[] = {
    // Names
    {"mx-is-alias", kWarning, "An MX record names a host by an alias (CNAME).",
     "RFC 2181 section 10.3 forbids it: a server that looks for its own name among the MX does not "
     "find it, and mail may loop. Name the host itself."},
    {"mx-without-address", kWarning, "An MX record names a host that has no address.",
     "Nobody can connect to it, so mail waits and comes back in the end (RFC 5321 section 5.1). "
     "Give the host an A or AAAA record, or take the MX record away."},
    {"mx-without-server", kWarning, "An MX record leads to a machine that takes no mail.",
     "No host of the scenario with that address listens for SMTP on port 25. A host that is down "
     "for a while is better told with a fault."},
    {"null-mx-beside-mx", kWarning, "A null MX stands beside other MX records.",
     "`MX 0 .` says that the domain takes no mail at all (RFC 7505 section 3); beside others it "
     "says both, and senders do not agree on which counts."},
    {"ttl-zero", kWarning, "A TTL is zero.",
     "Nothing is remembered then, and every look-up walks the whole way again. It is legal "
     "(RFC 1035 section 3.2.1), but rarely what is meant, and some resolvers keep such data all "
     "the same."},
    {"negative-ttl-long", kNote, "Others remember for more than a day that a name does not exist.",
     "RFC 2308 section 5 recommends one to three hours and advises against more than a day: a name "
     "that is added later stays invisible for so long."},
    {"ns-is-alias", kWarning, "An NS record names a server by an alias (CNAME).",
     "RFC 2181 section 10.3 forbids it: resolvers need the address with the answer, and some give "
     "up."},
    {"cname-dangling", kWarning, "An alias (CNAME) stands for a name that does not exist.",
     "A look-up of it gives NXDOMAIN, as if the alias itself did not exist."},
    {"zone-without-ns", kWarning, "A zone has no NS records of its own.",
     "They belong to its data (RFC 1034 section 4.2.1); without them a resolver knows only what "
     "the parent zone says."},
    {"single-name-server", kNote, "A zone has one name server only.",
     "RFC 1034 section 4.1 demands at least two, so that one failure does not make the domain "
     "disappear; RFC 2182 explains where to put them. Fine for a scenario about something else."},
    {"lame-delegation", kWarning, "A name server is said to serve a zone and does not.",
     "A resolver that asks it gets no answer it can use, and loses time (RFC 1912 section 2.8). "
     "Scenarios about lame servers say `x-ignore: [lame-delegation]`."},
    {"delegation-differs", kWarning,
     "The parent zone names other name servers than the zone itself.",
     "Both lists should be the same (RFC 1034 section 4.2.2); which servers are asked depends on "
     "what a resolver saw last."},
    {"glue-missing", kWarning, "A zone is delegated to a server below it, without its address.",
     "To learn the address one would have to ask the very server that is looked for (RFC 1034 "
     "section 4.2.1). Add its A record beside the NS record in the parent zone."},
    {"zone-unreachable", kWarning, "A zone that no other zone delegates.",
     "A resolver that walks from the root never finds it. Add NS records to the parent zone, or "
     "name the zone in a resolver's `local_zones`."},
    // The network
    {"host-without-link", kWarning, "A host has no link.",
     "Its programs can talk to nobody. Add a link, or take the host away."},
    {"network-in-parts", kWarning, "No line leads from a host to the others.",
     "The links form several separate networks. A network that breaks for a while is told with a "
     "fault `partition`."},
    {"link-loses-everything", kWarning, "A link loses 100 % of its packets.",
     "Nothing passes, and the senders do not learn why. A line that is cut is `up: false`."},
    {"link-never-up", kWarning, "A link is down from the start, and nothing sets it up.",
     "Then it need not be there. A fault may set it up later."},
    {"host-unused", kWarning, "A host on which nothing runs and nothing happens.",
     "No program is on it, no zone names it as a server, and the story does not mention it."},
    {"no-resolver", kWarning, "A host with programs that look up names knows no resolver.",
     "Every look-up fails at once. Add `name_servers` to the host."},
    // Mail servers
    {"open-relay", kWarning, "A mail server passes on mail from anybody to anybody.",
     "Such servers are misused within hours and end on block lists (RFC 5321 section 7.8, "
     "RFC 2505). `relay_from` names the networks of the server's own people."},
    {"submission-without-accounts", kWarning,
     "A submission server has no accounts, so that nobody can log in.",
     "RFC 6409 section 4.3 demands authentication there."},
    {"local-domain-without-route", kWarning,
     "A mail server has users of a domain, but no way to their mailboxes.",
     "Without a route it looks up the domain's MX, finds itself, and the mail loops or bounces. "
     "Add a route with `transport: lmtp`."},
    {"no-second-attempt", kWarning, "The queue gives mail up before it tries a second time.",
     "`retry_first` is at least `queue_lifetime`. RFC 5321 section 4.5.4.1 expects retries over "
     "four to five days."},
    {"delay-notice-too-late", kWarning,
     "The notice of delay would come after the mail has been given up.",
     "`delay_notice` is at least `queue_lifetime`, so that nobody ever gets it."},
    {"quota-below-message-size", kNote,
     "A mailbox has less room than the largest message that is let in.",
     "Such a message is taken at the edge and refused at the mailbox, so that it has to bounce "
     "(RFC 5321 section 6.1) where a refusal in the dialogue would have been enough."},
    {"login-unknown", kWarning, "A mail program logs in where it has no account.",
     "The server refuses it every time."},
    {"password-wrong", kWarning, "A mail program has another password than the server.",
     "The server refuses it every time."},
    {"password-is-user", kWarning, "A password is the user's name.",
     "It is the first one that anybody tries. Scenarios are shown in lectures, and set an "
     "example."},
    {"magic-unused", kNote, "Magic addresses are switched on, and nobody writes to one.",
     "They answer for local parts such as `451` and `greylist`. Without such a recipient in the "
     "story the key does nothing."},
    // Addressees
    {"user-unreachable", kWarning, "A user to whom no mail can get.",
     "No mail server takes mail for the domain, or neither an MX record, nor an address, nor a "
     "route leads to the one that does."},
    {"recipient-unknown", kWarning, "Mail goes to an address that its domain does not know.",
     "The server answers 550 (RFC 5321 section 3.3). Where the story is about just that, the step "
     "says `x-ignore: [recipient-unknown]`."},
    {"recipient-domain-unknown", kWarning, "Mail goes to a domain that nothing takes mail for.",
     "There is no MX record, no address and no route, so that it bounces. Where the story is about "
     "just that, the step says `x-ignore: [recipient-domain-unknown]`."},
    {"alias-circle", kWarning, "Aliases of several servers lead back to where they began.",
     "The mail goes round until its Received fields are counted (RFC 5321 section 6.3). A circle "
     "on one server is an error."},
    // People and story
    {"device-unused", kNote, "One of several devices, which nobody uses.",
     "The story does not name it, no expectation does, and it does not check for mail by itself."},
    {"setting-without-effect", kWarning, "A setting that does nothing with the device's protocol.",
     "`leave_on_server` belongs to POP3, `keeps_sent` and `idles` to IMAP, and `check_every` to a "
     "device that can fetch mail."},
    {"step-after-loss", kWarning, "A device does something after it is lost.",
     "The step is skipped, because the device is gone with all that was stored on it."},
    {"traffic-cut-off", kWarning, "The run ends before all mails of the traffic are written.",
     "`begin` and `during` of the mails say how long writing takes on average; the run ends at "
     "`until`."},
    {"readers-too-early", kWarning, "Users stop looking for mail before the last is written.",
     "What comes later stays unread. `until` of the readers says when they stop."},
    {"step-at-the-end", kWarning, "A step happens at the very end of the run.",
     "Nothing can come of it any more, because the run ends at `until`."},
    {"story-out-of-order", kNote, "A step stands below a later one.",
     "It happens at its time all the same, but readers take the order of the file for the order of "
     "events."},
    // Faults
    {"fault-without-effect", kWarning, "A fault that changes nothing.",
     "What it hits does not exist there, is like that already, or its condition never comes "
     "true."},
    // Expectations
    {"no-expectations", kWarning, "The scenario expects nothing.",
     "It can never fail, so that nobody notices when it tells another story one day."},
    {"expectation-cannot-fail", kWarning, "An expectation that can never fail.",
     "It looks like a test and is none, for example `count: {at_least: 0}`, or `never` on records "
     "that no program of the scenario can make."},
    {"expectation-cannot-hold", kWarning, "An expectation that can never hold.",
     "It asks for something that no program of the scenario can do, for a value that there is not, "
     "or for a time at which nothing has happened yet."},
    {"comparison-idle", kNote, "A comparison that everything passes.",
     "`contains: \"\"`, `matches: \"*\"` and `at_least: 0` say nothing. Leave them out."},
    {"expectation-twice", kWarning, "The same is expected twice.",
     "One of the two was most likely meant to be something else."},
    {"says-twice", kWarning, "Two expectations say the same sentence.",
     "A report could not tell which of them failed."},
    // The file
    {"title-empty", kWarning, "The title is empty.",
     "Reports and pictures name the scenario by it."},
    {"ignore-unknown", kWarning, "An x-ignore names a rule that does not exist.",
     "It silences nothing; most likely the name is misspelt."},
    {"ignore-unused", kWarning, "An x-ignore silences nothing.",
     "What it was for has been mended, or it stands in the wrong mapping. Left there, it would "
     "hide the next mistake."},
};

}  // namespace

std::span<const Rule> rules() { return kRules; }

}  // namespace mailcosm::sim::lint
