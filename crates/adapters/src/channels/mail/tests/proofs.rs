//! Who is believed: signatures by domains of a DNS server on this machine, and forged ones.

use super::super::proof::{Judge, Proof};
use super::super::results;
use super::dns::{Dns, Domain};

const HEADERS: &[&str] = &["From", "To", "Subject", "Date", "Message-ID"];

fn message(from: &str) -> String {
    format!(
        "From: {from}\r\nTo: bank@chat.bank.example\r\nSubject: x\r\n\
         Date: Tue, 5 Mar 2024 10:01:00 +0100\r\nMessage-ID: <m1@x.example>\r\n\r\nbalance\r\n"
    )
}

fn dmarc(domain: &str, record: &str) -> (String, String) {
    (format!("_dmarc.{domain}."), format!("v=DMARC1; {record}"))
}

fn word(proof: &Proof) -> &'static str {
    match proof {
        Proof::Proven(Some(_)) => "proven",
        Proof::Proven(None) => "found",
        Proof::None => "none",
        Proof::NotNow => "not now",
    }
}

#[tokio::test]
async fn a_signature_proves_its_own_domain_and_no_other() {
    let [her, sub, bare, evil] =
        ["mail.example", "sub.mail.example", "bare.example", "evil.example"].map(Domain::new);
    let broken = Domain::new("broken.example");
    let mut records: Vec<_> = [&her, &sub, &bare, &evil].map(Domain::record).into();
    records.push(dmarc("mail.example", "p=reject; adkim=r"));
    records.push(dmarc("strict.example", "p=reject; adkim=s"));
    let strict_sub = Domain::new("sub.strict.example");
    records.push(strict_sub.record());
    let dns = Dns::start(records).await;
    let judge = Judge::new(Some(dns.address)).unwrap();
    let check = async |text: &str, domain: &str, want: &str, why: &str| {
        let proof = judge.judge(text.as_bytes(), domain).await;
        assert_eq!(word(&proof), want, "{why}");
    };
    let hers = message("her@mail.example");
    let signed = her.signs(&hers, HEADERS);
    check(&signed, "mail.example", "proven", "her own domain").await;
    check(&hers, "mail.example", "none", "no signature").await;
    check(&signed.replace("balance", "pay him"), "mail.example", "none", "other words").await;
    check(&signed.replace("Subject: x", "Subject: y"), "mail.example", "none", "another subject")
        .await;
    let added = format!("{signed}more\r\n");
    check(&added, "mail.example", "none", "more words").await;
    check(&evil.signs(&hers, HEADERS), "mail.example", "none", "another's signature").await;
    let both = her.signs(&evil.signs(&hers, HEADERS), HEADERS);
    check(&both, "mail.example", "proven", "another's beside her own").await;
    check(&sub.signs(&hers, HEADERS), "mail.example", "proven", "relaxed alignment").await;
    let of_sub = message("her@sub.mail.example");
    check(&her.signs(&of_sub, HEADERS), "sub.mail.example", "proven", "of a domain above").await;
    let strict = strict_sub.signs(&message("her@strict.example"), HEADERS);
    check(&strict, "strict.example", "none", "strict alignment").await;
    let no_dmarc = message("her@bare.example");
    check(&bare.signs(&no_dmarc, HEADERS), "bare.example", "proven", "no DMARC, the very domain")
        .await;
    check(&evil.signs(&no_dmarc, HEADERS), "bare.example", "none", "no DMARC, another domain")
        .await;
    let fails = broken.signs(&message("her@broken.example"), HEADERS);
    check(&fails, "broken.example", "not now", "DNS fails").await;
    let unknown = Domain::new("unknown.example").signs(&message("her@unknown.example"), HEADERS);
    check(&unknown, "unknown.example", "none", "no key").await;
    let many = (0..9).fold(hers.clone(), |text, _| her.signs(&text, HEADERS));
    check(&many, "mail.example", "none", "too many signatures").await;
    let Proof::Proven(Some(found)) = judge.judge(signed.as_bytes(), "mail.example").await else {
        panic!()
    };
    assert!(found.covers("subject") && !found.covers("cc") && !found.bytes.is_empty());
}

#[tokio::test]
async fn a_signature_over_a_part_proves_nothing() {
    let her = Domain::new("mail.example");
    let dns = Dns::start([her.record()]).await;
    let judge = Judge::new(Some(dns.address)).unwrap();
    let signed = her.signs(&message("her@mail.example"), HEADERS);
    assert_eq!(word(&judge.judge(signed.as_bytes(), "mail.example").await), "proven");
    let partly = signed.replacen("c=relaxed", "l=9; c=relaxed", 1);
    assert_ne!(partly, signed);
    assert_eq!(word(&judge.judge(partly.as_bytes(), "mail.example").await), "none");
}

#[tokio::test]
async fn without_dns_nothing_is_decided() {
    let her = Domain::new("mail.example");
    let signed = her.signs(&message("her@mail.example"), HEADERS);
    let gone = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let judge = Judge::new(Some(gone)).unwrap();
    assert_eq!(word(&judge.judge(signed.as_bytes(), "mail.example").await), "not now");
}

#[tokio::test]
async fn our_own_signature_is_one_that_others_believe() {
    use rand_chacha::rand_core::SeedableRng as _;
    use rsa::pkcs8::{EncodePrivateKey as _, EncodePublicKey as _, LineEnding};

    let mut entropy = rand_chacha::ChaCha20Rng::seed_from_u64(7);
    let key = rsa::RsaPrivateKey::new(&mut entropy, 2048).unwrap();
    let pem = key.to_pkcs8_pem(LineEnding::LF).unwrap();
    let public = key.to_public_key().to_public_key_der().unwrap();
    use base64::Engine as _;
    let public = base64::engine::general_purpose::STANDARD.encode(public.as_bytes());
    let record =
        ("s2025._domainkey.chat.bank.example.".to_owned(), format!("v=DKIM1; k=rsa; p={public}"));
    let dns = Dns::start([record]).await;
    let given = super::Given { dkim: Some(("s2025", &pem)), ..super::given() };
    let settings = super::Settings::parse(&given).unwrap();
    let (to, frame) =
        (super::her(), super::Frame { text: "Hello".to_owned(), ..super::Frame::default() });
    let draft =
        super::super::write::Draft { to: &to, frame: &frame, key: super::KEY, answers: None };
    let bytes = super::super::write::message(&settings, &draft).unwrap();
    let judge = Judge::new(Some(dns.address)).unwrap();
    let Proof::Proven(Some(signed)) = judge.judge(&bytes, "chat.bank.example").await else {
        panic!()
    };
    for header in
        ["from", "to", "subject", "list-unsubscribe", "list-unsubscribe-post", "message-id"]
    {
        assert!(signed.covers(header), "{header}");
    }
    let added = [b"Subject: forged\r\n".as_slice(), &bytes].concat();
    assert_eq!(judge.judge(&added, "chat.bank.example").await, Proof::None);
}

#[test]
fn results_count_from_the_banks_own_server_alone() {
    #[track_caller]
    fn check(headers: &[&str], want: bool) {
        let found = results::pass(headers.iter().copied(), "mx.bank.example", "mail.example");
        assert_eq!(found, want, "{headers:?}");
    }
    let pass = "mx.bank.example; dmarc=pass (p=none dis=none) header.from=mail.example";
    check(&[pass], true);
    check(
        &[
            " MX.bank.example 1;\r\n\tspf=pass smtp.mailfrom=x.example;\r\n\tDMARC=pass header.from=Mail.example",
        ],
        true,
    );
    check(
        &["mx.bank.example (comment; dmarc=fail); dmarc = pass header.from = mail.example"],
        true,
    );
    check(&["other.example; dmarc=pass header.from=mail.example"], false);
    check(&["mx.bank.example.evil.example; dmarc=pass header.from=mail.example"], false);
    check(&["evil.example (mx.bank.example; ) ; dmarc=pass header.from=mail.example"], false);
    check(&["mx.bank.example; dmarc=fail header.from=mail.example"], false);
    check(&["mx.bank.example; dmarc=pass header.from=other.example"], false);
    check(&["mx.bank.example; dmarc=pass"], false);
    check(
        &["mx.bank.example; spf=pass smtp.mailfrom=mail.example; dkim=pass header.d=mail.example"],
        false,
    );
    check(&["mx.bank.example; x=\"; dmarc=pass header.from=mail.example\""], false);
    check(&["mx.bank.example; (dmarc=pass header.from=mail.example)"], false);
    check(&["mx.bank.example; dmarc=pass header.from=mail.example (unclosed"], false);
    check(&["mx.bank.example 2; dmarc=pass header.from=mail.example"], false);
    check(&["mx.bank.example; none"], false);
    check(&[""], false);
    check(&[], false);
    // The server did not take away what a stranger had written in its name.
    check(&[pass, pass], false);
    check(&["mx.bank.example; dmarc=fail header.from=mail.example", pass], false);
    check(&["other.example; dmarc=fail header.from=mail.example", pass], true);
}
