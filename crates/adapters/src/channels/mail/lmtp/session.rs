//! What is said in a connection: pure, a command in, an answer out.

use std::borrow::Cow;
use std::fmt::Write as _;

use smtp_proto::{Error, Request};

use super::super::address::Address;
use super::{MAX_MESSAGE, MAX_RECIPIENTS, Verdict};

/// Commands of one connection that are wrong, before it ends.
const MAX_FAULTS: usize = 20;

/// Whom a message is from and for, as the mail servers told one another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Envelope {
    /// The sender; empty in what must never be answered.
    pub from: String,
    /// The bank's own addresses to which it goes, as they were named.
    pub to: Vec<String>,
}

/// What follows a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// An answer.
    Say(String),
    /// An answer, and then a message comes.
    Message(String),
    /// An answer, and the connection ends.
    End(String),
}

/// One connection.
pub struct Session {
    domain: String,
    local: String,
    greeted: bool,
    from: Option<String>,
    to: Vec<String>,
    faults: usize,
}

impl Session {
    /// For the bank's own address; nothing where it is none.
    pub fn new(own: &str) -> Option<Self> {
        let Address { local, domain } = Address::parse(own)?;
        Some(Self { domain, local, greeted: false, from: None, to: Vec::new(), faults: 0 })
    }

    /// What is said first.
    pub fn greeting(&self) -> String {
        format!("220 {} LMTP\r\n", self.domain)
    }

    /// Answers a command.
    pub fn command(&mut self, command: Request<Cow<'_, str>>) -> Step {
        match command {
            Request::Lhlo { .. } => {
                self.reset();
                self.greeted = true;
                Step::Say(self.capabilities())
            }
            Request::Mail { from } if self.greeted && self.from.is_none() => {
                if from.size > MAX_MESSAGE {
                    return self.fault("552 5.3.4 too long");
                }
                self.from = Some(from.address.into_owned());
                say("250 2.1.0 sender ok")
            }
            Request::Rcpt { to } if self.from.is_some() => self.recipient(&to.address),
            // RFC 2033, section 4.2: without a recipient there is nothing to answer for.
            Request::Data if self.to.is_empty() => self.fault("503 5.5.1 no valid recipients"),
            Request::Data => Step::Message("354 go on\r\n".to_owned()),
            Request::Rset => {
                self.reset();
                say("250 2.0.0 ok")
            }
            Request::Noop { .. } => say("250 2.0.0 ok"),
            Request::Vrfy { .. } => say("252 2.5.0 send it, then it shows"),
            Request::Quit => Step::End(format!("221 2.0.0 {} closes\r\n", self.domain)),
            // RFC 2033, section 4.1.
            Request::Ehlo { .. } | Request::Helo { .. } => self.fault("500 5.5.1 this is LMTP"),
            Request::Mail { .. } | Request::Rcpt { .. } => self.fault("503 5.5.1 not now"),
            _ => self.fault("502 5.5.1 not here"),
        }
    }

    /// Answers a line that is no command.
    pub fn unknown(&mut self, error: &Error) -> Step {
        match error {
            Error::UnknownCommand => self.fault("500 5.5.2 no such command"),
            Error::InvalidSenderAddress => self.fault("501 5.1.7 no address"),
            Error::InvalidRecipientAddress => self.fault("501 5.1.3 no address"),
            Error::UnsupportedParameter { .. } => self.fault("555 5.5.4 no such parameter"),
            _ => self.fault("501 5.5.4 not understood"),
        }
    }

    /// The envelope of the message that came; the next one begins anew.
    pub fn envelope(&mut self) -> Envelope {
        let from = self.from.take().unwrap_or_default();
        Envelope { from, to: std::mem::take(&mut self.to) }
    }

    /// A line for each recipient, in their order. RFC 2033, section 4.2.
    pub fn answers(envelope: &Envelope, verdict: Verdict) -> String {
        let line = match verdict {
            Verdict::Taken => "250 2.1.5 taken\r\n",
            Verdict::Later => "451 4.3.0 not now\r\n",
        };
        line.repeat(envelope.to.len())
    }

    /// The same of a message that is too long.
    pub fn too_long(envelope: &Envelope) -> String {
        "552 5.3.4 too long\r\n".repeat(envelope.to.len())
    }

    fn recipient(&mut self, address: &str) -> Step {
        let found = Address::parse(address);
        let is_ours = found.is_some_and(|found| {
            let (local, _) = found.local.split_once('+').unwrap_or((&found.local, ""));
            local == self.local && found.domain == self.domain
        });
        if !is_ours {
            return self.fault("550 5.1.1 no such mailbox");
        }
        if self.to.len() >= MAX_RECIPIENTS {
            return self.fault("452 4.5.3 too many recipients");
        }
        self.to.push(address.to_owned());
        say("250 2.1.5 recipient ok")
    }

    fn capabilities(&self) -> String {
        let mut lines = format!("250-{}\r\n", self.domain);
        for capability in ["PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"] {
            write!(lines, "250-{capability}\r\n").ok();
        }
        write!(lines, "250 SIZE {MAX_MESSAGE}\r\n").ok();
        lines
    }

    fn reset(&mut self) {
        self.from = None;
        self.to.clear();
    }

    fn fault(&mut self, line: &str) -> Step {
        self.faults += 1;
        if self.faults > MAX_FAULTS {
            return Step::End("421 4.7.0 too many faults\r\n".to_owned());
        }
        say(line)
    }
}

fn say(line: &str) -> Step {
    Step::Say(format!("{line}\r\n"))
}
