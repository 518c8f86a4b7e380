//! A double of Amazon: an authority, a signer, and the place where its chain is fetched.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use bankside_adapters::channels::alexa::{Alexa, Roots, Settings};
use bankside_adapters::http::HttpClient;
use bankside_domain::Timestamp;
use bankside_service::ports::{Channel as _, Delivered, Distrust, Taken};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand_chacha::rand_core::SeedableRng as _;
use rcgen::{
    BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    PKCS_RSA_SHA256, SigningKey as _, date_time_ymd,
};
use rsa::pkcs8::EncodePrivateKey as _;
use rustls_pki_types::PrivatePkcs8KeyDer;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

pub const SKILL: &str = "amzn1.ask.skill.0f1e2d3c-0000-4000-8000-000000000001";
pub const URL: &str = "https://s3.amazonaws.com/echo.api/echo-api-cert-12.pem";
/// 2026-11-22T12:00:00Z, in milliseconds.
pub const NOW: i64 = 1_795_348_800_000;

/// Keys take a moment to find: an authority's, an intermediate's and a signer's, for all tests.
fn key(which: usize) -> KeyPair {
    static FOUND: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    let found = FOUND.get_or_init(|| {
        let mut entropy = rand_chacha::ChaCha20Rng::seed_from_u64(2048);
        let key = |_| rsa::RsaPrivateKey::new(&mut entropy, 2048).unwrap().to_pkcs8_der().unwrap();
        (0..3).map(key).map(|der| der.as_bytes().to_vec()).collect()
    });
    let der = PrivatePkcs8KeyDer::from(found[which].clone());
    KeyPair::from_pkcs8_der_and_sign_algo(&der, &PKCS_RSA_SHA256).unwrap()
}

/// What a chain is like.
pub struct Made {
    pub name: &'static str,
    pub from: (i32, u8, u8),
    pub to: (i32, u8, u8),
    pub usage: ExtendedKeyUsagePurpose,
    /// Whether the authority in between may sign certificates.
    pub may_sign: bool,
    /// Whether the one in between is sent along.
    pub whole: bool,
}

impl Default for Made {
    fn default() -> Self {
        Self {
            name: "echo-api.amazon.com",
            from: (2020, 1, 1),
            to: (2040, 1, 1),
            usage: ExtendedKeyUsagePurpose::ServerAuth,
            may_sign: true,
            whole: true,
        }
    }
}

fn authority(name: &str, may_sign: bool) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.distinguished_name.push(rcgen::DnType::CommonName, name);
    params.not_before = date_time_ymd(2019, 1, 1);
    params.not_after = date_time_ymd(2041, 1, 1);
    if may_sign {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    }
    params
}

/// The authority, in PEM and in DER.
pub fn root() -> rcgen::Certificate {
    authority("Test Root", true).self_signed(&key(0)).unwrap()
}

/// A chain in PEM.
pub fn chain(made: &Made) -> String {
    let root = Issuer::new(authority("Test Root", true), key(0));
    let between = authority("Test Between", made.may_sign);
    let signed_between = between.clone().signed_by(&key(1), &root).unwrap();
    let mut params = CertificateParams::new(vec![made.name.to_owned()]).unwrap();
    params.not_before = date_time_ymd(made.from.0, made.from.1, made.from.2);
    params.not_after = date_time_ymd(made.to.0, made.to.1, made.to.2);
    params.extended_key_usages = vec![made.usage.clone()];
    let leaf = params.signed_by(&key(2), &Issuer::new(between, key(1))).unwrap();
    if made.whole { format!("{}{}", leaf.pem(), signed_between.pem()) } else { leaf.pem() }
}

/// A signature by the signer.
pub fn signature(body: &[u8]) -> String {
    STANDARD.encode(key(2).sign(body).unwrap())
}

/// The skill, and the server that its chain is fetched from.
pub struct Amazon {
    pub alexa: Alexa,
    pub at: String,
    pub fetched: Arc<AtomicUsize>,
    /// What was posted: the head, and the body.
    pub posted: Arc<Mutex<Vec<(String, String)>>>,
}

impl Amazon {
    pub async fn with(chain: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = format!("http://{}", listener.local_addr().unwrap());
        let (fetched, posted) = (Arc::<AtomicUsize>::default(), Arc::<Mutex<Vec<_>>>::default());
        let (count, keep) = (fetched.clone(), posted.clone());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut bytes = vec![0; 16 * 1024];
                let read = stream.read(&mut bytes).await.unwrap_or(0);
                let text = String::from_utf8_lossy(&bytes[..read]).into_owned();
                let body = if text.starts_with("GET /echo.api/") { chain.as_str() } else { "" };
                if text.starts_with("POST ") {
                    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
                    keep.lock().unwrap().push((head.to_owned(), body.to_owned()));
                } else {
                    count.fetch_add(1, Ordering::SeqCst);
                }
                let status = if body.is_empty() { "204 No Content" } else { "200 OK" };
                let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: ");
                let answer = format!("{head}{}\r\n\r\n{body}", body.len());
                stream.write_all(answer.as_bytes()).await.ok();
            }
        });
        let roots = Roots::only(root().der()).unwrap();
        let settings = Settings::parse(SKILL).unwrap().of_double(roots, &at);
        let alexa = Alexa::new(settings, HttpClient::new().unwrap());
        Self { alexa, at, fetched, posted }
    }

    pub async fn usual() -> Self {
        Self::with(chain(&Made::default())).await
    }

    /// A request signed by Amazon, as it comes.
    pub async fn takes(&self, body: &str) -> Result<Taken, Distrust> {
        self.takes_of(URL, &signature(body.as_bytes()), body.as_bytes(), NOW).await
    }

    pub async fn takes_of(
        &self,
        url: &str,
        signature: &str,
        body: &[u8],
        now: i64,
    ) -> Result<Taken, Distrust> {
        let header = |name: &str| match name {
            "signaturecertchainurl" => Some(url).filter(|url| !url.is_empty()),
            "signature-256" => Some(signature).filter(|signature| !signature.is_empty()),
            _ => None,
        };
        let request = delivered(&header, body, now);
        self.alexa.prepare(&request).await;
        self.alexa.take(&request)
    }
}

pub fn delivered<'a>(
    header: &'a (dyn Fn(&str) -> Option<&'a str> + Sync),
    body: &'a [u8],
    now: i64,
) -> Delivered<'a> {
    let at = Timestamp::from_millis(now);
    Delivered { method: "POST", path: "", query: "", header, body, at }
}

/// A request without headers, whose proof is nobody's concern.
pub fn bare(body: &str) -> Delivered<'_> {
    delivered(&|_| None, body.as_bytes(), NOW)
}
