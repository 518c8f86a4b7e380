//! Whose certificate it is: the address that it comes from, the name in it, the authority that it
//! leads to, and its time ("Host a Custom Skill as a Web Service", "Manually verify that the request
//! was sent by Alexa").

use std::time::Duration;

use bankside_domain::Timestamp;
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, UnixTime};
use url::Url;
use webpki::{EndEntityCert, KeyUsage};

use super::settings::Roots;

/// The host, in lower case.
const HOST: &str = "s3.amazonaws.com";
/// What the path begins with, in this very case.
const PATH: &str = "/echo.api/";
/// The name that the certificate must hold.
const NAME: &str = "echo-api.amazon.com";
/// Longest address, in bytes.
const MAX_URL: usize = 512;
/// Certificates of one chain.
const MAX_CHAIN: usize = 8;

/// The address of a chain, of which only the path is left to say.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ChainUrl(String);

impl ChainUrl {
    /// Reads `SignatureCertChainUrl`, normalised (RFC 3986, section 6.2.2; dot segments by 5.2.4).
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        if text.len() > MAX_URL {
            return Err("the chain's address is too long");
        }
        let url = Url::parse(text).map_err(|_| "the chain's address is no address")?;
        // Beyond what Amazon asks: it never sends these, and they are what tricks are made of.
        let plain = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none()
            && !text.contains('\\')
            && !url.path().contains('%');
        if !plain {
            return Err("the chain's address holds more than a path");
        }
        // The parser wrote scheme and host in lower case, and left out the scheme's own port.
        if url.scheme() != "https" || url.port().is_some() {
            return Err("the chain is not fetched by https from port 443");
        }
        if url.host_str() != Some(HOST) {
            return Err("the chain's host is not Amazon's");
        }
        if !url.path().starts_with(PATH) {
            return Err("the chain's path is not Alexa's");
        }
        Ok(Self(url.path().to_owned()))
    }

    /// The path.
    pub(super) fn path(&self) -> &str {
        &self.0
    }
}

/// A chain as it was fetched; nothing of it is believed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chain {
    signer: CertificateDer<'static>,
    others: Vec<CertificateDer<'static>>,
}

impl Chain {
    /// Reads a chain in PEM (RFC 7468), the signer's certificate first.
    pub(super) fn parse(pem: &[u8]) -> Option<Self> {
        let found =
            CertificateDer::pem_slice_iter(pem).take(MAX_CHAIN).collect::<Result<Vec<_>, _>>();
        let mut all = found.ok()?.into_iter();
        Some(Self { signer: all.next()?, others: all.collect() })
    }

    /// Whether it is Alexa's: it leads to an authority, at that time, and holds the very name.
    pub(super) fn is_alexas(&self, roots: &Roots, at: Timestamp) -> Result<(), &'static str> {
        let signer = self.signer()?;
        let seconds = u64::try_from(at.as_millis() / 1000).map_err(|_| "there is no such time")?;
        signer
            .verify_for_usage(
                webpki::ALL_VERIFICATION_ALGS,
                &roots.0,
                &self.others,
                UnixTime::since_unix_epoch(Duration::from_secs(seconds)),
                KeyUsage::server_auth(),
                None,
                None,
            )
            .map_err(|_| "the certificate leads to no authority, or not at this time")?;
        // Another of Amazon's names, or a wildcard, is not Alexa.
        if signer.valid_dns_names().any(|name| name.eq_ignore_ascii_case(NAME)) {
            Ok(())
        } else {
            Err("the certificate is not Alexa's")
        }
    }

    /// Whether its holder signed the body.
    pub(super) fn signed(&self, body: &[u8], signature: &[u8]) -> Result<(), &'static str> {
        self.signer()?
            .verify_signature(webpki::ring::RSA_PKCS1_2048_8192_SHA256, body, signature)
            .map_err(|_| "the signature is another body's")
    }

    fn signer(&self) -> Result<EndEntityCert<'_>, &'static str> {
        EndEntityCert::try_from(&self.signer).map_err(|_| "the certificate is malformed")
    }
}
