//! A browser without a window, before the real router: it keeps cookies and posts forms as a page
//! of ours would. Redirects are answers, to be looked at.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use axum::http::{Method, Request, StatusCode};
use bankside_testkit::World;
use bankside_web::{App, Limits, Office, Settings, Sites, StandIn};
use tower::ServiceExt as _;
use url::form_urlencoded;

/// Where the pages are, as browsers see it.
pub const SITE: &str = "http://localhost";
/// Largest answer that is read, in bytes.
const MAX_ANSWER: usize = 4 << 20;

/// The pages of a world, in which each introduced customer has a stand-in.
pub fn site(world: &World) -> Router {
    site_with(world, Sites::default(), Limits::default())
}

/// The same, for banks that have sites, and within other limits.
pub fn site_with(world: &World, sites: Sites, limits: Limits) -> Router {
    let stand_ins = world.people().into_iter().map(|person| StandIn {
        customer: person.customer,
        bank: person.bank,
        name: "Somebody".to_owned(),
        about: "A customer.".to_owned(),
    });
    let settings = Settings {
        public_url: SITE.parse().unwrap(),
        stand_ins: stand_ins.collect(),
        sites,
        sample_site: false,
        office: Office::default(),
    };
    App::with_limits(world.service.clone(), settings, limits).unwrap().router()
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    /// Where it sends the browser.
    pub to: Option<String>,
    pub body: String,
}

impl Answer {
    /// The values of form fields of that name, in the order of the page.
    pub fn values(&self, name: &str) -> Vec<&str> {
        let named = format!("name=\"{name}\"");
        let tags = self.body.split('<').filter_map(|part| part.split('>').next());
        tags.filter(|tag| tag.split_whitespace().any(|word| word == named))
            .filter_map(|tag| between(tag, "value=\"", "\""))
            .collect()
    }

    /// The first address on the page that begins so.
    pub fn link(&self, begins: &str) -> Option<String> {
        let at = self.body.find(&format!("href=\"{begins}"))?;
        between(&self.body[at..], "href=\"", "\"").map(|href| href.replace("&amp;", "&"))
    }

    #[track_caller]
    pub fn sent_to(&self, begins: &str) -> String {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        let to = self.to.clone().unwrap();
        assert!(to.starts_with(begins), "sent to {to}, not {begins}");
        to
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once(after).map(|(found, _)| found)
}

/// A browser at one bank.
pub struct Browser {
    site: Router,
    cookies: BTreeMap<String, String>,
    /// Name of the bank in addresses.
    pub bank: String,
}

impl Browser {
    pub fn new(site: &Router, bank: &str) -> Self {
        Self { site: site.clone(), cookies: BTreeMap::new(), bank: bank.to_owned() }
    }

    /// Of the customer with that number among those introduced, signed in.
    pub async fn signed_in(world: &World, site: &Router, index: usize) -> Self {
        let person = world.people().into_iter().nth(index).unwrap();
        let mut browser = Self::new(site, person.bank.as_str());
        let her = person.customer.to_string();
        browser.post("/sign-in/stand-in", &[("customer", &her)]).await.sent_to("/");
        browser
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.ask(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    /// A form of one of our pages.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.form(path, SITE, form).await
    }

    /// A form of a page of `origin`.
    pub async fn form(&mut self, path: &str, origin: &str, form: String) -> Answer {
        let request = self
            .request(Method::POST, path)
            .header(ORIGIN, origin)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form))
            .unwrap();
        self.ask(request).await
    }

    fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, v)| format!("{name}={v}")).collect();
        let path = if path.starts_with(&format!("/{}", self.bank)) {
            path.to_owned()
        } else {
            format!("/{}{path}", self.bank)
        };
        Request::builder().method(method).uri(path).header(COOKIE, cookies.join("; "))
    }

    async fn ask(&mut self, mut request: Request<Body>) -> Answer {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 50_000));
        request.extensions_mut().insert(ConnectInfo(address));
        let response = self.site.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let to = response.headers().get(LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let status = response.status();
        let body = to_bytes(response.into_body(), MAX_ANSWER).await.unwrap();
        Answer { status, to, body: String::from_utf8_lossy(&body).into_owned() }
    }
}

/// What a customer does in the chat, by forms alone.
impl Browser {
    /// Says something; the page with the answer.
    pub async fn says(&mut self, channel: &str, text: &str) -> Answer {
        let chat = format!("/chat/{channel}");
        let page = self.get(&chat).await;
        let id = page.values("client_id").first().unwrap().to_string();
        self.post(&chat, &[("text", text), ("client_id", &id)]).await.sent_to("/");
        let before = page.body.matches("class=\"msg msg-in").count();
        for _ in 0..200 {
            let page = self.get(&chat).await;
            if page.body.matches("class=\"msg msg-in").count() > before {
                return page;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("no answer to `{text}`");
    }

    /// The newest link that the chat offers.
    pub fn offered(&self, page: &Answer) -> String {
        let begins = format!("href=\"/{}/l/", self.bank);
        let at = page.body.rfind(&begins).unwrap();
        between(&page.body[at..], "href=\"", "\"").unwrap().to_owned()
    }

    /// Links the chat of a channel.
    pub async fn links(&mut self, channel: &str) {
        let page = self.says(channel, "Link this chat").await;
        let link = self.offered(&page);
        assert_eq!(self.get(&link).await.status, StatusCode::OK);
        self.post(&link, &[("choice", "link")]).await.sent_to(&format!("/{}/linked/", self.bank));
    }

    /// Follows a request for permission up to the page on which it is given; the address of its
    /// form's fields.
    pub async fn considers(&mut self, channel: &str) -> Answer {
        let page = self.says(channel, "What is my balance?").await;
        let link = self.offered(&page);
        self.considers_by(&link).await
    }

    /// The same, from the link of such a request.
    pub async fn considers_by(&mut self, link: &str) -> Answer {
        let ask = self.get(link).await.sent_to(&format!("/{}/consent?", self.bank));
        let ask = self.get(&ask).await;
        let account = ask.values("account").first().unwrap().to_string();
        let mut fields = hidden(&ask);
        fields.push(("account".to_owned(), account));
        fields.push(("lasts".to_owned(), "90".to_owned()));
        fields.push(("answer".to_owned(), "allow".to_owned()));
        let check = self.post_all("/consent", &fields).await;
        let check = check.sent_to(&format!("/{}/consent/check?", self.bank));
        self.get(&check).await
    }

    /// Posts the page's hidden fields with one answer.
    pub async fn answers(&mut self, page: &Answer, path: &str, answer: &str) -> Answer {
        let mut fields = hidden(page);
        fields.push(("answer".to_owned(), answer.to_owned()));
        self.post_all(path, &fields).await
    }

    /// Posts the page's hidden fields with some more.
    pub async fn submits(&mut self, page: &Answer, path: &str, more: &[(&str, &str)]) -> Answer {
        let mut fields = hidden(page);
        fields.extend(more.iter().map(|(name, value)| (name.to_string(), value.to_string())));
        self.post_all(path, &fields).await
    }

    async fn post_all(&mut self, path: &str, fields: &[(String, String)]) -> Answer {
        let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        self.post(path, &fields).await
    }

    /// Links the web chat and allows it her first account.
    pub async fn allows(&mut self) {
        self.links("web").await;
        let page = self.considers("web").await;
        let done = self.answers(&page, "/consent", "allow").await;
        done.sent_to(&format!("/{}/chat/web", self.bank));
    }

    /// The id of her newest consent, as its page names it.
    pub async fn consent(&mut self) -> String {
        let page = self.get("/connections").await;
        between(&page.body, "id=\"c-", "\"").unwrap().to_owned()
    }
}

/// Hidden fields of a page, in order.
fn hidden(page: &Answer) -> Vec<(String, String)> {
    let tags = page.body.split('<').filter_map(|part| part.split('>').next());
    tags.filter(|tag| tag.contains("type=\"hidden\""))
        .filter_map(|tag| {
            let name = between(tag, "name=\"", "\"")?;
            Some((name.to_owned(), between(tag, "value=\"", "\"")?.to_owned()))
        })
        .collect()
}
