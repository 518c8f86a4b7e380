//! Whether a message is from whom it says it is from.
//!
//! Two proofs count, and both are about the domain of its one `From`:
//!
//! 1. A DKIM signature (RFC 6376) that we verify ourselves, aligned by the domain's DMARC record (RFC
//!    9989); where a domain has none, of that very domain.
//! 2. `dmarc=pass` for that domain in an `Authentication-Results` header (RFC 8601) of the bank's own mail
//!    server, where the operator named it.
//!
//! Deliberately absent: SPF of our own. It judges the address from which a message came to the bank, and
//! LMTP does not tell that address: it would have to be read from a `Received` line, whose form is each
//! mail server's own. The mail server itself knows it: what it found by SPF counts by the second proof.
//! A signature over a part of the body (`l=`) is none: anybody may write on below it.

use std::net::SocketAddr;
use std::time::Duration;

use mail_auth::common::verify::VerifySignature as _;
use mail_auth::dmarc::verify::DmarcParameters;
use mail_auth::hickory_resolver::config::{
    ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts,
};
use mail_auth::{
    AuthenticatedMessage, DkimOutput, DkimResult, DmarcResult, MessageAuthenticator, SpfOutput,
};

/// Longest wait for DNS, for all of a message.
const DEADLINE: Duration = Duration::from_secs(20);
/// Longest wait for one answer of a DNS server, which is asked twice.
const ANSWER: Duration = Duration::from_secs(4);
/// Signatures of one message: each takes an answer of DNS and a verification.
const MAX_SIGNATURES: usize = 8;

/// What a message proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// It is from there; with the headers that were signed, in lower case, where it is a signature.
    Proven(Option<Signed>),
    /// Nothing.
    None,
    /// DNS does not answer: the mail server tries again.
    NotNow,
}

/// What a signature stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signed {
    /// Names of headers, in lower case.
    pub(super) headers: Vec<String>,
    /// The signature itself: another message has another.
    pub(super) bytes: Vec<u8>,
}

impl Signed {
    /// Whether it stands for that header.
    pub(super) fn covers(&self, header: &str) -> bool {
        self.headers.iter().any(|name| name == header)
    }
}

/// Judges messages.
pub(super) struct Judge(MessageAuthenticator);

impl Judge {
    /// One that asks that DNS server, or the system's.
    pub(super) fn new(resolver: Option<SocketAddr>) -> Option<Self> {
        let made = match resolver {
            Some(address) => MessageAuthenticator::new(config(address), options()),
            None => MessageAuthenticator::new_system_conf(),
        };
        made.ok().map(Self)
    }

    /// Judges a message from that domain.
    pub(super) async fn judge(&self, message: &[u8], domain: &str) -> Proof {
        let judging = tokio::time::timeout(DEADLINE, self.verified(message, domain));
        judging.await.unwrap_or(Proof::NotNow)
    }

    async fn verified(&self, message: &[u8], domain: &str) -> Proof {
        let Some(message) = AuthenticatedMessage::parse(message) else { return Proof::None };
        let count = message.dkim_headers.len();
        if count == 0 || count > MAX_SIGNATURES || message.from.len() != 1 {
            return Proof::None;
        }
        let found = self.0.verify_dkim(&message).await;
        // An aligned one is looked for among those of the same organisation: one at a time, so that
        // what is believed is what was signed.
        let mut proof = Proof::None;
        for one in &found {
            match (one.result(), one.signature()) {
                (DkimResult::Pass, Some(_)) => {}
                (DkimResult::TempError(_), _) => {
                    proof = Proof::NotNow;
                    continue;
                }
                _ => continue,
            }
            match self.aligned(&message, one, domain).await {
                Proof::None => {}
                Proof::NotNow => proof = Proof::NotNow,
                proven => return proven,
            }
        }
        proof
    }

    async fn aligned(
        &self,
        message: &AuthenticatedMessage<'_>,
        one: &DkimOutput<'_>,
        domain: &str,
    ) -> Proof {
        let Some(signature) = one.signature() else { return Proof::None };
        let signed = || {
            let headers = signature.h.iter().map(|name| name.to_ascii_lowercase()).collect();
            Proof::Proven(Some(Signed { headers, bytes: signature.b.clone() }))
        };
        let spf = SpfOutput::default();
        let dmarc = self.0.verify_dmarc(DmarcParameters {
            message,
            dkim_output: std::slice::from_ref(one),
            dkim2_output: None,
            rfc5321_mail_from_domain: "",
            spf_output: &spf,
        });
        let dmarc = dmarc.await;
        match dmarc.dkim_result() {
            DmarcResult::Pass => signed(),
            DmarcResult::TempError(_) => Proof::NotNow,
            // No record: strict alignment needs none.
            DmarcResult::None if signature.domain().eq_ignore_ascii_case(domain) => signed(),
            _ => Proof::None,
        }
    }
}

fn config(address: SocketAddr) -> ResolverConfig {
    let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()];
    let connections = connections.map(|mut connection| {
        connection.port = address.port();
        connection
    });
    let server = NameServerConfig::new(address.ip(), true, connections.to_vec());
    ResolverConfig::from_parts(None, Vec::new(), vec![server])
}

fn options() -> ResolverOpts {
    let mut options = ResolverOpts::default();
    options.timeout = ANSWER;
    options.attempts = 1;
    options
}
