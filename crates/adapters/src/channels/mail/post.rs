//! Handing mail over to the bank's mail server: message submission, RFC 6409.
//!
//! Each message has a connection of its own, a few of them at the same time: nothing of one message can
//! reach another. Deliberately absent: connections that are kept. The library's pool needs a running
//! service where it is made and where it is dropped, and the way to the server is short.

use std::time::Duration;

use bankside_service::ports::SendError;
use lettre::address::Envelope;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use tokio::sync::Semaphore;

use super::address::Address;
use super::fault;
use super::settings::{Protection, Settings, is_name};

/// Longest wait for one answer of the server.
const ANSWER: Duration = Duration::from_secs(10);
/// Longest wait for a whole message: less than the courier waits.
const DEADLINE: Duration = Duration::from_secs(18);
/// Connections at the same time.
const MAX_CONNECTIONS: usize = 8;

/// The way out.
#[derive(Debug)]
pub(super) struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    room: Semaphore,
}

impl Post {
    /// To the server of those settings; nothing is connected yet.
    pub(super) fn new(settings: &Settings) -> Result<Self, SendError> {
        let own = settings.ids.own.domain.clone();
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .port(settings.port)
            .hello_name(ClientId::Domain(own))
            .timeout(Some(ANSWER))
            .tls(tls(settings)?);
        if let Some((name, password)) = &settings.login {
            builder =
                builder.credentials(Credentials::new(name.clone(), password.reveal().to_owned()));
        }
        Ok(Self { transport: builder.build(), room: Semaphore::new(MAX_CONNECTIONS) })
    }

    /// Hands a message over.
    pub(super) async fn send(
        &self,
        from: &str,
        to: &Address,
        message: &[u8],
    ) -> Result<(), SendError> {
        let unfit = || fault::refused("not an address of mail");
        let to = lettre::Address::new(&to.local, &to.domain).map_err(|_| unfit())?;
        let from = from.parse().map_err(|_| unfit())?;
        let envelope = Envelope::new(Some(from), vec![to]).map_err(|_| unfit())?;
        let sending = async {
            let _permit = self.room.acquire().await;
            self.transport.send_raw(&envelope, message).await
        };
        match tokio::time::timeout(DEADLINE, sending).await {
            Ok(sent) => sent.map(drop).map_err(|error| fault::of(&error)),
            Err(_) => Err(fault::later("the server is slow")),
        }
    }

    /// Connects, signs in and asks for nothing.
    pub(super) async fn test(&self) -> Result<(), SendError> {
        match tokio::time::timeout(DEADLINE, self.transport.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err(fault::later("the server hung up")),
            Ok(Err(error)) => Err(fault::of(&error)),
            Err(_) => Err(fault::later("the server is slow")),
        }
    }
}

fn tls(settings: &Settings) -> Result<Tls, SendError> {
    if settings.protection == Protection::Loopback {
        return Ok(Tls::None);
    }
    let unfit = |_| fault::refused("no TLS can be made of the settings");
    let mut parameters = TlsParameters::builder(settings.host.clone());
    if let Some(pem) = &settings.authorities {
        let authorities = Certificate::from_pem(pem).map_err(unfit)?;
        parameters =
            parameters.certificate_store(CertificateStore::None).add_root_certificate(authorities);
    } else if !is_name(&settings.host) {
        return Err(fault::refused("the server's certificate needs a name to prove"));
    }
    let parameters = parameters.build().map_err(unfit)?;
    Ok(match settings.protection {
        Protection::Tls => Tls::Wrapper(parameters),
        Protection::StartTls | Protection::Loopback => Tls::Required(parameters),
    })
}
