//! Calls to the Graph API.
//!
//! INVARIANT: the token goes in a header, never in an address; with each call goes `appsecret_proof`,
//! so that an app may refuse a token that was stolen alone.
//!
//! Deliberately absent: tries after the first, which the courier knows better.

use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method, Request};
use serde_json::Value;

use super::failure::Failure;
use super::{Api, NodeId};
use crate::channels::secret::Secret;
use crate::http::{Bounds, HttpClient};

/// Longest wait for one answer. Two calls fit into what the courier waits for one message.
const DEADLINE: Duration = Duration::from_secs(9);
/// Bytes of an answer that are read.
const MAX_ANSWER: usize = 64 * 1024;

/// Who calls, and where.
#[derive(Clone, Debug)]
pub(in crate::channels) struct Caller {
    http: HttpClient,
    api: Api,
    token: Secret,
    proof: Secret,
    deadline: Duration,
}

impl Caller {
    pub(in crate::channels) fn new(
        http: HttpClient,
        api: Api,
        token: Secret,
        app_secret: &Secret,
    ) -> Self {
        let proof = hex::encode(app_secret.tag(token.reveal().as_bytes()));
        Self { http, api, token, proof: Secret::new(proof), deadline: DEADLINE }
    }

    /// With another longest wait for one answer.
    pub(in crate::channels) fn within(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    /// Posts to an edge of a node.
    pub(in crate::channels) async fn post(
        &self,
        node: &NodeId,
        edge: &str,
        body: &Value,
    ) -> Result<Value, Failure> {
        let path = format!("{}/{edge}?appsecret_proof={}", node.as_str(), self.proof.reveal());
        self.call(Method::POST, &path, body.to_string().into()).await
    }

    /// Reads fields of a node.
    pub(in crate::channels) async fn get(
        &self,
        node: &NodeId,
        fields: &str,
    ) -> Result<Value, Failure> {
        let proof = self.proof.reveal();
        let path = format!("{}?fields={fields}&appsecret_proof={proof}", node.as_str());
        self.call(Method::GET, &path, Bytes::new()).await
    }

    async fn call(&self, method: Method, path: &str, body: Bytes) -> Result<Value, Failure> {
        let token = format!("Bearer {}", self.token.reveal());
        let mut token = HeaderValue::try_from(token).map_err(|_| Failure::Unsendable)?;
        token.set_sensitive(true);
        let request = Request::builder()
            .method(method)
            .uri(self.api.at(path))
            .header(AUTHORIZATION, token)
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, concat!("bankside/", env!("CARGO_PKG_VERSION")))
            .body(body)
            .map_err(|_| Failure::Unsendable)?;
        let bounds = Bounds { deadline: self.deadline, answer: MAX_ANSWER };
        Failure::read(&self.http.send(request, bounds).await?)
    }
}
