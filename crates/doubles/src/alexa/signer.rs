//! An authority, and a certificate with a key that signs as Amazon's does: RSA of 2048 bits, SHA-256.

use bankside_adapters::channels::alexa::{Roots, SettingsError};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand_chacha::rand_core::SeedableRng as _;
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, PKCS_RSA_SHA256, SigningKey as _,
};
use rsa::pkcs8::EncodePrivateKey as _;
use rustls_pki_types::PrivatePkcs8KeyDer;

/// The name that Amazon's certificate holds.
const NAME: &str = "echo-api.amazon.com";
/// Bits of the signer's key.
const BITS: usize = 2048;

/// An authority that nobody knows but whoever was told of it.
pub(super) struct Authority {
    certificate: Certificate,
    issuer: Issuer<'static, KeyPair>,
}

/// Whoever signs requests.
pub(super) struct Signer {
    key: KeyPair,
    /// In PEM.
    pub(super) chain: String,
}

impl Authority {
    pub(super) fn new() -> Result<Self, rcgen::Error> {
        let mut params = CertificateParams::new(Vec::<String>::new())?;
        params.distinguished_name.push(DnType::CommonName, "Demo of Bankside");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate()?;
        let certificate = params.self_signed(&key)?;
        Ok(Self { certificate, issuer: Issuer::new(params, key) })
    }

    /// Believed by whoever is given this.
    pub(super) fn roots(&self) -> Result<Roots, SettingsError> {
        Roots::only(self.certificate.der())
    }

    /// A signer with a key made from `seed`.
    pub(super) fn signer(&self, seed: [u8; 32]) -> Result<Signer, rcgen::Error> {
        let mut chance = rand_chacha::ChaCha20Rng::from_seed(seed);
        let key = rsa::RsaPrivateKey::new(&mut chance, BITS).ok();
        let der = key
            .and_then(|key| key.to_pkcs8_der().ok())
            .ok_or(rcgen::Error::KeyGenerationUnavailable)?;
        let der = PrivatePkcs8KeyDer::from(der.as_bytes().to_vec());
        let key = KeyPair::from_pkcs8_der_and_sign_algo(&der, &PKCS_RSA_SHA256)?;
        let mut params = CertificateParams::new(vec![NAME.to_owned()])?;
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let chain = params.signed_by(&key, &self.issuer)?.pem();
        Ok(Signer { key, chain })
    }
}

impl Signer {
    /// `Signature-256`, in base64.
    pub(super) fn sign(&self, body: &[u8]) -> Option<String> {
        self.key.sign(body).ok().map(|signature| STANDARD.encode(signature))
    }
}
