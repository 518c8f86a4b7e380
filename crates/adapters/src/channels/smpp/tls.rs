//! The way to the SMSC: TCP, with TLS where it is configured.

use std::sync::Arc;

use bankside_service::ports::SendError;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::fault;
use super::settings::{Settings, Trust};

/// A connection of either kind.
pub(super) trait Socket: AsyncRead + AsyncWrite + Send + Sync + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Sync + Unpin> Socket for T {}

/// Connects. Whoever calls bounds the time.
pub(super) async fn connect(settings: &Settings) -> Result<Box<dyn Socket>, SendError> {
    let socket = TcpStream::connect(settings.server.as_str()).await;
    let socket = socket.map_err(|error| fault::later(&error.kind().to_string()))?;
    // Small frames should not wait for one another.
    socket.set_nodelay(true).ok();
    let Some(trust) = &settings.trust else { return Ok(Box::new(socket)) };
    let name = ServerName::try_from(settings.host().to_owned());
    let name = name.map_err(|_| fault::refused("no TLS: the server has no name"))?;
    let connector = TlsConnector::from(Arc::new(config(trust)?));
    let secured = connector.connect(name, socket).await;
    Ok(Box::new(secured.map_err(|error| fault::later(&format!("no TLS: {error}")))?))
}

fn config(trust: &Trust) -> Result<ClientConfig, SendError> {
    let mut roots = RootCertStore::empty();
    match trust {
        Trust::Public => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Trust::Of(authorities) => {
            // One that cannot be read is one authority less, and nothing worse.
            let _ = roots.add_parsable_certificates(authorities.iter().cloned());
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| fault::refused(&format!("no TLS: {error}")))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
