//! Both sides of the mail server: what takes mail by SMTP (RFC 5321), and what hands it over by LMTP
//! (RFC 2033).

use std::collections::VecDeque;

use mail_parser::MessageParser;

use super::{HER, Mail, OWN, SERVER, letters, place};
use crate::conformance::operator::Seen;
use crate::conformance::specimen::Fate;
use crate::conformance::wire::{Call, Conversation, Heard, Says, Wire};

/// Where a message ends. RFC 5321, section 4.1.1.4.
const END: &[u8] = b"\r\n.\r\n";

impl Wire for Mail {
    fn begins(&self, fate: Fate) -> Box<dyn Conversation> {
        Box::new(Submission { fate, unread: Vec::new(), is_message: false })
    }

    fn hostile(&self) -> Vec<(&'static str, Vec<u8>)> {
        letters::hostile()
    }

    fn forged(&self) -> Vec<(&'static str, Vec<u8>)> {
        letters::forged()
    }

    fn calls(&self, operator: &str, said: &[u8]) -> Option<Call> {
        let said = String::from_utf8_lossy(said);
        let ids =
            said.lines().filter_map(|line| line.strip_prefix("Message-ID: <")?.split_once('@'));
        let ids = ids.map(|(id, _)| id.to_owned()).collect();
        let conversation = Box::new(HandingOver { ids, unread: Vec::new(), is_message: false });
        Some(Call { place: place(operator), conversation })
    }
}

/// Takes the next line off the front of what was read.
fn line(unread: &mut Vec<u8>) -> Option<String> {
    let end = unread.windows(2).position(|pair| pair == b"\r\n")?;
    let line = unread.drain(..end + 2).take(end).collect::<Vec<_>>();
    Some(String::from_utf8_lossy(&line).into_owned())
}

/// Mail that the bank sends.
struct Submission {
    fate: Fate,
    unread: Vec<u8>,
    is_message: bool,
}

impl Conversation for Submission {
    fn greets(&self) -> Vec<u8> {
        let greeting = match self.fate {
            // RFC 5321, section 3.1.
            Fate::Stranger => format!("554 5.7.1 {SERVER} does not know {OWN}\r\n"),
            _ => format!("220 {SERVER} ESMTP\r\n"),
        };
        greeting.into_bytes()
    }

    fn hears(&mut self, bytes: &[u8], heard: &mut Vec<Heard>) -> Says {
        self.unread.extend_from_slice(bytes);
        let mut says = Says::default();
        while let Some(answer) = self.next(heard) {
            says.bytes.extend_from_slice(answer.as_bytes());
            says.hangs_up |= answer.starts_with("421") || answer.starts_with("221");
        }
        says
    }
}

impl Submission {
    /// The answer to the next whole command or message.
    fn next(&mut self, heard: &mut Vec<Heard>) -> Option<String> {
        if !self.is_message {
            let command = line(&mut self.unread)?;
            return Some(format!("{}\r\n", self.answer(&command)));
        }
        let end = self.unread.windows(END.len()).position(|bytes| bytes == END)?;
        let message: Vec<u8> = self.unread.drain(..end + END.len()).take(end + 2).collect();
        self.is_message = false;
        heard.push(Heard::Asked(Seen::said("mail", words_of(&message))));
        (self.fate != Fate::Silent).then(|| "250 2.0.0 taken\r\n".to_owned())
    }

    /// Its words name her, as a server's do.
    fn answer(&mut self, command: &str) -> String {
        let verb = command.split([' ', ':']).next().unwrap_or_default();
        let is_hers = command == format!("RCPT TO:<{HER}>");
        match (verb.to_ascii_uppercase().as_str(), self.fate) {
            ("QUIT", _) => format!("221 2.0.0 {SERVER} closes"),
            (_, Fate::Stranger) => "503 5.5.1 go away".to_owned(),
            ("EHLO", _) => format!("250-{SERVER}\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES"),
            ("MAIL", Fate::Busy(_)) => format!("451 4.3.2 too much mail of {OWN}"),
            ("MAIL", Fate::Down) => format!("421 4.3.2 {SERVER} shuts down"),
            ("RCPT", Fate::Gone) => format!("550 5.1.1 <{HER}>: no such mailbox"),
            ("RCPT", Fate::Refused) => format!("550 5.7.1 <{HER}>: not from you"),
            ("RCPT", _) if !is_hers => "550 5.1.1 no such mailbox".to_owned(),
            ("DATA", _) => {
                self.is_message = true;
                "354 go on".to_owned()
            }
            ("MAIL" | "RCPT" | "NOOP" | "RSET", _) => "250 2.0.0 ok".to_owned(),
            _ => "500 5.5.2 no such command".to_owned(),
        }
    }
}

/// What her mail program shows of a message in its plain form.
fn words_of(message: &[u8]) -> String {
    let unstuffed = String::from_utf8_lossy(message).replace("\r\n..", "\r\n.");
    let message = MessageParser::default().parse(unstuffed.as_bytes());
    let text = message.as_ref().and_then(|message| message.body_text(0));
    text.map(|text| text.into_owned()).unwrap_or_default()
}

/// Mail that it hands over: it reads the bank's answers.
struct HandingOver {
    /// Of the messages, in their order.
    ids: VecDeque<String>,
    unread: Vec<u8>,
    is_message: bool,
}

impl Conversation for HandingOver {
    fn hears(&mut self, bytes: &[u8], heard: &mut Vec<Heard>) -> Says {
        self.unread.extend_from_slice(bytes);
        while let Some(answer) = line(&mut self.unread) {
            if answer.starts_with("220 ") && answer.ends_with(" LMTP") {
                heard.push(Heard::Proven);
            } else if std::mem::take(&mut self.is_message) {
                let id = self.ids.pop_front().unwrap_or_default();
                let is_taken = answer.starts_with("250 ");
                heard.push(if is_taken { Heard::Taken(id) } else { Heard::NotTaken(id) });
            } else {
                self.is_message = answer.starts_with("354 ");
            }
        }
        Says::default()
    }
}
