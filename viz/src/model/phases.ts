// The state of a dialogue's automaton, read off its last command and reply.
import type { Session } from './world';

export function phaseOf(session: Session): string {
  if (session.protocol === 'imap') return imap(session.command, session.reply);
  if (session.protocol === 'pop3') return pop3(session.command, session.reply);
  return smtp(session.command, session.reply);
}

// RFC 5321 section 4.1.4
function smtp(command: string, reply: string): string {
  const open = reply === '';
  const good = /^[23]/.test(reply);
  const verb = command.split(/[\s:]/)[0]!.toUpperCase();
  if (command === '') return reply ? 'greeted' : 'waiting for the greeting';
  switch (verb) {
    case 'EHLO':
    case 'HELO':
    case 'LHLO':
      return open ? 'introducing' : 'introduced, no transaction';
    case 'AUTH':
      return open ? 'logging in' : good ? 'logged in, no transaction' : 'not logged in';
    case 'STARTTLS':
      return 'turning on TLS';
    case 'MAIL':
      return open ? 'opening a transaction' : good ? 'transaction open, no recipient yet' : 'no transaction';
    case 'RCPT':
      return open ? 'naming a recipient' : 'transaction with recipients';
    case 'DATA':
      return reply.startsWith('354') ? 'receiving the message' : open ? 'about to send the message' : good ? 'the message is handed over' : 'the message was not taken';
    case '.':
      return open ? 'waiting for the verdict' : good ? 'the message is handed over' : 'the message was not taken';
    case 'QUIT':
      return 'closing';
    default:
      return 'introduced';
  }
}

// RFC 1939 section 3
function pop3(command: string, reply: string): string {
  const verb = command.split(' ')[0]!.toUpperCase();
  if (verb === 'QUIT') return 'UPDATE (closing)';
  if (verb === '' || verb === 'USER' || verb === 'CAPA' || verb === 'STLS' || verb === 'APOP' || verb === 'AUTH') return 'AUTHORIZATION';
  if (verb === 'PASS') return reply.startsWith('+OK') ? 'TRANSACTION' : 'AUTHORIZATION';
  return 'TRANSACTION';
}

// RFC 3501 section 3
function imap(command: string, reply: string): string {
  const [, verb = ''] = command.toUpperCase().split(' ');
  if (/^(|CAPABILITY|STARTTLS|ID)$/.test(verb)) return 'not authenticated';
  if (/^(LOGIN|AUTHENTICATE)$/.test(verb)) return / OK/i.test(reply) ? 'authenticated' : 'not authenticated';
  if (verb === 'LOGOUT') return 'logout';
  if (/^(SELECT|EXAMINE|UID|FETCH|STORE|SEARCH|COPY|MOVE|EXPUNGE|IDLE|CHECK)$/.test(verb)) return 'selected';
  return 'authenticated';
}
