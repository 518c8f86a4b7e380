//! An assistant as a program before the real router: it registers, sends a customer's browser to
//! the bank, and calls tools with what it is given.

use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use axum::http::{Method, Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt as _;
use url::{Url, form_urlencoded};

use crate::common::{Answer, Browser};

/// RFC 7636, appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
/// Where it is registered to be answered, and where it listens this time.
pub const REGISTERED: &str = "http://127.0.0.1/callback";
pub const LISTENS: &str = "http://127.0.0.1:49152/callback";

/// An answer to a program.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Reply {
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    pub fn error(&self) -> String {
        self.json()["error"].as_str().unwrap_or_default().to_owned()
    }
}

/// Access and refresh token.
#[derive(Clone, Debug)]
pub struct Tokens {
    pub access: String,
    pub refresh: String,
    pub scope: String,
}

pub struct Client {
    site: Router,
    pub bank: String,
    pub id: String,
}

impl Client {
    pub async fn registers(site: &Router, bank: &str, name: &str) -> Self {
        let mut client = Self { site: site.clone(), bank: bank.to_owned(), id: String::new() };
        let wanted = json!({ "client_name": name, "redirect_uris": [REGISTERED] });
        let reply = client.post_json("/oauth/register", &wanted).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{reply:?}");
        client.id = reply.json()["client_id"].as_str().unwrap().to_owned();
        client
    }

    /// Parameters of a good authorization request.
    pub fn wishes(&self, scope: &str) -> Vec<(&'static str, String)> {
        vec![
            ("response_type", "code".to_owned()),
            ("client_id", self.id.clone()),
            ("redirect_uri", LISTENS.to_owned()),
            ("code_challenge", CHALLENGE.to_owned()),
            ("code_challenge_method", "S256".to_owned()),
            ("state", "st&te".to_owned()),
            ("scope", scope.to_owned()),
            ("resource", format!("http://localhost/{}/mcp", self.bank)),
        ]
    }

    /// Sends a browser there.
    pub async fn sends(&self, browser: &mut Browser, wishes: &[(&str, String)]) -> Answer {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(wishes).finish();
        browser.get(&format!("/oauth/authorize?{query}")).await
    }

    /// From the request to the page on which she decides.
    pub async fn asks(&self, browser: &mut Browser, scope: &str) -> Answer {
        let sent = self.sends(browser, &self.wishes(scope)).await;
        let ask = sent.sent_to(&format!("/{}/consent?", self.bank));
        let page = browser.get(&ask).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        page
    }

    /// She allows it her first account; what comes back to the program.
    pub async fn is_allowed(&self, browser: &mut Browser, scope: &str) -> Url {
        let ask = self.asks(browser, scope).await;
        let account = ask.values("account").first().unwrap().to_string();
        let more = [("account", account.as_str()), ("lasts", "90"), ("answer", "allow")];
        let check = browser.submits(&ask, "/consent", &more).await;
        let check = check.sent_to(&format!("/{}/consent/check?", self.bank));
        let check = browser.get(&check).await;
        let done = browser.answers(&check, "/consent", "allow").await;
        self.comes_back(browser, &done).await
    }

    pub async fn comes_back(&self, browser: &mut Browser, done: &Answer) -> Url {
        let back = done.sent_to(&format!("/{}/oauth/back?", self.bank));
        let page = browser.get(&back).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let again = browser.get(&back).await;
        assert_eq!(again.status, StatusCode::GONE, "a request is answered once");
        page.link("http://127.0.0.1").unwrap().parse().unwrap()
    }

    /// As [`Client::is_allowed`], up to the tokens.
    pub async fn is_connected(&self, browser: &mut Browser, scope: &str) -> Tokens {
        let back = self.is_allowed(browser, scope).await;
        let reply = self.exchanges(&parameter(&back, "code").unwrap()).await;
        tokens(&reply)
    }

    pub async fn exchanges(&self, code: &str) -> Reply {
        self.exchanges_with(&[("code", code)]).await
    }

    /// A request for the first tokens, with these parameters changed.
    pub async fn exchanges_with(&self, changed: &[(&str, &str)]) -> Reply {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("client_id", self.id.as_str()),
            ("code_verifier", VERIFIER),
            ("redirect_uri", LISTENS),
        ];
        form.retain(|(name, _)| changed.iter().all(|(other, _)| other != name));
        form.extend_from_slice(changed);
        self.post_form("/oauth/token", &form).await
    }

    pub async fn refreshes(&self, token: &str) -> Reply {
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", self.id.as_str()),
            ("refresh_token", token),
        ];
        self.post_form("/oauth/token", &form).await
    }

    /// Calls a tool; its result.
    #[track_caller]
    pub fn calls(
        &self,
        token: &str,
        tool: &str,
        arguments: Value,
    ) -> impl Future<Output = Value> + use<> {
        let params = json!({ "name": tool, "arguments": arguments });
        let body = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params });
        let asked = self.mcp(token, body.to_string(), &[]);
        async move {
            let reply = asked.await;
            assert_eq!(reply.status, StatusCode::OK, "{reply:?}");
            reply.json()["result"].clone()
        }
    }

    /// The status of a call that asks for the balance.
    pub async fn knocks(&self, token: &str) -> StatusCode {
        let body = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
        self.mcp(token, body.to_owned(), &[]).await.status
    }

    /// A message to the protocol's endpoint.
    pub fn mcp(
        &self,
        token: &str,
        body: String,
        headers: &[(&'static str, &str)],
    ) -> impl Future<Output = Reply> + use<> {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(format!("/{}/mcp", self.bank))
            .header(AUTHORIZATION, format!("Bearer {token}"))
            .header(CONTENT_TYPE, "application/json");
        if headers.iter().all(|(name, _)| *name != "accept") {
            request = request.header(ACCEPT, "application/json, text/event-stream");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        ask(self.site.clone(), request.body(Body::from(body)).unwrap())
    }

    pub async fn get(&self, path: &str) -> Reply {
        ask(self.site.clone(), Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn post_json(&self, path: &str, body: &Value) -> Reply {
        let request = Request::post(format!("/{}{path}", self.bank))
            .header(CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()));
        ask(self.site.clone(), request.unwrap()).await
    }

    pub async fn post_form(&self, path: &str, form: &[(&str, &str)]) -> Reply {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = Request::post(format!("/{}{path}", self.bank))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form));
        ask(self.site.clone(), request.unwrap()).await
    }
}

async fn ask(site: Router, mut request: Request<Body>) -> Reply {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 50_001));
    request.extensions_mut().insert(ConnectInfo(address));
    let response = site.oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = to_bytes(response.into_body(), 4 << 20).await.unwrap();
    Reply { status, headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
}

#[track_caller]
pub fn tokens(reply: &Reply) -> Tokens {
    assert_eq!(reply.status, StatusCode::OK, "{reply:?}");
    let json = reply.json();
    let text = |name: &str| json[name].as_str().unwrap().to_owned();
    assert_eq!((text("token_type").as_str(), &json["expires_in"]), ("Bearer", &json!(600)));
    assert_eq!(reply.headers["cache-control"], "no-store");
    Tokens { access: text("access_token"), refresh: text("refresh_token"), scope: text("scope") }
}

pub fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(n, _)| n == name).map(|(_, value)| value.into_owned())
}
